import type zh from './people-zh'

const words: Record<keyof typeof zh, string> = {
}
export default words
