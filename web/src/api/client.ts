// The one way to the server: session cookie, CSRF token, language, problem documents.
import { parseExact } from './json'
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

/** A path with its parts made safe: path`/customers/${id}` */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return parts.reduce((out, part, i) => out + part + (i < values.length ? encodeURIComponent(values[i]!) : ''), '')
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

export async function request<T>(method: string, where: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': state.language }
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
    response = await fetch(withQuery(where, options.query), { method, headers, body, signal: options.signal, credentials: 'same-origin' })
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e
    throw new ApiError({ code: 'network' })
  }
  if (!response.ok) {
    const error = await problemOf(response)
    if (error.status === 401 && where !== '/session') state.onSignedOut()
    throw error
  }
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text ? parseExact(text) : undefined) as T
}

export const get = <T>(where: string, query?: Query, signal?: AbortSignal): Promise<T> => request<T>('GET', where, { query, signal })
export const post = <T>(where: string, body?: unknown): Promise<T> => request<T>('POST', where, { body })
export const put = <T>(where: string, body?: unknown): Promise<T> => request<T>('PUT', where, { body })
export const patch = <T>(where: string, body?: unknown): Promise<T> => request<T>('PATCH', where, { body })
export const remove = <T>(where: string): Promise<T> => request<T>('DELETE', where)
