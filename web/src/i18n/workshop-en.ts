import type words from './workshop-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
