import type words from './office-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
