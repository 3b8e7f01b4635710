// What the pages of letters, notices and the queue say of states, errors and text.
import { ApiError } from '@/api/client'
import { t } from '@/i18n'

export const stateClass: Record<string, string> = { proposed: 'amber', waiting: 'teal', sending: 'teal', sent: 'green', dead: 'red', cancelled: '' }
export const noticeClass: Record<string, string> = { draft: '', proposed: 'amber', published: 'green', withdrawn: 'red' }
export const importanceClass: Record<string, string> = { normal: '', important: 'amber', urgent: 'red' }

export interface Wrong { whole: string; fields: Record<string, string> }
/** A refusal as a form shows it: at its fields, and as a whole where it has none. */
export function wrongOf(e: unknown): Wrong {
  if (!(e instanceof ApiError)) return { whole: String(e), fields: {} }
  const fields: Record<string, string> = {}
  for (const one of e.errors) if (one.where !== 'there') fields[one.where.replace(/^\//, '')] ??= one.message
  const whole = e.code === 'network' ? t('state.offline.why') : e.message || e.title
  return { whole: Object.keys(fields).length ? '' : whole, fields }
}
export const nothingWrong = (): Wrong => ({ whole: '', fields: {} })

export interface Line { kind: 'text' | 'quote' | 'item'; parts: { text: string; strong: boolean }[] }
/** Text with simple marks: "> " quotes, "- " items, **strong**. Whatever else stands there is text. */
export function lines(text: string): Line[] {
  return text.split('\n').map((line) => {
    const kind = line.startsWith('> ') ? 'quote' : line.startsWith('- ') ? 'item' : 'text'
    const rest = kind === 'text' ? line : line.slice(2)
    return { kind, parts: rest.split('**').map((part, i, all) => ({ text: i % 2 && i === all.length - 1 ? `**${part}` : part, strong: i % 2 === 1 && i < all.length - 1 })).filter((p) => p.text) }
  })
}

/** Where a link of a letter leads. */
export function pageOf(link: { kind: string; id: string }): string {
  if (link.kind === 'customer') return `/customers/${encodeURIComponent(link.id)}`
  return link.kind === 'page' ? link.id : `/customers?q=${encodeURIComponent(link.id)}`
}
