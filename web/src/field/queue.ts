// What was written on this device and waits to be sent: sealed on the disk first, then sent in the order it was written,
// each exactly once (its key is made here; the server keeps it with what it wrote). docs/field.md tells the life of one.
import { ApiError } from '@/api/client'
import type { Shelf } from './shelf'
import { open, openBytes, seal, sealBytes, type Sealed } from './vault'

export type Kind = 'visit.plan' | 'visit.record' | 'visit.done' | 'visit.change' | 'visit.miss' | 'visit.move' | 'todo.done' | 'log.note'
export type Body = Record<string, unknown>
export interface Problem { status: number; code: string; message: string; errors: { where: string; message: string }[] }
export interface Entry {
  key: string
  kind: Kind
  title: string // for the list of what waits
  about: string // "visit 12", "visit entry-…": entries about the same keep their order even past one that is stuck
  made_at: string // by this device's clock
  body: Body
  version?: number // of the record the writer saw
  photos: string[] // keys in the store of photos; the body names them by their digests
  state: 'waiting' | 'conflict' | 'refused'
  problem?: Problem
  tries: number
}
export interface Photo { name: string; type: string; sealed: Sealed }
interface Row { n: number; login: string; sealed: Sealed }

export interface Transport {
  /** Keeps a file; a file that is there already is no second one. */
  file: (blob: Blob, name: string) => Promise<{ digest: string }>
  send: (entry: Entry, body: Body) => Promise<unknown>
  now: () => number
}
export interface Sent { done: number; stopped: '' | 'network' | 'login' | 'server' | 'wait' }

const number = (n: number) => String(n).padStart(12, '0')
// Two pages that add at the same moment must not take each other's place: the entry's key is part of the row's.
const rowKey = (n: number, key: string) => `${number(n)}-${key}`
const label = (login: string, key: string) => `entry ${login} ${key}`
export const entryKey = (): string => crypto.randomUUID()

/** The queue of one login on this device; `key` opens what lies there. */
export class Queue {
  private next = 0
  constructor(private shelf: Shelf, private login: string, private key: CryptoKey, private device: string) {}

  private async rows(): Promise<{ n: number; entry: Entry }[]> {
    const out: { n: number; entry: Entry }[] = []
    for (const [at, row] of await this.shelf.all<Row>('queue')) {
      this.next = Math.max(this.next, row.n + 1)
      if (row.login !== this.login) continue
      const entry = await open<Entry>(this.key, row.sealed, label(this.login, at))
      if (entry) out.push({ n: row.n, entry })
    }
    return out
  }
  async list(): Promise<Entry[]> { return (await this.rows()).map((r) => r.entry) }

  private async row(n: number, entry: Entry): Promise<{ store: 'queue'; key: string; value: Row }> {
    const key = rowKey(n, entry.key)
    return { store: 'queue', key, value: { n, login: this.login, sealed: await seal(this.key, entry, label(this.login, key)) } }
  }
  /** On the disk when the promise is kept. An entry whose key waits already takes its place in the order. */
  async add(entry: Entry, photos: { key: string; name: string; blob: Blob }[] = []): Promise<void> {
    const there = (await this.rows()).find((r) => r.entry.key === entry.key)
    const kept = await Promise.all(photos.map(async (p) => ({
      store: 'photos' as const, key: p.key,
      value: { name: p.name, type: p.blob.type, sealed: await sealBytes(this.key, await p.blob.arrayBuffer(), `photo ${p.key}`) } satisfies Photo,
    })))
    await this.shelf.put([...kept, await this.row(there?.n ?? this.next++, entry)])
  }
  async photo(key: string): Promise<{ name: string; blob: Blob } | null> {
    const kept = await this.shelf.get<Photo>('photos', key)
    const bytes = kept && await openBytes(this.key, kept.sealed, `photo ${key}`)
    return bytes ? { name: kept.name, blob: new Blob([bytes], { type: kept.type }) } : null
  }
  /** With its photos, unless another entry still needs them. */
  async drop(key: string): Promise<void> {
    const all = await this.rows()
    const keep = all.flatMap((r) => (r.entry.key === key ? [] : r.entry.photos))
    for (const { n, entry } of all) {
      if (entry.key !== key) continue
      await this.shelf.put([{ store: 'queue', key: rowKey(n, key), value: undefined }, ...entry.photos.filter((p) => !keep.includes(p)).map((p) => ({ store: 'photos' as const, key: p, value: undefined }))])
    }
  }
  async change(key: string, change: Partial<Entry>): Promise<void> {
    for (const { n, entry } of await this.rows()) if (entry.key === key) await this.shelf.put([await this.row(n, { ...entry, ...change })])
  }

  /** Sends what waits, oldest first. Stops where there is no network or no login; what is refused stays, and says why. */
  async send(by: Transport): Promise<Sent> {
    let done = 0
    const stuck = new Set<string>()
    for (const { entry: { key } } of await this.rows()) {
      // Read anew: what was sent before it may have changed the version it stands on.
      const entry = (await this.rows()).find((r) => r.entry.key === key)?.entry
      if (!entry) continue
      if (entry.state !== 'waiting' || stuck.has(entry.about)) {
        stuck.add(entry.about)
        continue
      }
      try {
        const answer = await this.sendOne(entry, by)
        await this.drop(entry.key)
        await this.carry(entry, answer)
        done++
      } catch (e) {
        const error = e instanceof ApiError ? e : new ApiError({ code: 'client', title: String(e), status: 1 })
        if (error.status === 0) return { done, stopped: 'network' }
        if (error.status === 401 || (error.status === 403 && error.code.includes('csrf'))) return { done, stopped: 'login' }
        if (error.status === 429) return { done, stopped: 'wait' }
        if (error.status >= 500) return { done, stopped: 'server' }
        stuck.add(entry.about)
        await this.change(entry.key, {
          state: error.code === 'record.changed' ? 'conflict' : 'refused', tries: entry.tries + 1,
          problem: { status: error.status, code: error.code, message: error.message || error.title, errors: error.errors },
        })
      }
    }
    return { done, stopped: '' }
  }
  /** What was written on top of an entry of this device stands on the version that it became. */
  private async carry(sent: Entry, answer: unknown): Promise<void> {
    const version = Number((answer as { version?: unknown } | undefined)?.version)
    if (!Number.isFinite(version)) return
    for (const { entry } of await this.rows())
      if (entry.about === sent.about && entry.state === 'waiting' && entry.version === sent.version) await this.change(entry.key, { version })
  }
  private async sendOne(entry: Entry, by: Transport): Promise<unknown> {
    for (const key of entry.photos) {
      const photo = await this.photo(key)
      if (photo) await by.file(photo.blob, photo.name)
    }
    return by.send(entry, { ...entry.body, ...(entry.version === undefined ? {} : { version: entry.version }), entry: this.stamp(entry, by) })
  }
  private stamp(entry: Entry, by: Transport) {
    return { key: entry.key, device: this.device, made_at: entry.made_at, sent_at: new Date(by.now()).toISOString() }
  }
}
