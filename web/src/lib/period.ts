// Periods: 2025, 2025H2, 2025Q4, 2025-12.
export type PeriodKind = 'year' | 'half-year' | 'quarter' | 'month'

export function kindOf(period: string): PeriodKind {
  return /Q/.test(period) ? 'quarter' : /H/.test(period) ? 'half-year' : /-/.test(period) ? 'month' : 'year'
}

/** "2025 四季度", "2025 Q4" */
export function periodName(period: string, language: string): string {
  const m = /^(\d{4})(?:Q([1-4])|H([12])|-(\d{2}))?$/.exec(period)
  if (!m) return period
  if (language !== 'zh') return m[4] ? period : `${m[1]}${m[2] ? ` Q${m[2]}` : m[3] ? ` H${m[3]}` : ''}`
  if (m[2]) return `${m[1]} ${'一二三四'[Number(m[2]) - 1]}季度`
  if (m[3]) return `${m[1]} ${m[3] === '1' ? '上' : '下'}半年`
  return m[4] ? `${m[1]} 年 ${Number(m[4])} 月` : `${m[1]} 年`
}

/** First and last day. */
export function bounds(period: string): [string, string] {
  const year = Number(period.slice(0, 4))
  const kind = kindOf(period)
  const n = kind === 'year' ? 1 : Number(/(?:Q|H|-)(\d+)$/.exec(period)?.[1] ?? 1)
  const months = { year: 12, 'half-year': 6, quarter: 3, month: 1 }[kind]
  const first = (n - 1) * months
  const last = new Date(Date.UTC(year, first + months, 0))
  return [`${year}-${String(first + 1).padStart(2, '0')}-01`, last.toISOString().slice(0, 10)]
}

export interface PeriodLike { period: string; kind?: string; complete: boolean }
/** What to open with: the newest complete quarter, else the newest period there is. */
export function preferred(periods: PeriodLike[]): string {
  const newest = (list: PeriodLike[]) => [...list].sort((a, b) => (bounds(a.period)[1] < bounds(b.period)[1] ? 1 : -1))[0]?.period
  return newest(periods.filter((p) => p.complete && kindOf(p.period) === 'quarter')) ?? newest(periods.filter((p) => p.complete)) ?? newest(periods) ?? ''
}
