// Where a log-in leads: at the first one, and when it has changed, what one's post does is read first.
import type { RouteLocationRaw } from 'vue-router'
import { get } from '@/api/client'

export async function firstPage(): Promise<RouteLocationRaw> {
  const duties = await get('/post-duties', {}).catch(() => null)
  const waits = duties?.posts.find((p) => p.waits)
  return waits ? { name: 'duties', query: { post: waits.post } } : '/'
}
