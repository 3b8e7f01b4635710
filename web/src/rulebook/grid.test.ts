import { describe, expect, it } from 'vitest'
import type { RuleTable } from '@/api/rulebook'
import { added, cell, copied, edit, empty, gridOf, moved, pasted, put, removed } from './grid'

const row = (tests: string[], results: string[], note = '') => ({ tests, results, rules: [], article: '', note, line: 0 })
const table: RuleTable = {
  policy: 'first', aggregation: 'none', line: 10, inputs: [{ expression: '金额', condition: false, type: null }, { expression: '期限', condition: false, type: null }], outputs: [{ name: '档', type: null }],
  rows: [row(['< 100', '-'], ['甲'], '第一条'), row(['>= 100', '<= 12'], ['乙']), row(['-', '-'], ['丙'])],
}
const kept = [0, 1, 2]
describe('a table that is edited', () => {
  it('that nobody touched is sent as it was', () => expect(edit(gridOf(table), kept)).toEqual([
    { old: 0, tests: ['< 100', '-'], results: ['甲'], rules: [], article: '', note: '第一条' }, { old: 1, tests: ['>= 100', '<= 12'], results: ['乙'], rules: [], article: '', note: '' }, { old: 2, tests: ['-', '-'], results: ['丙'], rules: [], article: '', note: '' },
  ]))
  it('keeps of each row where it stood, wherever it went', () => {
    const g = removed(moved(added(gridOf(table), 0), 3, 0), 2)
    expect(edit(g, kept).map((r) => r.old)).toEqual([2, 0, 1])
  })
  it('says that a row is new', () => {
    const g = added(gridOf(table), -1)
    expect(edit(g, kept)[0]).toMatchObject({ old: -1, tests: ['-', '-'], results: [''] })
    expect(empty(g)).toEqual([[0, 2]])
    expect(empty(put(g, 0, 2, '丁'))).toEqual([])
  })
  it('a twin is new and apart from its model', () => {
    const g = put(added(gridOf(table), 0, gridOf(table).rows[0]), 1, 0, '< 50')
    expect([cell(g, 0, 0), cell(g, 1, 0)]).toEqual(['< 100', '< 50'])
    expect(edit(g, kept)[1]!.old).toBe(-1)
  })
  it('does not move past its ends', () => {
    const g = gridOf(table)
    expect(moved(g, 0, -1)).toBe(g)
    expect(moved(g, 2, 3)).toBe(g)
    expect(moved(g, 0, 2).rows.map((r) => r.key)).toEqual([1, 2, 0])
  })
  it('an emptied condition is any, an emptied result stays empty', () => expect(edit(put(put(gridOf(table), 0, 0, '  '), 0, 2, ' '), kept)[0]).toMatchObject({ tests: ['-', '-'], results: [''] }))
  it('the last column is the remark', () => expect(put(gridOf(table), 1, 3, '说明').rows[1]!.note).toBe('说明'))
  it('takes cells of a sheet, makes the rows that are missing, and drops what has no column', () => {
    const g = pasted(gridOf(table), 2, 1, '<= 24\t丁\t注\t多余\r\n> 24\t戊\r\n')
    expect(g.rows.length).toBe(4)
    expect([cell(g, 2, 1), cell(g, 2, 2), cell(g, 2, 3), cell(g, 3, 0), cell(g, 3, 1), cell(g, 3, 2)]).toEqual(['<= 24', '丁', '注', '-', '> 24', '戊'])
  })
  it('what is copied and pasted is the same', () => expect(edit(pasted(gridOf(table), 0, 0, copied(gridOf(table))), kept)).toEqual(edit(gridOf(table), kept)))
  it('of a gate has one condition and one reason', () => {
    const g = gridOf({ ...table, inputs: [], rows: [row(['金额 > 1'], ['超限'])] })
    expect([g.tests, g.results]).toEqual([1, 1])
    expect(gridOf({ ...table, inputs: [], outputs: [], rows: [] })).toMatchObject({ tests: 1, results: 1 })
  })
})
