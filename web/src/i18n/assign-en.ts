import type zh from './assign-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
