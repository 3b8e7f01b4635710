import { describe, expect, it, vi } from 'vitest'
import { add, compare, dec, grouped, plain, round, shift, sub, trimmed } from './decimal'
import { axisMoney, compareExact, count, daysBetween, difference, moment, share, show, showChange, unitShown, today } from './format'

describe('decimal', () => {
  it.each(['', 'abc', '1,000', '--1', '.', 'NaN'])('refuses %j', (v) => expect(dec(v)).toBeNull())
  it('refuses what is not there', () => {
    expect(dec(null)).toBeNull()
    expect(dec(undefined)).toBeNull()
  })
  it.each([
    ['0.005', 2, '0.01'], ['0.0049', 2, '0.00'], ['-0.005', 2, '-0.01'], ['1.005', 2, '1.01'], ['2.5', 0, '3'], ['-2.5', 0, '-3'], ['99.995', 2, '100.00'], ['7', 2, '7.00'],
  ])('rounds %s to %i places: %s', (v, places, out) => expect(plain(round(dec(v)!, places))).toBe(out))
  it('keeps what a double would lose', () => {
    expect(plain(dec('96066874.8120450217391304347826087')!)).toBe('96066874.8120450217391304347826087')
    expect(plain(add(dec('9999999999999999.99')!, dec('0.01')!))).toBe('10000000000000000.00')
  })
  it('reads exponents', () => {
    expect(plain(dec('12e-3')!)).toBe('0.012')
    expect(plain(dec('1.5e3')!)).toBe('1500')
  })
  it('compares and subtracts across scales', () => {
    expect(compare(dec('1.10')!, dec('1.1')!)).toBe(0)
    expect(compare(dec('-1')!, dec('0.1')!)).toBe(-1)
    expect(plain(sub(dec('1')!, dec('1.25')!))).toBe('-0.25')
  })
  it('shifts, groups, trims', () => {
    expect(plain(shift(dec('12345')!, -4))).toBe('1.2345')
    expect(plain(shift(dec('0.5')!, 2))).toBe('50')
    expect(grouped(dec('-1234567.80')!)).toBe('−1,234,567.80')
    expect(plain(trimmed(dec('100.00')!))).toBe('100')
  })
})

describe('show', () => {
  it('a missing value is a dash, never 0', () => {
    expect(show(null, '元').text).toBe('—')
    expect(show(undefined, '分').text).toBe('—')
  })
  it('元 and 万元', () => {
    expect(show('3897339.96', '元')).toEqual({ text: '3,897,339.96', unit: '元', exact: '3,897,339.96 元' })
    expect(show('3897339.96', '元', 'wan')).toEqual({ text: '389.73', unit: '万元', exact: '3,897,339.96 元' })
    expect(show('49.99', '元', 'wan').text).toBe('0.00')
    expect(show('50', '元', 'wan').text).toBe('0.01')
  })
  it('the switch leaves other units alone', () => {
    expect(show('79', '户', 'wan')).toMatchObject({ text: '79', unit: '户' })
    expect(show('119.7942857143', '分', 'wan')).toEqual({ text: '119.79', unit: '分', exact: '119.7942857143 分' })
    expect(unitShown('户', 'wan')).toBe('户')
    expect(unitShown('元', 'wan')).toBe('万元')
    expect(unitShown('比率', 'yuan')).toBe('%')
  })
  it('a ratio is a percentage with one decimal', () => {
    expect(show('1.0813273684', '比率')).toMatchObject({ text: '108.1%', unit: '' })
    expect(show('0.0004', '比率').text).toBe('0.0%')
  })
  it('an average of counts keeps decimals', () => expect(show('79.5454545455', '户').text).toBe('79.55'))
  it('text that is no number stays itself', () => expect(show('正常').text).toBe('正常'))
})

describe('changes', () => {
  it('carry their sign', () => {
    expect(showChange('5.2', '分')).toMatchObject({ text: '+5.20', sign: 1 })
    expect(showChange('-5.2', '分')).toMatchObject({ text: '−5.20', sign: -1 })
    expect(showChange('0', '分')).toMatchObject({ text: '0.00', sign: 0 })
    expect(showChange(null, '分')).toMatchObject({ text: '—', sign: 0 })
  })
  it('are exact, and missing when either side is', () => {
    expect(show(difference('0.3', '0.1'), '').exact).toBe('0.2')
    expect(difference('1', null)).toBeNull()
    expect(difference(null, '1')).toBeNull()
  })
  it('what is missing sorts last', () => {
    expect(['2', null, '10', '-1'].sort(compareExact)).toEqual(['-1', '2', '10', null])
  })
})

it('money on an axis is short', () => {
  expect([0, 12000000, 50000, 15000].map(axisMoney)).toEqual(['0', '1,200万', '5万', '1.5万'])
})

it('counts, shares, days, moments', () => {
  expect(count(1234567)).toBe('1,234,567')
  expect(count(0)).toBe('0')
  expect(share('0.5')).toBe('50%')
  expect(share(1)).toBe('100%')
  expect(share('0.3333')).toBe('33.33%')
  expect(share(null)).toBe('—')
  expect(daysBetween('2025-12-31', '2026-01-03')).toBe(3)
  expect(daysBetween('2026-01-01', '2025-12-31')).toBe(-1)
  expect(moment(null)).toBe('—')
  expect(moment('no moment')).toBe('no moment')
})
it.each([['2026-12-31T15:59:59.999Z', '2026-12-31'], ['2026-12-31T16:00:00Z', '2027-01-01'], ['2028-02-28T23:59:59Z', '2028-02-29']])('at %s it is %s in the bank', (now, day) => {
  vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] })
  try {
    expect(today()).toBe(day)
  } finally {
    vi.useRealTimers()
  }
})
