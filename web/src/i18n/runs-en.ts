import type words from './runs-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
