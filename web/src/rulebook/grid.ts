// A decision table that is edited: rows of cells with keys of their own, so that moving and removing keeps what the
// document says of each row. Nothing here knows of the page.
import type { EditRow, RuleTable } from '@/api/rulebook'

export interface GridRow { key: number; tests: string[]; results: string[]; note: string; rules: string[]; article: string }
export interface Grid { tests: number; results: number; rows: GridRow[]; next: number }

export function gridOf(table: RuleTable): Grid {
  const rows = table.rows.map((r, key) => ({ key, tests: [...r.tests], results: [...r.results], note: r.note, rules: [...r.rules], article: r.article }))
  return { tests: rows[0]?.tests.length ?? Math.max(1, table.inputs.length), results: rows[0]?.results.length ?? Math.max(1, table.outputs.length), rows, next: rows.length }
}
const fresh = (g: Grid): GridRow => ({ key: g.next, tests: Array<string>(g.tests).fill('-'), results: Array<string>(g.results).fill(''), note: '', rules: [], article: '' })

/** A new row below `at` (-1: on top), or the twin of a row. */
export function added(g: Grid, at: number, like?: GridRow): Grid {
  const row = like ? { ...like, key: g.next, tests: [...like.tests], results: [...like.results], rules: [...like.rules] } : fresh(g)
  return { ...g, rows: [...g.rows.slice(0, at + 1), row, ...g.rows.slice(at + 1)], next: g.next + 1 }
}
export const removed = (g: Grid, at: number): Grid => ({ ...g, rows: g.rows.filter((_, i) => i !== at) })
export function moved(g: Grid, from: number, to: number): Grid {
  if (from === to || to < 0 || to >= g.rows.length || !g.rows[from]) return g
  const rows = g.rows.filter((_, i) => i !== from)
  return { ...g, rows: [...rows.slice(0, to), g.rows[from], ...rows.slice(to)] }
}
/** Column: conditions first, then results, then the remark. */
export const cell = (g: Grid, row: number, column: number): string => {
  const r = g.rows[row]!
  return column < g.tests ? r.tests[column]! : column < g.tests + g.results ? r.results[column - g.tests]! : r.note
}
export function put(g: Grid, row: number, column: number, text: string): Grid {
  const set = (list: string[], i: number) => list.map((c, k) => (k === i ? text : c))
  return { ...g, rows: g.rows.map((r, i) => (i !== row ? r : column < g.tests ? { ...r, tests: set(r.tests, column) } : column < g.tests + g.results ? { ...r, results: set(r.results, column - g.tests) } : { ...r, note: text })) }
}
/** Cells as a sheet copies them: a tab between columns, a line for each row. Rows that are not there are made. */
export function pasted(g: Grid, row: number, column: number, text: string): Grid {
  const lines = text.replace(/\r/g, '').replace(/\n$/, '').split('\n').map((l) => l.split('\t'))
  let out = g
  lines.forEach((cells, i) => {
    if (row + i >= out.rows.length) out = added(out, out.rows.length - 1)
    cells.forEach((c, k) => { if (column + k <= out.tests + out.results) out = put(out, row + i, column + k, c.trim()) })
  })
  return out
}
export const copied = (g: Grid): string => g.rows.map((r) => [...r.tests, ...r.results, r.note].join('\t')).join('\n')

/** What is sent: each row with the place it had in the document (-1: new). `kept`: keys in the order of the document. */
export function edit(g: Grid, kept: number[]): EditRow[] {
  return g.rows.map((r) => ({ old: kept.indexOf(r.key), tests: r.tests.map((c) => c.trim() || '-'), results: r.results.map((c) => c.trim()), rules: r.rules, article: r.article, note: r.note.trim() }))
}
/** Cells that cannot be sent yet: a result must be there. */
export const empty = (g: Grid): [number, number][] => g.rows.flatMap((r, i) => r.results.flatMap((c, k) => (c.trim() ? [] : [[i, g.tests + k] as [number, number]])))
