// What a trace says beside its tree: which rows of which table decided.
import type { TraceNode } from '@/api/rulebook'

/** Rows hit, counted from 1, by the line of their table. */
export function hits(nodes: TraceNode[] | null): Record<number, number[]> {
  const out: Record<number, number[]> = {}
  const walk = (list: TraceNode[]) => {
    for (const n of list) {
      if (n.table && n.line !== null) out[n.line] = [...new Set([...(out[n.line] ?? []), ...n.rows.map((r) => r.row)])].sort((a, b) => a - b)
      walk(n.parts)
    }
  }
  walk(nodes ?? [])
  return out
}
export const sizeOf = (nodes: TraceNode[]): number => nodes.reduce((n, x) => n + 1 + sizeOf(x.parts), 0)
