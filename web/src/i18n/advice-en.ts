import type zh from './advice-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
