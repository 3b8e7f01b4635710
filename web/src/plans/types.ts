// Shapes of plans, logs and meetings, and what they look like in words.
import type { components } from '@/api/openapi'
import { word } from '@/i18n'
import { dec, plain, round, shift } from '@/lib/decimal'

type Shapes = components['schemas']
export type Plan = Shapes['WorkPlan']
export type PlanLine = Shapes['WorkPlanLine']
export type PlanItem = Shapes['WorkPlanItem']
export type PlanStanding = Shapes['PlanStanding']
export type PlanChoices = Shapes['WorkPlanChoices']
export type LogDay = Shapes['LogDay']
export type WorkLog = Shapes['WorkLog']
export type LogDays = Shapes['LogDays']
export type LogCheck = Shapes['LogCheck']
export type LogFigures = Shapes['LogFigures']
export type Meeting = Shapes['Meeting']
export type MeetingLine = Shapes['MeetingLine']
export type MeetingSeries = Shapes['MeetingSeries']
export type MeetingPreparation = Shapes['MeetingPreparation']

/** Red for late and refused, amber for what waits, green for done. */
export const planClass: Record<Plan['state'] | 'missing', string> = { missing: 'red', draft: 'amber', submitted: 'amber', returned: 'red', confirmed: 'green', reviewed: 'green' }
export const standingClass: Record<PlanItem['standing'], string> = { reached: 'green', ok: '', behind: 'red', unknown: '' }
export const meetingClass: Record<string, string> = { planned: '', missed: 'red', prepared: 'teal', held: 'amber', minuted: 'amber', confirmed: 'green', cancelled: '' }
export const stateSaid = (group: 'planstate' | 'standing' | 'meetingstate' | 'logday', state: string): string => word(group, state)

/** An item as the server takes it. */
export interface Draft {
  id?: number
  kind: PlanItem['kind']
  title: string
  scheme: string
  figure: string
  counted: string
  unit: string
  target: string | null
  done: boolean
  result: string
  due: string | null
  assignee: string
  customer: string
}
export const draftOf = (i: PlanItem): Draft => ({ id: i.id, kind: i.kind, title: i.title, scheme: i.scheme, figure: i.figure, counted: i.counted, unit: i.unit, target: i.target, done: i.done, result: i.result, due: i.due, assignee: i.assignee, customer: i.customer })
export const blank = (kind: Draft['kind']): Draft => ({ kind, title: '', scheme: '', figure: '', counted: '', unit: '', target: null, done: false, result: '', due: null, assignee: '', customer: '' })

export type PeriodKind = 'year' | 'quarter' | 'month' | 'week'
const utc = (day: string) => new Date(`${day}T00:00:00Z`)
const iso = (d: Date) => d.toISOString().slice(0, 10)
export function plusDays(day: string, n: number): string {
  const d = utc(day)
  d.setUTCDate(d.getUTCDate() + n)
  return iso(d)
}
/** The period of the kind that holds the day: 2026, 2026Q1, 2026-01, 2026-W01. */
export function periodOf(kind: PeriodKind, day: string): string {
  const year = day.slice(0, 4)
  if (kind === 'year') return year
  if (kind === 'quarter') return `${year}Q${Math.floor((Number(day.slice(5, 7)) + 2) / 3)}`
  if (kind === 'month') return day.slice(0, 7)
  // A week belongs to the year of its Thursday.
  const weekday = (utc(day).getUTCDay() + 6) % 7
  const thursday = plusDays(day, 3 - weekday)
  const first = utc(`${thursday.slice(0, 4)}-01-01`)
  const n = Math.floor((utc(thursday).getTime() - first.getTime()) / 86_400_000 / 7) + 1
  return `${thursday.slice(0, 4)}-W${String(n).padStart(2, '0')}`
}
export const kindOf = (period: string): PeriodKind => (period.includes('W') ? 'week' : period.includes('Q') ? 'quarter' : period.includes('-') ? 'month' : 'year')
/** Its first and last day. */
export function spanOf(period: string): [string, string] {
  const year = period.slice(0, 4)
  const end = (y: number, m: number) => iso(new Date(Date.UTC(y, m, 0)))
  switch (kindOf(period)) {
    case 'year': return [`${year}-01-01`, `${year}-12-31`]
    case 'quarter': { const q = Number(period.slice(5)); return [`${year}-${String(q * 3 - 2).padStart(2, '0')}-01`, end(Number(year), q * 3)] }
    case 'month': return [`${period}-01`, end(Number(year), Number(period.slice(5)))]
    case 'week': {
      const fourth = `${year}-01-04`
      const monday = plusDays(fourth, -((utc(fourth).getUTCDay() + 6) % 7) + 7 * (Number(period.slice(6)) - 1))
      return [monday, plusDays(monday, 6)]
    }
  }
}
export const nextPeriod = (period: string) => periodOf(kindOf(period), plusDays(spanOf(period)[1], 1))
export const previousPeriod = (period: string) => periodOf(kindOf(period), plusDays(spanOf(period)[0], -1))
export const weekdayOf = (day: string) => (utc(day).getUTCDay() + 6) % 7 // 0 Monday

/** A ratio as a percentage with at most one decimal: "5.4%". */
export function percent(v: string | null | undefined): string {
  const d = dec(v)
  return d ? `${plain(round(shift(d, 2), 1)).replace(/\.0$/, '')}%` : '—'
}
