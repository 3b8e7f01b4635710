// A change that is kept after a moment without typing, at the latest when the page is left.
import { onBeforeUnmount, ref } from 'vue'

export function useLater(send: () => Promise<unknown>, after = 700) {
  const waiting = ref(false)
  let timer = 0
  async function now() {
    clearTimeout(timer)
    if (!waiting.value) return
    waiting.value = false
    await send()
  }
  function later() {
    clearTimeout(timer)
    waiting.value = true
    timer = window.setTimeout(() => { void now() }, after)
  }
  onBeforeUnmount(() => { void now() })
  return { waiting, later, now }
}
