// Ways of scoring that regulations use, as formulas to begin with.
export interface Band { from: string; points: string }

export const byRate = (figure: string, target: string) => `if ${target} = null or ${target} = 0 then null\nelse max(0, min(满分, 满分 * ${figure} / ${target}))`
export const byPeers = (figure: string, average: string) => `if ${average} = null or ${average} = 0 then 满分\nelse max(0, 满分 * ${figure} / ${average})`
/** Bonus for every full step above the target, penalty below it; each with its limit. */
export const bonusPenalty = (figure: string, target: string) => `if ${target} = null or ${target} = 0 then null else {
  完成率: ${figure} / ${target},
  基本分: max(0, min(满分, 满分 * 完成率)),
  加分: if 完成率 > 1 then min(2, floor((完成率 - 1) / 0.05) * 0.5) else 0,
  扣分: if 完成率 < 0.8 then 1 else 0,
  得分: 基本分 + 加分 - 扣分
}`
/** From the highest band down; below the lowest what the last row says. */
export function byBands(figure: string, bands: Band[]): string {
  const rows = bands.filter((b) => b.points.trim() !== '').sort((a, b) => Number(b.from || -Infinity) - Number(a.from || -Infinity))
  const below = rows.find((b) => b.from.trim() === '')?.points ?? '0'
  const lines = rows.filter((b) => b.from.trim() !== '').map((b) => `if ${figure} >= ${b.from.trim()} then ${b.points.trim()}`)
  return [...lines, below].join('\nelse ')
}
/** The bands of such a formula; null where it is another one. */
export function bandsOf(formula: string): { figure: string; bands: Band[] } | null {
  const bands: Band[] = []
  let figure = ''
  for (const part of formula.trim().split(/\s*\belse\s+/)) {
    const m = /^if\s+([\p{L}_][\p{L}\p{N}_]*)\s*>=\s*(-?\d+(?:\.\d+)?)\s+then\s+(-?\d+(?:\.\d+)?|满分)$/u.exec(part.trim())
    if (m) {
      if (figure && figure !== m[1]) return null
      figure = m[1]!
      bands.push({ from: m[2]!, points: m[3]! })
    } else if (/^(-?\d+(?:\.\d+)?|满分)$/.test(part.trim())) bands.push({ from: '', points: part.trim() })
    else return null
  }
  return figure && bands.at(-1)?.from === '' ? { figure, bands } : null
}
