// Reading for a page: aborts what is overtaken, shows a skeleton only after 150 ms, keeps the error.
import { getCurrentScope, onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { ApiError } from '@/api/client'

export interface Loaded<T> {
  data: ShallowRef<T | null>
  error: ShallowRef<ApiError | null>
  loading: Ref<boolean>
  slow: Ref<boolean> // loading for longer than 150 ms with nothing to show yet
  reload: () => Promise<void>
}

export function useLoad<T>(source: WatchSource<unknown>, read: (signal: AbortSignal) => Promise<T> | null): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const slow = ref(false)
  let current: AbortController | null = null

  async function reload() {
    current?.abort()
    const mine = (current = new AbortController())
    const asked = read(mine.signal)
    if (!asked) {
      data.value = null
      loading.value = slow.value = false
      return
    }
    loading.value = true
    const timer = setTimeout(() => { slow.value = true }, 150)
    try {
      const answer = await asked
      if (mine !== current) return
      data.value = answer
      error.value = null
    } catch (e) {
      if (mine !== current || (e as Error).name === 'AbortError') return
      error.value = e instanceof ApiError ? e : new ApiError({ code: 'client', title: String(e) })
      data.value = null
    } finally {
      clearTimeout(timer)
      if (mine === current) loading.value = slow.value = false
    }
  }
  watch(source, reload, { immediate: true })
  if (getCurrentScope()) onScopeDispose(() => current?.abort())
  return { data, error, loading, slow, reload }
}
