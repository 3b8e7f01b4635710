// Two languages, flat keys. Chinese is the source; English must have every key (the type says so, and a test).
import { ref, shallowRef } from 'vue'
import type { AreaKey } from './areas'
import zh from './zh'

export type Key = keyof typeof zh | AreaKey
export type Messages = Record<Key, string>
export type Language = 'zh' | 'en'

let all: Partial<Messages> & typeof zh = zh // Chinese that came with later pages is added
const messages = shallowRef<Partial<Messages>>(zh)
export const language = ref<Language>('zh')

/** "已导入 {n} 天" with { n: 3 } → "已导入 3 天". */
export function t(key: Key, values?: Record<string, string | number>): string {
  const text = messages.value[key] ?? key
  return values ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)) : text
}

/** A code of the data (`demand`, `branch_head`) in words; the code itself where there are none. */
export function word(group: string, code: string | null | undefined): string {
  if (!code) return ''
  return (messages.value as Record<string, string>)[`${group}.${code}`] ?? code
}

/** Chinese words that only some pages need; their English comes with all of English. */
export function addWords(words: Partial<Messages>): void {
  all = { ...all, ...words }
  if (language.value === 'zh') messages.value = all
}

export async function setLanguage(to: Language): Promise<void> {
  messages.value = to === 'en' ? (await import('./en')).default : all
  language.value = to
  document.documentElement.lang = to === 'en' ? 'en' : 'zh-CN'
}
