// A formula as coloured pieces, and where a name ends: enough to read and to complete, not to evaluate.
export type Piece = { kind: 'keyword' | 'call' | 'number' | 'text' | 'date' | 'name' | 'sign' | 'space'; text: string }

export const KEYWORDS = ['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'and', 'or', 'between', 'instance of', 'function', 'true', 'false', 'null']
const TOKEN =
  /(?<date>@"(?:[^"\\]|\\.)*")|(?<text>"(?:[^"\\]|\\.)*"?)|(?<number>\d+(?:\.\d+)?)|(?<call>(?:list contains|string length|list replace|insert before|index of|distinct values|round half up|round half down|round up|round down|upper case|lower case|starts with|ends with|day of week|day of year|date and time|years and months duration)(?=\s*\())|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<space>\s+)|(?<sign>\*\*|<=|>=|!=|->|\.\.|\S)/gu
const KEYWORD = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'and', 'or', 'between', 'instance', 'of', 'function', 'true', 'false', 'null', 'not'])

// How a Chinese reader says it; what is not here stays as written.
const SPOKEN: Record<string, string> = {
  if: '如果', then: '则', else: '否则', and: '且', or: '或', not: '非', null: '无值', in: '属于', between: '介于', true: '是', false: '否', for: '逐个', return: '取',
  some: '有', every: '每个', satisfies: '满足', max: '取大', min: '取小', floor: '向下取整', ceiling: '向上取整', abs: '绝对值', sum: '合计', count: '个数', mean: '平均',
  item: '该项', 'list contains': '含有', 'distinct values': '去重', append: '加上', concatenate: '合并', 'round half up': '四舍五入', 'round up': '进位', 'round down': '舍去',
  all: '全部成立', any: '任一成立', '*': ' × ', '/': ' ÷ ', '<=': ' ≤ ', '>=': ' ≥ ', '!=': ' ≠ ', '**': ' ^ ', '<': ' < ', '>': ' > ', '=': ' = ', '+': ' + ',
}
/** A formula as it is said: in Chinese its keywords too, in both languages the signs of arithmetic. */
export function spoken(formula: string, chinese: boolean): Piece[] {
  const all = pieces(formula)
  return all.map((p, i) => {
    const word = SPOKEN[p.text]
    const sign = p.kind === 'sign'
    if (!word || p.kind === 'text' || (!sign && !chinese)) return p
    // A name stays a name where it is no call: 最大 may be called max only before its bracket.
    if (p.kind === 'name' && p.text !== 'item' && all[i + 1]?.text !== '(') return p
    if (p.text === 'item' && all[i - 1]?.text === '.') return p
    return { ...p, text: sign && all[i - 1]?.kind === 'space' ? word.trim() : sign && i === 0 ? word.trimStart() : word }
  })
}

export function pieces(formula: string): Piece[] {
  const out: Piece[] = []
  for (const m of formula.matchAll(TOKEN)) {
    const [kind] = Object.entries(m.groups!).find(([, v]) => v !== undefined)!
    const text = m[0]
    out.push({ kind: kind === 'name' && KEYWORD.has(text) ? 'keyword' : (kind as Piece['kind']), text })
  }
  return out
}

/** The name that is being typed before the caret, "" inside a text. */
export function wordBefore(formula: string, caret: number): { word: string; from: number } {
  let at = 0
  for (const p of pieces(formula.slice(0, caret))) {
    if (at + p.text.length === Math.min(caret, formula.length)) return p.kind === 'name' || p.kind === 'keyword' ? { word: p.text, from: at } : { word: '', from: caret }
    at += p.text.length
  }
  return { word: '', from: caret }
}

/** Whether the caret stands in a text that is not closed yet. */
export function insideText(formula: string, caret: number): boolean {
  const last = pieces(formula.slice(0, caret)).at(-1)
  return (last?.kind === 'text' || last?.kind === 'date') && !/[^\\]"$/.test(last.text.replace(/^@/, ''))
}
