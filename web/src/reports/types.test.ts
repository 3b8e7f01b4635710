import { describe, expect, it } from 'vitest'
import { behind, forAddress, inAddress, sortText, sortedBy, whole, type Row } from './types'

describe('questions in an address', () => {
  it('come back as they were', () => {
    const ask = whole({ source: 'loans', filters: [{ column: 'org', op: 'in', values: ['B1'] }], sort: [{ column: 'due_on', down: true }] })
    expect(inAddress(forAddress(ask))).toEqual(ask)
    expect(forAddress(ask)).not.toContain('group')
  })
  it('are none when the text is none', () => {
    for (const text of [undefined, '', '{', '[]', 'null', '"x"', '{"filters":[]}', 7]) expect(inAddress(text)).toBeNull()
  })
  it('lead from a group to its rows with every condition kept', () => {
    const ask = whole({ source: 'loans', group: ['org'], sums: [{ column: 'balance', what: 'sum' }], filters: [{ column: 'balance', op: 'above', values: ['0'] }] })
    const row = { cells: [], link: '', row: '', holder: '', into: [{ column: 'org', op: 'in', values: ['B1'] }] } as Row
    const rows = behind(ask, row)
    expect(rows.group).toEqual([])
    expect(rows.filters.map((f) => f.column)).toEqual(['balance', 'org'])
  })
  it('say their order as tables do', () => {
    const ask = whole({ source: 'loans' })
    expect(sortText(ask)).toBe('')
    expect(sortText(sortedBy(ask, '-balance'))).toBe('-balance')
    expect(sortedBy(ask, 'due_on').sort).toEqual([{ column: 'due_on', down: false }])
  })
})
