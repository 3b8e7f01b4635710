// What a block says, as its source has it: texts of keys, lines of inputs, tables of cases. Written back so that only
// what was changed is different. Nothing here knows of the page.

/** The text of a key; null where the block has none, or not as a text. */
export function textOf(source: string, key: string): string | null {
  const at = new RegExp(`^${key}[ \\t]*=[ \\t]*("""|'''|"|')`, 'm').exec(source)
  if (!at) return null
  const mark = at[1]!
  const begin = at.index + at[0].length
  let end = begin
  while (end < source.length && !source.startsWith(mark, end)) end += mark[0] === '"' && source[end] === '\\' ? 2 : 1
  const inside = source.slice(begin, end)
  const raw = mark.length === 3 ? inside.replace(/^\r?\n/, '').replace(/\r?\n$/, '') : inside
  return mark[0] === '"' ? raw.replace(/\\(["\\tn])/g, (_, c: string) => (c === 't' ? '\t' : c === 'n' ? '\n' : c)) : raw
}
export const hasKey = (source: string, key: string): boolean => new RegExp(`^${key}[ \\t]*=`, 'm').test(source)

/** A line of inputs: `名称?: 类型 = 值 # hint`. */
export interface FieldLine { key: number; name: string; optional: boolean; type: string; otherwise: string; hint: string }
export function fieldsOf(text: string): FieldLine[] {
  return text.split('\n').map((l) => l.trim()).filter((l) => l && !l.startsWith('#')).map((line, key) => {
    const hash = outside(line, '#')
    const hint = hash < 0 ? '' : line.slice(hash + 1).trim()
    const said = (hash < 0 ? line : line.slice(0, hash)).trim()
    const colon = said.indexOf(':')
    const name = (colon < 0 ? said : said.slice(0, colon)).trim()
    const rest = colon < 0 ? '' : said.slice(colon + 1).trim()
    const equals = assigned(rest)
    return { key, name: name.replace(/\?$/, '').trim(), optional: name.endsWith('?'), type: (equals < 0 ? rest : rest.slice(0, equals)).trim(), otherwise: equals < 0 ? '' : rest.slice(equals + 1).trim(), hint }
  })
}
function outside(text: string, sign: string): number {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (!quoted && text[i] === sign) return i
  }
  return -1
}
/** Where a value is given: a sign of equality that is not part of >=, <=, !=. */
function assigned(text: string): number {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (!quoted && text[i] === '=' && !/[<>!=]/.test(text[i - 1] ?? ' ') && text[i + 1] !== '=') return i
  }
  return -1
}
/** Columns are as wide as their widest text; a Chinese character takes two places. */
export const width = (text: string): number => [...text].reduce((n, c) => n + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1), 0)
const padded = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)))

export function fieldsText(lines: FieldLine[]): string {
  const heads = lines.map((l) => `${l.name.trim()}${l.optional ? '?' : ''}:`)
  const bodies = lines.map((l) => l.type.trim() + (l.otherwise.trim() ? ` = ${l.otherwise.trim()}` : ''))
  const first = Math.max(0, ...heads.map(width))
  const second = Math.max(0, ...lines.map((l, i) => (l.hint ? width(bodies[i]!) : 0)))
  const line = (l: FieldLine, i: number) => (lines.length > 1 ? `${padded(heads[i]!, first)} ${l.hint ? padded(bodies[i]!, second) : bodies[i]}` : `${heads[i]} ${bodies[i]}`).trimEnd()
  return lines.map((l, i) => line(l, i) + (l.hint.trim() ? `${l.hint && lines.length > 1 ? ' '.repeat(Math.max(0, first + 1 + second - width(line(l, i)))) : ''}  # ${l.hint.trim()}` : '')).join('\n')
}
/** What would not be a line of inputs: said before it is sent. */
export type Fault = 'name' | 'twice' | 'type' | 'sign'
export function faults(lines: FieldLine[]): Map<number, Fault> {
  const out = new Map<number, Fault>()
  const seen = new Set<string>()
  for (const l of lines) {
    if (!l.name.trim()) out.set(l.key, 'name')
    else if (/[:#?\n"|]/.test(l.name) || /[\n#]/.test(l.type + l.otherwise) || /\n/.test(l.hint)) out.set(l.key, 'sign')
    else if (seen.has(l.name.trim())) out.set(l.key, 'twice')
    else if (!l.type.trim()) out.set(l.key, 'type')
    seen.add(l.name.trim())
  }
  return out
}

/** A table of cases in its block: what stands before it, its cells, what stands behind it. */
export interface CaseRow { key: number; cells: string[] }
export interface CaseSheet { before: string; split: number[]; header: string[]; rows: CaseRow[]; after: string; next: number }
function cellsOf(line: string): { cells: string[]; split: number[] } {
  const cells: string[] = []
  const split: number[] = [] // columns behind which two bars stand
  let quoted = false
  let depth = 0
  let now = ''
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (c === '"' && line[i - 1] !== '\\') quoted = !quoted
    if (!quoted) depth += '[{('.includes(c) ? 1 : ']})'.includes(c) ? -1 : 0
    if (c === '|' && !quoted && depth <= 0) {
      if (line[i + 1] === '|') { split.push(cells.length); i++ }
      cells.push(now.trim())
      now = ''
    } else now += c
  }
  cells.push(now.trim())
  return { cells, split }
}
const fence = (line: string) => /^\s*("""|''')/.test(line)
/** Null where the block holds no plain table of one header. */
export function caseSheet(source: string): CaseSheet | null {
  const lines = source.replace(/\r/g, '').split('\n')
  const first = lines.findIndex((l) => !l.trimStart().startsWith('#') && l.includes('||'))
  if (first < 0) return null
  let end = first + 1
  while (end < lines.length && lines[end]!.trim() && !fence(lines[end]!)) end++
  const head = cellsOf(lines[first]!)
  const rows = lines.slice(first + 1, end)
  if (!head.split.length || rows.some((r) => r.trimStart().startsWith('#'))) return null
  const cells = rows.map((r) => cellsOf(r).cells)
  if (cells.some((c) => c.length > head.cells.length)) return null
  return {
    before: lines.slice(0, first).join('\n') + (first ? '\n' : ''), split: head.split, header: head.cells,
    rows: cells.map((c, key) => ({ key, cells: [...c, ...Array<string>(head.cells.length - c.length).fill('')] })),
    after: lines.slice(end).join('\n'), next: cells.length,
  }
}
/** The first result: in the column behind the first two bars. */
export const firstResult = (s: CaseSheet): number => s.split[0]! + 1
const refused = (s: CaseSheet, row: CaseRow) => (row.cells[firstResult(s)] ?? '').startsWith('拒绝')
/** Cells that cannot stand in a table: row, column. */
export function unfit(s: CaseSheet): [number, number][] {
  const results = s.split[1] ?? s.header.length - 1
  return s.rows.flatMap((r, i) => r.cells.flatMap((c, k) => {
    const needed = k <= s.split[0]! || (k <= results && s.header[k] !== '说明' && !(refused(s, r) && k > firstResult(s)))
    return c.includes('\n') || cellsOf(c).cells.length !== 1 || (needed && !c.trim()) ? [[i, k] as [number, number]] : []
  }))
}
export function sheetText(s: CaseSheet): string {
  const all = [s.header, ...s.rows.map((r) => r.cells.map((c) => c.trim()))]
  const wide = s.header.map((_, k) => Math.max(...all.map((r) => width(r[k] ?? ''))))
  const line = (cells: string[]) => {
    const last = Math.max(cells.findLastIndex((c) => c !== ''), firstResult(s))
    return cells.slice(0, last + 1).map((c, k) => (k === last ? c : padded(c, wide[k]!) + (s.split.includes(k) ? ' || ' : ' | '))).join('').trimEnd()
  }
  return s.before + all.map(line).join('\n') + '\n' + s.after
}
