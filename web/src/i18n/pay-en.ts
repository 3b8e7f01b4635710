import type words from './pay-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
