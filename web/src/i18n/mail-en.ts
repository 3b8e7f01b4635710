import type zh from './mail-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
