// A form made of a decision's inputs: what is typed, and the input it makes. Every value stays as it was typed until it
// is sent; numbers keep all their digits.
import type { Field, Json, ValueType } from '@/api/rulebook'

export type Model =
  | { kind: 'text'; text: string }
  | { kind: 'flag'; value: '' | 'true' | 'false' }
  | { kind: 'choice'; value: string }
  | { kind: 'words'; given: boolean; chosen: string[] }
  | { kind: 'list'; given: boolean; items: Model[] }
  | { kind: 'context'; given: boolean; members: Record<string, Model> }
export interface Problem { where: string; code: 'number' | 'integer' | 'date' | 'missing' | 'json' }

export function blank(type: ValueType, optional = false): Model {
  if (type.kind === 'boolean') return { kind: 'flag', value: '' }
  if (type.kind === 'list') return type.element?.words.length && type.element.kind === 'string' ? { kind: 'words', given: !optional, chosen: [] } : { kind: 'list', given: !optional, items: [] }
  if (type.kind === 'context' && type.members.length) return { kind: 'context', given: !optional, members: Object.fromEntries(type.members.map((f) => [f.name, blank(f.type, f.optional)])) }
  return type.kind === 'string' && type.words.length ? { kind: 'choice', value: '' } : { kind: 'text', text: '' }
}
export const blankForm = (fields: Field[]): Record<string, Model> => Object.fromEntries(fields.map((f) => [f.name, blank(f.type, f.optional)]))

/** A form filled with an input, as a case or the last trial had it. */
export function filled(type: ValueType, value: Json | undefined, optional = false): Model {
  const m = blank(type, optional)
  if (value === undefined || value === null) return m
  if (m.kind === 'flag') return { kind: 'flag', value: value === true ? 'true' : value === false ? 'false' : '' }
  if (m.kind === 'choice') return { kind: 'choice', value: String(value) }
  if (m.kind === 'words') return { kind: 'words', given: true, chosen: Array.isArray(value) ? value.map(String) : [] }
  if (m.kind === 'list') return { kind: 'list', given: true, items: Array.isArray(value) ? value.map((v) => filled(type.element ?? type, v)) : [] }
  if (m.kind === 'context') {
    const of = typeof value === 'object' && !Array.isArray(value) ? value : {}
    return { kind: 'context', given: true, members: Object.fromEntries(type.members.map((f) => [f.name, filled(f.type, of[f.name], f.optional)])) }
  }
  return { kind: 'text', text: typeof value === 'object' ? JSON.stringify(value) : String(value) }
}
export const filledForm = (fields: Field[], input: { [name: string]: Json }): Record<string, Model> => Object.fromEntries(fields.map((f) => [f.name, filled(f.type, input[f.name], f.optional)]))

// JSON.stringify writes a raw number as it stands; where the browser cannot, digits beyond a double are sent as text.
const raw = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON
function exact(text: string): Json {
  const n = Number(text)
  if (text.replace(/[^\d]/g, '').length <= 15) return n
  return raw ? (raw.call(JSON, text) as Json) : text
}
function shift(digits: string, by: number): string {
  const [whole = '', part = ''] = digits.split('.')
  const all = whole + part.padEnd(Math.max(by, part.length), '0')
  const point = whole.length + by
  const head = (point > 0 ? all.slice(0, point) : '0').replace(/^0+(?=\d)/, '')
  const tail = (point < 0 ? '0'.repeat(-point) + all : all.slice(point)).replace(/0+$/, '')
  return tail ? `${head || '0'}.${tail}` : head || '0'
}
/** "1,200.50", "3.5万", "２０" and, of a ratio, "10%" as the number meant; null where it is none. */
export function numberOf(text: string, unit: string): string | null {
  const half = text.replace(/[０-９．，－＋％]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[\s,]/g, '')
  const m = /^([+-]?)(\d+(?:\.\d+)?|\.\d+)(万|亿|%)?元?$/.exec(half)
  if (!m) return null
  const digits = m[2]!.startsWith('.') ? `0${m[2]}` : m[2]!
  const sign = m[1] === '-' ? '-' : ''
  if (m[3] === '%') return unit === '比率' ? sign + shift(`00${digits}`, -2).replace(/^0+(?=\d)/, '') : unit === '%' ? sign + digits : null
  if (m[3]) return unit === '元' || unit === '' ? sign + shift(digits, m[3] === '万' ? 4 : 8) : unit === `${m[3]}元` ? sign + digits : null
  return sign + digits.replace(/^0+(?=\d)/, '')
}
/** 2025-12-31, 20251231, 2025/12/31, 2025年12月31日; null where there is no such day. */
export function dayOf(text: string): string | null {
  const m = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text.trim())
  if (!m) return null
  const day = `${m[1]}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}`
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day
}

function scalar(type: ValueType, text: string, where: string, problems: Problem[]): Json | undefined {
  const typed = text.trim()
  if (!typed) return undefined
  if (type.kind === 'number') {
    const n = numberOf(typed, type.unit)
    if (n === null) problems.push({ where, code: 'number' })
    else if (type.integer && /\.\d*[1-9]/.test(n)) problems.push({ where, code: 'integer' })
    return n === null ? undefined : exact(n)
  }
  if (type.kind === 'date') {
    const day = dayOf(typed)
    if (!day) problems.push({ where, code: 'date' })
    return day ?? undefined
  }
  if (type.kind === 'string' || type.kind.includes('duration') || type.kind.includes('time')) return text
  try {
    return JSON.parse(typed) as Json
  } catch {
    if (type.kind !== 'any') problems.push({ where, code: 'json' })
    return typed
  }
}
/** What a part of the form says; undefined: it was left out. Problems name the place as the server does: 名称[1].名称 */
export function valueOf(type: ValueType, m: Model, where: string, problems: Problem[]): Json | undefined {
  switch (m.kind) {
    case 'flag': return m.value === '' ? undefined : m.value === 'true'
    case 'choice': return m.value === '' ? undefined : m.value
    case 'words': return m.given || m.chosen.length ? [...m.chosen] : undefined
    case 'text': return scalar(type, m.text, where, problems)
    case 'list': return m.given || m.items.length ? m.items.map((item, i) => {
      const v = valueOf(type.element ?? type, item, `${where}[${i + 1}]`, problems)
      if (v === undefined && !problems.some((p) => p.where === `${where}[${i + 1}]`)) problems.push({ where: `${where}[${i + 1}]`, code: 'missing' })
      return v ?? null
    }) : undefined
    case 'context': return m.given ? members(type.members, m.members, `${where}.`, problems) : undefined
  }
}
function members(fields: Field[], models: Record<string, Model>, prefix: string, problems: Problem[]): { [name: string]: Json } {
  const out: { [name: string]: Json } = {}
  for (const f of fields) {
    const m = models[f.name]
    const v = m ? valueOf(f.type, m, prefix + f.name, problems) : undefined
    if (v !== undefined) out[f.name] = v
    else if (f.optional || problems.some((p) => p.where === prefix + f.name)) continue
    else if (f.type.nullable) out[f.name] = null
    else problems.push({ where: prefix + f.name, code: 'missing' })
  }
  return out
}
/** The whole input, and what does not fit yet. */
export function inputOf(fields: Field[], models: Record<string, Model>): { input: { [name: string]: Json }; problems: Problem[] } {
  const problems: Problem[] = []
  return { input: members(fields, models, '', problems), problems }
}

const shown = (x: number | string) => String(x)
/** What may be put in, beside the unit: "≥ 0", "0 – 1", "> 0". */
export function rangeOf(type: ValueType): string {
  const { low, high } = type
  if (low && high && low.included && high.included) return `${shown(low.value)} – ${shown(high.value)}`
  return [low && `${low.included ? '≥' : '>'} ${shown(low.value)}`, high && `${high.included ? '≤' : '<'} ${shown(high.value)}`].filter(Boolean).join(', ')
}
/** The places that have a field of their own; what an answer says of others is shown above the form. */
export function places(fields: Field[], models: Record<string, Model>, prefix = ''): string[] {
  return fields.flatMap((f) => {
    const m = models[f.name]
    return m ? within(f.type, m, prefix + f.name) : []
  })
}
function within(type: ValueType, m: Model, where: string): string[] {
  if (m.kind === 'list') return [where, ...m.items.flatMap((item, i) => within(type.element ?? type, item, `${where}[${i + 1}]`))]
  return m.kind === 'context' ? [where, ...places(type.members, m.members, `${where}.`)] : [where]
}
