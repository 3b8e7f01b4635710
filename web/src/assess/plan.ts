// A plan as it is written: what a new one begins with, moments as fields show them, periods to choose from.
import type { Group, Relation, Selector, Spec } from './types'

export const POSITIONS = ['manager', 'trainee_manager', 'branch_head', 'risk_manager', 'supervisor', 'accountant', 'cashier', 'teller', 'hr', 'auditor', 'executive', 'other'] as const
export interface FullSelector { positions: string[]; orgs: string[]; staff: string[] }
export interface FullGroup { name: string; relation: Relation; weight: string; who: FullSelector; most: number }
export type FullSpec = Required<Omit<Spec, 'assessed' | 'groups'>> & { assessed: FullSelector; groups: FullGroup[] }

const two = (n: number) => String(n).padStart(2, '0')
/** RFC 3339 → "2025-12-31T17:00", here and now. */
export function local(moment: string): string {
  const d = new Date(moment)
  return Number.isNaN(d.getTime()) ? '' : `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`
}
export const moment = (field: string): string => (field ? new Date(field).toISOString() : '')
const inDays = (days: number, hour: number, now: Date): string => { const d = new Date(now); d.setDate(d.getDate() + days); d.setHours(hour, 0, 0, 0); return d.toISOString() }

export const emptySelector = (): FullSelector => ({ positions: [], orgs: [], staff: [] })
const whole = (s: Selector | undefined): FullSelector => ({ positions: [...(s?.positions ?? [])], orgs: [...(s?.orgs ?? [])], staff: [...(s?.staff ?? [])] })
export const emptyGroup = (name: string, relation: Relation, weight: string, most = 0): FullGroup => ({ name, relation, weight, who: emptySelector(), most })

/** What a new plan begins with: managers, judged by superior, peers and the branch. */
export function begin(names: { superior: string; peers: string; branch: string }, now = new Date()): FullSpec {
  return {
    title: '', period: quarterBefore(now), pack: '', form: '', starts_at: inDays(1, 8, now), deadline: inDays(8, 18, now), closes_at: inDays(10, 18, now), remind_hours: [48, 24], anonymous: true, trim: '0.1',
    min_assessors: 3, min_group: 3, missing: 'rescale', scale: 2, delegation: true, repeats: false, fact: '', assessed: { positions: ['manager'], orgs: [], staff: [] },
    groups: [emptyGroup(names.superior, 'superior', '40', 1), emptyGroup(names.peers, 'peers', '30', 5), emptyGroup(names.branch, 'branch', '30', 5)],
  }
}
export function full(spec: Spec): FullSpec {
  const groups = (spec.groups as Group[]).map((g) => ({ name: g.name, relation: g.relation, weight: g.weight, who: whole(g.who), most: g.most ?? 0 }))
  return { remind_hours: [], anonymous: true, trim: '0', min_assessors: 1, min_group: 3, missing: 'rescale', scale: 2, delegation: true, repeats: false, fact: '', ...spec, closes_at: spec.closes_at ?? spec.deadline, assessed: whole(spec.assessed), groups }
}
function quarterBefore(now: Date): string {
  const q = Math.floor(now.getMonth() / 3)
  return q ? `${now.getFullYear()}Q${q}` : `${now.getFullYear() - 1}Q4`
}
/** Periods of two years up to now, newest first. */
export function periods(now = new Date()): { kind: 'quarter' | 'half-year' | 'year' | 'month'; of: string[] }[] {
  const years = [now.getFullYear(), now.getFullYear() - 1]
  const months = Array.from({ length: 15 }, (_, i) => { const d = new Date(now.getFullYear(), now.getMonth() - i, 1); return `${d.getFullYear()}-${two(d.getMonth() + 1)}` })
  return [
    { kind: 'quarter', of: years.flatMap((y) => [4, 3, 2, 1].map((q) => `${y}Q${q}`)) },
    { kind: 'half-year', of: years.flatMap((y) => [`${y}H2`, `${y}H1`]) },
    { kind: 'year', of: years.map(String) },
    { kind: 'month', of: months },
  ]
}
/** Everything that was said against a field or a part of it. */
export function against(faults: Record<string, string>, field: string): string {
  return Object.entries(faults).filter(([where]) => where === field || where.startsWith(`${field}/`)).map(([, text]) => text).join(' ')
}
