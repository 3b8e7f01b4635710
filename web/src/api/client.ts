// The one way to the server: session cookie, CSRF token, language, problem documents.
import { parseExact } from './json'
import type { paths } from './openapi'
import type { FieldError, Problem } from './types'

export const BASE = '/api/v1'

/** What went wrong, in the reader's language where the server could say it. */
export class ApiError extends Error {
  readonly status: number // 0: the network, not the server
  readonly code: string
  readonly title: string
  readonly requestId: string
  readonly errors: FieldError[]
  readonly retryAfter: number // seconds, 429
  constructor(p: Partial<Problem> & { requestId?: string; retryAfter?: number }) {
    super(p.detail || p.title || '')
    this.name = 'ApiError'
    this.status = p.status ?? 0
    this.code = p.code ?? (this.status ? `http.${this.status}` : 'network')
    this.title = p.title ?? ''
    this.requestId = p.requestId || p.instance || ''
    this.errors = p.errors ?? []
    this.retryAfter = p.retryAfter ?? 0
  }
}

type Query = Record<string, string | number | boolean | null | undefined>
export interface Options { query?: Query; body?: unknown; signal?: AbortSignal; form?: Blob }

const state = { csrf: '', language: 'zh', onSignedOut: () => {} }

export function setCsrf(token: string): void { state.csrf = token }
export function setLanguage(language: string): void { state.language = language }
/** Called when the server says that there is no session any more. */
export function onSignedOut(handler: () => void): void { state.onSignedOut = handler }

export function withQuery(path: string, query?: Query): string {
  const q = new URLSearchParams()
  for (const [k, v] of Object.entries(query ?? {})) if (v !== undefined && v !== null && v !== '') q.set(k, String(v))
  const text = q.toString()
  return BASE + path + (text ? `?${text}` : '')
}

declare global { interface Window { guanhuEarly?: Map<string, Promise<Response>>, guanhuStarted?: boolean } }
// From here on the client asks for itself: early.js has nothing to add when it comes later than this.
if (globalThis.window) window.guanhuStarted = true
const EARLY_MS = 10_000 // an answer that no first page took up by then is old

/** What public/early.js asked for, once, while the first page comes up. */
function early(url: string): Promise<Response> | undefined {
  const asked = performance.now() < EARLY_MS ? globalThis.window?.guanhuEarly : undefined
  const answer = asked?.get(url)
  asked?.delete(url)
  return answer
}

async function problemOf(response: Response): Promise<ApiError> {
  const base = {
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
    retryAfter: Number(response.headers.get('retry-after') ?? 0) || 0,
  }
  if ((response.headers.get('content-type') ?? '').includes('json')) {
    try {
      return new ApiError({ ...((await response.json()) as Problem), ...base })
    } catch { /* a broken document says no more than its status */ }
  }
  return new ApiError(base)
}

async function send(method: string, where: string, options: Options, accept: string): Promise<Response> {
  const headers: Record<string, string> = { accept, 'accept-language': state.language }
  let body: BodyInit | undefined
  if (options.form) {
    body = options.form
    headers['content-type'] = options.form.type || 'application/zip'
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body)
    headers['content-type'] = 'application/json'
  }
  if (method !== 'GET' && state.csrf) headers['x-csrf-token'] = state.csrf
  let response: Response
  try {
    const url = withQuery(where, options.query)
    response = await ((method === 'GET' && early(url)) || fetch(url, { method, headers, body, signal: options.signal, credentials: 'same-origin' }))
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e
    throw new ApiError({ code: 'network' })
  }
  if (!response.ok) {
    const error = await problemOf(response)
    if (error.status === 401 && where !== '/session') state.onSignedOut()
    throw error
  }
  return response
}

export async function request<T>(method: string, where: string, options: Options = {}): Promise<T> {
  const response = await send(method, where, options, 'application/json')
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text ? parseExact(text) : undefined) as T
}

/** A file that the server makes of what is sent. */
export const download = async (method: string, where: string, options: Options = {}): Promise<Blob> => (await send(method, where, options, '*/*')).blob()

// What the contract says of each method and path: parameters by name, the body, the answer. A misspelt path,
// filter or member does not compile.
type Has<M extends string> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths]
type Of<P extends keyof paths, M extends string> = paths[P] extends Record<M, infer O> ? O : never
type Content<R> = R extends { content: { 'application/json': infer A } } ? A : undefined
// 202 is the answer where there is no other, or where a job was asked for (`?as=job`).
type Done<R> = [keyof R & (200 | 201)] extends [never] ? R[keyof R & 202] : R[keyof R & (200 | 201)]
type Answer<O> = O extends { responses: infer R } ? Content<Done<R>> : undefined
type Loose<T> = { [K in keyof T]: T[K] | (undefined extends T[K] ? '' : never) }
type Asked<Q> = [NonNullable<Q>] extends [never] ? unknown : Loose<NonNullable<Q>>
type Params<O> = O extends { parameters: infer A } ? (A extends { path: infer P } ? P : unknown) & (A extends { query?: infer Q } ? Asked<Q> : unknown) : unknown
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined

/** `/customers/{id}` and { id, page } → the path with its parts made safe, and what is left for the query. */
export function address(where: string, params: Query = {}): { path: string; query: Query } {
  const query = { ...params }
  const path = where.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete query[name]
    return encodeURIComponent(String(params[name] ?? ''))
  })
  return { path, query }
}
const call = <T>(method: string, where: string, params?: unknown, rest: Options = {}): Promise<T> => {
  const { path, query } = address(where, params as Query)
  return request<T>(method, path, { ...rest, query })
}

export const get = <P extends Has<'get'>>(where: P, params?: Params<Of<P, 'get'>>, signal?: AbortSignal) => call<Answer<Of<P, 'get'>>>('GET', where, params, { signal })
export const post = <P extends Has<'post'>>(where: P, body?: Body<Of<P, 'post'>>, params?: Params<Of<P, 'post'>>) => call<Answer<Of<P, 'post'>>>('POST', where, params, { body })
export const put = <P extends Has<'put'>>(where: P, body: Body<Of<P, 'put'>>, params?: Params<Of<P, 'put'>>) => call<Answer<Of<P, 'put'>>>('PUT', where, params, { body })
export const patch = <P extends Has<'patch'>>(where: P, body: Body<Of<P, 'patch'>>, params: Params<Of<P, 'patch'>>) => call<Answer<Of<P, 'patch'>>>('PATCH', where, params, { body })
export const remove = <P extends Has<'delete'>>(where: P, params?: Params<Of<P, 'delete'>>) => call<Answer<Of<P, 'delete'>>>('DELETE', where, params)
/** A file as the body. */
export const upload = <P extends Has<'post'>>(where: P, form: Blob, params?: Params<Of<P, 'post'>>) => call<Answer<Of<P, 'post'>>>('POST', where, params, { form })
/** A link to what the server makes, for `href`. */
export const link = <P extends Has<'get'>>(where: P, params: Params<Of<P, 'get'>>): string => {
  const a = address(where, params as Query)
  return withQuery(a.path, a.query)
}
