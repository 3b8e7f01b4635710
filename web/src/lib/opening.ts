// Opening a figure: the drawer's state is the `x` of the address, so that back, links and print just work.
import { computed, nextTick } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { fromAddress, toAddress, type Target } from './explain'

let opener: HTMLElement | null = null

export function useOpening() {
  const route = useRoute()
  const router = useRouter()
  const target = computed(() => fromAddress(route.query.x))
  const go = (x: string | undefined) => router.push({ query: { ...route.query, x }, hash: route.hash })

  function open(t: Target) {
    if (!target.value) opener = document.activeElement as HTMLElement | null
    return go(toAddress(t))
  }
  function drill(name: string) {
    if (target.value) return go(toAddress({ ...target.value, path: [...target.value.path, name] }))
  }
  function up(depth: number) {
    if (target.value) return go(toAddress({ ...target.value, path: target.value.path.slice(0, depth) }))
  }
  async function close() {
    await go(undefined)
    await nextTick()
    opener?.focus?.()
    opener = null
  }
  return { target, open, drill, up, close }
}
