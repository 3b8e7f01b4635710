import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, get, onSignedOut, address, post, request, setCsrf, setLanguage, withQuery } from './client'
import { parseExact } from './json'

const answer = (body: string, status = 200, headers: Record<string, string> = {}) => vi.fn<typeof fetch>(async () => new Response(status === 204 ? null : body, { status, headers: { 'content-type': 'application/json', ...headers } }))
const use = (f: ReturnType<typeof answer>) => { vi.stubGlobal('fetch', f); return f }
const sent = (f: ReturnType<typeof answer>) => ({ url: String(f.mock.calls[0]![0]), init: f.mock.calls[0]![1]! as RequestInit & { headers: Record<string, string> } })
const failure = async (work: Promise<unknown>) => { try { await work } catch (e) { return e as ApiError } throw new Error('it did not fail') }

beforeEach(() => { setCsrf('token-1'); setLanguage('zh') })
afterEach(() => { vi.unstubAllGlobals(); onSignedOut(() => {}) })

describe('refusals', () => {
  it('a problem document becomes an error with its words, code, places and request id', async () => {
    use(answer(JSON.stringify({ title: '输入不对', status: 400, code: 'input', detail: '请改正。', instance: 'r-1', errors: [{ where: '/reason', message: '太短' }] }), 400, { 'content-type': 'application/problem+json', 'x-request-id': 'r-2' }))
    const e = await failure(post('/customers/{id}/personal', { reason: 'r' }, { id: 'C1' }))
    expect(e).toBeInstanceOf(ApiError)
    expect([e.status, e.code, e.title, e.message, e.requestId]).toEqual([400, 'input', '输入不对', '请改正。', 'r-2'])
    expect(e.errors).toEqual([{ where: '/reason', message: '太短' }])
  })
  it('instance is the request id where there is no header', async () => {
    use(answer(JSON.stringify({ title: 't', status: 500, code: 'broken', instance: 'r-9' }), 500, { 'content-type': 'application/problem+json' }))
    expect((await failure(get('/overview'))).requestId).toBe('r-9')
  })
  it('an answer that is no problem document still has its status', async () => {
    use(answer('<html>Bad gateway</html>', 502, { 'content-type': 'text/html' }))
    expect(await failure(get('/overview'))).toMatchObject({ status: 502, code: 'http.502' })
    use(answer('{broken', 500))
    expect(await failure(get('/overview'))).toMatchObject({ status: 500, code: 'http.500' })
  })
  it('no network is not a status', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('failed') }))
    expect(await failure(get('/overview'))).toMatchObject({ status: 0, code: 'network' })
  })
  it('an abort stays an abort', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => { throw new DOMException('gone', 'AbortError') }))
    expect((await failure(get('/overview'))).name).toBe('AbortError')
  })
  it('429 says how long to wait', async () => {
    use(answer(JSON.stringify({ title: '稍候', status: 429, code: 'login.wait' }), 429, { 'content-type': 'application/problem+json', 'retry-after': '8' }))
    expect((await failure(post('/session', { login: 'a', password: 'b' }))).retryAfter).toBe(8)
  })
  it('401 ends the session here, but not when asking who is here', async () => {
    const out = vi.fn()
    onSignedOut(out)
    use(answer('{}', 401))
    await failure(get('/session'))
    expect(out).not.toHaveBeenCalled()
    await failure(get('/jobs'))
    expect(out).toHaveBeenCalledOnce()
  })
})

describe('requests', () => {
  it('carry the CSRF token on everything but GET', async () => {
    const g = use(answer('{}'))
    await get('/overview')
    expect(sent(g).init.headers['x-csrf-token']).toBeUndefined()
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const f = use(answer('{}'))
      await request(method, '/x', { body: {} })
      expect(sent(f).init.headers['x-csrf-token']).toBe('token-1')
    }
  })
  it('send none before there is one, ask in the reader\'s language, stay on this origin', async () => {
    setCsrf('')
    setLanguage('en')
    const f = use(answer('{}'))
    await post('/session', { login: 'a', password: 'b' })
    const { init } = sent(f)
    expect('x-csrf-token' in init.headers).toBe(false)
    expect(init.headers['accept-language']).toBe('en')
    expect(init.credentials).toBe('same-origin')
    expect(init.body).toBe('{"login":"a","password":"b"}')
  })
  it('leave out what is empty and make parts of a path safe', () => {
    expect(withQuery('/ranking', { period: '2025Q4', q: '', branch: undefined, page: 0 })).toBe('/api/v1/ranking?period=2025Q4&page=0')
    expect(address('/scores/{holder}/explain', { holder: 'a/b?c', scheme: 'p/s', period: undefined })).toEqual({ path: '/scores/a%2Fb%3Fc/explain', query: { scheme: 'p/s', period: undefined } })
  })
  it('204 is nothing', async () => {
    use(answer('', 204))
    expect(await request('DELETE', '/session')).toBeUndefined()
  })
})

describe('what was asked for before the client was here', () => {
  const ready = (body: string) => vi.stubGlobal('window', { guanhuEarly: new Map([['/api/v1/overview', Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }))]]) })
  it('is taken up once, then the server is asked', async () => {
    ready('{"bank":"early"}')
    const f = use(answer('{"bank":"now"}'))
    expect((await get('/overview')).bank).toBe('early')
    expect(f).not.toHaveBeenCalled()
    expect((await get('/overview')).bank).toBe('now')
  })
  it('serves no other method and no other query', async () => {
    ready('{}')
    const f = use(answer('{}'))
    await request('DELETE', '/overview')
    await request('GET', '/overview', { query: { a: 1 } })
    expect(f).toHaveBeenCalledTimes(2)
  })
})

describe('exact JSON', () => {
  it('long numbers become text, short ones stay numbers, text is left alone', () => {
    expect(parseExact('{"a":3897339.957280608695652173913043478,"b":1.5,"c":"12345678901234567890","d":-12345678901234567890}')).toEqual({
      a: '3897339.957280608695652173913043478', b: 1.5, c: '12345678901234567890', d: '-12345678901234567890',
    })
  })
  it('quotes inside text do not mislead it', () => expect(parseExact('{"a":"\\"1234567890123456789\\"","b":1234567890123456}')).toEqual({ a: '"1234567890123456789"', b: '1234567890123456' }))
})
