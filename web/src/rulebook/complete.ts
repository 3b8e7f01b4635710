// Names and functions that fit what is being typed.
import type { Names } from '@/api/rulebook'
import { insideText, KEYWORDS, wordBefore } from './feel'

export interface Candidate { text: string; insert: string; kind: 'input' | 'parameter' | 'step' | 'function' | 'type' | 'keyword' | 'value'; note: string; back: number }
// `back`: how far the caret goes back after inserting, to stand between the brackets.

export function candidates(names: Names | null, values: string[] = []): Candidate[] {
  const one = (kind: Candidate['kind']) => (text: string, note = ''): Candidate => ({ text, insert: text, kind, note, back: 0 })
  const call = (name: string, signature: string, title = ''): Candidate => ({ text: name, insert: `${name}()`, kind: 'function', note: [signature, title].filter(Boolean).join(' '), back: /\(\s*\)/.test(signature) ? 0 : 1 })
  if (!names) return values.map((v) => one('value')(v))
  return [
    ...values.map((v) => one('value')(v)),
    ...names.inputs.map((n) => one('input')(n.name, [n.type, n.hint].filter(Boolean).join(' '))),
    ...names.steps.map((n) => one('step')(n.name, n.type ?? '')), ...names.requires.map((n) => one('step')(n.name, n.type ?? '')),
    ...names.parameters.map((n) => one('parameter')(n.name, [n.hint, n.type].filter(Boolean).join(' '))),
    ...names.functions.map((f) => call(f.name, f.signature, f.title)), ...names.builtins.map((f) => call(f.name, f.signature)),
    ...KEYWORDS.map((k) => one('keyword')(k)),
  ]
}
/** What a type is made of: words of the language, units, the pack's own types. */
const TYPES = ['boolean', 'date', 'text', 'number', 'integer', '元', '万元', '%', '天', '月', '年', '户', '笔', '人', '分', '张', 'list of']
export const typeWords = (names: Names | null): Candidate[] => [
  ...(names?.types ?? []).map((n): Candidate => ({ text: n.name, insert: n.name, kind: 'type', note: n.type, back: 0 })),
  ...TYPES.map((w): Candidate => ({ text: w, insert: w, kind: 'keyword', note: '', back: 0 })),
]
/** Those that begin with what is typed first, then those that contain it; each text once. */
export function matching(all: Candidate[], formula: string, caret: number, limit = 12): { from: number; list: Candidate[] } {
  const { word, from } = wordBefore(formula, caret)
  if (insideText(formula, caret)) return { from, list: [] }
  const low = word.toLowerCase()
  if (!low) return { from, list: [] }
  const seen = new Set<string>()
  const rank = (c: Candidate) => { const t = c.text.replace(/^"/, '').toLowerCase(); return t.startsWith(low) ? 0 : t.includes(low) ? 1 : 2 }
  const list = all.filter((c) => rank(c) < 2 && c.text !== word && !seen.has(c.text) && seen.add(c.text)).sort((a, b) => rank(a) - rank(b))
  return { from, list: list.slice(0, limit) }
}
export function inserted(formula: string, from: number, caret: number, c: Candidate): { text: string; caret: number } {
  // A bracket that stands there already is not doubled.
  const after = formula.slice(caret)
  const insert = c.insert.endsWith('()') && after.startsWith('(') ? c.insert.slice(0, -2) : c.insert
  return { text: formula.slice(0, from) + insert + after, caret: from + insert.length - (insert.endsWith('()') ? c.back : 0) }
}
