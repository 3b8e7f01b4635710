// Exact decimals: money and scores never pass through doubles on their way to the screen.
export interface Dec { n: bigint; s: number } // n / 10^s

export function dec(v: string | number | null | undefined): Dec | null {
  if (v === null || v === undefined || v === '') return null
  const m = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(String(v).trim())
  if (!m || (!m[2] && !m[3])) return null
  let n = BigInt((m[2] ?? '') + (m[3] ?? '') || '0')
  let s = (m[3] ?? '').length - Number(m[4] ?? 0)
  if (s < 0) { n *= 10n ** BigInt(-s); s = 0 }
  return { n: m[1] === '-' ? -n : n, s }
}

function align(a: Dec, b: Dec): [bigint, bigint, number] {
  const s = Math.max(a.s, b.s)
  return [a.n * 10n ** BigInt(s - a.s), b.n * 10n ** BigInt(s - b.s), s]
}
export function sub(a: Dec, b: Dec): Dec { const [x, y, s] = align(a, b); return { n: x - y, s } }
export function add(a: Dec, b: Dec): Dec { const [x, y, s] = align(a, b); return { n: x + y, s } }
export function compare(a: Dec, b: Dec): number { const [x, y] = align(a, b); return x < y ? -1 : x > y ? 1 : 0 }
/** value × 10^power */
export function shift(d: Dec, power: number): Dec {
  return power >= d.s ? { n: d.n * 10n ** BigInt(power - d.s), s: 0 } : { n: d.n, s: d.s - power }
}
/** Half away from zero, as banks round. */
export function round(d: Dec, places: number): Dec {
  if (d.s <= places) return { n: d.n * 10n ** BigInt(places - d.s), s: places }
  const unit = 10n ** BigInt(d.s - places)
  const half = unit / 2n
  return { n: (d.n >= 0n ? d.n + half : d.n - half) / unit, s: places }
}
export function plain(d: Dec): string {
  const digits = (d.n < 0n ? -d.n : d.n).toString().padStart(d.s + 1, '0')
  const whole = digits.slice(0, digits.length - d.s)
  return (d.n < 0n ? '-' : '') + whole + (d.s ? '.' + digits.slice(-d.s) : '')
}
export function grouped(d: Dec): string {
  const [whole = '', part] = plain(d).replace('-', '').split('.')
  return (d.n < 0n ? '−' : '') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : '.' + part)
}
/** Without noughts at the end: for exact values. */
export function trimmed(d: Dec): Dec {
  let { n, s } = d
  while (s > 0 && n % 10n === 0n) { n /= 10n; s -= 1 }
  return { n, s }
}
/** Only where pixels are the result. */
export function pixels(v: string | number | null | undefined): number {
  const d = dec(v)
  return d ? Number(plain(d)) : NaN
}
