import type zh from './train-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
