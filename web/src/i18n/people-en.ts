import type words from './people-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
