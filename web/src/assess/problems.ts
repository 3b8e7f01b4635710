// What the server says is wrong: in one sentence, and by the field it belongs to.
import type { ApiError } from '@/api/client'
import { t } from '@/i18n'

const line = (x: { message: string; hint: string }) => [x.message, x.hint].filter(Boolean).join(' ')
export function said(e: unknown): string {
  const a = e as ApiError
  return [...new Set([a.message || a.title, ...(a.errors ?? []).map(line)])].filter(Boolean).join(' ') || t('state.broken')
}
/** "/groups/0/weight" → what is wrong there. */
export function byField(e: unknown): Record<string, string> {
  const out: Record<string, string> = {}
  for (const x of (e as ApiError).errors ?? []) out[x.where] = [out[x.where], line(x)].filter(Boolean).join(' ')
  return out
}
