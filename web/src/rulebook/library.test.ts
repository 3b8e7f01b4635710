import { describe, expect, it } from 'vitest'
import type { Article, Json, PackBrief, TraceNode } from '@/api/rulebook'
import { caseGrid } from './cases'
import { counted, headingOf, ordered, prose, shares, stateOfArticle } from './library'
import { hits, sizeOf } from './trace'
import { columnsOf, grouped, layout, marked, said } from './values'

const words = { yes: '是', no: '否', none: '—', empty: '没有' }
describe('coverage', () => {
  it('of nothing has no parts', () => expect(shares(null)).toEqual([]))
  it('has parts that make a whole, none of them empty', () => {
    const s = shares({ executable: 3, judgement: 1, open: 0, parameters: 0, none: 4 })
    expect(s.map((x) => [x.state, x.n])).toEqual([['executable', 3], ['judgement', 1], ['none', 4]])
    expect(s.reduce((a, x) => a + x.percent, 0)).toBe(100)
  })
  it('does not count chapters', () => expect(counted([{ state: 'chapter' }, { state: 'open' }, { state: 'open' }] as Article[]).open).toBe(2))
})
describe('the state of an article', () => {
  const with_ = (state: Article['state'], ...kinds: string[]) => stateOfArticle({ state, blocks: kinds.map((kind) => ({ kind })) } as Article)
  it('is the server\'s where it says one', () => expect(with_('open', 'decision')).toBe('open'))
  it('of a chapter with blocks is that of its blocks', () => {
    expect(with_('chapter')).toBe('chapter')
    expect(with_('chapter', 'case')).toBe('chapter')
    expect(with_('chapter', 'judgement', 'decision')).toBe('executable')
    expect(with_('chapter', 'open', 'judgement')).toBe('judgement')
    expect(with_('chapter', 'parameter', 'open')).toBe('open')
    expect(with_('chapter', 'parameter')).toBe('parameters')
  })
})
describe('headings and prose', () => {
  it('say the article once', () => {
    expect(headingOf({ article: '第三条', title: '第三条 利率' })).toEqual({ article: '第三条', title: '利率' })
    expect(headingOf({ article: '第三条', title: '第三条' })).toEqual({ article: '', title: '第三条' })
    expect(headingOf({ article: '第三条', title: '利率' })).toEqual({ article: '第三条', title: '利率' })
  })
  it('joins lines broken for the page, keeps paragraphs, lists and tables apart', () => {
    expect(prose('甲\n乙\n\n丙 a\nb\n- 一\n- 二\n  续\n\n| x | y |\n| --- | --- |\n| 1 | 2 |')).toEqual([
      { kind: 'p', lines: ['甲乙'], rows: [] }, { kind: 'p', lines: ['丙 a b'], rows: [] }, { kind: 'ul', lines: ['一', '二续'], rows: [] }, { kind: 'table', lines: [], rows: [['x', 'y'], ['1', '2']] },
    ])
  })
  it('packs that cannot be read come first, those without rules last', () => {
    const p = (id: string, problem: string | null, none: number) => ({ id, title: id, problem, counts: { articles: 2 }, coverage: { none } }) as PackBrief
    expect(ordered([p('c', null, 2), p('b', null, 0), p('a', null, 1), p('z', '坏了', 0)]).map((x) => x.id)).toEqual(['z', 'a', 'b', 'c'])
  })
})
describe('values', () => {
  it.each([['1234567.50', '1,234,567.50'], ['-1000', '-1,000'], ['999', '999'], ['12a', '12a']])('%s is read as %s', (a, b) => expect(grouped(a)).toBe(b))
  it('are said in one line', () => {
    expect(said(true, words)).toBe('是')
    expect(said(null, words)).toBe('—')
    expect(said([], words)).toBe('没有')
    expect(said({ 额: 12000, 日: '2025-01-01', 表: [1, false] }, words)).toBe('额：12,000；日：2025-01-01；表：1、否')
    expect(said(1e-7, words)).toBe('0.0000001')
  })
  it('are laid out by what they are', () => {
    const rows: Json[] = [{ 甲: 1 }, { 乙: 2, 甲: 3 }]
    expect([layout(1), layout([1]), layout([]), layout({ 甲: 1 }), layout(rows), layout(null)]).toEqual(['plain', 'list', 'list', 'pairs', 'rows', 'plain'])
    expect(columnsOf(rows)).toEqual(['甲', '乙'])
  })
  it('hits are marked, whatever signs the query has', () => {
    expect(marked('贷款(a+b)贷', '贷款 a+')).toEqual([{ text: '贷款', hit: true }, { text: '(', hit: false }, { text: 'a+', hit: true }, { text: 'b)贷', hit: false }])
    expect(marked('abc', ' ')).toEqual([{ text: 'abc', hit: false }])
  })
})
describe('cases and traces', () => {
  it('what all cases share stands once', () => {
    const g = caseGrid([{ input: { 甲: 1, 乙: [1] } }, { input: { 甲: 2, 乙: [1] } }, { input: { 甲: 2, 乙: [1], 丙: null } }])
    expect(g).toEqual({ common: [['乙', [1]]], columns: ['甲', '丙'] })
    expect(caseGrid([{ input: { 甲: 1 } }])).toEqual({ common: [], columns: ['甲'] })
  })
  it('rows hit are found at any depth, each once', () => {
    const node = (more: Partial<TraceNode>): TraceNode => ({ name: '', text: '', value: null, note: '', line: null, table: false, rows: [], left_out: 0, parts: [], ...more })
    const tree = [node({ parts: [node({ table: true, line: 7, rows: [{ row: 3, line: 9 }, { row: 1, line: 8 }] }), node({ table: true, line: 7, rows: [{ row: 3, line: 9 }] })] })]
    expect(hits(tree)).toEqual([8, 9])
    expect(hits(null)).toEqual([])
    expect(sizeOf(tree)).toBe(3)
  })
})
