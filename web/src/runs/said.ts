// What the pages of runs, disputes and findings say of states, days and people.
import { t, word, type Key } from '@/i18n'
import { daysBetween, today } from '@/lib/format'
import { ApiError } from '@/api/client'
import type { Dispute, RunLife } from './types'

export const runBadge = { draft: '', published: 'teal', disputed: 'amber', sealed: 'green' } as const
export const disputeBadge = { open: 'amber', upheld: 'green', adjusted: 'teal', rejected: 'red', withdrawn: '' } as const
export const findingBadge = { open: 'amber', accepted: 'red', dismissed: 'green' } as const

/** A login or number as people know it. */
export const named = (names: Record<string, string> | undefined, key: string | null | undefined): string => (key ? names?.[key] ?? key : '—')

/** How long there is still, or since when it is over; the last day belongs to the term. */
export function left(until: string | null | undefined): { days: number; text: string; late: boolean } | null {
  if (!until) return null
  const days = daysBetween(today(), until)
  return { days, late: days < 0, text: days > 0 ? t('left.in', { n: days }) : days === 0 ? t('left.today') : t('left.past', { n: -days }) }
}

export interface Waiting { who: string; what: string; until?: string | null }
/** What the run waits for, and whom: nothing once it is sealed or another took its place. */
export function waiting(life: RunLife): Waiting[] {
  if (life.superseded_by || life.state === 'sealed') return []
  if (life.state === 'draft') return [{ who: t('wait.business'), what: t('wait.publish') }]
  const out: Waiting[] = []
  if (life.open_disputes) out.push({ who: t('wait.deciders'), what: t('wait.decide', { n: life.open_disputes }) })
  if (!left(life.appeal_until)?.late) out.push({ who: t('wait.holders'), what: t('wait.appeal'), until: life.appeal_until })
  if (!left(life.notice_until)?.late) out.push({ who: t('wait.everyone'), what: t('wait.notice'), until: life.notice_until })
  if (life.proposed) out.push({ who: t('wait.other', { name: named(life.names, life.proposed.by) }), what: t('wait.seal') })
  else if (life.sealable.ok) out.push({ who: t('wait.signers'), what: t('wait.propose') })
  else if (['life.corrected', 'life.review'].includes(life.sealable.code ?? '')) out.push({ who: t(life.sealable.code === 'life.review' ? 'wait.holders' : 'wait.business'), what: t(life.sealable.code === 'life.review' ? 'wait.review' : 'wait.corrected') })
  return out
}

/** 申诉 or 复议. */
export const stage = (d: Pick<Dispute, 'stage'>): string => t(d.stage === 2 ? 'dispute.stage.2' : 'dispute.stage.1')

/** Why something cannot be done, in the words of these pages; the server's where there are none. */
export function why(code: string | null | undefined, message?: string | null): string {
  const own = code ? word('why', code.replace('.', '_')) : ''
  return own && code && own !== code.replace('.', '_') ? own : message || code || ''
}

/** What was refused: by field where the server names one, else as a whole. */
export function refused(e: unknown): { whole: string; fields: Record<string, string>; code: string } {
  if (!(e instanceof ApiError)) return { whole: String(e), fields: {}, code: '' }
  const fields: Record<string, string> = {}
  for (const x of e.errors) fields[x.where.replace(/^\//, '').split('/')[0] ?? ''] = [x.message, x.hint].filter(Boolean).join(' ')
  const at = FIELDS[e.code]
  const said = [e.title, e.message && e.message !== e.title ? e.message : ''].filter(Boolean).join(t('common.colon')) || t('state.broken')
  if (at && !fields[at]) return { whole: '', fields: { ...fields, [at]: said }, code: e.code }
  return { whole: Object.keys(fields).length ? '' : said, fields, code: e.code }
}
const FIELDS: Record<string, string> = {
  'life.reason': 'reason', 'risk.reason': 'reason', 'risk.state': 'state', 'dispute.figure': 'figure', 'dispute.same': 'claimed', 'dispute.number': 'claimed',
  'dispute.documents': 'documents', 'difference.period': 'into_period', 'dispute.outcome': 'outcome',
}

/** A step of a run in words. */
export const stepName = (what: RunLife['steps'][number]['what']): string => t(`step.${what}` as Key)
