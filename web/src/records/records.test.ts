import { describe, expect, it } from 'vitest'
import { differences, said, thereOf, typeByName } from './records'

describe('differences', () => {
  it('names only members that say something else, labelled ones first', () => {
    expect(differences({ a: 1, b: ['x'], c: '' }, { b: ['x', 'y'], a: 1, d: true }, { d: 'D' })).toEqual([
      { member: 'd', before: '', after: '✓' },
      { member: 'b', before: 'x', after: 'x；y' },
    ])
  })
  it('says nothing where null, absent and empty mean the same', () => {
    expect(differences({ a: null }, { b: '' }, {})).toEqual([])
  })
})
describe('said', () => {
  it('reads lists and objects as their words', () => expect(said([{ what: '补合同', due: '2026-01-02' }, null])).toBe('补合同 2026-01-02'))
})
describe('thereOf', () => {
  it('is the version only of a change that came first', () => {
    const errors = [{ where: 'there', message: '7' }]
    expect(thereOf({ status: 409, code: 'record.changed', errors })).toBe(7)
    expect(thereOf({ status: 409, code: 'record.key', errors })).toBeNull()
    expect(thereOf({ status: 422, code: 'record.changed', errors })).toBeNull()
  })
})
describe('typeByName', () => {
  it('knows office files by their ending and nothing else', () => {
    expect(typeByName('合同.DOCX')).toContain('wordprocessingml')
    expect(typeByName('x.exe')).toBe('')
  })
})
