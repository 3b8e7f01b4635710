import { beforeAll, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { addWords } from '@/i18n'
import words from '@/i18n/runs-zh'
import { today } from '@/lib/format'
import { left, named, refused, waiting, why } from './said'
import type { RunLife } from './types'

const day = (days: number) => new Date(Date.parse(`${today()}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const life = (x: Partial<RunLife>): RunLife => ({
  run: 7, scheme: 'sample/s', period: '2025Q4', state: 'published', run_hash: '', pack_hash: '', known_at: null, maker: 'a', policy: null, corrects: null, superseded_by: null,
  published: { at: '2026-01-05T01:00:00Z', by: 'a' }, notice_until: day(-1), appeal_until: day(-1), proposed: null, sealed: null, root: null, leaves: 0, open_disputes: 0,
  sealable: { ok: false, code: 'life.notice', message: '' }, steps: [], corrections: [], names: { a: '张三' }, ...x,
})
const who = (x: Partial<RunLife>) => waiting(life(x)).map((w) => w.what)

beforeAll(() => addWords(words))
describe('what a run waits for', () => {
  it('nothing once it is sealed or superseded', () => {
    expect(who({ state: 'sealed' })).toEqual([])
    expect(who({ superseded_by: 8 })).toEqual([])
  })
  it('a draft waits to be published', () => expect(who({ state: 'draft', published: null })).toEqual(['公布，或者留作试算']))
  it('the last day of a term still counts', () => {
    expect(who({ notice_until: day(0), appeal_until: day(0) })).toEqual(['可以申诉', '公示期未满'])
    expect(who({ notice_until: day(-1), appeal_until: day(-1) })).toEqual([])
  })
  it('claims wait for a decision', () => expect(who({ open_disputes: 2, state: 'disputed' })).toEqual(['决定 2 件申诉']))
  it('first one signature, then another of somebody else', () => {
    const ok = { ok: true, code: null, message: null }
    expect(who({ sealable: ok })).toEqual(['提请封存（第一次签字）'])
    expect(waiting(life({ sealable: ok, proposed: { at: '2026-01-20T01:00:00Z', by: 'a' } }))).toEqual([{ who: '业务管理部门或行领导中 张三 以外的人', what: '封存（第二次签字）' }])
  })
  it('what was granted waits in the corrected run', () => expect(who({ sealable: { ok: false, code: 'life.corrected', message: '' } })).toEqual(['公布更正后的批次']))
})
describe('days', () => {
  it('are counted to the last one', () => {
    expect(left(day(3))).toEqual({ days: 3, late: false, text: '还有 3 天' })
    expect(left(day(0))).toEqual({ days: 0, late: false, text: '今天截止' })
    expect(left(day(-2))).toEqual({ days: -2, late: true, text: '已过 2 天' })
    expect(left(null)).toBeNull()
  })
})
describe('refusals', () => {
  it('stand at their field where it is known', () => {
    expect(refused(new ApiError({ status: 422, code: 'risk.reason', title: '理由太短', errors: [{ where: '/reason', message: '要写明理由', hint: '' }] }))).toEqual({ whole: '', fields: { reason: '要写明理由' }, code: 'risk.reason' })
    expect(refused(new ApiError({ status: 422, code: 'dispute.same', title: '没有不同', detail: '' })).fields).toEqual({ claimed: '没有不同' })
  })
  it('else as a whole, with what the server says', () => {
    expect(refused(new ApiError({ status: 422, code: 'life.self', title: '要由另一个人封存', detail: '由同事来' })).whole).toBe('要由另一个人封存：由同事来')
  })
  it('known codes in the words of these pages, others as the server says', () => {
    expect(why('life.open', 'server')).toBe('还有申诉没有决定。')
    expect(why('life.other', '服务器说的')).toBe('服务器说的')
    expect(why(null)).toBe('')
  })
})
it('names people where they are known', () => {
  expect(named({ a: '张三' }, 'a')).toBe('张三')
  expect(named({}, 'b')).toBe('b')
  expect(named(undefined, null)).toBe('—')
})
