import type zh from './intake-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
