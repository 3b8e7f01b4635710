// What the pages of leads and campaigns say of stages and states, and how a condition is put together.
import type { LeadItem } from './types'

const tones: Record<string, string> = { 收到: 'amber', 已分派: '', 已联系: 'teal', 有意向: 'teal', 方案: 'teal', 成交: 'green', 未成: '' }
export const stageTone = (stage: string): string => tones[stage] ?? ''
export const campaignTone: Record<string, string> = { draft: '', proposed: 'amber', running: 'teal', closed: 'green' }
export const lineTone: Record<string, string> = { open: 'amber', done: 'green', control: '', excluded: 'red' }
export const referralTone: Record<string, string> = { asked: 'amber', accepted: 'teal', declined: '', won: 'green', lost: '' }

export const passTone: Record<string, string> = { sent: 'amber', working: 'teal', done: 'amber', told: 'green', withdrawn: '' }

export const needsLooking = (l: LeadItem): boolean => l.late || l.standing !== '正常' || l.letter?.state === '应致电' || l.letter?.state === '逾期'

export interface Block { fact: string; type: string; op: string; value: string }
/** One block of a condition in FEEL: 存款余额 >= 50000; nothing while it lacks a value that fits. */
export function blockText(b: Block): string {
  const value = b.value.trim()
  if (!b.fact || !b.op) return ''
  if (b.type === 'boolean') return b.op === 'no' ? `not(${b.fact})` : b.fact
  if (!value) return ''
  if (b.type === 'list') return b.op === 'hasnot' ? `not(list contains(${b.fact}, "${plain(value)}"))` : `list contains(${b.fact}, "${plain(value)}")`
  if (b.type === 'number') return /^-?\d+(\.\d+)?$/.test(value) ? `${b.fact} ${b.op} ${value}` : ''
  if (b.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${b.fact} ${b.op} date("${value}")` : ''
  return `${b.fact} ${b.op} "${plain(value)}"`
}
const plain = (text: string) => text.replace(/["\\]/g, '')
/** What stands there already, and one more. */
export const joined = (text: string, more: string, word: 'and' | 'or'): string => (!more ? text : text.trim() ? `${text.trim()} ${word} ${more}` : more)
export const operators: Record<string, string[]> = { number: ['>=', '<=', '>', '<', '='], text: ['=', '!='], date: ['>=', '<='], boolean: ['yes', 'no'], list: ['has', 'hasnot'] }

/** The kinds of accounts, loans and sales that the facts know, for 持有品种. */
export const kinds = ['account:demand', 'account:time', 'account:basic', 'account:general', 'account:margin', 'loan:farmer_micro', 'loan:urban_micro', 'loan:personal_business', 'loan:personal_consumer', 'loan:working_capital', 'loan:fixed_asset', 'sale:credit_card', 'sale:gold_card', 'sale:e_banking', 'sale:phone_banking', 'sale:pos', 'sale:payroll', 'sale:insurance', 'sale:fund', 'sale:wealth']

export const percent = (v: string | number | null | undefined): string => (v === null || v === undefined ? '—' : `${Math.round(Number(v) * 1000) / 10}%`)
