// How shares, states and what is handed over are said.
import { t } from '@/i18n'
import { show } from '@/lib/format'
import type { HandoverItem } from './types'

/** 6666 of 10000: "66.66%". */
export const percent = (share: number): string => `${(share / 100).toFixed(share % 100 ? 2 : 0)}%`
/** "66.66" as people type it, to 1/10,000; NaN when it is no number of at most two places. */
export const shareOf = (text: string): number => (/^\d{1,3}(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text) * 100) : Number.NaN)

export const entryBadge = { asked: 'amber', in_force: 'green', refused: 'red', taken_back: '' } as const
export const standingBadge = { pending: '', waiting: 'amber', contradicted: 'red', confirmed: 'green', superseded: '', over: '' } as const
export const claimBadge = { open: 'amber', answered: 'teal', granted: 'green', rejected: 'red', withdrawn: '' } as const
export const handoverBadge = { draft: '', signing: 'amber', done: 'green', cancelled: '' } as const

function money(v: unknown): string {
  if (typeof v !== 'string' || v === '0.00') return ''
  const s = show(v, '元')
  return `${s.text} ${s.unit}`
}
/** What both look at before they sign: balances, due days, class. */
export function detailOf(item: HandoverItem): string {
  const d = item.detail as Record<string, unknown>
  const out: string[] = []
  if (item.kind === 'customer') {
    if (money(d.deposits)) out.push(`${t('as.deposits')} ${money(d.deposits)}`)
    if (money(d.loans)) out.push(`${t('as.loans')} ${money(d.loans)}`)
  }
  if (money(d.balance)) out.push(money(d.balance))
  if (item.kind === 'archive' && d.loans) out.push(t('as.archive.loans', { n: Number(d.loans) }))
  if (d.class && d.class !== 'normal') out.push(t(`as.class.${d.class as 'special_mention'}`))
  if (Number(d.overdue_days) > 0) out.push(t('as.overdue', { n: Number(d.overdue_days) }))
  for (const day of [d.due_on, d.due, d.day]) if (typeof day === 'string') out.push(day)
  return out.join(' · ')
}
