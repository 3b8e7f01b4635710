import type words from './todo-zh'

const en: Record<keyof typeof words, string> = {
}
export default en
