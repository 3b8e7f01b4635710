// Who else has the same thing open, asked for while the page is in sight. The kinds: src/api/editing_things.cc and
// every kind of record.
import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import { atWork, leaveWork, type RecordEditing } from './records'

const EVERY = 15_000 // milliseconds; the server forgets after 45 s

export function useEditing(kind: Ref<string>, id: Ref<number | string | null>) {
  const state = shallowRef<RecordEditing | null>(null)
  const failed = ref(false)
  let timer = 0
  async function ask() {
    const mine = id.value
    if (mine === null || mine === '' || document.visibilityState !== 'visible' || !navigator.onLine) return
    try {
      const answer = await atWork(kind.value, mine)
      if (id.value === mine) state.value = answer
      failed.value = false
    } catch { failed.value = true } // the network: the next question will tell
  }
  function leave(of: number | string | null) {
    if (of !== null && of !== '' && navigator.onLine) void leaveWork(kind.value, of).catch(() => { /* it is forgotten by itself */ })
  }
  watch(id, (_, before) => { state.value = null; leave(before); void ask() })
  const seen = () => { void ask() }
  onMounted(() => {
    void ask()
    timer = window.setInterval(() => { void ask() }, EVERY)
    document.addEventListener('visibilitychange', seen)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', seen)
    leave(id.value)
  })
  return { state, failed, ask }
}
