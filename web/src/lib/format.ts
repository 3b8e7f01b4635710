// How figures look: unit by unit, the same everywhere.
import { compare, dec, grouped, round, shift, sub, trimmed, type Dec } from './decimal'
import type { Exact } from '@/api/types'
import { language, word } from '@/i18n'

export type MoneyUnit = 'yuan' | 'wan'
export const NONE = '—'

export interface Shown {
  text: string // "389.73"
  unit: string // "万元"; "" where the text says it ("81.2%")
  exact: string // "3,897,339.96 元"
}

const COUNTS = new Set(['户', '笔', '张', '天', '个', '人', '次', '件'])

/** Decimals a unit is shown with. */
export function placesOf(unit: string): number {
  return unit === '元' || unit === '万元' || unit === '分' ? 2 : COUNTS.has(unit) ? 0 : unit === '比率' || unit === '%' ? 1 : 2
}

/** The unit a column or a label names. */
export function unitShown(unit: string, money: MoneyUnit): string {
  return unit === '比率' ? '%' : word('unitname', unit === '元' && money === 'wan' ? '万元' : unit)
}

function scaled(d: Dec, unit: string, money: MoneyUnit): Dec {
  return unit === '元' && money === 'wan' ? shift(d, -4) : unit === '比率' ? shift(d, 2) : d
}

export function show(value: Exact | null | undefined, unit = '', money: MoneyUnit = 'yuan'): Shown {
  const d = dec(value)
  if (!d) return { text: value === null || value === undefined || value === '' ? NONE : String(value), unit: '', exact: '' }
  const places = placesOf(unit)
  const s = scaled(d, unit, money)
  // A count that is no whole number (an average) keeps two decimals.
  const wanted = places === 0 && trimmed(s).s > 0 ? 2 : unit === '' ? Math.min(trimmed(s).s, 4) : places
  const text = grouped(round(s, wanted))
  const shownUnit = unitShown(unit, money)
  const exactUnit = unit === '比率' ? '' : word('unitname', unit)
  const exact = grouped(trimmed(d)) + (exactUnit ? ` ${exactUnit}` : '')
  return shownUnit === '%' ? { text: text + '%', unit: '', exact } : { text, unit: shownUnit, exact }
}

/** A change: always with its sign; the arrow stands beside it, so that colour is never alone. */
export function showChange(value: Exact | null | undefined, unit = '', money: MoneyUnit = 'yuan'): Shown & { sign: -1 | 0 | 1 } {
  const d = dec(value)
  const shown = show(value, unit, money)
  if (!d) return { ...shown, sign: 0 }
  const sign = d.n > 0n ? 1 : d.n < 0n ? -1 : 0
  return { ...shown, text: sign > 0 ? '+' + shown.text : shown.text, sign }
}

export function difference(now: Exact | null | undefined, before: Exact | null | undefined): string | null {
  const a = dec(now)
  const b = dec(before)
  if (!a || !b) return null
  const d = sub(a, b)
  return `${d.n}e-${d.s}`
}

export function compareExact(a: Exact | null | undefined, b: Exact | null | undefined): number {
  const x = dec(a)
  const y = dec(b)
  if (!x || !y) return x ? -1 : y ? 1 : 0 // what is missing stands last
  return compare(x, y)
}

/** Money on the axis of a chart, from 元: 1,200万, 12M. */
export function axisMoney(v: number): string {
  if (v === 0) return '0'
  const zh = language.value === 'zh'
  const power = zh ? 4 : Math.abs(v) >= 1e6 ? 6 : 3
  return grouped(trimmed(round(shift(dec(String(v)) ?? { n: 0n, s: 0 }, -power), 2))) + (zh ? '万' : power === 6 ? 'M' : 'K')
}

export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** 0.6 or "1" of an account → "60%" */
export function share(v: Exact | null | undefined): string {
  const d = dec(v)
  return d ? grouped(trimmed(shift(d, 2))) + '%' : NONE
}

/** RFC 3339 moment → local "2025-12-31 08:05" */
export function moment(v: string | null | undefined): string {
  if (!v) return NONE
  const t = new Date(v)
  if (Number.isNaN(t.getTime())) return v
  const two = (n: number) => String(n).padStart(2, '0')
  return `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())} ${two(t.getHours())}:${two(t.getMinutes())}`
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
/** The day it is in the bank, eight hours ahead of Greenwich, whatever zone this machine is set to: the server counts
 *  by it, and refuses what begins before it. */
export const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
