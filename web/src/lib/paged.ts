// A list that is read in pages as it is scrolled: an array with holes and its length.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { ApiError } from '@/api/client'
import type { Page } from '@/api/types'
import type { Loaded } from './load'

export interface Paged<T, P extends Page<T> = Page<T>> extends Loaded<P> {
  total: Ref<number>
  row: (index: number) => T | undefined
  want: (from: number, to: number) => void
}

export function usePaged<T, P extends Page<T> = Page<T>>(
  source: WatchSource<unknown>, read: (page: number, size: number, signal: AbortSignal) => Promise<P>, size = 200,
): Paged<T, P> {
  const data: ShallowRef<P | null> = shallowRef(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const slow = ref(false)
  const total = ref(0)
  const version = ref(0)
  let rows: (T | undefined)[] = []
  let asked = new Set<number>()
  let stop = new AbortController()

  async function fetchPage(page: number) {
    if (asked.has(page)) return
    asked.add(page)
    const mine = stop
    try {
      const answer = await read(page, size, mine.signal)
      if (mine !== stop) return
      answer.items.forEach((item, i) => { rows[(page - 1) * size + i] = item })
      total.value = answer.total
      if (page === 1) data.value = answer
      version.value++
      error.value = null
    } catch (e) {
      if (mine !== stop || (e as Error).name === 'AbortError') return
      asked.delete(page)
      error.value = e instanceof ApiError ? e : new ApiError({ code: 'client', title: String(e) })
    }
  }
  async function reload() {
    stop.abort()
    stop = new AbortController()
    const mine = stop
    rows = []
    asked = new Set()
    loading.value = true
    const timer = setTimeout(() => { slow.value = true }, 150)
    await fetchPage(1)
    clearTimeout(timer)
    if (mine === stop) loading.value = slow.value = false
  }
  function want(from: number, to: number) {
    if (!data.value) return
    for (let p = Math.floor(from / size) + 1; p <= Math.ceil(Math.min(to, total.value) / size); p++) void fetchPage(p)
  }
  watch(source, reload, { immediate: true })
  onScopeDispose(() => stop.abort())
  return { data, error, loading, slow, reload, total, want, row: (i) => (version.value >= 0 ? rows[i] : undefined) }
}
