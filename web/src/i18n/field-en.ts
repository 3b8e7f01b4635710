import type zh from './field-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
