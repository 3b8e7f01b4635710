import { describe, expect, it } from 'vitest'
import type { ScoreSheet } from '@/api/types'
import { bounds, kindOf, periodName, preferred } from './period'
import { curve, moves, room } from './sheet'

const sheet = (total: string | null, before: string | null, scores: [string, string | null, string | null, string, string][]) =>
  ({ total, full_total: '100', previous: before === null ? null : { period: '2025Q3', total: before }, scores: scores.map(([name, value, previous, full, weight]) => ({ name, value, previous, full, weight })) }) as unknown as ScoreSheet

describe('what moved the total', () => {
  it('nothing to say without a period before', () => expect(moves(sheet('90', null, [['甲', '9', null, '10', '1']]))).toEqual([]))
  it('adds up to the change', () => {
    const m = moves(sheet('119.7942857143', '74.338028169', [['组织资金', '15', '5', '10', '0.4'], ['管护户数', '9.9314285714', '8.1126760563', '10', '0.3'], ['收息', '20', '20', '20', '0.3']]))
    expect(m.map((x) => x.name)).toEqual(['组织资金', '管护户数', '收息'])
    expect(m.map((x) => x.change.toFixed(2))).toEqual(['40.00', '5.46', '0.00'])
  })
  it('what re-weighting did is a move of its own', () => {
    const m = moves(sheet('80', '90', [['甲', '8', '9', '10', '0.5'], ['乙', null, '9', '10', '0.5']]))
    expect(m.map((x) => [x.name, x.change.toFixed(2)])).toEqual([['甲', '-10.00']])
    expect(moves(sheet('85', '90', [['甲', '8', '9', '10', '0.5'], ['乙', null, '9', '10', '0.5']])).at(-1)).toMatchObject({ name: '' })
  })
})
it('room is what is missing to the full marks, the largest first', () => {
  const r = room(sheet('60', null, [['甲', '5', null, '10', '0.4'], ['乙', '2', null, '10', '0.6'], ['丙', '12', null, '10', '0']]))
  expect(r.map((x) => [x.name, Number(x.change.toFixed(6))])).toEqual([['乙', 48], ['甲', 20]])
})
it('a curve leaves out periods without a total', () => {
  const c = curve([{ period: 'a', total: '1' }, { period: 'b', total: null }, { period: 'c', total: '3' }] as never)
  expect(c.map((p) => [p.x, p.y])).toEqual([[0, 0], [1, 1]])
})

describe('periods', () => {
  it.each([['2025', 'year', '2025-01-01', '2025-12-31'], ['2025H2', 'half-year', '2025-07-01', '2025-12-31'], ['2025Q1', 'quarter', '2025-01-01', '2025-03-31'], ['2024-02', 'month', '2024-02-01', '2024-02-29']])('%s', (p, kind, from, to) => {
    expect(kindOf(p)).toBe(kind)
    expect(bounds(p)).toEqual([from, to])
  })
  it('are named in both languages', () => {
    expect(periodName('2025Q4', 'zh')).toBe('2025 四季度')
    expect(periodName('2025H1', 'zh')).toBe('2025 上半年')
    expect(periodName('2025-09', 'zh')).toBe('2025 年 9 月')
    expect(periodName('2025Q4', 'en')).toBe('2025 Q4')
    expect(periodName('other', 'zh')).toBe('other')
  })
  it('the newest complete quarter comes first, else the newest complete period, else the newest', () => {
    const p = (period: string, complete: boolean) => ({ period, complete })
    expect(preferred([p('2025', true), p('2025Q3', true), p('2025Q4', true), p('2026Q1', false)])).toBe('2025Q4')
    expect(preferred([p('2025-11', true), p('2025-12', true)])).toBe('2025-12')
    expect(preferred([p('2026-01', false)])).toBe('2026-01')
    expect(preferred([])).toBe('')
  })
})
