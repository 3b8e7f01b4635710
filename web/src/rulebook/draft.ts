// A draft that is edited: its documents, what the checks and the cases say after each change, who else is here. Every
// change is kept by the server at once; when somebody saved meanwhile, nothing is overwritten and it is said who.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import * as api from '@/api/rulebook'
import { useLoad } from '@/lib/load'

interface Step { path: string; text: string }
const HERE_MS = 20_000 // how often one says that one is here

export function useDraft(id: Ref<string>) {
  const whole = useLoad<api.DraftWhole>(id, (signal) => api.draft(id.value, signal))
  const pack = shallowRef<api.Pack | null>(null)
  const unread = ref('') // why the draft cannot be read as a pack
  const cases = shallowRef<api.CasesSummary | null>(null) // all of them, once somebody looks
  const wrong = ref(0)
  const document_ = shallowRef<api.DraftDocument | null>(null)
  const conflict = ref('')
  const saving = ref(false)
  const failed = shallowRef<ApiError | null>(null)
  const epoch = ref(0) // what is shown comes anew from the server
  const undo = shallowRef<Step[]>([])
  const revision = computed(() => whole.data.value?.revision ?? 0)
  const editable = computed(() => whole.data.value?.state === 'open')

  async function readPack() {
    const d = whole.data.value
    if (!d) return
    try {
      pack.value = await api.pack(d.pack, { draft: d.id })
      unread.value = ''
    } catch (e) {
      unread.value = (e as ApiError).message || (e as ApiError).title
    }
  }
  async function readCases() {
    cases.value = await api.draftCases(id.value, {}).catch((e: ApiError) => { failed.value = e; return null })
    if (cases.value) wrong.value = cases.value.wrong
  }
  async function open(path: string) {
    document_.value = await api.draftDocument(id.value, path).catch((e: ApiError) => { failed.value = e; return null })
  }
  function take(change: api.DraftChange) {
    const d = whole.data.value
    if (d) whole.data.value = { ...d, ...change.draft, findings: change.findings, files: d.files.map((f) => (f.path === change.document?.path ? { ...f, changed: change.document.text !== change.document.base_text } : f)) }
    wrong.value = change.cases.wrong
    if (change.document) document_.value = change.document
  }
  /** Runs a change; false when it was refused, with `failed` or `conflict` saying why. One after another: each rests on
   *  the revision that the one before made. `path`: whose text is what undoing goes back to. */
  let last: Promise<unknown> = Promise.resolve()
  function keep(change: () => Promise<api.DraftChange>, path?: string): Promise<boolean> {
    const mine = last.then(() => keepNow(change, path))
    last = mine
    return mine
  }
  async function keepNow(change: () => Promise<api.DraftChange>, path?: string): Promise<boolean> {
    saving.value = true
    const step = path === undefined ? undefined : before(path)
    try {
      take(await change())
      failed.value = null
      if (step && document_.value?.text !== step.text) undo.value = [...undo.value.slice(-49), step]
      await readPack()
      return true
    } catch (e) {
      const a = e instanceof ApiError ? e : new ApiError({ title: String(e) })
      if (a.status === 409 && a.code === 'policy.draft.revision') conflict.value = a.errors[0]?.message || a.message
      else failed.value = a
      return false
    } finally {
      saving.value = false
    }
  }
  const before = (path: string): Step | undefined => (document_.value?.path === path ? { path, text: document_.value.text } : undefined)
  const saveText = (path: string, text: string) => keep(() => api.saveDocument(id.value, { revision: revision.value, path, text }), path)
  /** `line`: where the block stands when its turn comes. */
  const saveBlock = (path: string, line: () => number, edit: api.BlockEdit) => keep(() => api.editBlock(id.value, { revision: revision.value, path, line: line(), edit }), path)
  /** A document taken out of the draft; undoing writes it again. */
  async function removeDocument(path: string): Promise<boolean> {
    const ok = await keep(() => api.removeDocument(id.value, path, revision.value), path)
    if (ok) await whole.reload()
    return ok
  }
  async function back() {
    const step = undo.value.at(-1)
    if (!step) return
    if (await keep(() => api.saveDocument(id.value, { revision: revision.value, path: step.path, text: step.text }))) {
      undo.value = undo.value.slice(0, -1)
      if (!whole.data.value?.files.some((f) => f.path === step.path)) await whole.reload()
      epoch.value++
    }
  }
  /** Everything anew: what the other changed is shown, what was not kept here is gone. */
  async function reload() {
    conflict.value = ''
    failed.value = null
    await whole.reload()
    if (document_.value) await open(document_.value.path)
    wrong.value = whole.data.value?.failed ?? 0
    await readPack()
    undo.value = []
    epoch.value++
  }
  watch(() => whole.data.value?.id, (now, was) => {
    if (!now || now === was) return
    wrong.value = whole.data.value?.failed ?? 0
    void readPack()
  })

  const place = { path: '', line: 1 }
  const here = shallowRef<api.Here[]>([])
  async function say() {
    if (!editable.value || document.hidden) return
    here.value = (await api.sayHere(id.value, place).catch(() => ({ here: here.value }))).here
  }
  const timer = setInterval(() => { void say() }, HERE_MS)
  onScopeDispose(() => clearInterval(timer))
  function stand(path: string, line: number) {
    if (place.path === path && place.line === line) return
    place.path = path
    place.line = line
    void say()
  }
  return { whole, pack, unread, cases, wrong, document: document_, conflict, saving, failed, epoch, undo, revision, editable, here, open, saveText, saveBlock, removeDocument, keep, back, reload, stand, readCases, readPack }
}
export type DraftWork = ReturnType<typeof useDraft>
