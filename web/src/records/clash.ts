// Saving what somebody else may have changed meanwhile, for any form: the newest is fetched, both stand side by side
// (ClashBox.vue), one chooses member by member, and it is saved again with the version that is there. What was
// typed stays in the form until then.
import { ref, shallowRef, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import type { Body } from './records'

/** Of what the server answers; a setting that is no record has neither number nor author. */
export interface Stamped { version?: number; changed_by?: string; changed_at?: string }
export interface Theirs { body: Body; by: string; at: string; version: number }
export interface ClashAsk<T extends object> {
  mine: () => object // what the form holds
  newest: () => Promise<T> // what the server holds now
  form: (newest: T) => object // the same as the form would hold it
  labels: () => Record<string, string> // the form's members in words
  take: (merged: Body, newest: T) => void // into the form
  again: () => unknown // saves
  of?: () => unknown // which one is open, where one form serves several
  fits?: (error: ApiError) => boolean // how the server says that somebody was faster; else 409 with a code that ends in .changed
}
export interface Clash {
  theirs: Ref<Theirs | null>
  mine: () => Body
  labels: () => Record<string, string>
  version: (opened: number) => number
  met: (error: unknown) => Promise<boolean>
  look: () => Promise<void>
  keep: (merged: Body) => void
  cancel: () => void
}

export function useClash<T extends object>(ask: ClashAsk<T>): Clash {
  const theirs = shallowRef<Theirs | null>(null)
  const seen = ref(0)
  let seenOf: unknown = null // what was seen of one is not said of another
  const open = () => ask.of?.() ?? null
  let newest: T | null = null
  const fits = ask.fits ?? ((error: ApiError) => error.status === 409 && error.code.endsWith('.changed'))
  async function both(): Promise<boolean> {
    try { newest = await ask.newest() } catch { return false } // no longer there for this reader: the refusal says it
    const stamp = newest as Stamped
    theirs.value = { body: { ...ask.form(newest) } as Body, by: stamp.changed_by ?? '', at: stamp.changed_at ?? '', version: stamp.version ?? 0 }
    return true
  }
  return {
    theirs,
    mine: () => ({ ...ask.mine() }) as Body,
    labels: ask.labels,
    /** The version to save with: the one that was opened, or the one both were shown of. */
    version: (opened) => (seenOf === open() ? Math.max(opened, seen.value) : opened),
    /** Whether it was that somebody was faster; then both are shown. Anything else is the page's to say. */
    async met(error) {
      return error instanceof ApiError && fits(error) && (await both())
    },
    /** Both at once, before saving: somebody was seen to have saved. */
    async look() { await both() },
    keep(merged) {
      const now = newest
      if (!theirs.value || !now) return
      seen.value = theirs.value.version
      seenOf = open()
      theirs.value = null
      ask.take(merged, now)
      void ask.again()
    },
    cancel() { theirs.value = null },
  }
}
