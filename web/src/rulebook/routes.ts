// Where things of the rulebook stand; the state of the pack that is looked at travels along.
import type { LocationQuery, RouteLocationRaw } from 'vue-router'

export type StateQuery = Record<string, string>
/** `?version=` or `?draft=` of an address. */
export function stateOf(query: LocationQuery): StateQuery {
  const out: StateQuery = {}
  for (const k of ['version', 'draft']) if (typeof query[k] === 'string' && query[k]) out[k] = query[k]
  return out
}
export const articleRoute = (pack: string, article: string, of: StateQuery = {}): RouteLocationRaw => ({ name: 'policies', params: { pack, article }, query: of })
export const decisionRoute = (pack: string, decision: string, of: StateQuery = {}): RouteLocationRaw => ({ name: 'decision', params: { pack, decision }, query: of })
export const trialRoute = (pack: string, decision: string, of: StateQuery = {}): RouteLocationRaw => ({ name: 'trial', params: { pack, decision }, query: of })
