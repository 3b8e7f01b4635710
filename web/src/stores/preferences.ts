import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { get, put, setLanguage as setClientLanguage } from '@/api/client'
import type { Preferences } from '@/api/types'
import { setLanguage, type Language } from '@/i18n'

const KEY = 'guanhu.preferences'
type Theme = Preferences['theme']

function remembered(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
  } catch {
    return {}
  }
}

/** Language, theme, 元 or 万元: kept on the device at once and with the login when there is one. */
export const usePreferences = defineStore('preferences', () => {
  const had = remembered()
  const language = ref<Language>(had.language ?? 'zh')
  const theme = ref<Theme>(had.theme ?? 'auto')
  const unit = ref<Preferences['unit']>(had.unit ?? 'yuan')
  const dark = ref(false)
  let kept = false // is there a login to keep them with

  const system = window.matchMedia('(prefers-color-scheme: dark)')
  function paint() {
    dark.value = theme.value === 'dark' || (theme.value === 'auto' && system.matches)
    document.documentElement.classList.toggle('dark', dark.value)
    document.documentElement.style.colorScheme = dark.value ? 'dark' : 'light'
  }
  system.addEventListener('change', paint)

  async function speak() {
    setClientLanguage(language.value)
    await setLanguage(language.value)
  }

  watch([language, theme, unit], async () => {
    const all: Preferences = { language: language.value, theme: theme.value, unit: unit.value }
    localStorage.setItem(KEY, JSON.stringify(all))
    paint()
    await speak()
    if (kept) put('/session/preferences', all).catch(() => { /* the device remembers; next time again */ })
  })

  /** After a login: what was chosen elsewhere holds here too. */
  async function read() {
    try {
      const p = await get('/session/preferences')
      if (p.language) language.value = p.language
      if (p.theme) theme.value = p.theme
      if (p.unit) unit.value = p.unit
    } catch { /* what the device remembers is good enough */ }
    kept = true
  }
  async function start() {
    paint()
    await speak()
  }
  return { language, theme, unit, dark, start, read }
})
