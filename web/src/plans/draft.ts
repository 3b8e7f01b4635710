// A log as it is typed: kept in the browser at once and on the server within seconds; nothing is lost without a network,
// and two devices that write the same one notice it.
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { ApiError, put } from '@/api/client'

export interface DoneLine { key: string; kind: string; title: string; customer: string; customer_name: string; link: string; note: string }
export interface Writing { done: DoneLine[]; text: string; tomorrow: string }
export const emptyLog = (): Writing => ({ done: [], text: '', tomorrow: '' })
export const lineOf = (d: { key?: string; kind?: string; title: string; customer?: string; customer_name?: string; link?: string; note?: string }): DoneLine =>
  ({ key: d.key ?? '', kind: d.kind ?? 'other', title: d.title, customer: d.customer ?? '', customer_name: d.customer_name ?? '', link: d.link ?? '', note: d.note ?? '' })
export const writingOf = (body: { done?: unknown; text?: unknown; tomorrow?: unknown }): Writing =>
  ({ done: (Array.isArray(body.done) ? body.done : []).map((d) => lineOf(d as DoneLine)), text: String(body.text ?? ''), tomorrow: String(body.tomorrow ?? '') })
export const same = (a: Writing, b: Writing) => JSON.stringify(a) === JSON.stringify(b)

const PAUSE = 1200 // milliseconds without a key before it is sent
const place = (login: string, day: string) => `guanhu.log.${login}.${day}`
export interface Local { seq: number; body: Writing }
export function localDraft(login: string, day: string): Local | null {
  try {
    const found = JSON.parse(localStorage.getItem(place(login, day)) ?? 'null') as Local | null
    return found && typeof found.seq === 'number' ? { seq: found.seq, body: writingOf(found.body) } : null
  } catch { return null }
}
export function dropLocal(login: string, day: string) {
  try { localStorage.removeItem(place(login, day)) } catch { /* private windows keep nothing */ }
}

export type DraftState = 'none' | 'waiting' | 'kept' | 'offline' | 'conflict' | 'wrong'
/** Keeps `body` for the day; `on` false: nothing is kept (a submitted log, somebody else's). */
export function useDraft(login: string, day: Ref<string>, body: Ref<Writing>, on: Ref<boolean>) {
  const state = ref<DraftState>('none')
  const seq = ref(0)
  const at = ref('')
  const said = ref('')
  let timer = 0
  let saved = JSON.stringify(body.value)
  let running: Promise<void> = Promise.resolve()
  async function send(of: string) {
    const text = JSON.stringify(body.value)
    if (!on.value || text === saved || state.value === 'conflict') return
    try {
      const kept = await put('/work-logs/days/{day}/draft', { seq: seq.value, body: { done: body.value.done, text: body.value.text, tomorrow: body.value.tomorrow } }, { day: of })
      if (of !== day.value) return
      seq.value = kept.seq
      at.value = kept.at
      saved = text
      dropLocal(login, of)
      state.value = JSON.stringify(body.value) === saved ? 'kept' : 'waiting'
      if (state.value === 'waiting') later()
    } catch (e) {
      const error = e as ApiError
      said.value = error.message
      state.value = error.code === 'draft.changed' ? 'conflict' : error.status === 0 ? 'offline' : 'wrong'
      if (state.value === 'offline') later(5000)
    }
  }
  function flush() {
    clearTimeout(timer)
    const of = day.value
    running = running.then(() => send(of))
    return running
  }
  const later = (ms = PAUSE) => { clearTimeout(timer); timer = window.setTimeout(() => { void flush() }, ms) }
  watch(body, () => {
    if (!on.value || JSON.stringify(body.value) === saved) return
    if (state.value !== 'conflict') state.value = 'waiting'
    try { localStorage.setItem(place(login, day.value), JSON.stringify({ seq: seq.value, body: body.value })) } catch { /* full or private */ }
    later()
  }, { deep: true })
  const online = () => { if (state.value === 'offline') void flush() }
  window.addEventListener('online', online)
  onBeforeUnmount(() => { void flush(); window.removeEventListener('online', online) })
  /** What the server has is taken: from here on changes are kept against it. */
  function take(from: Writing, number: number, when: string) {
    saved = JSON.stringify(from)
    seq.value = number
    at.value = when
    state.value = number ? 'kept' : 'none'
  }
  return { state, seq, at, said, flush, take }
}
