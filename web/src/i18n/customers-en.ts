import type words from './customers-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
