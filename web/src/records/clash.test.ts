import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { useClash } from './clash'
import { pieces, wordsIn } from './found'

const changed = (code = 'record.changed') => Object.assign(new ApiError({ code, title: 'x' }), { status: 409 })
function desk(newest = { text: 'theirs', note: 'n', version: 7, changed_by: 'b', changed_at: '2026-01-02T03:04:05Z' }) {
  const form = { text: 'mine', note: 'n' }
  const saved = vi.fn()
  const clash = useClash({ mine: () => form, newest: async () => newest, form: ({ text, note }) => ({ text, note }), labels: () => ({ text: 'Text' }), take: (merged) => { Object.assign(form, merged) }, again: saved })
  return { form, saved, clash }
}

describe('useClash', () => {
  it('leaves to the page what is no clash', async () => {
    const { clash } = desk()
    expect(await clash.met(Object.assign(new ApiError({ code: 'record.changed', title: '' }), { status: 422 }))).toBe(false)
    expect(await clash.met(changed('record.key'))).toBe(false)
    expect(await clash.met(new Error('offline'))).toBe(false)
    expect(clash.theirs.value).toBeNull()
  })
  it('keeps what was typed, shows both, saves over the version that was shown', async () => {
    const { form, saved, clash } = desk()
    expect(clash.version(3)).toBe(3)
    expect(await clash.met(changed())).toBe(true)
    expect(clash.theirs.value).toMatchObject({ body: { text: 'theirs' }, by: 'b', version: 7 })
    expect(form.text).toBe('mine')
    expect(saved).not.toHaveBeenCalled()
    clash.keep({ text: 'mine and theirs', note: 'n' })
    expect(form.text).toBe('mine and theirs')
    expect(saved).toHaveBeenCalledOnce()
    expect(clash.version(3)).toBe(7)
    expect(clash.theirs.value).toBeNull()
  })
  it('cancelled, still saves over what was opened: nothing is overwritten by closing a box', async () => {
    const { form, saved, clash } = desk()
    await clash.met(changed('role.changed'))
    clash.cancel()
    expect(clash.version(3)).toBe(3)
    expect(form.text).toBe('mine')
    expect(saved).not.toHaveBeenCalled()
  })
})
describe('useClash of a form that serves several', () => {
  it('never saves one over the version that was seen of another', async () => {
    let open = 'a'
    const clash = useClash({ mine: () => ({ x: 'mine' }), newest: async () => ({ x: 'theirs', version: 7 }), form: ({ x }) => ({ x }), labels: () => ({ x: 'X' }), take: () => undefined, again: () => undefined, of: () => open })
    await clash.met(changed())
    clash.keep({ x: 'mine' })
    expect(clash.version(2)).toBe(7)
    open = 'b'
    expect(clash.version(2)).toBe(2)
    open = 'a'
    expect(clash.version(9)).toBe(9)
  })
  it('goes by what the page says a clash is', async () => {
    const fits = (e: ApiError) => e.status === 412
    const clash = useClash({ mine: () => ({ x: 'mine' }), newest: async () => ({ x: 'theirs', version: 7 }), form: ({ x }) => ({ x }), labels: () => ({ x: 'X' }), take: () => undefined, again: () => undefined, fits })
    expect(await clash.met(changed())).toBe(false)
    expect(await clash.met(Object.assign(new ApiError({ code: 'request.precondition', title: 'x' }), { status: 412 }))).toBe(true)
  })
  it('has nothing to show of what is no longer there', async () => {
    const clash = useClash<{ x: string }>({ mine: () => ({ x: 'mine' }), newest: () => Promise.reject(new Error('gone')), form: ({ x }) => ({ x }), labels: () => ({}), take: () => undefined, again: () => undefined })
    expect(await clash.met(changed())).toBe(false)
    expect(clash.theirs.value).toBeNull()
  })
})
describe('pieces', () => {
  it('marks each word wherever it stands', () => {
    expect(wordsIn('西街，存款 ABC')).toEqual(['西街', '存款', 'abc'])
    expect(pieces('去西街谈存款', ['西街', '存款'])).toEqual([{ text: '去', found: false }, { text: '西街', found: true }, { text: '谈', found: false }, { text: '存款', found: true }])
    expect(pieces('Abc', ['abc'])).toEqual([{ text: 'Abc', found: true }])
  })
  it('loses nothing', () => expect(pieces('走访西街', []).map((p) => p.text).join('')).toBe('走访西街'))
})
