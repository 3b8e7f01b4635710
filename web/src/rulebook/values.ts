// Values of rules as people read them: 是, 12,000 元, 2025-12-31; nothing is rounded.
import type { Json, ValueType } from '@/api/rulebook'

/** "1234567.50" → "1,234,567.50"; what is no plain number stays as it is. */
export function grouped(text: string): string {
  const m = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  return m ? `${m[1]}${m[2]!.replace(/\B(?=(\d{3})+$)/g, ',')}${m[3] ?? ''}` : text
}
const plain = (n: number) => (Number.isInteger(n) || Math.abs(n) >= 1e-6 ? String(n) : n.toFixed(12).replace(/0+$/, ''))

export interface Said { yes: string; no: string; none: string; empty: string }
/** A value in one line; lists and contexts within. */
export function said(value: Json | undefined, words: Said, type?: ValueType | null): string {
  if (value === null || value === undefined) return words.none
  if (typeof value === 'boolean') return value ? words.yes : words.no
  const unit = type?.kind === 'number' && type.unit && type.unit !== '比率' ? ` ${type.unit}` : ''
  if (typeof value === 'number') return grouped(plain(value)) + unit
  if (typeof value === 'string') return type?.kind === 'number' ? grouped(value) + unit : value
  if (Array.isArray(value)) return value.length ? value.map((v) => said(v, words, type?.element)).join('、') : words.empty
  const members = Object.entries(value).map(([k, v]) => `${k}：${said(v, words, type?.members.find((f) => f.name === k)?.type)}`)
  return members.join('；')
}

/** How a result is laid out: one value, a list of short ones, pairs, or a table of rows. */
export type Layout = 'plain' | 'list' | 'pairs' | 'rows'
export function layout(value: Json | undefined): Layout {
  if (Array.isArray(value)) return value.length > 0 && value.every((v) => v !== null && typeof v === 'object' && !Array.isArray(v)) ? 'rows' : 'list'
  return value !== null && typeof value === 'object' ? 'pairs' : 'plain'
}
/** Columns of a list of contexts, each once, in the order met. */
export const columnsOf = (rows: Json[]) => [...new Set(rows.flatMap((r) => (r !== null && typeof r === 'object' && !Array.isArray(r) ? Object.keys(r) : [])))]

/** Where a query stands in a text: pieces that are hit and pieces that are not. */
export function marked(text: string, q: string): { text: string; hit: boolean }[] {
  const words = q.trim().split(/\s+/).filter(Boolean)
  if (!words.length) return [{ text, hit: false }]
  const any = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi')
  return text.split(any).map((piece, i) => ({ text: piece, hit: i % 2 === 1 })).filter((p) => p.text)
}
