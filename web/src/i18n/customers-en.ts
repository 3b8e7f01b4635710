import type zh from './customers-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
