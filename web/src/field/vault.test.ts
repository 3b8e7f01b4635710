import { describe, expect, it } from 'vitest'
import { keyOf, lockUp, open, openBytes, seal, sealBytes, unlock } from './vault'

const HEX = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
const QUICK = 1_000 // rounds: the number itself is not what is tested

describe('the lock', () => {
  it('opens by its passphrase on its device alone', async () => {
    const lock = await lockUp(HEX, '下乡 2026!', 'd1', QUICK)
    expect(await unlock(lock, '下乡 2026', 'd1')).toBeNull()
    expect(await unlock(lock, '下乡 2026!', 'd2')).toBeNull()
    expect(await unlock({ ...lock, rounds: QUICK + 1 }, '下乡 2026!', 'd1')).toBeNull()
    const key = await unlock(lock, '下乡 2026!', 'd1')
    expect(key?.extractable).toBe(false)
    expect(await open(key!, await seal(await keyOf(HEX), { a: 1 }, 'pack'), 'pack')).toEqual({ a: 1 })
  })
  it('is another one each time, and takes the wide form of a letter for the plain one', async () => {
    const [a, b] = [await lockUp(HEX, 'passphrase', 'd', QUICK), await lockUp(HEX, 'passphrase', 'd', QUICK)]
    expect(a.salt).not.toEqual(b.salt)
    expect(await unlock(a, 'ｐassphrase', 'd')).not.toBeNull()
  })
})

describe('what is sealed', () => {
  it('opens under its key, in its place, unchanged', async () => {
    const key = await keyOf(HEX)
    const sealed = await seal(key, { name: '益农建材' }, 'pack')
    expect(await open(key, sealed, 'entry 1')).toBeNull()
    expect(await open(await keyOf(HEX.replace('00', '01')), sealed, 'pack')).toBeNull()
    const changed = new Uint8Array(sealed.bytes.slice(0))
    changed[3]! ^= 1
    expect(await open(key, { ...sealed, bytes: changed.buffer }, 'pack')).toBeNull()
    expect(await open(key, sealed, 'pack')).toEqual({ name: '益农建材' })
    expect(new TextDecoder().decode(sealed.bytes)).not.toContain('益农')
  })
  it('holds bytes as they are', async () => {
    const key = await keyOf(HEX)
    const bytes = Uint8Array.from([0, 255, 1, 254]).buffer
    const sealed = await sealBytes(key, bytes, 'photo 1')
    expect(new Uint8Array((await openBytes(key, sealed, 'photo 1'))!)).toEqual(new Uint8Array(bytes))
    expect(await openBytes(key, sealed, 'photo 2')).toBeNull()
  })
})
