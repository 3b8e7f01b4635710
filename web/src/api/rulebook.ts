// The rulebook over the API: packs and their parts, trials, drafts. Shapes of the contract under the names pages use.
import { download, get, request, withQuery } from './client'
import type { Job } from './types'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type ArticleState = 'executable' | 'judgement' | 'open' | 'parameters' | 'none' | 'chapter'
export type Coverage = Record<Exclude<ArticleState, 'chapter'>, number>
export interface PackCounts { documents: number; articles: number; decisions: number; functions: number; parameters: number; to_confirm: number; cases: number; duties: number; processes: number; checklists: number; schemes: number; judgements: number; opens: number }
export interface PackBrief {
  id: string; title: string; version: string; hash: string; from: string | null; to: string | null; problem: string | null; institution: string
  sources: { document: string; title: string }[]; imports: string[]; extends: string[]; counts: PackCounts | null; coverage: Coverage | null; rules: number
  active: { version: number; from: string } | null
}
export interface Bound { value: number | string; included: boolean }
export interface ValueType {
  text: string; kind: 'any' | 'boolean' | 'number' | 'string' | 'date' | 'time' | 'date_time' | 'days_duration' | 'months_duration' | 'list' | 'context'
  name: string; nullable: boolean; unit: string; integer: boolean; low: Bound | null; high: Bound | null; words: string[]; element: ValueType | null; members: Field[]
}
export interface Field { name: string; type: ValueType; optional: boolean; otherwise: Json; hint: string }
export interface TableRow { tests: string[]; results: string[]; rules: string[]; article: string; note: string; line: number }
export type HitPolicy = 'unique' | 'any' | 'priority' | 'first' | 'rule_order' | 'output_order' | 'collect'
export type Aggregation = 'none' | 'sum' | 'min' | 'max' | 'count'
export interface RuleTable {
  policy: HitPolicy; aggregation: Aggregation; line: number
  inputs: { expression: string; condition: boolean; type: ValueType | null }[]; outputs: { name: string; type: ValueType | null }[]; rows: TableRow[]
}
export interface BodyStep { name: string; helper: boolean; type: ValueType | null; formula: string; line: number; table: RuleTable | null }
export interface Body { kind: 'formula' | 'table' | 'steps' | 'gate'; result: number | null; steps: BodyStep[] }
export interface Parameter {
  name: string; unit: string; decision: string; values: { value: Json; from: string | null; to: string | null }[]
  to_confirm: boolean; note: string; line: number; article: string; article_id: string | null; pack: string
}
export interface Decision {
  kind: 'decision'; id: string; title: string; question: string; inputs: Field[]; output: ValueType | null
  requires: { name: string; pack: string; decision: string; arguments: { input: string; formula: string }[] }[]
  refusals: { message: string; condition: string; input: string }[]; body: Body; cases: number
}
export interface FunctionElement { kind: 'function'; name: string; title: string; signature: string; parameters: Field[]; output: ValueType | null; body: Body }
export interface ProcessStep { name: string; roles: string[]; people: number; condition: string; deadline: string; gate: string; form: string }
export interface FormEntry { name: string; content: string; standard: string; full: string; levels: { name: string; mark: string }[]; may_skip: boolean; rules: string[] }
export interface FormElement { kind: 'form'; id: string; title: string; note: string; items: { name: string; weight: string; entries: FormEntry[] }[] }
export interface SchemeElement {
  kind: 'scheme'; name: string; title: string; holders: string; holder_filter: string; periods: string[]; figures: string[]; items: { score: string; weight: string }[]
  grades: { grade: string; at_least: string }[]; decision: string; sources: { input: string; formula: string }[]; gates: { reason: string; condition: string; leaves_out: boolean; grade: string }[]
}
export interface RecordedFact { name: string; hint: string; type: ValueType; of: 'staff' | 'customer' | 'loan' | 'organisation' | 'bank'; by_period: boolean; otherwise: Json; by: string[] }
export type Element =
  | Decision | FunctionElement
  | { kind: 'type'; name: string; title: string; type: ValueType }
  | { kind: 'parameter'; parameters: Parameter[] }
  | { kind: 'judgement'; why: string }
  | { kind: 'open'; question: string; chosen: string }
  | { kind: 'case'; decision: string; cases: number }
  | { kind: 'checklist'; id: string; title: string; items: Field[]; conclusion: string }
  | { kind: 'duty'; id: string; title: string; subject: string; where: string; due: string; lead: string; who: string; escalations: { after: string; to: string }[]; checklist: string }
  | { kind: 'notice'; id: string; title: string; subject: string; where: string; when: string; to: string[]; channel: string; text: string }
  | { kind: 'process'; id: string; title: string; subject: string; inputs: Field[]; steps: ProcessStep[]; separate: string[][] }
  | FormElement | SchemeElement
  | { kind: 'fact'; facts: RecordedFact[] }
  | { kind: 'list'; name: string; of: string; group: string; sample: string; seed: string; parts: { name: string; formula: string }[] }
  | { kind: 'measure' | 'indicator' | 'score' | 'peer'; name: string; unit: string; formula: string; inputs: string[] }
export interface Block { kind: string; name: string; title: string; line: number; end_line: number; source: string; rules: string[]; text: string; element: Element | null }
export interface Article {
  id: string; article: string; title: string; document: string; line: number; level: number; parent: string | null; state: ArticleState
  locator: string; text: string; rules: string[]; blocks: Block[]; rest: string
}
export interface Pack {
  id: string; title: string; version: string; hash: string; from: string | null; to: string | null; sources: { document: string; title: string }[]
  imports: string[]; extends: string[]; counts: PackCounts; coverage: Coverage; documents: { path: string; title: string; locator: string; articles: number }[]
  inherited: { pack: string; kind: string; name: string; title: string }[]; articles: Article[]
}
export interface Use { kind: string; pack: string; name: string; title: string; article: string; article_id: string | null; as: 'requires' | 'gate' | 'conclusion' | 'formula' | 'type' | 'figure' }
export interface Case {
  decision: string; line: number; note: string; input: { [name: string]: Json }; on: string | null; expected: Json; refused: boolean; refused_at: string
  outcome: 'right' | 'wrong'; got: Json; message: string
}
export interface DecisionWhole {
  pack: string; pack_title: string; version: string; hash: string
  article: { id: string; article: string; title: string; document: string; line: number; locator: string; text: string }
  decision: Decision; source: string; line: number; end_line: number; rules: string[]; parameters: Parameter[]
  functions: { pack: string; name: string; title: string; signature: string }[]; cases: Case[]; used_by: Use[]
}
export interface Hit { pack: string; pack_title: string; kind: string; name: string; title: string; article: string; article_id: string | null; document: string; line: number; rules: string[]; snippet: string }
export interface OpenPoint { pack: string; kind: 'open' | 'to_confirm' | 'judgement'; name: string; text: string; chosen: string; value: Json; unit: string; article: string; article_id: string | null }

export interface TraceNode { name: string; text: string; value: Json; note: string; line: number | null; table: boolean; rows: { row: number; line: number }[]; left_out: number; parts: TraceNode[] }
export interface Cite { rule_id: string; article: string; article_id: string | null; pack: string; document: string; table: string | null; row: number | null; note: string }
export interface Trial {
  pack: string; decision: string; title: string; on: string; pack_hash: string; version: number | null; draft: number | null
  result: Json; output: ValueType | null; cites: Cite[]; trace: TraceNode[] | null
}
export interface BatchRow { row: number; input: { [name: string]: Json }; result: Json; cites: string[]; error: { code: string; message: string; where: string } | null }
export interface Batch { file: 'xlsx' | 'csv'; columns: string[]; results: string[]; counts: { rows: number; answered: number; refused: number }; more: boolean; rows: BatchRow[] }

/** Which state of a pack is meant: as in force, a version, a draft. */
export type Of = { version?: string | number; draft?: string | number }
const part = encodeURIComponent
const number = (of: Of) => ({ version: of.version === undefined ? undefined : Number(of.version), draft: of.draft === undefined ? undefined : Number(of.draft) })
const read = <T>(path: string, query?: Record<string, string | number | undefined>, signal?: AbortSignal) => request<T>('GET', path, { query, signal })

// Paths and filters are the contract's; the shapes above name what it leaves open (values of any kind).
export const packs = (signal?: AbortSignal) => get('/policies', undefined, signal) as Promise<{ items: PackBrief[] }>
export const pack = (id: string, of: Of, signal?: AbortSignal) => get('/policies/{pack}', { pack: id, ...number(of) }, signal) as Promise<Pack>
export const decision = (id: string, name: string, of: Of, signal?: AbortSignal) => get('/policies/{pack}/decisions/{decision}', { pack: id, decision: name, ...number(of) }, signal) as Promise<DecisionWhole>
export const uses = (id: string, name: string, of: Of, signal?: AbortSignal) => get('/policies/{pack}/uses', { pack: id, name, ...number(of) }, signal) as Promise<{ items: Use[] }>
export const openPoints = (ids: string[], signal?: AbortSignal) => get('/policies/open-points', { packs: ids.join(',') }, signal) as Promise<{ items: OpenPoint[] }>
export interface SearchQuery { q: string; kind?: string; pack?: string; page?: number; page_size?: number }
export const searchPolicies = (query: SearchQuery, signal?: AbortSignal) => get('/policies/search', query as never, signal) as Promise<{ items: Hit[]; total: number; page: number; page_size: number }>

// Trials: nothing of them is kept.
export interface Question { pack: string; decision: string; input: { [name: string]: Json }; on?: string; trace?: boolean; version?: string; draft?: number }
export const tryOut = (question: Question, signal?: AbortSignal) => request<Trial>('POST', '/decide', { body: question, signal })
type BatchQuery = { on?: string; version?: string | number; draft?: string | number; rows?: number }
const at = (id: string, name: string) => `/policies/${part(id)}/decisions/${part(name)}`
export const templateLink = (id: string, name: string, of: Of) => withQuery(`${at(id, name)}/template.xlsx`, of)
export const batch = (id: string, name: string, file: Blob, query: BatchQuery) => request<Batch>('POST', `${at(id, name)}/batch`, { form: plain(file), query })
export const batchSheet = (id: string, name: string, file: Blob, query: BatchQuery) => download('POST', `${at(id, name)}/batch.xlsx`, { form: plain(file), query })
const plain = (file: Blob) => new Blob([file], { type: 'application/octet-stream' })

// Drafts: the working copy of a pack that several may edit.
export interface Here { login: string; name: string; path: string; line: number; since: string }
export interface Draft {
  id: number; pack: string; title: string; state: 'open' | 'submitted' | 'discarded'; base: { kind: 'installed' | 'version' | 'new'; version: number | null; label: string; hash: string }
  note: string; revision: number; made_at: string; made_by: string; changed_at: string; changed_by: string; editors: string[]
  problems: number; cases: number; failed: number; version: number | null; here: Here[]
}
export interface Finding { where: string; path: string; line: number; column: number; code: string; message: string; hint: string; excerpt: string }
export interface DraftFile { path: string; document: boolean; bytes: number; changed: boolean }
export interface DraftWhole extends Draft { files: DraftFile[]; findings: Finding[]; remains: OpenPoint[] }
export interface DraftDocument { path: string; text: string; revision: number; base_text: string | null; blocks: { kind: string; name: string; line: number; end_line: number }[] }
export interface CasesSummary { right: number; wrong: number; cases: (Case & { pack?: string; document?: string })[] }
export interface DraftChange { draft: Draft; findings: Finding[]; cases: CasesSummary; document: DraftDocument }
export interface EditRow { old: number; tests: string[]; results: string[]; rules?: string[]; article?: string; note?: string }
export type BlockEdit =
  | { source: string }
  | { keys: { key: string; value: Json }[] }
  | { formula: { step: string; text: string } }
  | { table: { step: string; policy?: HitPolicy; aggregation?: Aggregation; rows: EditRow[] } }
  | { parameter: { name: string; value: Json; unit?: string; from: string | null; note?: string; to_confirm?: boolean } }
export interface Names {
  inputs: { name: string; type: string; hint: string }[]; parameters: { name: string; type: string; hint: string }[]; steps: { name: string; type?: string }[]; requires: { name: string; type?: string }[]
  functions: { name: string; signature: string; title: string; pack: string }[]; builtins: { name: string; signature: string }[]; types: { name: string; type: string }[]
  decisions: { name: string; title: string }[]; words: string[]
}
export interface Change { kind: 'added' | 'removed' | 'changed'; element: string; name: string; part: string; before: string; after: string; article: string; where: string; words: string }
export interface RowChange { kind: string; row?: number; before?: string[]; after?: string[]; cells?: string[] }
export interface Changes { before: { id: string; title: string; version: string; hash: string }; after: { id: string; title: string; version: string; hash: string }; changes: Change[]; words: string; [more: string]: unknown }
export interface Version {
  id: number; pack: string; title: string; version: string; hash: string; state: 'draft' | 'approved' | 'activated'; note: string; problems: number; cases: number; failed: number
  drafted_at: string; drafted_by: string; approved_at: string | null; approved_by: string | null; activated_at: string | null; activated_by: string | null; active_from: string | null; findings?: string[]
}
interface Listed<T> { items: T[]; total: number; page: number; page_size: number }
const draftAt = (id: number | string) => `/policy-drafts/${part(String(id))}`
const send = <T>(method: string, path: string, body?: unknown, query?: Record<string, string | number | undefined>) => request<T>(method, path, { body, query })

export const drafts = (query: { pack?: string; state?: string }, signal?: AbortSignal) => read<Listed<Draft>>('/policy-drafts', { ...query, page_size: 200 }, signal)
export const draft = (id: number | string, signal?: AbortSignal) => read<DraftWhole>(draftAt(id), undefined, signal)
export const makeDraft = (body: { pack: string; version?: number; note: string }) => send<DraftWhole>('POST', '/policy-drafts', body)
export interface Composition { id: string; title: string; from: string; packs: string[]; parameters: { pack: string; name: string; decision?: string; value: Json; from?: string; note?: string }[]; note: string }
export const compose = (body: Composition) => send<DraftWhole>('POST', '/policy-drafts/compose', body)
export const draftDocument = (id: number | string, path: string, signal?: AbortSignal) => read<DraftDocument>(`${draftAt(id)}/document`, { path }, signal)
export const saveDocument = (id: number | string, body: { revision: number; path: string; text: string }) => send<DraftChange>('PUT', `${draftAt(id)}/document`, body)
export const removeDocument = (id: number | string, path: string, revision: number) => request<DraftChange>('DELETE', `${draftAt(id)}/document`, { query: { path, revision } })
export const editBlock = (id: number | string, body: { revision: number; path: string; line: number; edit: BlockEdit }) => send<DraftChange>('PUT', `${draftAt(id)}/block`, body)
export const checkText = (id: number | string, body: { path: string; text: string }, signal?: AbortSignal) => request<{ findings: Finding[]; cases: CasesSummary }>('POST', `${draftAt(id)}/check`, { body, signal })
export const draftCases = (id: number | string, of: { decision?: string }, signal?: AbortSignal) => read<CasesSummary>(`${draftAt(id)}/cases`, of, signal)
export interface NewCase { revision: number; decision: string; input: { [name: string]: Json }; on?: string; note?: string }
export const addCase = (id: number | string, body: NewCase) => send<DraftChange>('POST', `${draftAt(id)}/cases`, body)
export const draftChanges = (id: number | string, signal?: AbortSignal) => read<Changes>(`${draftAt(id)}/changes`, undefined, signal)
export const namesAt = (id: number | string, path: string, line: number, signal?: AbortSignal) => read<Names>(`${draftAt(id)}/names`, { path, line }, signal)
export const sayHere = (id: number | string, body: { path: string; line: number }) => send<{ here: Here[] }>('POST', `${draftAt(id)}/here`, body)
export const submitDraft = (id: number | string, body: { revision: number; note?: string }) => send<Version>('POST', `${draftAt(id)}/submit`, body)
export const discardDraft = (id: number | string, revision: number) => send<Draft>('POST', `${draftAt(id)}/discard`, { revision })
export const versions = (id: string, signal?: AbortSignal) => read<Listed<Version>>('/policy-versions', { pack: id, page_size: 200 }, signal)
export const approveVersion = (id: number) => send<Version>('POST', `/policy-versions/${id}/approve`)
export const activateVersion = (id: number, from: string) => send<Version>('POST', `/policy-versions/${id}/activate`, { from })
export const versionChanges = (id: number, signal?: AbortSignal) => read<Changes>(`/policy-versions/${id}/changes`, undefined, signal)

/** What recorded decisions would have come out as: those that differ. */
export interface Asked { id: number; asked_at: string; asked_by: string; on: string; pack: string; decision: string; input: { [name: string]: Json }; result: Json; error: { code: string; message: string; where: string } | null }
export interface Replay { asked: number; same: number; different: number; more: boolean; differences: { was: Asked; now: { result?: Json; error?: { code: string; message: string; where: string } } }[] }
export const replayDraft = (id: number | string, body: { from: string; to: string }) => send<Job>('POST', `${draftAt(id)}/replay`, body)
