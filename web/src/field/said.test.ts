import { describe, expect, it } from 'vitest'
import { blankDraft, bodyOf, checklistOf, dayNow, localTime, minutesBetween, momentOf, needsCustomer } from './said'
import type { VisitRules } from './types'

const rules = {
  purposes: ['回访', '村组'], methods: ['上门', '电话'],
  kinds: [{ purpose: '回访', method: '上门', checklist: 'a', customer: true, marks: [] }, { purpose: '村组', method: '上门', checklist: 'gone', customer: false, marks: [] }],
  checklists: [{ id: 'a', title: 'A', items: [] }],
} as unknown as VisitRules

describe('what the pack says of a visit', () => {
  it('is its list and whether a customer is needed; nothing where it says nothing', () => {
    expect(checklistOf(rules, '回访', '上门')?.title).toBe('A')
    expect(checklistOf(rules, '村组', '上门')).toBeNull()
    expect(checklistOf(rules, '回访', '电话')).toBeNull()
    expect([needsCustomer(rules, '回访', '上门'), needsCustomer(rules, '村组', '上门'), needsCustomer(rules, 'x', '上门')]).toEqual([true, false, false])
  })
})

describe('what is sent', () => {
  it('of a plan holds nothing of what came of it', () => {
    const draft = { ...blankDraft('2026-01-05', rules), customers: [{ id: 'C1', name: '益农' }], findings: 'x' }
    expect(Object.keys(bodyOf(draft, false))).not.toContain('findings')
    expect(bodyOf(draft, true)).toMatchObject({ customers: ['C1'], purpose: '回访', method: '上门', findings: 'x', position: { state: 'none' } })
  })
})

describe('the bank’s day on a device', () => {
  const day = { today: '2025-12-31', now: '2026-11-22T14:00:00Z' } // a bank whose day is not the calendar's: 22:00 there
  const at = (text: string, behind = 0) => dayNow(day, Date.parse(text), behind)
  it('goes on at midnight over there, however long the night', () => {
    expect(at('2026-11-22T15:59:59Z')).toBe('2025-12-31')
    expect(at('2026-11-22T16:00:00Z')).toBe('2026-01-01')
    expect(at('2026-11-24T16:00:00Z')).toBe('2026-01-03')
  })
  it('counts by the server’s clock and never goes back', () => {
    expect(at('2026-11-22T15:00:00Z', 3_600_000)).toBe('2026-01-01')
    expect(at('2026-11-20T00:00:00Z')).toBe('2025-12-31')
  })
})

describe('times', () => {
  it('come back as they went', () => {
    expect(momentOf(localTime('2026-01-05T01:30:00.000Z'))).toBe('2026-01-05T01:30:00.000Z')
    expect([localTime(''), localTime('x'), momentOf('')]).toEqual(['', '', ''])
  })
  it('have minutes between them, not below nothing', () => {
    expect(minutesBetween('2026-01-05T01:00:00Z', '2026-01-05T01:45:00Z')).toBe(45)
    expect(minutesBetween('2026-01-05T01:00:00Z', '2026-01-05T00:45:00Z')).toBeNull()
    expect(minutesBetween('', '2026-01-05T00:45:00Z')).toBeNull()
  })
})
