// Grades: which packs have them, how a change reads, who decides.
import { ref } from 'vue'
import { get } from '@/api/client'
import { show } from '@/lib/format'
import type { GradePlan, Proposal } from './types'

/** Roles as packs name them. */
export const TITLES: Record<string, string> = { administrator: '系统管理员', manager: '客户经理', branch_head: '支行行长', risk_manager: '风险经理', business: '业务管理部门', hr: '人力资源', executive: '行领导', auditor: '审计' }
export const acts = (roles: string[], named: string[]): boolean => roles.some((r) => named.includes(TITLES[r] ?? r))

const plans = ref<GradePlan[] | null>(null)
/** Packs that say which grades there are, the one that proposals were made by last first; read once. */
export async function gradePlans(signal?: AbortSignal): Promise<GradePlan[]> {
  if (!plans.value) {
    const [all, newest] = await Promise.all([get('/grade-plans', undefined, signal), get('/grade-proposals', { page_size: 1 }, signal)])
    const used = newest.items[0]?.pack
    plans.value = [...all.items].sort((a, b) => Number(b.pack === used) - Number(a.pack === used))
  }
  return plans.value
}

export const proposalColour = { listed: '', waiting: 'amber', proposed: 'teal', accepted: 'green', rejected: 'red', superseded: '' } as const
export const PROPOSAL_STATES = ['proposed', 'waiting', 'listed', 'accepted', 'rejected', 'superseded'] as const

/** Up, down, or neither, by the scale; outside of it nothing. */
export function direction(plan: Pick<GradePlan, 'scale' | 'none'>, p: Pick<Proposal, 'was' | 'becomes'>): -1 | 0 | 1 {
  if (p.becomes === plan.none && p.was !== plan.none) return -1
  const [a, b] = [plan.scale.indexOf(p.was), plan.scale.indexOf(p.becomes)]
  return a < 0 || b < 0 || a === b ? 0 : b > a ? 1 : -1
}
/** A value of the rules in few words: 83.456 → 83.46, true → 是. */
export function brief(value: unknown, yes: string, no: string): string {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'number') return show(value, '分').text.replace(/\.00$/, '')
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((v) => brief(v, yes, no)).join('、') || '—'
  return Object.entries(value as object).map(([k, v]) => `${k} ${brief(v, yes, no)}`).join('；')
}
/** Long fractions in a sentence, cut off rather than rounded: 89.999 is not 90. */
export const cut = (text: string): string => text.replace(/(\d+\.\d{2})\d+/g, '$1')
/** Whole years and months from a day to another. */
export function span(from: string, to: string): { years: number; months: number } {
  const [a, b] = [from, to].map((d) => d.split('-').map(Number)) as [number[], number[]]
  const months = Math.max(0, (b[0]! - a[0]!) * 12 + b[1]! - a[1]! - (b[2]! < a[2]! ? 1 : 0))
  return { years: Math.floor(months / 12), months: months % 12 }
}
