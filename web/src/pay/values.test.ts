import { expect, test } from 'vitest'
import { evenShares, plainValue, typedValue } from './values'

test('nothing is a dash, a context reads as pairs', () => {
  for (const nothing of [null, undefined, '', []]) expect(plainValue(nothing)).toBe('—')
  expect(plainValue({ 一级: 1.5, 二级: 1.2 })).toBe('一级 1.5，二级 1.2')
  expect(plainValue([{ 产品: '手机银行', 数量: 3 }, { 产品: 'POS', 数量: 0 }])).toBe('产品 手机银行，数量 3；产品 POS，数量 0')
  expect(plainValue(false)).toBe('否')
})
test('what is typed is what the decision asks for', () => {
  expect(typedValue(' 1500.01 ')).toBe(1500.01)
  expect(typedValue('0')).toBe(0)
  expect(typedValue('否')).toBe(false)
  expect(typedValue('{"一级": 1}')).toEqual({ 一级: 1 })
  expect(typedValue('{"一级": ')).toBe('{"一级":')
  expect(typedValue('2025-12-31')).toBe('2025-12-31')
})
test('shares add up to 1', () => {
  for (const n of [2, 3, 6, 7]) expect(evenShares(n).reduce((sum, x) => sum + Math.round(Number(x) * 10_000), 0)).toBe(10_000)
  expect(evenShares(3)).toEqual(['0.3334', '0.3333', '0.3333'])
  expect(evenShares(0)).toEqual([])
})
