// Marks of a form as they are filled in: what counts, what is missing, what is wrong with one.
import { compare, dec } from '@/lib/decimal'
import type { Entry, Form } from './types'

export type Marks = Record<string, string>
export const SKIP = 'skip'

/** Why a mark cannot be kept; '' when it can, or there is none yet. */
export function wrong(entry: Entry, mark: string | undefined): '' | 'number' | 'range' {
  if (!mark || (mark === SKIP && entry.may_skip)) return ''
  const value = /^\d+(\.\d+)?$/.test(mark) ? dec(mark) : null
  if (!value) return 'number'
  if (entry.levels.length) return entry.levels.some((l) => compare(dec(l.mark)!, value) === 0) ? '' : 'range'
  return compare(value, dec(entry.full)!) > 0 ? 'range' : ''
}
export const entriesOf = (form: Form): Entry[] => form.items.flatMap((i) => i.entries)
export const answered = (form: Form, marks: Marks): number => entriesOf(form).filter((e) => marks[e.key] && !wrong(e, marks[e.key])).length
/** The first entry without a mark that can be kept. */
export const firstMissing = (form: Form, marks: Marks): Entry | undefined => entriesOf(form).find((e) => !marks[e.key] || wrong(e, marks[e.key]))
/** What the server takes: marks that are wrong stay here until they are mended. */
export function keepable(form: Form, marks: Marks): Marks {
  return Object.fromEntries(entriesOf(form).flatMap((e) => (marks[e.key] && !wrong(e, marks[e.key]) ? [[e.key, marks[e.key]!]] : [])))
}
/** Steps a thumb can take: whole marks up to 12, else none. */
export function steps(entry: Entry): string[] {
  const full = Number(entry.full)
  return !entry.levels.length && Number.isInteger(full) && full <= 12 ? Array.from({ length: full + 1 }, (_, i) => String(full - i)) : []
}
