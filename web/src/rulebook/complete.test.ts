import { describe, expect, it } from 'vitest'
import type { Names } from '@/api/rulebook'
import { candidates, inserted, matching } from './complete'
import { insideText, pieces, spoken, wordBefore } from './feel'

const names: Names = {
  inputs: [{ name: '贷款金额', type: '元', hint: '' }], parameters: [{ name: '金额上限', type: '元', hint: '300000' }], steps: [{ name: '_够低' }], requires: [], types: [], decisions: [], words: [],
  functions: [{ name: '月后', signature: '月后(日期, 月数)', title: '', pack: 'common' }], builtins: [{ name: 'max', signature: 'max(...)' }, { name: 'today', signature: 'today()' }, { name: 'list contains', signature: 'list contains(list, element)' }],
}
const all = candidates(names, ['"抵押"'])
const texts = (formula: string, caret = formula.length) => matching(all, formula, caret).list.map((c) => c.text)

describe('completion', () => {
  it('offers what begins with the word before what contains it', () => expect(texts('if 金额')).toEqual(['金额上限', '贷款金额']))
  it('offers nothing where no word is begun, in a text, or for a word that is whole', () => {
    expect(texts('金额上限 + ')).toEqual([])
    expect(texts('方式 = "抵')).toEqual([])
    expect(texts('金额上限')).toEqual([])
    expect(texts('')).toEqual([])
  })
  it('takes allowed values by their first sign', () => expect(texts('抵')).toEqual(['"抵押"']))
  it('finds functions of two words by either', () => expect(texts('contains')).toEqual(['list contains']))
  it('puts a name in the place of the word, and a call with the caret between its brackets', () => {
    const formula = 'if 月 > 1'
    const { from, list } = matching(all, formula, 4)
    expect(inserted(formula, from, 4, list[0]!)).toEqual({ text: 'if 月后() > 1', caret: 6 })
    expect(inserted('ma(1)', 0, 2, matching(all, 'ma', 2).list[0]!)).toEqual({ text: 'max(1)', caret: 3 })
    expect(inserted('tod', 0, 3, matching(all, 'tod', 3).list[0]!)).toEqual({ text: 'today()', caret: 7 })
  })
})
describe('a formula in pieces', () => {
  it.each(['if 金额 >= 30 万元 then "a\\"b" else null', '@"2024-01-01" + duration("P1D")', '甲[item.值 != 1]', '"没有完', '１２ ＋ ？', ''])('loses nothing: %s', (f) => expect(pieces(f).map((p) => p.text).join('')).toBe(f))
  it('knows the word before the caret', () => {
    expect(wordBefore('甲乙 + 丙', 2)).toEqual({ word: '甲乙', from: 0 })
    expect(wordBefore('甲乙 + 丙', 1)).toEqual({ word: '甲', from: 0 })
    expect(wordBefore('甲 + ', 4)).toEqual({ word: '', from: 4 })
    expect(wordBefore('1 + 甲', 5)).toEqual({ word: '甲', from: 4 })
  })
  it('knows an open text', () => {
    expect(insideText('"ab', 3)).toBe(true)
    expect(insideText('"ab"', 4)).toBe(false)
    expect(insideText('"ab" + c', 8)).toBe(false)
    expect(insideText('"a\\"', 4)).toBe(true)
  })
  it('is said in Chinese, its names and texts untouched', () => {
    const text = (f: string, zh = true) => spoken(f, zh).map((p) => p.text).join('')
    expect(text('if 甲 >= 1 and not(乙) then "if" else null')).toBe('如果 甲 ≥ 1 且 非(乙) 则 "if" 否则 无值')
    expect(text('max(甲, 乙)*2')).toBe('取大(甲, 乙) × 2')
    expect(text('甲.item + max')).toBe('甲.item + max')
    expect(text('if 甲 then 1 else 2', false)).toBe('if 甲 then 1 else 2')
  })
})
