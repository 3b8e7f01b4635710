// A form over one block: what is typed is tried at once, and kept when it is saved.
import { computed, reactive, ref, watch, type Ref } from 'vue'
import type { Edit, Element, Keys, Kind, Where } from '@/api/workshop'
import type { Json } from '@/api/rulebook'
import type { Desk } from './desk'

export const textOf = (v: Json | undefined) => (v === null || v === undefined ? '' : typeof v === 'object' ? '' : String(v))
export const listOf = (v: Json | undefined) => (Array.isArray(v) ? v.map((x) => String(x)) : [])
/** A number as the pack writes it; "" takes the key out; what is no number is said by the checks. */
export function numeric(text: string): Json {
  const plain = text.replace(/[,，\s]/g, '')
  if (!plain) return null
  return /^-?\d+(\.\d+)?$/.test(plain) && plain.replace(/\D/g, '').length <= 15 ? Number(plain) : plain
}
export type BlockKind = Exclude<Kind, 'parameter' | 'target'>

export function useForm<F extends object>(desk: Desk, kind: BlockKind, element: Ref<Element | null>, blank: (keys: Keys) => F, keysOf: (form: F) => Keys, shows: (form: F, name: string) => string[], active: () => boolean = () => true) {
  const name = ref('')
  const where = ref<Where>({})
  const form = reactive(blank({})) as F
  const dirty = ref(false)
  let filling = false
  function fill() {
    filling = true
    name.value = element.value?.name ?? ''
    Object.assign(form, blank(element.value?.keys ?? {}))
    dirty.value = false
    if (!active()) { filling = false; return }
    desk.edit.value = null
    desk.figures.value = element.value ? shows(form, element.value.name) : []
    filling = false
  }
  const edit = computed<Edit | null>(() => (name.value.trim() ? { block: { kind, name: name.value.trim(), keys: keysOf(form), ...(element.value ? {} : where.value) } } : null))
  watch([element, desk.epoch, active], fill, { immediate: true })
  watch([() => JSON.stringify(form), name, where], () => {
    if (filling || !active()) return
    const now = JSON.stringify(keysOf(form))
    dirty.value = element.value ? now !== JSON.stringify(keysOf(reactive(blank(element.value.keys ?? {})) as F)) : Boolean(name.value.trim())
    const ready = dirty.value && edit.value && (element.value || where.value.heading || (where.value.article?.title && where.value.article.text))
    desk.edit.value = ready ? edit.value : null
    if (name.value.trim()) desk.figures.value = element.value || ready ? shows(form, name.value.trim()) : []
  }, { flush: 'post' })
  /** The name under which it was kept; "" where it was refused. */
  async function save(): Promise<string> {
    const kept = name.value.trim()
    return edit.value && (await desk.save(edit.value)) ? kept : ''
  }
  return { name, where, form, dirty, save, fill }
}
