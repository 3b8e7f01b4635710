// The indicator workshop over the API: the indicators of a draft, what the data offer, values tried, targets split.
import { download, request, withQuery } from './client'
import type { Draft, DraftChange, Finding, Json, Parameter } from './rulebook'

export type Kind = 'measure' | 'indicator' | 'peer' | 'score' | 'scheme' | 'parameter' | 'target'
export interface Place { path: string; line: number; end_line: number; heading: number; article: string; title: string }
export type Keys = { [key: string]: Json }
export interface Element { kind: Kind; name: string; place: Place; text: string; keys: Keys | null }
export interface Figure { kind: 'measure' | 'indicator' | 'peer' | 'score'; name: string; unit: string; own: boolean; article: string }
export interface TargetLevel { rows: number; sum: string }
export interface Targets { name: string; unit: string; periods: { period: string; bank: TargetLevel | null; organisations: TargetLevel | null; staff: TargetLevel | null }[] }
export interface Model {
  draft: Draft; findings: Finding[]; documents: { path: string; title: string; articles: { heading: number; article: string; title: string }[] }[]
  elements: Element[]; figures: Figure[]; parameters: (Parameter & { own: boolean })[]
  schemes: { name: string; title: string; holders: string; periods: string[]; decided: boolean; own: boolean }[]
  targets: Targets[]; goals: { links: { figure: string; department: string; department_figure: string; goal: string }[]; problem: string | null }; advice: { scheme: string; figure: string; rule: string; text: string }[]; builtins: { name: string; signature: string }[]
}
export interface Column { name: string; feed: string; kind: 'text' | 'choice' | 'money' | 'rate' | 'quantity' | 'integer' | 'date' | 'boolean'; choices: string[]; summable: boolean; values: { value: string; name: string; count: number }[] }
export interface Fact { name: string; feed: string; rows: number | null; columns: Column[]; aggregates: string[]; attributions: string[]; daily_rule: boolean }
export interface Offer { facts: Fact[]; staff: Column[]; units: string[]; reaches: string[]; first_date: string; last_date: string }

/** Where something new goes: an article that is there, or a new one. */
export interface Where { path?: string; heading?: number; article?: { title: string; text: string; locator?: string } | null; text?: string }
export type TargetRow = { of: string; id: string; name: string; values: Record<string, string | null> }
export type Edit =
  | { block: Where & { kind: Exclude<Kind, 'parameter' | 'target'>; name: string; keys: Keys } }
  | { remove: { kind: Kind; name: string } }
  | { rename: { name: string; to: string } }
  | { parameter: Where & { name: string; value: Json; unit?: string; from?: string | null; note?: string; to_confirm?: boolean } }
  | { target: Where & { name: string; unit: string; periods: string[]; rows: TargetRow[] } }

export interface TryColumn { name: string; unit: string; kind: Figure['kind']; error: { message: string; hint: string } | null; sum: string | null; least: string | null; most: string | null; average: string | null; without: number | null }
export interface TryRow {
  holder: string; name: string; org_name: string; values: { value: string | null; reason: string; now: string | null }[]
  total: string | null; total_reason: string; total_now: string | null; grade: string | null; grade_now: string | null; place: number | null; place_now: number | null
}
export interface Trial {
  findings: Finding[]; block: string; took_ms: number; refused: { code: string; message: string; where: string; hint: string } | null
  values: { trial: string; scheme: string; period: string; columns: TryColumn[]; rows: TryRow[]; of: number; branches: { org: string; name: string; count: number }[]; total: boolean; present: boolean } | null
}
export interface Ask { edit?: Edit | null; scheme?: string; period: string; figures?: string[]; holders?: string[]; q?: string; limit?: number }
export interface SplitNode { of: string; id: string; name: string; parent: number; basis: string | null; locked: boolean; share: string | null; without: boolean; value: string | null; difference: string | null; parts: Record<string, string> }
export interface Split { name: string; period: string; scale: number; nodes: SplitNode[]; notes: string[]; basis_period: string; periods: { of: string; id: string; name: string; whole: string; parts: string; difference: string }[] }
export interface SplitAsk {
  name: string; unit: string; period: string; way: 'pattern' | 'basis' | 'heads' | 'equal' | 'hand'; basis?: string; basis_period?: string; scheme?: string; parts?: '' | 'half-year' | 'quarter' | 'month'; seasons?: boolean
  nodes?: { of: string; id: string; value: string | null; locked?: boolean; share?: string | null }[]
}
export interface ReadTargets { periods: string[]; rows: { of: string; id: string; name: string; values: Record<string, string> }[]; wrong: { row: number; value: string; message: string }[] }

const at = (id: string) => `/policy-drafts/${encodeURIComponent(id)}/workshop`
export const offer = (signal?: AbortSignal) => request<Offer>('GET', '/workshop/facts', { signal })
export const model = (id: string, signal?: AbortSignal) => request<Model>('GET', at(id), { signal })
export const change = (id: string, revision: number, edit: Edit) => request<DraftChange>('PUT', at(id), { body: { revision, edit } })
export const tryOut = (id: string, ask: Ask, signal?: AbortSignal) => request<Trial>('POST', `${at(id)}/try`, { body: ask, signal })
export const tryFile = (id: string, ask: Ask) => download('POST', `${at(id)}/try.xlsx`, { body: ask })
export const split = (id: string, ask: SplitAsk, signal?: AbortSignal) => request<Split>('POST', `${at(id)}/targets/split`, { body: ask, signal })
export const readTargets = (id: string, file: Blob) => request<ReadTargets>('POST', `${at(id)}/targets/read`, { form: new Blob([file], { type: 'application/octet-stream' }) })
export const targetsLink = (id: string, query: { name: string; period?: string; scheme?: string }) => withQuery(`${at(id)}/targets.xlsx`, query)

/** What the explain drawer opens: a value of a trial. */
export const trialScheme = (draft: string, trial: string, scheme: string, name: string) => ['draft', draft, trial, scheme, name].join(':')
export function explainTrial(scheme: string, query: { holder: string; period: string; figure: string; limit: number }, signal?: AbortSignal) {
  const [, id, trial, of] = scheme.split(':')
  return request<never>('GET', `${at(id ?? '')}/explain`, { query: { ...query, trial, scheme: of }, signal })
}
