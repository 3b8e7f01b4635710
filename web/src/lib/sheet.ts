// What a score sheet says beyond its numbers: what moved the total, where there is room. For display only.
import type { ScoreSheet, TrendPoint } from '@/api/types'
import { pixels } from './decimal'

export interface Move { name: string; change: number }

/** By how many points of the total each score moved it since the period before; `rest`: what re-weighting did. */
export function moves(sheet: ScoreSheet): Move[] {
  const now = pixels(sheet.total)
  const before = pixels(sheet.previous?.total)
  if (Number.isNaN(now) || Number.isNaN(before)) return []
  const weights = sheet.scores.reduce((n, s) => n + (s.value === null ? 0 : pixels(s.weight)), 0)
  const full = pixels(sheet.full_total)
  const out = sheet.scores.flatMap((s) => {
    const change = ((pixels(s.value) - pixels(s.previous)) / pixels(s.full)) * (pixels(s.weight) / weights) * full
    return Number.isFinite(change) ? [{ name: s.name, change }] : []
  })
  const rest = now - before - out.reduce((n, m) => n + m.change, 0)
  return Math.abs(rest) >= 0.005 ? [...out, { name: '', change: rest }] : out
}

/** Points of the total still to be had below the full marks, the largest first. */
export function room(sheet: ScoreSheet): Move[] {
  const weights = sheet.scores.reduce((n, s) => n + (s.value === null ? 0 : pixels(s.weight)), 0)
  return sheet.scores
    .flatMap((s) => {
      const gap = pixels(s.full) - pixels(s.value)
      return gap > 0 && weights > 0 ? [{ name: s.name, change: (gap / pixels(s.full)) * (pixels(s.weight) / weights) * pixels(sheet.full_total) }] : []
    })
    .sort((a, b) => b.change - a.change)
}

/** The trend as points of a drawing, 0…1 in both directions. */
export function curve(points: TrendPoint[]): { x: number; y: number; point: TrendPoint }[] {
  const values = points.map((p) => pixels(p.total))
  const known = values.filter((v) => !Number.isNaN(v))
  const high = Math.max(...known)
  const low = Math.min(...known)
  return points.flatMap((point, i) =>
    Number.isNaN(values[i]) ? [] : [{ x: points.length > 1 ? i / (points.length - 1) : 0.5, y: high === low ? 0.5 : (values[i]! - low) / (high - low), point }],
  )
}
