// This device for one login: what it knows of itself in the clear, its lock, what was taken along and until when.
// Decisions only; the store (store.ts) shows them, the shelf keeps them.
import type { Shelf } from './shelf'
import { lockUp, open, seal, sealBytes, unlock, type Lock, type Sealed } from './vault'

/** In the clear on the disk: nothing about a customer. */
export interface DeviceMemo {
  id: string
  login: string
  name: string
  lock: Lock | null // none: after a logout or too many wrong passphrases, until the next login opens it
  tries: number // wrong passphrases in a row
  most: number // of them
  until: string // moment (of the server's clock) from which what was taken along is void; '' nothing was
  behind: number // ms that this device's clock is behind the server's
  seen: number // the latest moment this device's clock ever showed
  tolerance: number // ms
}

export type Opened = { state: 'open'; key: CryptoKey } | { state: 'wrong'; left: number } | { state: 'wiped' | 'none' }

export async function memoOf(shelf: Shelf, login: string): Promise<DeviceMemo | null> { return (await shelf.get<DeviceMemo>('devices', login)) ?? null }
export const keep = (shelf: Shelf, memo: DeviceMemo): Promise<void> => shelf.put([{ store: 'devices', key: memo.login, value: memo }])

const packName = (login: string) => `pack ${login}`

/** What was taken along and the lock are gone; what waits to be sent stays, sealed, for the next login. */
export async function wipe(shelf: Shelf, memo: DeviceMemo): Promise<DeviceMemo> {
  const drafts = (await shelf.all('sealed')).map(([k]) => k).filter((k) => k === packName(memo.login))
  const next = { ...memo, lock: null, tries: 0, until: '' }
  await shelf.put([...drafts.map((key) => ({ store: 'sealed' as const, key, value: undefined })), { store: 'devices', key: memo.login, value: next }])
  return next
}

/** The try counts before it is made: pulling the plug does not give it back. */
export async function tryPassphrase(shelf: Shelf, memo: DeviceMemo, passphrase: string): Promise<Opened> {
  if (!memo.lock) return { state: 'none' }
  const counted = { ...memo, tries: memo.tries + 1 }
  await keep(shelf, counted)
  const key = await unlock(memo.lock, passphrase, memo.id)
  if (key) {
    await keep(shelf, { ...counted, tries: 0 })
    return { state: 'open', key }
  }
  if (counted.tries < memo.most) return { state: 'wrong', left: memo.most - counted.tries }
  await wipe(shelf, counted)
  return { state: 'wiped' }
}
export async function setPassphrase(shelf: Shelf, memo: DeviceMemo, hex: string, passphrase: string): Promise<DeviceMemo> {
  const next = { ...memo, lock: await lockUp(hex, passphrase, memo.id), tries: 0 }
  await keep(shelf, next)
  return next
}

export type Clock = 'fine' | 'back' | 'void'
/**
 * Whether what was taken along still counts. A clock that was turned back (it shows less than it once did) cannot say
 * so: 'back', until the server has been spoken to. `now`: of the device's clock.
 */
export function judge(memo: DeviceMemo, now: number): Clock {
  if (now < memo.seen - memo.tolerance) return 'back'
  if (memo.until && now + memo.behind >= Date.parse(memo.until)) return 'void'
  return 'fine'
}
/** The server said what time it is. */
export const told = (memo: DeviceMemo, server: string, now: number): DeviceMemo => ({ ...memo, behind: Date.parse(server) - now, seen: now })
export const looked = (memo: DeviceMemo, now: number): DeviceMemo => ({ ...memo, seen: Math.max(memo.seen, now) })

export async function keepPack(shelf: Shelf, memo: DeviceMemo, key: CryptoKey, pack: { until: string }): Promise<DeviceMemo> {
  const sealed = await seal(key, pack, packName(memo.login))
  const next = { ...memo, until: pack.until }
  await shelf.put([{ store: 'sealed', key: packName(memo.login), value: sealed }, { store: 'devices', key: memo.login, value: next }])
  return next
}
export async function packOf<T>(shelf: Shelf, memo: DeviceMemo, key: CryptoKey): Promise<T | null> {
  const sealed = await shelf.get<Sealed>('sealed', packName(memo.login))
  return sealed ? open<T>(key, sealed, packName(memo.login)) : null
}

// What is being written and was not handed over yet: found again when the browser was killed over it.
const draftName = (login: string, what: string) => `draft ${login} ${what}`
export interface DraftPhoto { key: string; name: string; blob: Blob }
/** With the photos taken for it, which lie where those of entries do; undefined takes it away, not the photos. */
export async function keepDraft(shelf: Shelf, login: string, key: CryptoKey, what: string, draft: unknown, photos: DraftPhoto[] = []): Promise<void> {
  const name = draftName(login, what)
  const fresh = []
  for (const p of photos) {
    if (await shelf.get('photos', p.key)) continue
    fresh.push({ store: 'photos' as const, key: p.key, value: { name: p.name, type: p.blob.type, sealed: await sealBytes(key, await p.blob.arrayBuffer(), `photo ${p.key}`) } })
  }
  await shelf.put([...fresh, { store: 'sealed', key: name, value: draft === undefined ? undefined : await seal(key, draft, name) }])
}
/** Whoever else took customers along on this device is not here any more: what they took goes. */
export async function wipeOthers(shelf: Shelf, login: string): Promise<void> {
  for (const [, memo] of await shelf.all<DeviceMemo>('devices')) if (memo.login !== login && (memo.lock || memo.until)) await wipe(shelf, memo)
}
export async function draftOf<T>(shelf: Shelf, login: string, key: CryptoKey, what: string): Promise<T | null> {
  const name = draftName(login, what)
  const sealed = await shelf.get<Sealed>('sealed', name)
  return sealed ? open<T>(key, sealed, name) : null
}
