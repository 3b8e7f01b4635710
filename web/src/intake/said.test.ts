import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { eventSaid, fieldSaid, refusedAt, rowSaid } from './said'
import './words'

const event = (what: string, values: Record<string, string>) => ({ day: '2025-01-01', at: null, group: 'loan', what, values, link: null, record: null })

describe('said', () => {
  it('puts events into words, codes included', () => {
    expect(eventSaid(event('loan.class', { id: 'L1', from: 'normal', to: 'loss' }))).toBe('贷款 L1 分类由正常变为损失')
    expect(eventSaid(event('data.changed.masked', { field: 'phone', from: '', to: '' }))).toBe('电话有变更')
    expect(eventSaid(event('manager.from', { name: '张敏', role: '', subject: 'account', id: 'A1' }))).toBe('张敏 开始管户，主办，账户 A1')
  })
  it('shows values of fields by their type', () => {
    expect(fieldSaid({ type: 'yes_no', unit: '' }, 'no')).toBe('否')
    expect(fieldSaid({ type: 'number', unit: '亩' }, '•••')).toBe('•••')
    expect(fieldSaid({ type: 'choices', unit: '' }, ['养殖', '种植'])).toBe('养殖、种植')
    expect(fieldSaid({ type: 'text', unit: '' }, null)).toBe('')
  })
  it('says of a row which cell is wrong, or what changes', () => {
    const said = [{ cell: 'C5', column: '纬度', message: '不是数', before: '', after: '' }, { cell: 'D5', column: '爱好', message: null, before: '', after: '钓鱼' }]
    expect(rowSaid({ line: 5, subject: 'C1', name: '', outcome: 'refused', said, record: null, undone: null })).toEqual(['C5 纬度：不是数', '爱好：“” → “钓鱼”'])
  })
  it('finds the field of a refusal', () => {
    const e = new ApiError({ status: 422, code: 'card.problems', errors: [{ where: '/body/custom/12', message: '不是数', hint: '' }] })
    expect(refusedAt(e).fields).toEqual({ 'custom/12': '不是数' })
    expect(refusedAt(new Error('x')).whole).not.toBe('')
  })
})
