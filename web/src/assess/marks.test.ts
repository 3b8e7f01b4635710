import { describe, expect, it } from 'vitest'
import { answered, firstMissing, keepable, steps, wrong } from './marks'
import type { Entry, Form } from './types'

const entry = (key: string, more: Partial<Entry> = {}): Entry => ({ key, name: key, content: '', standard: '', full: '10', levels: [], may_skip: false, rules: [], ...more })
const form = { items: [{ name: 'a', weight: '1', entries: [entry('1.1'), entry('1.2', { may_skip: true, levels: [{ name: '优', mark: '10' }, { name: '良', mark: '8.5' }] })] }] } as Form

describe('a mark', () => {
  it('is a number from nought to the full mark', () => {
    expect(wrong(entry('x'), '10.01')).toBe('range')
    expect(wrong(entry('x'), '10')).toBe('')
    expect(wrong(entry('x'), '0')).toBe('')
    expect(wrong(entry('x'), '-1')).toBe('number')
    expect(wrong(entry('x'), '1e1')).toBe('number')
    expect(wrong(entry('x'), '')).toBe('')
  })
  it('is one of the levels where there are levels', () => {
    const levels = form.items[0]!.entries[1]!
    expect(wrong(levels, '9')).toBe('range')
    expect(wrong(levels, '8.50')).toBe('')
    expect(wrong(levels, 'skip')).toBe('')
    expect(wrong(entry('x'), 'skip')).toBe('number')
  })
})
describe('a form', () => {
  it('is whole when every entry has one', () => {
    expect(answered(form, { '1.1': '11', '1.2': 'skip' })).toBe(1)
    expect(firstMissing(form, { '1.1': '11', '1.2': 'skip' })?.key).toBe('1.1')
    expect(firstMissing(form, { '1.1': '1', '1.2': 'skip' })).toBeUndefined()
  })
  it('hands on only what the server takes', () => expect(keepable(form, { '1.1': 'x', '1.2': '10', '9.9': '1' })).toEqual({ '1.2': '10' }))
})
it('a thumb has steps up to twelve', () => {
  expect(steps(entry('x', { full: '3' }))).toEqual(['3', '2', '1', '0'])
  expect(steps(entry('x', { full: '20' }))).toEqual([])
  expect(steps(entry('x', { full: '2.5' }))).toEqual([])
})
