// Short names for the shapes of reports.
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type Spec = Shapes['QuerySpec']
export type Filter = NonNullable<Spec['filters']>[number]
export type Rows = Shapes['QueryPage']
export type Row = Rows['items'][number]
export type ResultColumn = Rows['columns'][number]
export type SourceColumn = Shapes['QueryColumn']
export type Sources = Shapes['ReportSources']
export type Source = Sources['items'][number]
export type Ready = Shapes['ReadyReport']
export type View = Shapes['ReportView']
export type Export = Shapes['Export']

/** A question with nothing left out, as pages change it. */
export interface Ask {
  source: string; columns: string[]; filters: { column: string; op: string; values: string[] }[]; group: string[]
  sums: { column: string; what: 'sum' | 'average' | 'least' | 'most' }[]; sort: { column: string; down: boolean }[]
  day: string | null; scheme: string; period: string
}
export const whole = (s: Partial<Spec>): Ask => ({
  source: s.source ?? '', columns: [...(s.columns ?? [])], filters: (s.filters ?? []).map((f) => ({ column: f.column, op: f.op, values: [...(f.values ?? [])] })),
  group: [...(s.group ?? [])], sums: (s.sums ?? []).map((x) => ({ ...x })), sort: (s.sort ?? []).map((x) => ({ column: x.column, down: x.down ?? false })),
  day: s.day ?? null, scheme: s.scheme ?? '', period: s.period ?? '',
})
export const grouped = (a: Ask) => a.group.length > 0 || a.sums.length > 0

/** The question of an address; nothing when it is none. */
export function inAddress(text: unknown): Ask | null {
  if (typeof text !== 'string' || !text) return null
  try {
    const read = JSON.parse(text) as Partial<Spec>
    return typeof read.source === 'string' ? whole(read) : null
  } catch { return null }
}
/** Without what is empty, so that a link stays short. */
export function forAddress(a: Ask): string {
  return JSON.stringify(Object.fromEntries(Object.entries(a).filter(([, v]) => v !== null && v !== '' && !(Array.isArray(v) && v.length === 0))))
}
/** The rows behind a row of groups. */
export function behind(a: Ask, row: Row): Ask {
  const into = (row.into ?? []).map((f) => ({ column: f.column, op: f.op, values: [...(f.values ?? [])] }))
  return { ...a, group: [], sums: [], columns: [], sort: [], filters: [...a.filters, ...into] }
}
/** "balance", "-balance": how tables say an order. */
export const sortText = (a: Ask) => (a.sort[0] ? (a.sort[0].down ? '-' : '') + a.sort[0].column : '')
export const sortedBy = (a: Ask, key: string): Ask => ({ ...a, sort: key ? [{ column: key.replace(/^-/, ''), down: key.startsWith('-') }] : [] })
