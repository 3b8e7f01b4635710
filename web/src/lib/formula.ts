// A FEEL formula as tokens, so that it can be read in the bank's words and with its numbers put in.
export type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'word' | 'space' | 'break'
export interface Token { kind: TokenKind; text: string }

const WORDS = new Set(['if', 'then', 'else', 'and', 'or', 'not', 'null', 'in', 'between', 'true', 'false', 'for', 'return', 'some', 'every', 'satisfies'])
const CALLS = new Set(['max', 'min', 'floor', 'ceiling', 'abs', 'sum', 'count', 'decimal', 'mean', 'round half up'])
const OPERATORS: Record<string, string> = { '*': '×', '/': '÷', '<=': '≤', '>=': '≥', '!=': '≠', '-': '−', '**': '^' }

/** `names` are the inputs, parameters and parts; the longest that fits wins, for names may hold blanks. */
export function tokens(formula: string, names: Iterable<string>): Token[] {
  const known = [...names].sort((a, b) => b.length - a.length)
  const out: Token[] = []
  let rest = formula.replace(/\s+$/, '')
  while (rest) {
    const name = known.find((n) => n && rest.startsWith(n) && !/^[\p{L}\p{N}_]/u.test(rest.slice(n.length)))
    const m =
      /^(\n\s*)/.exec(rest) ?? /^([^\S\n]+)/.exec(rest) ?? /^("(?:[^"\\]|\\.)*")/.exec(rest) ??
      (name === undefined ? /^(\d+(?:\.\d+)?)/.exec(rest) : null)
    let token: Token
    if (m) {
      const text = m[1]!
      token = { kind: text.includes('\n') && !text.trim() ? 'break' : !text.trim() ? 'space' : text[0] === '"' ? 'string' : 'number', text }
    } else if (name !== undefined) {
      token = { kind: 'name', text: name }
    } else {
      const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)?.[0]
      if (word) token = { kind: WORDS.has(word) || CALLS.has(word) ? 'word' : 'name', text: word }
      else token = { kind: 'operator', text: /^(<=|>=|!=|\*\*|\.\.)/.exec(rest)?.[0] ?? rest[0]! }
    }
    out.push(token)
    rest = rest.slice(token.text.length)
  }
  return out
}

const CHINESE: Record<string, string> = {
  if: '如果', then: '则', else: '否则', and: '且', or: '或', not: '非', null: '无值', in: '属于', between: '介于', true: '是', false: '否',
  max: '取大', min: '取小', floor: '向下取整', ceiling: '向上取整', abs: '绝对值', sum: '合计', count: '个数', mean: '平均', decimal: '取小数',
}
/** The word or sign a person reads. */
export function spoken(token: Token, language: string): string {
  if (token.kind === 'operator') return OPERATORS[token.text] ?? token.text
  if (token.kind !== 'word') return token.text
  return language === 'zh' ? (CHINESE[token.text] ?? token.text) : token.text === 'null' ? 'nothing' : token.text
}
