import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import './words'
import { lines, pageOf, wrongOf } from './said'

describe('text with marks', () => {
  it('knows quotes, items and strong words, and nothing else', () => {
    expect(lines('> 原话\n- 一条\n有 **要紧** 的话')).toEqual([
      { kind: 'quote', parts: [{ text: '原话', strong: false }] },
      { kind: 'item', parts: [{ text: '一条', strong: false }] },
      { kind: 'text', parts: [{ text: '有 ', strong: false }, { text: '要紧', strong: true }, { text: ' 的话', strong: false }] },
    ])
    expect(lines('<b>x</b>')[0]!.parts[0]!.text).toBe('<b>x</b>')
  })
  it('a mark that is not closed is text', () => expect(lines('五**星')[0]!.parts).toEqual([{ text: '五', strong: false }, { text: '**星', strong: false }]))
})

describe('refusals', () => {
  it('stand at their field', () => {
    const e = new ApiError({ status: 422, detail: '不对', errors: [{ where: '/to', message: '没有', hint: '' }] })
    expect(wrongOf(e)).toEqual({ whole: '', fields: { to: '没有' } })
  })
  it('or above the form', () => expect(wrongOf(new ApiError({ status: 409, detail: '刷新' })).whole).toBe('刷新'))
})

describe('links', () => {
  it('lead to pages here', () => {
    expect(pageOf({ kind: 'customer', id: 'C 1' })).toBe('/customers/C%201')
    expect(pageOf({ kind: 'page', id: '/scores/E1' })).toBe('/scores/E1')
  })
})
