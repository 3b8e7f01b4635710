import { describe, expect, it } from 'vitest'
import { askOf, changes, emptyForm, formOf } from './ask'

describe('what is asked of a simulation', () => {
  it('leaves out what is not filled in', () => {
    const form = emptyForm()
    form.parameters = { 加分上限: ' ', 每档加分: '0.2' }
    form.targets = [{ figure: '净增计划', holder: '', how: 'times', value: '' }]
    form.assignments = [{ kind: 'customer', id: 'C1', from: '', to: '', on: '2025-10-01', until: '', share: '' }]
    const ask = askOf(form, 'sample/经营业绩', '2025Q4', null)
    expect(ask).toEqual({ scheme: 'sample/经营业绩', period: '2025Q4', parameters: [{ name: '每档加分', value: '0.2' }] })
    expect(changes(ask)).toBe(1)
  })
  it('keeps numbers exact and reads lists', () => {
    const form = emptyForm()
    form.parameters = { a: '0.10', b: '[1, 2]', c: 'true', d: '[broken' }
    expect(askOf(form, 's/x', '2025', 3).parameters).toEqual([{ name: 'a', value: '0.10' }, { name: 'b', value: [1, 2] }, { name: 'c', value: true }, { name: 'd', value: '[broken' }])
  })
  it('comes back as the form it was', () => {
    const form = emptyForm()
    form.weights = { 组织资金得分: '0.5' }
    form.grades = { 优秀: '90' }
    form.formulas = { 收息得分: '1 + 1' }
    form.targets = [{ figure: '净增计划', holder: 'S1', how: 'value', value: '100' }]
    form.assignments = [{ kind: 'account', id: 'A1', from: 'S1', to: 'S2', on: '2025-10-01', until: '2025-12-01', share: '0.5' }]
    form.pay = 'sample-pay'
    form.payOn = '2026-01-10'
    form.payParameters = { 基数: '3000' }
    expect(formOf(askOf(form, 's/x', '2025', null))).toEqual(form)
  })
})
