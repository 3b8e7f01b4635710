import type words from './assess-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
