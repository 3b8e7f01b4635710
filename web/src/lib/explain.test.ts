import { describe, expect, it } from 'vitest'
import type { ExplainNode } from '@/api/types'
import { changePoints, definition, fromAddress, missing, parts, rowFields, sourceRows, steps, toAddress, trail, values } from './explain'
import { spoken, tokens } from './formula'

const row = (line: number, date: string, balance: string): ExplainNode => ({ kind: 'row', name: `${date}/balances.csv:${line}`, file: 'balances.csv', business_date: date, line, account_id: 'A1', date, balance })
const share: ExplainNode = { kind: 'share', name: '归属', from: '2025-10-01', to: '2025-12-31', share: '1', role: 'main', via: 'customer', inputs: [{ kind: 'row', name: '2025-01-01/assignments.csv:7', file: 'assignments.csv', business_date: '2025-01-01', line: 7 }] }
const account: ExplainNode = { kind: 'contribution', name: '账户 A1', value: '10.5', unit: '元', inputs: [share, row(31, '2025-10-05', '7.00'), row(3, '2025-10-01', '5.00')] }
const measure: ExplainNode = { kind: 'measure', name: '存款净增', value: '10.5', unit: '元', formula: '存款余额; 期末 − 期初前一日; 按当日归属份额', contributions: 3, inputs: [account] }
const score: ExplainNode = {
  kind: 'score', name: '组织资金得分', value: 15, unit: '分', full_mark: '10', parts: { 计划得分: '10', 加分: '5', 得分: '15' },
  formula: 'if 净增计划 = null then null else {\n  计划得分: if 净增计划 > 0 then max(0, 满分) else 0,\n  加分: 5,\n  得分: 计划得分 + 加分\n}\n',
  inputs: [measure, { kind: 'measure', name: '净增计划', value: null, unit: '元', reason: '没有下达' }, { kind: 'parameter', name: '加分步长', value: 50000, unit: '元' }],
}

describe('address', () => {
  const target = { scheme: 'sample/经营业绩', period: '2025Q4', holder: 'S1', figure: '总分', path: ['a~b', '50%'] }
  it('comes back as it went', () => expect(fromAddress(toAddress(target))).toEqual(target))
  it.each([undefined, '', 'a~b~c', ['x'], 'a~~b~c'])('refuses %j', (v) => expect(fromAddress(v)).toBeNull())
})

describe('tree', () => {
  it('stops where the path is unknown', () => {
    expect(trail(score, ['存款净增', '账户 A9']).map((n) => n.name)).toEqual(['组织资金得分', '存款净增'])
    expect(trail(score, ['存款净增', '账户 A1']).at(-1)).toBe(account)
  })
  it('sorts inputs by what they are', () => {
    const p = parts(score)
    expect(p.inputs.map((n) => n.name)).toEqual(['存款净增', '净增计划'])
    expect(p.parameters.map((n) => n.name)).toEqual(['加分步长'])
    expect(parts(account).shares).toEqual([share])
  })
  it('knows a row by file and line even when a field of the row is named kind', () => {
    const odd = { ...row(1, '2025-01-01', '1'), kind: 'demand' } as unknown as ExplainNode
    expect(parts({ kind: 'contribution', name: 'x', inputs: [odd] }).rows).toEqual([odd])
  })
  it('gathers the rows under shares too, in order', () => expect(sourceRows(account).map((r) => r.line)).toEqual([7, 31, 3]))
  it('change points are in the order of days', () => expect(changePoints(account).map((p) => p.day)).toEqual(['2025-10-01', '2025-10-05']))
  it('says how many inputs were kept back', () => {
    expect(missing(measure)).toBe(2)
    expect(missing(account)).toBe(0)
  })
  it('a definition comes in parts', () => {
    expect(definition(measure)).toEqual(['存款余额', '期末 − 期初前一日', '按当日归属份额'])
    expect(definition(score)).toEqual([])
  })
  it('a row shows its own columns only', () => expect(rowFields(row(3, '2025-10-01', '5.00'))).toEqual([['account_id', 'A1'], ['date', '2025-10-01'], ['balance', '5.00']]))
})

describe('formula', () => {
  it('the entries of a context are steps, also where one name ends with another', () => {
    expect(steps(score)).toEqual([
      { name: '计划得分', value: '10', formula: 'if 净增计划 > 0 then max(0, 满分) else 0' },
      { name: '加分', value: '5', formula: '5' },
      { name: '得分', value: '15', formula: '计划得分 + 加分' },
    ])
    expect(steps(measure)).toEqual([])
  })
  it('knows inputs, parts and the full mark', () => {
    const v = values(score)
    expect(v.get('满分')).toEqual({ value: '10', unit: '分' })
    expect(v.get('净增计划')?.value).toBeNull()
    expect(v.get('加分')?.value).toBe('5')
  })
  it('takes the longest name and loses no character', () => {
    const f = 'if 净增计划 = null then 0 else max(0, 净增 * 2.5 / 净增计划)\n  - "净增"'
    const found = tokens(f, ['净增', '净增计划'])
    expect(found.map((t) => t.text).join('')).toBe(f)
    expect(found.filter((t) => t.kind === 'name').map((t) => t.text)).toEqual(['净增计划', '净增', '净增计划'])
    expect(found.filter((t) => t.kind === 'string').map((t) => t.text)).toEqual(['"净增"'])
    expect(found.filter((t) => t.kind === 'number').map((t) => t.text)).toEqual(['0', '0', '2.5'])
  })
  it('is spoken in the language of the reader', () => {
    expect(tokens('if a >= 1 then null else floor(a)', ['a']).map((t) => spoken(t, 'zh')).join('')).toBe('如果 a ≥ 1 则 无值 否则 向下取整(a)')
    expect(tokens('a / 2 <= 1', ['a']).map((t) => spoken(t, 'en')).join('')).toBe('a ÷ 2 ≤ 1')
  })
})
