import type zh from './leads-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
