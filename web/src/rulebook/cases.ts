// Worked cases side by side: what all have in common stands once, the rest in columns.
import type { Case, Json } from '@/api/rulebook'

export interface CaseGrid { common: [string, Json][]; columns: string[] }
export function caseGrid(cases: Pick<Case, 'input'>[]): CaseGrid {
  const names = [...new Set(cases.flatMap((c) => Object.keys(c.input)))]
  const text = (c: Pick<Case, 'input'>, n: string) => (n in c.input ? JSON.stringify(c.input[n]) : undefined)
  const same = (n: string) => cases.length > 1 && cases.every((c) => text(c, n) === text(cases[0]!, n))
  return { common: names.filter(same).map((n) => [n, cases[0]!.input[n] ?? null]), columns: names.filter((n) => !same(n)) }
}
