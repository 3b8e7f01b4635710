// How many to-dos wait: the number at the menu's first line, on every page.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { get } from '@/api/client'
import type { TodoSummary } from '@/todo/said'
import { useSession } from './session'

const PAUSE = 5 * 60_000

export const useTodos = defineStore('todos', () => {
  const summary = shallowRef<TodoSummary | null>(null)
  let timer = 0
  const badge = computed(() => (summary.value ? summary.value.overdue + summary.value.due_today + summary.value.raised : 0))

  async function read() {
    if (!useSession().can('todo.read')) return
    try {
      summary.value = await get('/todos/summary')
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
  return { summary, badge, read, start, stop }
})
