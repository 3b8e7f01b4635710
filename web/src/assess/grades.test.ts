import { describe, expect, it } from 'vitest'
import { acts, brief, cut, direction, span } from './grades'

const plan = { scale: ['三级', '二级', '一级'], none: '无' }
describe('the direction of a change', () => {
  it('follows the scale', () => {
    expect(direction(plan, { was: '三级', becomes: '一级' })).toBe(1)
    expect(direction(plan, { was: '一级', becomes: '二级' })).toBe(-1)
    expect(direction(plan, { was: '二级', becomes: '二级' })).toBe(0)
  })
  it('is down for whoever loses it, and none for whoever had none', () => {
    expect(direction(plan, { was: '三级', becomes: '无' })).toBe(-1)
    expect(direction(plan, { was: '无', becomes: '三级' })).toBe(0)
    expect(direction(plan, { was: '见习', becomes: '三级' })).toBe(0)
  })
})
it('a role decides where the pack names it', () => {
  expect(acts(['hr'], ['人力资源', '行领导'])).toBe(true)
  expect(acts(['business'], ['人力资源'])).toBe(false)
  expect(acts([], ['人力资源'])).toBe(false)
})
it('values of the rules are said in few words', () => {
  expect(brief(null, 'y', 'n')).toBe('—')
  expect(brief(false, 'y', 'n')).toBe('n')
  expect(brief(83.456, 'y', 'n')).toBe('83.46')
  expect(brief(['a', true], 'y', 'n')).toBe('a、y')
  expect(brief({ 教练: 'b' }, 'y', 'n')).toBe('教练 b')
})
it('long fractions are cut off, not rounded up to a line', () => expect(cut('考核总分 89.99912')).toBe('考核总分 89.99'))
it('a span is of whole months', () => {
  expect(span('2024-01-15', '2026-01-14')).toEqual({ years: 1, months: 11 })
  expect(span('2024-01-15', '2026-01-15')).toEqual({ years: 2, months: 0 })
  expect(span('2026-01-15', '2024-01-15')).toEqual({ years: 0, months: 0 })
})
