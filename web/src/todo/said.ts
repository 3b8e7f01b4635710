// What to-dos look like in words and colours; the same on all of their pages.
import { t } from '@/i18n'
import type { components } from '@/api/openapi'

export type Todo = components['schemas']['Todo']
export type TodoSummary = components['schemas']['TodoSummary']
export type TodoLoad = components['schemas']['TodoLoad']
export type TodoPack = components['schemas']['TodoPack']
export type Absence = components['schemas']['Absence']
export type Calendar = components['schemas']['Calendar']
export type TodoAct = Todo['may'][number]

/** "逾期 3 天", "今天", "5 天后". */
export function dueSaid(todo: Todo): string {
  const n = todo.days
  if (n === null) return t('todo.day.none')
  if (n < 0) return t('todo.day.late', { n: -n })
  return n === 0 ? t('todo.day.today') : n === 1 ? t('todo.day.tomorrow') : t('todo.day.in', { n })
}
export const dueClass = (todo: Todo): string => (todo.state !== 'open' && todo.state !== 'snoozed' ? '' : todo.days !== null && todo.days < 0 ? 'red' : todo.group === 'today' ? 'amber' : '')
export const dueWhy = (todo: Todo): string => (todo.due && todo.rule_day && todo.rule_day !== todo.due ? t('todo.day.why', { rule: todo.rule_day, due: todo.due }) : todo.due ?? '')
export const stateClass: Record<Todo['state'], string> = { open: '', snoozed: 'amber', done: 'green', fact: 'green', cancelled: '' }

const order = ['raised', 'overdue', 'today', 'week', 'later', 'snoozed'] as const
export type GroupName = (typeof order)[number]
/** The list in its groups, empty ones left out; what was raised to one and is not one's own stands first. */
export function grouped(todos: Todo[]): { name: GroupName; items: Todo[] }[] {
  const of = (one: Todo): GroupName => (one.state === 'snoozed' ? 'snoozed' : one.escalated_to_me && !one.own ? 'raised' : one.group ?? 'later')
  return order.map((name) => ({ name, items: todos.filter((one) => of(one) === name) })).filter((g) => g.items.length)
}
/** A day so many days after another: "2026-01-01" + 7. */
export function plusDays(day: string, n: number): string {
  const d = new Date(`${day}T00:00:00Z`)
  d.setUTCDate(d.getUTCDate() + n)
  return d.toISOString().slice(0, 10)
}
