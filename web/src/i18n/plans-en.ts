import type zh from './plans-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
