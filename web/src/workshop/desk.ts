// A draft on the workshop's desk: its indicators, what is being written, and the values that come of it.
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import * as api from '@/api/workshop'
import { useLoad } from '@/lib/load'
import type { Candidate } from '@/rulebook/complete'
import { candidates } from '@/rulebook/complete'

const TYPING_MS = 350

// What is said of a field is often said of the whole already.
export function saying(e: ApiError) {
  const whole = e.message || e.title
  const said = e.errors.filter((x) => !whole.includes(x.message)).map((x) => [x.message, (x as { hint?: string }).hint].filter(Boolean).join(' '))
  return [whole, ...said].filter((x, i, all) => x && all.indexOf(x) === i).join(' ')
}

export function useDesk(id: Ref<string>, look: { period: Ref<string>; scheme: Ref<string>; q: Ref<string> }) {
  const whole = useLoad<api.Model>(id, (signal) => api.model(id.value, signal))
  const offer = useLoad<api.Offer>(() => 1, (signal) => api.offer(signal))
  const model = computed(() => whole.data.value)
  const editable = computed(() => model.value?.draft.state === 'open')
  const failed = ref('') // why the last change was refused
  const stale = ref(false) // refused because somebody else changed the draft meanwhile
  const fields = ref<Record<string, string>>({}) // by the field the server names
  const saving = ref(false)
  const epoch = ref(0) // forms begin anew

  // What is being written and not kept yet; null: the draft as it is.
  const edit = shallowRef<api.Edit | null>(null)
  const figures = ref<string[]>([])
  const trial = shallowRef<api.Trial | null>(null)
  const trying = ref(false)
  const tryFailed = ref('')
  const pinned = ref<string[]>([])
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = (): api.Ask => ({ edit: edit.value, scheme: look.scheme.value, period: look.period.value, figures: figures.value, ...(look.q.value ? { q: look.q.value } : {}), ...(pinned.value.length && !look.q.value ? { holders: pinned.value } : {}) })
  async function run() {
    running?.abort()
    if (!look.period.value || !model.value) return
    const mine = (running = new AbortController())
    trying.value = true
    try {
      const answer = await api.tryOut(id.value, ask(), mine.signal)
      if (mine !== running) return
      trial.value = answer
      tryFailed.value = ''
    } catch (e) {
      if (mine !== running || (e as Error).name === 'AbortError') return
      tryFailed.value = saying(e as ApiError)
      trial.value = null
    } finally {
      if (mine === running) trying.value = false
    }
  }
  function soon() {
    clearTimeout(timer)
    timer = setTimeout(() => { void run() }, TYPING_MS)
  }
  watch([edit, figures, look.period, look.scheme, look.q, pinned, () => model.value?.draft.revision], soon, { deep: true })

  async function save(change: api.Edit): Promise<boolean> {
    if (!model.value) return false
    saving.value = true
    failed.value = ''
    fields.value = {}
    try {
      await api.change(id.value, model.value.draft.revision, change)
      edit.value = null
      await whole.reload()
      epoch.value++
      return true
    } catch (e) {
      const a = e as ApiError
      failed.value = saying(a)
      stale.value = a.code === 'policy.draft.revision'
      fields.value = Object.fromEntries(a.errors.map((x) => [x.where, x.message]))
      return false
    } finally {
      saving.value = false
    }
  }
  async function again() {
    failed.value = ''
    await whole.reload()
    epoch.value++
  }

  const names = computed<Candidate[]>(() => {
    const m = model.value
    if (!m) return []
    return candidates({
      inputs: [...m.figures.map((f) => ({ name: f.name, type: f.unit, hint: '' })), { name: '满分', type: '分', hint: '' }],
      parameters: m.parameters.map((p) => ({ name: p.name, type: p.unit, hint: String(p.values.at(-1)?.value ?? '') })),
      steps: [], requires: [], functions: [], builtins: m.builtins, types: [], decisions: [], words: [],
    })
  })
  const of = (kind: api.Kind) => (model.value?.elements ?? []).filter((e) => e.kind === kind)
  const findings = (e: api.Element | null) => {
    const all = (edit.value ? trial.value?.findings : model.value?.findings) ?? []
    if (!e) return edit.value ? all.filter((f) => !model.value?.findings.some((g) => g.message === f.message)) : []
    return all.filter((f) => f.path === e.place.path && f.line >= e.place.line && f.line <= e.place.end_line + 2)
  }
  return { id, whole, offer, model, editable, failed, stale, fields, saving, epoch, edit, figures, trial, trying, tryFailed, pinned, look, ask, run, save, again, names, of, findings }
}
export type Desk = ReturnType<typeof useDesk>
