// Logging out on a device that took customers along: the server hears that it has none any more, then they are gone.
import { post } from '@/api/client'
import { memoOf, wipe } from './device'
import { browserShelf } from './shelf'

export async function leaveDevice(login: string): Promise<void> {
  const shelf = browserShelf()
  const memo = await memoOf(shelf, login)
  if (!memo) return
  if (memo.until) await post('/field/devices/{id}/take', { customers: [] }, { id: memo.id }).catch(() => { /* without network: its own memory goes all the same */ })
  await wipe(shelf, memo)
}
