// A filter as rows of a form: column, comparison, values. What is written otherwise stays text.
import type { Column } from '@/api/workshop'

export type Op = 'in' | 'not' | '>=' | '<=' | '>' | '<' | '='
export interface Condition { column: string; op: Op; values: string[] }

const quoted = (v: string) => `"${v.replace(/[\\"]/g, (c) => `\\${c}`)}"`
const isText = (c: Column | undefined) => !c || c.kind === 'text' || c.kind === 'choice'
const literal = (c: Column | undefined, v: string) => (isText(c) ? quoted(v) : c!.kind === 'date' ? `date("${v}")` : v)

export function written(conditions: Condition[], columns: Column[]): string {
  const parts = conditions.filter((x) => x.column && x.values.some((v) => v.trim())).map((x) => {
    const c = columns.find((y) => y.name === x.column)
    const values = x.values.map((v) => v.trim()).filter(Boolean).map((v) => literal(c, v))
    if (x.op === 'in' || x.op === 'not') {
      const text = values.length === 1 ? `${x.column} = ${values[0]}` : `${x.column} in (${values.join(', ')})`
      return x.op === 'in' ? text : values.length === 1 ? `${x.column} != ${values[0]}` : `not(${text})`
    }
    return `${x.column} ${x.op} ${values[0]}`
  })
  return parts.join(' and ')
}

const ONE = /^([\p{L}_][\p{L}\p{N}_]*)\s*(=|!=|>=|<=|>|<|in\b)\s*(.+)$/su
const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|date\("(\d{4}-\d\d-\d\d)"\)|(-?\d+(?:\.\d+)?)|(true|false))$/

function valueOf(text: string): string | null {
  const m = VALUE.exec(text.trim())
  return m ? (m[1]?.replace(/\\(.)/g, '$1') ?? m[2] ?? m[3] ?? m[4] ?? null) : null
}
/** Split where the word or sign stands outside of quotes and brackets. */
function apart(text: string, by: RegExp): string[] {
  const out: string[] = []
  let depth = 0
  let quote = false
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quote) { if (c === '\\') i++; else if (c === '"') quote = false; continue }
    if (c === '"') quote = true
    else if (c === '(' || c === '[') depth++
    else if (c === ')' || c === ']') depth--
    by.lastIndex = i
    const m = depth === 0 && !quote ? by.exec(text) : null
    if (m && m.index === i) { out.push(text.slice(from, i)); i += m[0].length - 1; from = i + 1 }
  }
  return [...out, text.slice(from)]
}
/** Null: it is more than such rows can say. */
export function read(filter: string, columns: Column[]): Condition[] | null {
  if (!filter.trim()) return []
  const out: Condition[] = []
  for (const part of apart(filter.trim(), / and /y)) {
    const not = /^not\((.*)\)$/s.exec(part.trim())
    const m = ONE.exec((not ? not[1]! : part).trim())
    const column = m && columns.find((c) => c.name === m[1] || c.feed === m[1])
    if (!m || !column || (not && m[2] !== 'in')) return null
    const list = m[2] === 'in' ? /^\((.*)\)$/s.exec(m[3]!.trim())?.[1] : m[3]!
    const values = list === undefined ? [] : (m[2] === 'in' ? apart(list, /,/y) : [list]).map(valueOf)
    if (!values.length || values.some((v) => v === null)) return null
    const op: Op = m[2] === 'in' || m[2] === '=' ? (not ? 'not' : 'in') : m[2] === '!=' ? 'not' : (m[2] as Op)
    out.push({ column: column.name, op, values: values as string[] })
  }
  return out
}
