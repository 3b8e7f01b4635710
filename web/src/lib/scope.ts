// Which scheme, which period: part of the address, so that any view can be sent as a link.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '@/stores/session'
import { preferred } from './period'

export function useScope() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const one = (v: unknown) => (typeof v === 'string' && v ? v : null)

  const schemes = computed(() => session.overview?.schemes ?? [])
  const scheme = computed(() => one(route.query.scheme) ?? schemes.value[0]?.scheme ?? '')
  const info = computed(() => schemes.value.find((s) => s.scheme === scheme.value))
  const periods = computed(() => info.value?.periods ?? [])
  const period = computed(() => one(route.query.period) ?? preferred(periods.value))
  const pack = computed(() => scheme.value.split('/')[0] ?? '')

  const set = (query: Record<string, string | undefined>) => router.push({ query: { ...route.query, ...query } })
  return { schemes, scheme, info, periods, period, pack, set, query: (name: string) => computed(() => one(route.query[name]) ?? '') }
}
