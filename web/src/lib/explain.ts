// The explain tree as the drawer walks it. Pure: what to show for a node, where a path leads.
import type { ExplainNode, Exact } from '@/api/types'
import { dec } from './decimal'

/** What the drawer shows: kept in the address as scheme~period~holder~figure~child~child… */
export interface Target { scheme: string; period: string; holder: string; figure: string; path: string[] }

export const safe = (part: string) => part.replace(/%/g, '%25').replace(/~/g, '%7E')
const unsafe = (part: string) => part.replace(/%7E/g, '~').replace(/%25/g, '%')

export function toAddress(t: Target): string {
  return [t.scheme, t.period, t.holder, t.figure, ...t.path].map(safe).join('~')
}
export function fromAddress(text: unknown): Target | null {
  if (typeof text !== 'string') return null
  const [scheme, period, holder, figure, ...path] = text.split('~').map(unsafe)
  return scheme && period && holder && figure ? { scheme, period, holder, figure, path } : null
}

/** The nodes along a path, the root first; stops where the tree knows no further. */
export function trail(root: ExplainNode, path: string[]): ExplainNode[] {
  const out = [root]
  for (const name of path) {
    const next = out.at(-1)!.inputs?.find((n) => n.name === name)
    if (!next) break
    out.push(next)
  }
  return out
}

/** A source row is known by its file and line: fields of the row itself may be named `kind` too. */
export const isRow = (n: ExplainNode) => typeof n.file === 'string' && n.line !== undefined

export interface Parts {
  inputs: ExplainNode[] // figures, scores, peers
  parameters: ExplainNode[]
  contributions: ExplainNode[]
  peers: ExplainNode[]
  shares: ExplainNode[]
  rows: ExplainNode[]
}
export function parts(node: ExplainNode): Parts {
  const out: Parts = { inputs: [], parameters: [], contributions: [], peers: [], shares: [], rows: [] }
  for (const n of node.inputs ?? []) {
    if (isRow(n)) out.rows.push(n)
    else if (n.kind === 'parameter') out.parameters.push(n)
    else if (n.kind === 'contribution') out.contributions.push(n)
    else if (n.kind === 'peer_value') out.peers.push(n)
    else if (n.kind === 'share') out.shares.push(n)
    else out.inputs.push(n)
  }
  return out
}

/** Source rows at the bottom of this node: its own, and those its shares rest on. */
export function sourceRows(node: ExplainNode): ExplainNode[] {
  const out: ExplainNode[] = []
  for (const n of node.inputs ?? []) {
    if (isRow(n)) out.push(n)
    else if (n.kind === 'share') out.push(...sourceRows(n))
  }
  return out
}

// Where an entry of a context begins: its name follows a brace, a comma or a blank, never another letter.
function entryAt(text: string, name: string): number {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<=[{,\\s])${escaped}\\s*:`).exec(text)?.index ?? -1
}

export interface Step { name: string; value: Exact | null; formula: string }
/** A formula that is a context: its entries, each with the value it came to. */
export function steps(node: ExplainNode): Step[] {
  const values = node.parts as Record<string, Exact | null> | undefined
  if (!values || typeof values !== 'object') return []
  const names = Object.keys(values)
  const text = node.formula ?? ''
  return names.map((name, i) => {
    const from = entryAt(text, name)
    const next = names.slice(i + 1).map((n) => entryAt(text, n)).find((p) => p > from)
    const body = from < 0 ? '' : text.slice(text.indexOf(':', from) + 1, next ?? text.lastIndexOf('}'))
    return { name, value: values[name] ?? null, formula: body.trim().replace(/,$/, '').replace(/\n\s+/g, '\n') }
  })
}

/** Names a formula may use and the values they had: inputs, parameters, parts, the full mark. */
export function values(node: ExplainNode): Map<string, { value: Exact | null; unit: string; node?: ExplainNode }> {
  const out = new Map<string, { value: Exact | null; unit: string; node?: ExplainNode }>()
  for (const n of node.inputs ?? [])
    if (!isRow(n) && n.kind !== 'contribution' && n.kind !== 'peer_value' && n.kind !== 'share') out.set(n.name, { value: n.value ?? null, unit: n.unit ?? '', node: n })
  for (const s of steps(node)) out.set(s.name, { value: s.value, unit: '' })
  if (node.full_mark !== undefined) out.set('满分', { value: node.full_mark as Exact, unit: '分' })
  return out
}

/** A measure's definition in words comes as "事实; 口径; 期间; 归属". */
export function definition(node: ExplainNode): string[] {
  return node.kind === 'measure' || node.kind === 'peer' ? (node.formula ?? '').split(/;\s*/).filter(Boolean) : []
}

/** Day and balance of each change point below a contribution, oldest first. */
export function changePoints(node: ExplainNode): { day: string; balance: Exact }[] {
  return parts(node).rows
    .filter((r) => typeof r.date === 'string' && r.balance !== undefined && dec(r.balance as Exact))
    .map((r) => ({ day: r.date as string, balance: r.balance as Exact }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** How many inputs the server kept back. */
export function missing(node: ExplainNode): number {
  const n = Number(node.contributions ?? 0)
  return Math.max(0, n - parts(node).contributions.length)
}

const CORE = new Set(['kind', 'name', 'file', 'business_date', 'line', 'inputs'])
/** The columns of a source row, in their order. */
export function rowFields(row: ExplainNode): [string, string][] {
  return Object.entries(row).filter(([k, v]) => !CORE.has(k) && v !== null && v !== undefined && typeof v !== 'object').map(([k, v]) => [k, String(v)])
}
