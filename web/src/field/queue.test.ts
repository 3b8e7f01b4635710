import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { Queue, type Body, type Entry, type Transport } from './queue'
import { memoryShelf } from './shelf'
import { keyOf } from './vault'

const HEX = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
const entry = (key: string, about = `visit ${key}`, more: Partial<Entry> = {}): Entry =>
  ({ key, kind: 'visit.done', title: key, about, made_at: '2026-01-05T01:00:00Z', body: { findings: `f ${key}` }, photos: [], state: 'waiting', tries: 0, ...more })

/** A server that keeps what it got; `fails` says what happens to an entry instead. */
class Server implements Transport {
  got: { key: string; body: Body }[] = []
  files: string[] = []
  fails: Record<string, ApiError | undefined> = {}
  deaf = new Set<string>() // writes, and its answer is lost
  now = () => Date.parse('2026-01-05T09:00:00Z')
  file = async (blob: Blob) => {
    this.files.push(await blob.text())
    return { digest: 'd' }
  }
  send = async (e: Entry, body: Body): Promise<unknown> => {
    if (this.fails[e.key]) throw this.fails[e.key]
    if (!this.got.some((g) => g.key === e.key)) this.got.push({ key: e.key, body })
    if (this.deaf.delete(e.key)) throw new ApiError({ code: 'network' })
    return e.version === undefined ? {} : { version: e.version + 1 }
  }
  keys = () => this.got.map((g) => g.key).join(' ')
}
async function queue(login = 'zhang', shelf = memoryShelf()) {
  return { shelf, queue: new Queue(shelf, login, await keyOf(HEX), 'd1') }
}

describe('the queue', () => {
  it('sends in the order of writing, and stops where the network does', async () => {
    const { queue: q } = await queue()
    const server = new Server()
    for (const key of ['a', 'b', 'c']) await q.add(entry(key))
    server.fails.b = new ApiError({ code: 'network' })
    expect(await q.send(server)).toEqual({ done: 1, stopped: 'network' })
    expect((await q.list()).map((e) => `${e.key} ${e.state}`)).toEqual(['b waiting', 'c waiting'])
    server.fails.b = undefined
    expect(await q.send(server)).toEqual({ done: 2, stopped: '' })
    expect(server.keys()).toBe('a b c')
    expect(await q.list()).toEqual([])
  })
  it('counts once where the answer was lost', async () => {
    const { queue: q } = await queue()
    const server = new Server()
    await q.add(entry('a'))
    server.deaf.add('a')
    expect((await q.send(server)).stopped).toBe('network')
    expect((await q.send(server)).done).toBe(1)
    expect(server.keys()).toBe('a')
  })
  it('says whose entry it is, when it was written and when it was sent', async () => {
    const { queue: q } = await queue()
    const server = new Server()
    await q.add(entry('a', 'visit 7', { version: 3 }))
    await q.send(server)
    expect(server.got[0]!.body).toEqual({ findings: 'f a', version: 3, entry: { key: 'a', device: 'd1', made_at: '2026-01-05T01:00:00Z', sent_at: '2026-01-05T09:00:00.000Z' } })
  })
  it('what stands on an entry of its own stands on what that became', async () => {
    const { queue: q } = await queue()
    const server = new Server()
    for (const e of [entry('a', 'visit 7', { version: 3 }), entry('b', 'visit 7', { version: 3 }), entry('c', 'visit 8', { version: 3 })]) await q.add(e)
    await q.send(server)
    expect(server.got.map((g) => g.body.version)).toEqual([3, 4, 3])
  })
  it('keeps a photo that another entry still needs', async () => {
    const { shelf, queue: q } = await queue()
    await q.add(entry('a', 'visit 1', { photos: ['p'] }), [{ key: 'p', name: 'x', blob: new Blob(['1']) }])
    await q.add(entry('b', 'visit 2', { photos: ['p'] }))
    await q.drop('a')
    expect((await shelf.all('photos')).length).toBe(1)
    await q.drop('b')
    expect((await shelf.all('photos')).length).toBe(0)
  })
  it('survives the page: another one finds all of it, in order, with its photos', async () => {
    const { shelf, queue: first } = await queue()
    await first.add(entry('a', 'visit 1', { photos: ['p1'] }), [{ key: 'p1', name: 'gate.jpg', blob: new Blob(['jpeg'], { type: 'image/jpeg' }) }])
    await first.add(entry('b'))
    const { queue: second } = await queue('zhang', shelf)
    await second.add(entry('c'))
    const server = new Server()
    await second.send(server)
    expect(server.keys()).toBe('a b c')
    expect(server.files).toEqual(['jpeg'])
    expect(await shelf.all('photos')).toEqual([])
    expect(await shelf.all('queue')).toEqual([])
  })
  it('keeps nothing in the clear, and nothing of another login', async () => {
    const { shelf, queue: mine } = await queue()
    await mine.add(entry('a', 'visit 1', { title: '益农建材', photos: ['p'] }), [{ key: 'p', name: 'x', blob: new Blob(['PLAIN']) }])
    const dump = JSON.stringify([await shelf.all('queue'), await shelf.all('photos')], (_, v: unknown) => (v instanceof ArrayBuffer ? new TextDecoder().decode(v) : v))
    expect(dump).not.toContain('益农')
    expect(dump).not.toContain('PLAIN')
    expect(await new Queue(shelf, 'li', await keyOf(HEX), 'd2').list()).toEqual([])
    expect(await new Queue(shelf, 'zhang', await keyOf(HEX.replace('00', '01')), 'd1').list()).toEqual([])
  })
})

describe('what is not taken', () => {
  it('stays and says why; others pass, those about the same do not', async () => {
    const { queue: q } = await queue()
    const server = new Server()
    for (const e of [entry('a', 'visit 1'), entry('b', 'visit 2'), entry('c', 'visit 1')]) await q.add(e)
    server.fails.a = new ApiError({ status: 409, code: 'record.changed', detail: 'changed by li', errors: [{ where: 'there', message: '4', hint: '' }] })
    expect(await q.send(server)).toEqual({ done: 1, stopped: '' })
    const left = await q.list()
    expect(left.map((e) => `${e.key} ${e.state}`)).toEqual(['a conflict', 'c waiting'])
    expect(left[0]!.problem).toMatchObject({ status: 409, message: 'changed by li' })
    expect(server.keys()).toBe('b')
    // Chosen, with the version that is there: now both go.
    server.fails.a = undefined
    await q.change('a', { state: 'waiting', version: 4 })
    expect((await q.send(server)).done).toBe(2)
    expect(server.keys()).toBe('b a c')
  })
  it('is refused for good only when the server says so', async () => {
    for (const [error, state, stopped] of [
      [new ApiError({ status: 422, code: 'visit.times' }), 'refused', ''],
      [new ApiError({ status: 404, code: 'request.not_found' }), 'refused', ''],
      [new ApiError({ status: 401, code: 'session.none' }), 'waiting', 'login'],
      [new ApiError({ status: 503, code: 'http.busy' }), 'waiting', 'server'],
      [new ApiError({ status: 429, code: 'http.rate' }), 'waiting', 'wait'],
    ] as const) {
      const { queue: q } = await queue()
      const server = new Server()
      await q.add(entry('a'))
      server.fails.a = error
      expect((await q.send(server)).stopped).toBe(stopped)
      expect((await q.list())[0]!.state).toBe(state)
    }
  })
  it('takes its place again when it is mended, and leaves with its photos when it is dropped', async () => {
    const { shelf, queue: q } = await queue()
    await q.add(entry('a', 'visit 1', { state: 'refused', photos: ['p'] }), [{ key: 'p', name: 'x', blob: new Blob(['1']) }])
    await q.add(entry('b'))
    await q.add(entry('a', 'visit 1', { body: { findings: 'mended' }, photos: ['p'] }))
    expect((await q.list()).map((e) => [e.key, e.body.findings])).toEqual([['a', 'mended'], ['b', 'f b']])
    await q.drop('a')
    expect((await q.list()).map((e) => e.key)).toEqual(['b'])
    expect(await shelf.all('photos')).toEqual([])
  })
})
