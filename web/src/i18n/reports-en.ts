import type zh from './reports-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
