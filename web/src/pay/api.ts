// Pay and risk deposits over the wire. Paths and answers are the contract's; written by hand is what it leaves open.
import { ApiError, get, request, withQuery } from '@/api/client'
import type { components } from '@/api/openapi'
import type { Decimal } from '@/api/types'
import { t } from '@/i18n'

type Shapes = components['schemas']
export type PayRun = Shapes['PayRun']
export type PayRunWhole = Shapes['PayRunWhole']
export type PayPlan = Shapes['PayPlan']
export type SlipSummary = Shapes['SlipSummary']
export type SlipHead = Shapes['SlipOf']
export type JointWork = Shapes['JointWork']
export type Fact = Shapes['PeopleFact']
export type Account = Shapes['DepositAccount']
export type Statement = Shapes['DepositStatement']
export type Booking = Shapes['DepositBooking']
export type Order = Shapes['DepositOrder']
export type Slip = Shapes['Payslip']
export type SlipLine = Slip['lines'][number]

export interface Sums { earnings: Decimal; deductions: Decimal; deposit: Decimal; net: Decimal }
export interface RunHead { id: number; period: string; state: PayRun['state']; people: number; totals: Sums }
export interface LineChange { line: string; kind: SlipLine['kind']; now: Decimal | null; before: Decimal | null }
export interface PersonChange { staff: string; name: string; branch_name: string; here: boolean; was_here: boolean; now: Decimal; before: Decimal; change: Decimal; lines: { line: string; kind: string; now: Decimal; before: Decimal; change: Decimal }[] }
export interface Branch { branch: string; branch_name: string; people: number; people_before: number; now: Sums; before: Sums }
export interface Comparison { run: RunHead; before: RunHead | null; lines: LineChange[]; branches: Branch[]; people: PersonChange[] }
export interface PersonDue { staff: string; name: string; branch_name: string; change: Decimal; due: Decimal; made_good: { pay_run: number; net: Decimal }[]; lines: { line: string; kind: string; now: Decimal; before: Decimal; change: Decimal; posted: Decimal; due: Decimal }[] }
export interface Corrections { run: RunHead; appraisal: number; open: number; people: PersonDue[] }
export interface Held { staff: string; name: string; share: number; main: boolean }
export interface Handover { id: string; kind: 'account' | 'loan'; object: string; customer_id: string; day: string; last: string; giver: string; taker: string; before: Held[]; after: Held[]; balance: Decimal; effect: { staff: string; name: string; daily: Decimal }[] }
export interface HandoverPage { items: Handover[]; total: number; period: string; accounts: number; loans: number }
export interface HandoverEffect { items: number; left_out: string[]; people: { staff: string; name: string; paid: Decimal; without: Decimal; effect: Decimal; score: Decimal | null }[]; sum: Decimal; notes: string[] }
export interface Balance { funds: { fund: Account['fund']; fund_title: string; people: number; bookings: number; balance: Decimal; bank: { account: string; amount: Decimal }[]; difference: Decimal }[]; faults: string[] }
export interface Coming { staff: string; name: string; booking: number; on: string; left: Decimal; due: Decimal; due_on: string; decision: string; cites: { rule_id: string; article: string }[] }

const read = <T>(path: string, query?: Record<string, string | number | undefined>, signal?: AbortSignal) => request<T>('GET', path, { query, signal })
const all = { page: 1, page_size: 500 }

export const plans = (signal?: AbortSignal) => get('/pay/plans', undefined, signal)
export const payRuns = (signal?: AbortSignal) => get('/pay/runs', all, signal)
export const payRun = (id: string, signal?: AbortSignal) => get('/pay/runs/{id}', { id }, signal)
export const runSlips = (id: string, query: { q?: string; page: number; page_size: number }, signal?: AbortSignal) => get('/pay/runs/{id}/slips', { id, ...query }, signal)
export const comparison = (id: string, signal?: AbortSignal) => read<Comparison>(`/pay/runs/${id}/compare`, undefined, signal)
export const corrections = (id: string, signal?: AbortSignal) => read<Corrections>(`/pay/runs/${id}/corrections`, undefined, signal)
export const stepRun = (id: number, step: 'approve' | 'paid' | 'void', body: { reason?: string; document?: string }) => request<PayRunWhole>('POST', `/pay/runs/${id}/${step}`, { body })
export const handovers = (id: string, query: { q?: string; kind?: string; page: number; page_size: number }, signal?: AbortSignal) => read<HandoverPage>(`/pay/runs/${id}/handovers`, query, signal)
export const contributionLink = (id: number, form: 'html' | 'xlsx') => withQuery(`/pay/runs/${id}/contribution/report.${form}`)
export const exportLink = (id: number, form: 'xlsx' | 'csv') => withQuery(`/pay/runs/${id}/export.${form}`)

export const facts = (query: { of?: string; withdrawn?: string; q?: string }, signal?: AbortSignal) => read<{ items: Fact[]; total: number }>('/people-facts', { ...all, ...query }, signal)
export interface NewFact { of: string; subject?: string; kind: string; name: string; value: unknown; from: string; to?: string | null; document: string; reason?: string }
export const recordFacts = (pack: string, list: NewFact[]) => request<{ recorded: number }>('POST', '/people-facts', { body: { ...(pack && { pack }), facts: list } })
export const withdrawFact = (id: number, reason: string) => request<void>('POST', `/people-facts/${id}/withdraw`, { body: { reason } })
export const joint = (pack: string, signal?: AbortSignal) => read<{ items: JointWork[]; total: number }>('/pay/joint', { ...all, pack }, signal)
export interface NewJoint { pack: string; line: string; title: string; document: string; on: string; input: Record<string, unknown>; days: boolean; shares: { staff: string; weight: string }[] }
export const recordJoint = (body: NewJoint) => request<JointWork>('POST', '/pay/joint', { body })
export const withdrawJoint = (id: number, reason: string) => request<void>('POST', `/pay/joint/${id}/withdraw`, { body: { reason } })

export const mySlips = (staff: string | undefined, signal?: AbortSignal) => read<{ items: SlipHead[]; total: number }>('/pay/slips', { ...all, staff }, signal)
export const slip = (run: string | number, staff: string, signal?: AbortSignal) => get('/pay/runs/{id}/slips/{staff}', { id: String(run), staff }, signal)

export const accounts = (signal?: AbortSignal) => get('/deposits', all, signal)
export const account = (staff: string, fund: Account['fund'], signal?: AbortSignal) => get('/deposits/{staff}', { staff, fund }, signal)
export const orders = (signal?: AbortSignal) => get('/deposit-orders', all, signal)
export const propose = (body: Record<string, unknown>) => request<Order>('POST', '/deposit-orders', { body })
export interface Liability { loan: string; handovers: number; shares: { staff: string; name: string; share: string }[]; problem: string | null }
export const liabilityOf = (loan: string, on: string, signal?: AbortSignal) => request<Liability>('GET', '/deposit-liability', { query: { loan, on }, signal })
export const decide = (id: number, accept: boolean, reason: string) => request<Order>('POST', `/deposit-orders/${id}/decide`, { body: { accept, reason } })
export const balance = (signal?: AbortSignal) => read<Balance>('/deposits/balance', undefined, signal)
export const coming = (months: number, signal?: AbortSignal) => read<{ items: Coming[]; total: number }>('/deposits/coming', { ...all, months }, signal)

/** What a refusal says, and the field it belongs to ("" the form as a whole). */
export interface Refused { text: string; where: string }
export function refused(e: unknown): Refused {
  const a = e as ApiError
  const first = a.errors?.[0]
  const text = [a.message, ...(a.errors ?? []).map((x) => [x.message, x.hint].filter(Boolean).join('，'))].filter((x, i, list) => x && list.indexOf(x) === i).join(' ')
  return { text: text || t('state.broken'), where: first?.where ?? '' }
}
