import { describe, expect, it } from 'vitest'
import type { Pack } from '@/api/rulebook'
import { clashes, entries, settable } from './compose'

const block = (element: unknown, title = '') => ({ kind: (element as { kind: string }).kind, name: '', title, line: 1, end_line: 2, source: '', rules: [], text: '', element })
const decision = (id: string) => block({ kind: 'decision', id }, `问${id}`)
const parameters = (pack: string, ...all: { name: string; decision?: string; to_confirm?: boolean }[]) => block({ kind: 'parameter', parameters: all.map((p) => ({ decision: '', to_confirm: false, article: '第一条', pack, ...p })) })
const pack = (id: string, documents: Record<string, unknown[]>) => ({
  id, documents: Object.keys(documents).map((d) => ({ path: `policies/${id}/${d}`, title: d, locator: '', articles: 1 })),
  articles: Object.entries(documents).map(([d, blocks]) => ({ document: `policies/${id}/${d}`, blocks })),
}) as unknown as Pack

const a = pack('a', { '一.md': [decision('x'), parameters('a', { name: '线' }, { name: '门槛', decision: 'x' })], '二.md': [decision('y')] })
const b = pack('b', { '三.md': [decision('y'), parameters('b', { name: '线' }, { name: '上限', to_confirm: true })] })
const none = new Map<string, Set<string>>()

describe('what is taken', () => {
  it('whole packs by name', () => expect(entries([a, b], none)).toEqual(['a', 'b']))
  it('some documents of one', () => expect(entries([a, b], new Map([['a', new Set(['二.md'])]]))).toEqual(['a/一.md', 'b']))
})
describe('names that both use', () => {
  it('are listed, the first one first', () => expect(clashes([b, a], none).map((c) => [c.kind, c.name, c.packs])).toEqual([['decision', 'y', ['b', 'a']], ['parameter', '线', ['b', 'a']]]))
  it('not of documents that stay behind', () => expect(clashes([a, b], new Map([['a', new Set(['二.md'])]])).map((c) => c.name)).toEqual(['线']))
})
describe('values of the bank', () => {
  it('are found by name, decision or article', () => {
    expect(settable([a, b], none, '线').map((p) => [p.pack, p.name])).toEqual([['a', '线'], ['b', '线']])
    expect(settable([a], none, 'x').map((p) => p.name)).toEqual(['门槛'])
    expect(settable([a, b], none, ' ')).toEqual([])
  })
  it('those to be confirmed stand elsewhere', () => expect(settable([b], none, '上限')).toEqual([]))
})
