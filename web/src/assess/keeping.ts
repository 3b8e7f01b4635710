// Keeps a form while it is filled in: soon after each change, before the page is left, and on this device while the
// network is away. One save at a time; each names the revision it saw.
import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { ApiError, put } from '@/api/client'
import { keepable, type Marks } from './marks'
import { said } from './problems'
import type { SheetWhole } from './types'

const SOON_MS = 700
const key = (id: number) => `guanhu.form.${id}`
interface Kept { revision: number; marks: Marks; remark: string }

/** What this device kept of the revision that the server has; an older one is of no use and goes. */
export function left(sheet: Pick<SheetWhole, 'id' | 'revision'>): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key(sheet.id)) ?? 'null') as Kept | null
    if (kept?.revision === sheet.revision) return kept
    localStorage.removeItem(key(sheet.id))
  } catch { /* what cannot be read is not there */ }
  return null
}

export type Keeping = 'kept' | 'changed' | 'saving' | 'offline' | 'stale' | 'refused'

export function useKeeping(taken: (sheet: SheetWhole) => void) {
  const sheet = shallowRef<SheetWhole | null>(null)
  const marks = ref<Marks>({})
  const remark = ref('')
  const state = ref<Keeping>('kept')
  const error = ref('')
  let timer = 0
  let running: Promise<void> | null = null
  let opening = false

  function open(now: SheetWhole) {
    clearTimeout(timer)
    opening = true
    sheet.value = now
    const kept = now.state === 'open' ? left(now) : null
    marks.value = { ...now.marks, ...kept?.marks }
    remark.value = kept?.remark ?? now.remark
    state.value = kept ? 'changed' : 'kept'
    error.value = ''
    if (kept) timer = window.setTimeout(() => void save(), SOON_MS)
    queueMicrotask(() => { opening = false })
  }
  function changed() {
    const now = sheet.value
    if (!now || opening || now.state !== 'open' || state.value === 'stale') return
    if (state.value !== 'saving') state.value = 'changed'
    localStorage.setItem(key(now.id), JSON.stringify({ revision: now.revision, marks: marks.value, remark: remark.value }))
    clearTimeout(timer)
    timer = window.setTimeout(() => void save(), SOON_MS)
  }
  watch([marks, remark], changed, { deep: true, flush: 'sync' })

  async function once() {
    const now = sheet.value!
    const sent = { marks: keepable(now.form, marks.value), remark: remark.value }
    const before = JSON.stringify([marks.value, remark.value])
    state.value = 'saving'
    try {
      const answer = await put('/assessment-forms/{id}', { revision: now.revision, ...sent }, { id: String(now.id) })
      sheet.value = answer
      taken(answer)
      localStorage.removeItem(key(now.id))
      error.value = ''
      state.value = 'kept'
      if (JSON.stringify([marks.value, remark.value]) !== before) changed()
    } catch (e) {
      const a = e as ApiError
      state.value = a.status === 0 ? 'offline' : a.status === 412 ? 'stale' : 'refused'
      error.value = a.status === 0 ? '' : said(e)
    }
  }
  /** Everything there is to keep is kept, or says why not. */
  async function save(): Promise<boolean> {
    clearTimeout(timer)
    while (running) await running
    if (sheet.value?.state === 'open' && state.value !== 'kept' && state.value !== 'stale') {
      running = once().finally(() => { running = null })
      await running
    }
    return state.value === 'kept'
  }
  const hidden = () => { if (document.visibilityState === 'hidden') void save() }
  const online = () => { if (state.value === 'offline') void save() }
  document.addEventListener('visibilitychange', hidden)
  window.addEventListener('online', online)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', hidden)
    window.removeEventListener('online', online)
    void save()
  })
  return { sheet, marks, remark, state, error, open, save }
}
