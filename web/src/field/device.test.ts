import { describe, expect, it } from 'vitest'
import { draftOf, judge, keep, keepDraft, keepPack, looked, memoOf, packOf, setPassphrase, told, tryPassphrase, wipe, wipeOthers, type DeviceMemo } from './device'
import { memoryShelf } from './shelf'
import { keyOf } from './vault'

const HEX = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
const NOW = Date.parse('2026-01-05T08:00:00Z')
const MINUTE = 60_000
const memo: DeviceMemo = { id: 'd1', login: 'zhang', name: 'phone', lock: null, tries: 0, most: 3, until: '', behind: 0, seen: NOW, tolerance: 5 * MINUTE }

describe('the clock', () => {
  const taken = { ...memo, until: '2026-01-08T08:00:00Z' }
  const until = Date.parse(taken.until)
  it('makes void what is too old, to the moment', () => {
    expect(judge(taken, until - 1)).toBe('fine')
    expect(judge(taken, until)).toBe('void')
    expect(judge(memo, until + 1e9)).toBe('fine') // nothing was taken
  })
  it('counts by the server: a device that is behind is not given longer', () => {
    const behind = told(taken, '2026-01-05T08:00:00Z', NOW - 60 * MINUTE)
    expect(behind.behind).toBe(60 * MINUTE)
    expect(judge(behind, until - 60 * MINUTE - 1)).toBe('fine')
    expect(judge(behind, until - 60 * MINUTE)).toBe('void')
  })
  it('that was turned back is not believed, a small step is', () => {
    const later = looked(taken, until - MINUTE)
    expect(judge(later, until - 6 * MINUTE)).toBe('fine')
    expect(judge(later, until - 6 * MINUTE - 1)).toBe('back')
    expect(looked(later, NOW).seen).toBe(until - MINUTE) // looking does not forget
    expect(judge(told(later, '2026-01-05T08:01:00Z', NOW), NOW)).toBe('fine') // the server does
  })
})

describe('the passphrase', () => {
  it('opens; wrong ones are counted, a right one forgets them', async () => {
    const shelf = memoryShelf()
    await setPassphrase(shelf, memo, HEX, 'right one')
    expect(await tryPassphrase(shelf, (await memoOf(shelf, 'zhang'))!, 'wrong')).toEqual({ state: 'wrong', left: 2 })
    expect((await tryPassphrase(shelf, (await memoOf(shelf, 'zhang'))!, 'right one')).state).toBe('open')
    expect((await memoOf(shelf, 'zhang'))!.tries).toBe(0)
  })
  it('that is wrong too often wipes what was taken along; what is being written stays sealed', async () => {
    const shelf = memoryShelf()
    const key = await keyOf(HEX)
    let now = await setPassphrase(shelf, memo, HEX, 'right one')
    now = await keepPack(shelf, now, key, { until: '2026-01-08T08:00:00Z' })
    await keepDraft(shelf, 'zhang', key, 'visit new', { findings: 'half' })
    for (let i = 0; i < 2; i++) expect((await tryPassphrase(shelf, (await memoOf(shelf, 'zhang'))!, 'wrong')).state).toBe('wrong')
    expect((await tryPassphrase(shelf, (await memoOf(shelf, 'zhang'))!, 'wrong')).state).toBe('wiped')
    const after = (await memoOf(shelf, 'zhang'))!
    expect([after.lock, after.until]).toEqual([null, ''])
    expect(await packOf(shelf, after, key)).toBeNull()
    expect(await draftOf(shelf, 'zhang', key, 'visit new')).toEqual({ findings: 'half' })
    expect((await tryPassphrase(shelf, after, 'right one')).state).toBe('none')
    expect(now.until).not.toBe('')
  })
})

describe('somebody else', () => {
  it('who logs in finds nothing of the one before, whose own writing stays', async () => {
    const shelf = memoryShelf()
    const key = await keyOf(HEX)
    await keepPack(shelf, await setPassphrase(shelf, memo, HEX, 'right one'), key, { until: '2026-01-08T08:00:00Z' })
    await keepDraft(shelf, 'zhang', key, 'visit new', { findings: 'half' }, [{ key: 'p', name: 'x.jpg', blob: new Blob(['jpeg']) }])
    await wipeOthers(shelf, 'zhang')
    expect((await memoOf(shelf, 'zhang'))!.lock).not.toBeNull()
    await wipeOthers(shelf, 'li')
    const left = (await memoOf(shelf, 'zhang'))!
    expect([left.lock, left.until, await packOf(shelf, left, key)]).toEqual([null, '', null])
    expect(await draftOf(shelf, 'zhang', key, 'visit new')).toEqual({ findings: 'half' })
    expect((await shelf.all('photos')).length).toBe(1)
  })
})

describe('what is taken along', () => {
  it('is one login’s alone, and gone when it is wiped', async () => {
    const shelf = memoryShelf()
    const key = await keyOf(HEX)
    await keep(shelf, memo)
    const taken = await keepPack(shelf, memo, key, { until: '2026-01-08T08:00:00Z' })
    expect(await packOf(shelf, taken, key)).toEqual({ until: '2026-01-08T08:00:00Z' })
    expect(await packOf(shelf, { ...taken, login: 'li' }, key)).toBeNull()
    expect(await memoOf(shelf, 'li')).toBeNull()
    await wipe(shelf, taken)
    expect(await packOf(shelf, taken, key)).toBeNull()
  })
})
