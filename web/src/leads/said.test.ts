import { describe, expect, it } from 'vitest'
import { blockText, joined, percent } from './said'

describe('a condition', () => {
  it('says nothing while a block lacks a value that fits', () => {
    expect(blockText({ fact: '', type: 'number', op: '>=', value: '1' })).toBe('')
    expect(blockText({ fact: '年龄', type: 'number', op: '>=', value: ' ' })).toBe('')
    expect(blockText({ fact: '年龄', type: 'number', op: '>=', value: '六十' })).toBe('')
    expect(blockText({ fact: '上次联系日期', type: 'date', op: '<=', value: '昨天' })).toBe('')
  })
  it('is FEEL', () => {
    expect(blockText({ fact: '存款余额', type: 'number', op: '>=', value: '50000' })).toBe('存款余额 >= 50000')
    expect(blockText({ fact: '是否农户', type: 'boolean', op: 'no', value: '' })).toBe('not(是否农户)')
    expect(blockText({ fact: '客户分类', type: 'text', op: '!=', value: '退"出' })).toBe('客户分类 != "退出"')
    expect(blockText({ fact: '持有品种', type: 'list', op: 'hasnot', value: 'sale:pos' })).toBe('not(list contains(持有品种, "sale:pos"))')
    expect(blockText({ fact: '上次联系日期', type: 'date', op: '<=', value: '2025-12-31' })).toBe('上次联系日期 <= date("2025-12-31")')
  })
  it('grows by and, or', () => {
    expect(joined('', 'a > 1', 'and')).toBe('a > 1')
    expect(joined('a > 1', 'b', 'or')).toBe('a > 1 or b')
    expect(joined('a > 1', '', 'and')).toBe('a > 1')
  })
})
describe('a rate', () => {
  it('has one place, and a dash where there is none', () => {
    expect(percent(null)).toBe('—')
    expect(percent('0.1234')).toBe('12.3%')
  })
})
