import type words from './simulate-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
