import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { BASE, get, remove } from '@/api/client'
import type { DraftNews, Job, Notice } from '@/api/types'
import { useSession } from './session'

const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running'

/** Jobs and notices: read once, then kept up by the event stream. Survives leaving a page. */
export const useNews = defineStore('news', () => {
  const jobs = ref<Job[]>([])
  const notices = ref<Notice[]>([])
  const seen = ref(new Set<string>())
  const live = ref(false)
  const draft = shallowRef<DraftNews | null>(null)
  let stream: EventSource | null = null

  const running = computed(() => jobs.value.filter((j) => j.state === 'running' || j.state === 'waiting'))
  const unseen = computed(() => notices.value.filter((n) => !seen.value.has(n.id)).length + running.value.length)

  /** What is over stays over: the answer to the request may come after the news that the work is done. */
  function take(job: Job) {
    const known = jobs.value.find((j) => j.id === job.id)
    if (known && isOver(known) && !isOver(job)) return
    jobs.value = [job, ...jobs.value.filter((j) => j.id !== job.id)].slice(0, 50)
  }
  async function readJobs() {
    jobs.value = (await get('/jobs')).items
  }
  async function cancel(id: string) {
    await remove('/jobs/{id}', { id })
  }
  function start() {
    if (stream) return
    readJobs().catch(() => { /* the stream will tell */ })
    stream = new EventSource(`${BASE}/events`)
    stream.onopen = () => { live.value = true }
    stream.onerror = () => { live.value = false } // EventSource comes back by itself
    stream.addEventListener('job', (e) => take(JSON.parse((e as MessageEvent<string>).data) as Job))
    stream.addEventListener('notice', (e) => {
      const n = JSON.parse((e as MessageEvent<string>).data) as Notice
      notices.value = [n, ...notices.value.filter((o) => o.id !== n.id)].slice(0, 50)
    })
    stream.addEventListener('draft', (e) => { draft.value = JSON.parse((e as MessageEvent<string>).data) as DraftNews })
    stream.addEventListener('overview', () => { useSession().readOverview().catch(() => { /* shown as before */ }) })
  }
  function stop() {
    stream?.close()
    stream = null
    jobs.value = []
    notices.value = []
  }
  function look() {
    seen.value = new Set(notices.value.map((n) => n.id))
  }
  return { draft, jobs, notices, running, unseen, live, take, cancel, start, stop, look, readJobs }
})
