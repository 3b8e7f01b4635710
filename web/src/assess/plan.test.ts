import { describe, expect, it } from 'vitest'
import { against, begin, full, local, moment, periods } from './plan'
import type { Spec } from './types'

const now = new Date(2026, 0, 15, 10, 30)
describe('a new plan', () => {
  const spec = begin({ superior: 'a', peers: 'b', branch: 'c' }, now)
  it('is about the quarter that has ended', () => expect(spec.period).toBe('2025Q4'))
  it('starts before its deadline, which comes before its close', () => {
    expect(spec.starts_at < spec.deadline && spec.deadline < spec.closes_at).toBe(true)
  })
  it('gives every relation a weight', () => expect(spec.groups.map((g) => [g.relation, g.weight])).toEqual([['superior', '40'], ['peers', '30'], ['branch', '30']]))
})
it('what was left out of a plan is filled in without touching the rest', () => {
  const spec = { title: 't', period: '2025', pack: 'p', form: 'f', starts_at: 'x', deadline: 'y', assessed: { staff: ['S1'] }, groups: [{ name: 'g', relation: 'chosen', weight: '1', who: { orgs: ['B1'] } }] } as Spec
  const out = full(spec)
  expect(out.closes_at).toBe('y')
  expect(out.assessed).toEqual({ positions: [], orgs: [], staff: ['S1'] })
  expect(out.groups[0]).toEqual({ name: 'g', relation: 'chosen', weight: '1', who: { positions: [], orgs: ['B1'], staff: [] }, most: 0 })
})
it('a moment goes into a field and back', () => {
  expect(moment(local('2026-01-15T02:30:00Z'))).toBe('2026-01-15T02:30:00.000Z')
  expect(local('no moment')).toBe('')
  expect(moment('')).toBe('')
})
it('periods are those of two years, newest first', () => {
  expect(periods(now)[0]!.of.slice(0, 2)).toEqual(['2026Q4', '2026Q3'])
  expect(periods(now)[3]!.of.slice(0, 2)).toEqual(['2026-01', '2025-12'])
})
it('a fault of a part stands at its field, not at another that begins alike', () => {
  const faults = { '/groups/1/weight': 'a', '/groups/1/who/orgs/0': 'b', '/groups/10/weight': 'c' }
  expect(against(faults, '/groups/1')).toBe('a b')
  expect(against(faults, '/groups/2')).toBe('')
})
