// What was put into a trial last, so that a case or a step back fills the form again. In this tab only.
import type { Json } from '@/api/rulebook'

export interface Kept { input: { [name: string]: Json }; on: string }
const key = (pack: string, decision: string) => `guanhu.trial.${pack}/${decision}`
export const keepInput = (pack: string, decision: string, kept: Kept) => sessionStorage.setItem(key(pack, decision), JSON.stringify(kept))
export function keptInput(pack: string, decision: string): Kept | null {
  try {
    const text = sessionStorage.getItem(key(pack, decision))
    return text ? (JSON.parse(text) as Kept) : null
  } catch {
    return null
  }
}

export interface Tried { pack: string; decision: string; title: string; pack_title: string }
const TRIED = 'guanhu.tried'
/** Decisions tried on this device, the last first. */
export function tried(): Tried[] {
  try {
    return JSON.parse(localStorage.getItem(TRIED) ?? '[]') as Tried[]
  } catch {
    return []
  }
}
export const remember = (one: Tried) => localStorage.setItem(TRIED, JSON.stringify([one, ...tried().filter((x) => x.pack !== one.pack || x.decision !== one.decision)].slice(0, 12)))
