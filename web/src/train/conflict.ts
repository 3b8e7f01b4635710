// Two people changed the same thing: what is there now is read again, the writer chooses member by member
// (ConflictBox), and what he chose is saved on top of it. What he wrote stays on the page until then.
import { computed, ref, shallowRef } from 'vue'
import { get, type ApiError } from '@/api/client'
import { said, type Body } from '@/records/records'

interface Kept { version: number; changed_by: string; changed_at: string }
type Shown = Record<string, (value: never) => unknown>

/** Of members whose value is a number or a name of the program's: how people call it. */
export function inWords(form: Body, shown: Shown): Body {
  return Object.fromEntries(Object.entries(form).map(([member, value]) => [member, shown[member] ? shown[member](value as never) : value]))
}

/** `picked`: what was chosen, in words; gives the values behind them. */
export function chosen<T extends object>(picked: Body, mine: T, theirs: T, shown: Shown): T {
  const words = inWords(mine as Body, shown)
  const values = Object.keys(mine).map((member) => [member, (said(picked[member]) === said(words[member]) ? mine : theirs)[member as keyof T]])
  return Object.fromEntries(values) as T
}

/** `read` what is there now; `form`: what the writer has; `of`: the same of what is there. */
export function useConflict<R extends Kept, T extends object>(start: number, read: () => Promise<R>, form: () => T, of: (record: R) => T, shown: Shown, keep: (values: T) => Promise<unknown>) {
  const version = ref(start)
  const theirs = shallowRef<R | null>(null)
  const look = async () => { theirs.value = await read() }
  /** After a save that was refused: shows both when somebody was faster. */
  const refused = async (error: ApiError | null) => { if (error?.code === 'record.changed') await look() }
  async function take(picked: Body) {
    const there = theirs.value!
    version.value = there.version
    const values = chosen(picked, form(), of(there), shown)
    theirs.value = null
    await keep(values)
  }
  const box = computed(() => theirs.value && { mine: inWords(form() as Body, shown), theirs: inWords(of(theirs.value) as Body, shown), by: theirs.value.changed_by, at: theirs.value.changed_at, version: theirs.value.version })
  return { version, box, look, refused, take, drop: () => { theirs.value = null } }
}
export const courseNow = (id: number) => get('/training-courses/{id}', { id: String(id) })
export const questionNow = (id: number) => get('/exam-questions/{id}', { id: String(id) })
