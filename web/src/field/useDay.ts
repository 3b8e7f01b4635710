// The day outside, from the server where there is one, else from what was taken along; what was written here and not
// sent yet is part of it either way.
import { computed, ref, shallowRef, watch } from 'vue'
import { ApiError, get } from '@/api/client'
import { useSession } from '@/stores/session'
import { dayNow } from './said'
import { useField } from './store'
import type { FieldDay } from './types'

export function useDay() {
  const field = useField()
  const session = useSession()
  const live = shallowRef<FieldDay | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const ready = ref(false)
  async function read() {
    await field.start()
    if (session.session) {
      try {
        live.value = (await get('/field/today')) as unknown as FieldDay
        error.value = null
      } catch (e) {
        if ((e as ApiError).status !== 0) error.value = e as ApiError
      }
    }
    ready.value = true
  }
  const day = computed<FieldDay | null>(() => live.value ?? field.pack?.day ?? null)
  const fresh = computed(() => live.value !== null)
  const today = computed(() => (day.value ? dayNow(day.value, Date.now(), field.memo?.behind ?? 0) : ''))
  const planned = computed(() => field.entries.filter((e) => e.kind === 'visit.plan'))
  watch(() => field.sent, () => void read())
  void read()
  return { day, fresh, today, planned, error, ready, read }
}
