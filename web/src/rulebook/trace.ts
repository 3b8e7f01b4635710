// What a trace says beside its tree: which rows of which table decided.
import type { TraceNode } from '@/api/rulebook'

/** Lines of the rows that decided, in order. */
export function hits(nodes: TraceNode[] | null): number[] {
  const out = new Set<number>()
  const walk = (list: TraceNode[]) => {
    for (const n of list) {
      if (n.table) for (const r of n.rows) out.add(r.line)
      walk(n.parts)
    }
  }
  walk(nodes ?? [])
  return [...out].sort((a, b) => a - b)
}
export const sizeOf = (nodes: TraceNode[]): number => nodes.reduce((n, x) => n + 1 + sizeOf(x.parts), 0)
