import { describe, expect, it } from 'vitest'
import { nextPeriod, periodOf, previousPeriod, spanOf, weekdayOf } from './types'

describe('periods of plans', () => {
  it('belong to the year of their Thursday when they are weeks', () => {
    expect(periodOf('week', '2026-01-01')).toBe('2026-W01')
    expect(periodOf('week', '2025-12-29')).toBe('2026-W01')
    expect(periodOf('week', '2025-12-28')).toBe('2025-W52')
    expect(periodOf('week', '2027-01-03')).toBe('2026-W53')
    expect(periodOf('week', '2027-01-04')).toBe('2027-W01')
  })
  it('have a first and a last day', () => {
    expect(spanOf('2026')).toEqual(['2026-01-01', '2026-12-31'])
    expect(spanOf('2026Q1')).toEqual(['2026-01-01', '2026-03-31'])
    expect(spanOf('2024-02')).toEqual(['2024-02-01', '2024-02-29'])
    expect(spanOf('2026-W01')).toEqual(['2025-12-29', '2026-01-04'])
    expect(spanOf('2026-W53')).toEqual(['2026-12-28', '2027-01-03'])
  })
  it('follow one another', () => {
    expect(nextPeriod('2025Q4')).toBe('2026Q1')
    expect(previousPeriod('2026-01')).toBe('2025-12')
    expect(nextPeriod('2026-W53')).toBe('2027-W01')
    expect(weekdayOf('2026-01-05')).toBe(0)
    expect(weekdayOf('2026-01-04')).toBe(6)
  })
})
