import { describe, expect, it } from 'vitest'
import { caseSheet, faults, fieldsOf, fieldsText, hasKey, sheetText, textOf, unfit } from './blocktext'

describe('the text of a key', () => {
  it.each([
    ['title = "每户几次"', 'title', '每户几次'],
    ["why   = '写 \"是\" 的'", 'why', '写 "是" 的'],
    ['title = "他说\\"行\\""', 'title', '他说"行"'],
    ['a = 1\ninputs = """\n甲: 元\n乙: 天\n"""\nb = 2', 'inputs', '甲: 元\n乙: 天'],
  ])('%s', (source, key, text) => expect(textOf(source, key)).toBe(text))
  it('is not there', () => {
    expect(textOf('title = "x"', 'question')).toBeNull()
    expect(textOf('inputs = ["甲"]', 'inputs')).toBeNull()
    expect(hasKey('inputs = ["甲"]', 'inputs')).toBe(true)
    expect(hasKey('inputs = ["甲"]', 'output')).toBe(false)
  })
})
describe('lines of inputs', () => {
  const text = '贷款余额:  元 >= 0  # 到当天\n职级?:     一级 | 二级\n天数:      integer 天 >= 1 = 3'
  it('are taken apart', () => expect(fieldsOf(text).map((l) => [l.name, l.optional, l.type, l.otherwise, l.hint])).toEqual([
    ['贷款余额', false, '元 >= 0', '', '到当天'], ['职级', true, '一级 | 二级', '', ''], ['天数', false, 'integer 天 >= 1', '3', ''],
  ]))
  it('come back as they were', () => expect(fieldsOf(fieldsText(fieldsOf(text)))).toEqual(fieldsOf(text)))
  it('stand under each other', () => expect(fieldsText(fieldsOf('甲: 元 # 一\n乙乙?: 天 >= 0 # 二'))).toBe('甲:    元       # 一\n乙乙?: 天 >= 0  # 二'))
  it('one alone has no columns', () => expect(fieldsText(fieldsOf('岗位工资: 元 >= 0   # 全年'))).toBe('岗位工资: 元 >= 0  # 全年'))
  it('faults are told by line', () => {
    const lines = fieldsOf('甲: 元\n乙: 天')
    expect(faults(lines).size).toBe(0)
    expect([...faults([{ ...lines[0]!, name: ' ' }, lines[1]!])]).toEqual([[0, 'name']])
    expect([...faults([lines[0]!, { ...lines[1]!, name: '甲' }])]).toEqual([[1, 'twice']])
    expect([...faults([{ ...lines[0]!, type: '' }])]).toEqual([[0, 'type']])
    expect([...faults([{ ...lines[0]!, name: '甲:乙' }])]).toEqual([[0, 'sign']])
    expect([...faults([{ ...lines[0]!, type: '元 # 乙' }])]).toEqual([[0, 'sign']])
  })
})
describe('a table of cases', () => {
  const source = '余额 | 名单            || 应发       || 说明\n1    | ["甲|乙", "丙"] || 18000\n-1   | []              || 拒绝: 余额 || 负数\n'
  it('is cut into cells', () => {
    const s = caseSheet(source)!
    expect(s.header).toEqual(['余额', '名单', '应发', '说明'])
    expect(s.split).toEqual([1, 2])
    expect(s.rows.map((r) => r.cells)).toEqual([['1', '["甲|乙", "丙"]', '18000', ''], ['-1', '[]', '拒绝: 余额', '负数']])
  })
  it('comes back as it was', () => expect(sheetText(caseSheet(source)!)).toBe(source))
  it('keeps what stands around it', () => {
    const around = 'base = """\n甲: 1\n"""\ncases = """\n改动 || 值\n甲: 2 || 3\n"""\n'
    expect(sheetText(caseSheet(around)!)).toBe('base = """\n甲: 1\n"""\ncases = """\n改动  || 值\n甲: 2 || 3\n"""\n')
  })
  it('what has remarks in between is not taken', () => expect(caseSheet('甲 || 乙\n# 以下是老的\n1 || 2')).toBeNull())
  it('what is no table is not taken', () => expect(caseSheet('why = "要看人"')).toBeNull())
  it('a bar in a cell is told, and an empty one', () => {
    const s = caseSheet(source)!
    expect(unfit(s)).toEqual([])
    s.rows[0]!.cells[0] = '1 | 2'
    expect(unfit(s)).toEqual([[0, 0]])
    s.rows[0]!.cells[0] = ''
    expect(unfit(s)).toEqual([[0, 0]])
  })
  it('of a refused question only the first result is needed', () => {
    const s = caseSheet('甲 || 乙 | 丙\n1 || 拒绝: 甲\n2 || 3 | 4')!
    expect(unfit(s)).toEqual([])
    s.rows[1]!.cells[2] = ''
    expect(unfit(s)).toEqual([[1, 2]])
  })
})
