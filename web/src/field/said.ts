// What the pages of the field make of a day, a visit, an entry: pure, for both the network's and the device's data.
import { t } from '@/i18n'
import type { Entry } from './queue'
import type { Checklist, FieldDay, Visit, VisitDraft, VisitItem, VisitRules } from './types'

export const stateClass: Record<VisitItem['state'], string> = { planned: 'teal', done: 'green', missed: 'amber', moved: '' }
export const entryKinds: Record<Entry['kind'], string> = {
  'visit.plan': 'fd.kind.plan', 'visit.record': 'fd.kind.done', 'visit.done': 'fd.kind.done', 'visit.change': 'fd.kind.change',
  'visit.miss': 'fd.kind.miss', 'visit.move': 'fd.kind.move', 'todo.done': 'fd.kind.todo', 'log.note': 'fd.kind.note',
}

export function checklistOf(rules: VisitRules, purpose: string, method: string): Checklist | null {
  const kind = rules.kinds.find((k) => k.purpose === purpose && k.method === method)
  return rules.checklists.find((c) => c.id === kind?.checklist) ?? null
}
export const needsCustomer = (rules: VisitRules, purpose: string, method: string): boolean => rules.kinds.find((k) => k.purpose === purpose && k.method === method)?.customer ?? false

export function blankDraft(day: string, rules: VisitRules): VisitDraft {
  return {
    customers: [], place: '', day, time: '', purpose: rules.purposes[0] ?? '', method: rules.methods[0] ?? '', companions: [], with: '', ask: '', todos: [],
    started: '', ended: '', position: { state: 'none' }, findings: '', answers: {}, follow_ups: [], photos: [],
  }
}
export const isWhole = (v: VisitItem | Visit): v is Visit => 'findings' in v
export function draftOfVisit(v: VisitItem | Visit): VisitDraft {
  const whole = isWhole(v) ? v : null
  return {
    customers: v.customers.map((c) => ({ ...c })), place: v.place, day: v.day ?? '', time: v.time, purpose: v.purpose, method: v.method,
    companions: whole?.companions.map((p) => p.staff) ?? [], with: whole?.with ?? '', ask: whole?.ask ?? '', todos: whole?.todos.map((one) => one.id) ?? [],
    started: whole?.started ?? '', ended: whole?.ended ?? '', position: (whole?.position ?? { state: 'none' }) as VisitDraft['position'], findings: whole?.findings ?? '',
    answers: { ...whole?.answers }, follow_ups: whole?.follow_ups.map((f) => ({ id: f.id, text: f.text, due: f.due, assignee: f.assignee })) ?? [],
    photos: whole?.photos.map((p) => ({ ...p, position: p.position as VisitDraft['position'] })) ?? [],
  }
}
/** What is sent: of a plan without what came of it. */
export function bodyOf(d: VisitDraft, done: boolean): Record<string, unknown> {
  const plan = { customers: d.customers.map((c) => c.id), place: d.place.trim(), day: d.day, time: d.time, purpose: d.purpose, method: d.method, companions: d.companions, with: d.with.trim(), ask: d.ask.trim(), todos: d.todos }
  if (!done) return plan
  return { ...plan, started: d.started, ended: d.ended, position: d.position, findings: d.findings, answers: d.answers, follow_ups: d.follow_ups, photos: d.photos }
}
export const titleOf = (d: Pick<VisitDraft, 'customers' | 'place' | 'purpose'>): string =>
  `${d.customers.length > 1 ? t('fd.several', { name: d.customers[0]!.name, n: d.customers.length }) : (d.customers[0]?.name ?? d.place)} · ${d.purpose}`

/** A day after another, of the bank's: the day the device took along, and how many nights have passed since. */
export function dayNow(day: Pick<FieldDay, 'today' | 'now'>, now: number, behind: number): string {
  const nights = Math.floor((now + behind + 8 * 3_600_000) / 86_400_000) - Math.floor((Date.parse(day.now) + 8 * 3_600_000) / 86_400_000)
  return new Date(Date.parse(`${day.today}T00:00:00Z`) + Math.max(0, nights) * 86_400_000).toISOString().slice(0, 10)
}

/** "2026-01-05T09:30" of a moment, by the device's own clock and place; and back. */
export function localTime(moment: string): string {
  if (!moment) return ''
  const d = new Date(moment)
  return Number.isNaN(d.getTime()) ? '' : new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
export const momentOf = (local: string): string => (local ? new Date(local).toISOString() : '')
export function minutesBetween(from: string, to: string): number | null {
  const n = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  return Number.isFinite(n) && n >= 0 ? n : null
}
