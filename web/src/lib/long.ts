// Clicks that take long: asked for as a job, so that the page shows how far it is, may be left, and the work stopped.
import { onBeforeUnmount, ref } from 'vue'
import { ApiError, get, request } from '@/api/client'
import type { Job } from '@/api/types'
import { t } from '@/i18n'
import { useNews } from '@/stores/news'

const over = (job: Job) => job.state !== 'waiting' && job.state !== 'running'
const LOOK_MS = 1_500 // without news of it; the event stream is quicker

/** What became of a job that is over: what its endpoint answers, or the refusal with its field. */
export function outcome<T>(job: Job): T {
  if (job.state === 'done') return job.result as T
  if (job.state === 'cancelled') throw new ApiError({ status: 409, code: 'job.cancelled', detail: t('job.cancelled') })
  const e = job.error
  if (!e) throw new ApiError({ status: 500, code: `job.${job.state}`, detail: job.message || t('state.broken') })
  const detail = [e.message, e.hint && `(${e.hint})`].filter(Boolean).join(' ')
  throw new ApiError({ status: 422, code: e.code, detail, errors: e.where ? [{ where: e.where, message: e.message, hint: e.hint }] as ApiError['errors'] : [] })
}

export function useLong() {
  const news = useNews()
  const job = ref<Job | null>(null)
  let gone = false
  onBeforeUnmount(() => { gone = true })
  const known = (id: string) => news.jobs.find((j) => j.id === id)

  /** Resolves with what the endpoint itself answers. Rejects as it would; who leaves the page leaves the work going on. */
  const run = async <T>(path: string, body?: unknown): Promise<T> => follow<T>(await request<Job>('POST', path, { query: { as: 'job' }, body }))

  /** The same for a job that an endpoint has begun by itself. */
  async function follow<T>(first: Job): Promise<T> {
    news.take(first)
    job.value = first
    try {
      for (let look = Date.now(); !gone;) {
        let now = known(first.id)
        if (!now || (!over(now) && Date.now() - look > LOOK_MS)) {
          now = await get('/jobs/{id}', { id: first.id })
          news.take(now)
          look = Date.now()
        }
        job.value = now
        if (over(now)) return outcome<T>(now)
        await new Promise((done) => setTimeout(done, 150))
      }
      return await new Promise<T>(() => { /* nobody waits for it any more */ })
    } finally {
      if (!gone) job.value = null
    }
  }
  const cancel = async () => { if (job.value) await news.cancel(job.value.id) }
  return { job, run, follow, cancel }
}
