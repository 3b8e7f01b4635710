// Values of any kind as one reads them, and texts as the values that a decision asks for.

/** "一级 1.5，二级 1.2", "手机银行 …；…"; — where there is nothing. */
export function plainValue(v: unknown): string {
  if (v === null || v === undefined || v === '') return '—'
  if (Array.isArray(v)) return v.length ? v.map(plainValue).join('；') : '—'
  if (typeof v === 'object') return Object.entries(v).map(([k, x]) => `${k} ${plainValue(x)}`).join('，') || '—'
  if (typeof v === 'boolean') return v ? '是' : '否'
  return String(v)
}

/** What was typed: a number, true or false, a JSON list or context; else the words themselves. */
export function typedValue(text: string): unknown {
  const s = text.trim()
  if (s === '是' || s === 'true') return true
  if (s === '否' || s === 'false') return false
  if (/^[[{"]/.test(s)) {
    try { return JSON.parse(s) as unknown } catch { return s }
  }
  return /^-?\d+(\.\d+)?$/.test(s) ? Number(s) : s
}

/** Shares that add up to 1, to four places: what is left over goes to the first. */
export function evenShares(n: number): string[] {
  if (n < 1) return []
  const each = Math.floor(10_000 / n)
  return Array.from({ length: n }, (_, i) => ((i === 0 ? 10_000 - each * (n - 1) : each) / 10_000).toFixed(4).replace(/0+$/, '').replace(/\.$/, ''))
}
