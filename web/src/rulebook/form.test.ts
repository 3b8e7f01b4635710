import { describe, expect, it } from 'vitest'
import type { Field, Json, ValueType } from '@/api/rulebook'
import { blankForm, dayOf, filledForm, inputOf, numberOf, places, rangeOf, type Model } from './form'

const type = (kind: ValueType['kind'], more: Partial<ValueType> = {}): ValueType => ({ text: '', kind, name: '', nullable: false, unit: '', integer: false, low: null, high: null, words: [], element: null, members: [], ...more })
const field = (name: string, t: ValueType, optional = false): Field => ({ name, type: t, optional, otherwise: null, hint: '' })
const amount = type('number', { unit: '元', low: { value: 0, included: true } })
const firm = type('context', { members: [field('名称', type('string')), field('贷款余额', amount), field('到期日', type('date'), true)] })
const fields = [
  field('金额', amount), field('已婚', type('boolean')), field('方式', type('string', { words: ['抵押', '保证'] })), field('到期日', type('date')),
  field('材料', type('list', { element: type('string', { words: ['身份证', '户口本'] }) })), field('企业清单', type('list', { element: firm })), field('期数', type('number', { integer: true }), true),
]
const text = (t: string): Model => ({ kind: 'text', text: t })

describe('what is typed', () => {
  it.each([
    ['1,200.50', '元', '1200.50'], ['３．５', '', '3.5'], ['3.5万', '元', '35000'], ['0.00012亿', '元', '12000'], ['3.5万', '万元', '3.5'], ['12%', '比率', '0.12'], ['-0.5%', '比率', '-0.005'],
    ['5%', '%', '5'], ['007', '天', '7'], ['.5', '', '0.5'], ['12%', '元', null], ['1万', '天', null], ['12a', '', null], ['', '', null], ['1.2.3', '', null], ['--1', '', null],
  ])('number %s of %s is %s', (typed, unit, n) => expect(numberOf(typed, unit)).toBe(n))
  it.each([['2024-2-29', '2024-02-29'], ['20251231', '2025-12-31'], ['2025年1月2日', '2025-01-02'], ['2025/1/2', '2025-01-02'], ['2025-02-29', null], ['2025-13-01', null], ['昨天', null]])('day %s is %s', (typed, day) => expect(dayOf(typed)).toBe(day))
  it('says what may be put in', () => {
    expect(rangeOf(amount)).toBe('≥ 0')
    expect(rangeOf(type('number', { low: { value: 0, included: true }, high: { value: 1, included: true } }))).toBe('0 – 1')
    expect(rangeOf(type('number', { low: { value: 0, included: false }, high: { value: 1, included: true } }))).toBe('> 0, ≤ 1')
    expect(rangeOf(type('number'))).toBe('')
  })
})
describe('a form', () => {
  it('that is empty names all that is missing at once, lists are empty and what is optional is left out', () => {
    const { input, problems } = inputOf(fields, blankForm(fields))
    expect(problems).toEqual(['金额', '已婚', '方式', '到期日'].map((where) => ({ where, code: 'missing' })))
    expect(input).toEqual({ 材料: [], 企业清单: [] })
  })
  it('names wrong values by their place, each once', () => {
    const form = blankForm(fields)
    form['金额'] = text('很多')
    form['到期日'] = text('2025-02-30')
    form['期数'] = text('1.5')
    form['企业清单'] = { kind: 'list', given: true, items: [{ kind: 'context', given: true, members: { 名称: text('甲'), 贷款余额: text('x'), 到期日: text('') } }] }
    expect(inputOf(fields, form).problems).toEqual([
      { where: '金额', code: 'number' }, { where: '已婚', code: 'missing' }, { where: '方式', code: 'missing' }, { where: '到期日', code: 'date' }, { where: '企业清单[1].贷款余额', code: 'number' }, { where: '期数', code: 'integer' },
    ])
  })
  it('that was filled with an input gives the input back', () => {
    const input: { [name: string]: Json } = { 金额: 12.5, 已婚: false, 方式: '抵押', 到期日: '2025-12-31', 材料: ['身份证', '身份证'], 企业清单: [{ 名称: '甲', 贷款余额: 0 }, { 名称: '乙', 贷款余额: 3, 到期日: '2026-01-01' }] }
    expect(inputOf(fields, filledForm(fields, input))).toEqual({ input, problems: [] })
  })
  it('keeps every digit of a long number', () => {
    const form = { 金额: text('12345678901234567890.12') }
    expect(JSON.stringify(inputOf([fields[0]!], form).input)).toMatch(/12345678901234567890\.12/)
  })
  it('sends null where nothing was put in and null is allowed', () => {
    const f = [field('评级', type('string', { nullable: true }))]
    expect(inputOf(f, blankForm(f))).toEqual({ input: { 评级: null }, problems: [] })
  })
  it('knows its places', () => {
    const form = filledForm(fields, { 企业清单: [{ 名称: '甲' }] })
    expect(places(fields, form)).toEqual(['金额', '已婚', '方式', '到期日', '材料', '企业清单', '企业清单[1]', '企业清单[1].名称', '企业清单[1].贷款余额', '企业清单[1].到期日', '期数'])
  })
})
