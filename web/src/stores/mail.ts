// What waits to be read: the number at the menu's line of letters and at the bell, on every page.
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { get } from '@/api/client'
import type { MailSummary } from '@/mail/types'
import { useNews } from './news'
import { useSession } from './session'

const PAUSE = 5 * 60_000

export const useMail = defineStore('mail', () => {
  const summary = shallowRef<MailSummary | null>(null)
  let timer = 0
  const badge = computed(() => (summary.value ? summary.value.unread + summary.value.notices : 0))

  async function read() {
    if (!useSession().can('mail.use')) return
    try {
      summary.value = await get('/mail/summary')
    } catch { /* the number stays as it was */ }
  }
  function start() {
    if (timer) return
    void read()
    timer = window.setInterval(() => { if (!document.hidden) void read() }, PAUSE)
  }
  function stop() {
    clearInterval(timer)
    timer = 0
    summary.value = null
  }
  // Whoever was just told of a letter, a notice or a reminder has one more.
  watch(() => useNews().notices[0]?.id, (now) => { if (now && timer) void read() })
  return { summary, badge, read, start, stop }
})
