// What the library shows of packs: chapters as a tree, coverage as parts of a whole.
import type { Article, ArticleState, Coverage, PackBrief } from '@/api/rulebook'

export const STATES = ['executable', 'parameters', 'judgement', 'open', 'none'] as const
export interface Share { state: (typeof STATES)[number]; n: number; percent: number }

/** Parts of a whole, none that is empty; their percents add up to 100. */
export function shares(c: Coverage | null): Share[] {
  const all = STATES.reduce((sum, s) => sum + (c?.[s] ?? 0), 0)
  return all ? STATES.map((state) => ({ state, n: c![state], percent: (100 * c![state]) / all })).filter((s) => s.n > 0) : []
}
const RUNS = new Set(['decision', 'function', 'measure', 'indicator', 'score', 'peer', 'scheme', 'duty', 'notice', 'process', 'checklist', 'form', 'fact', 'list'])
/** A heading whose blocks name an article of their own is no mere chapter: its state is what its blocks are. */
export function stateOfArticle(a: Pick<Article, 'state' | 'blocks'>): ArticleState {
  if (a.state !== 'chapter' || !a.blocks.length) return a.state
  const kinds = a.blocks.map((b) => b.kind)
  return kinds.some((k) => RUNS.has(k)) ? 'executable' : kinds.includes('judgement') ? 'judgement' : kinds.includes('open') ? 'open' : kinds.some((k) => k === 'parameter' || k === 'type') ? 'parameters' : 'chapter'
}
export function counted(articles: Article[]): Coverage {
  const c: Coverage = { executable: 0, judgement: 0, open: 0, parameters: 0, none: 0 }
  for (const a of articles) if (a.state !== 'chapter') c[a.state]++
  return c
}
/** A heading may begin with the article it names. */
export function headingOf(a: { article: string; title: string }): { article: string; title: string } {
  const title = a.title.startsWith(a.article) ? a.title.slice(a.article.length).trim() : a.title
  return title === '' || title === a.article ? { article: '', title: a.article || a.title } : { article: a.article === a.title ? '' : a.article, title }
}
export const glyph: Record<ArticleState, string> = { executable: '●', parameters: '◇', judgement: '◐', open: '？', none: '○', chapter: '' }

/** Packs as a list is read: what has decisions first, what only others use last; those that cannot be read on top. */
export function ordered(items: PackBrief[]): PackBrief[] {
  const rank = (p: PackBrief) => (p.problem ? 0 : (p.counts?.articles ?? 0) - (p.coverage?.none ?? 0) > 0 ? 1 : 2)
  return [...items].sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, 'zh'))
}
/** Lines of prose as paragraphs, list items and tables of Markdown kept apart from them. */
export interface Prose { kind: 'p' | 'ul' | 'table'; lines: string[]; rows: string[][] }
export function prose(text: string): Prose[] {
  const out: Prose[] = []
  const add = (kind: Prose['kind'], line: string, fresh: boolean) => {
    const last = out.at(-1)
    const one = last?.kind === kind && !fresh ? last : { kind, lines: [], rows: [] }
    if (one !== last) out.push(one)
    if (kind === 'table') { if (!/^[\s|:-]+$/.test(line)) one.rows.push(line.replace(/^\||\|$/g, '').split('|').map((c) => c.trim())) } else one.lines.push(line)
  }
  let gap = true
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (!line) { gap = true; continue }
    if (line.startsWith('|')) add('table', line, gap)
    else if (/^[-*] /.test(line)) add('ul', line.slice(2), false)
    else if (!gap && out.at(-1)?.kind === 'ul') { const l = out.at(-1)!.lines; l[l.length - 1] += line }
    else add('p', line, gap)
    gap = false
  }
  return out.map((b) => (b.kind === 'p' ? { ...b, lines: [joined(b.lines)] } : b))
}
/** Lines that were broken for the page only: no blank between Chinese, one between Latin words. */
export const joined = (lines: string[]) => lines.reduce((a, b) => (a && /[\w,.;:)]$/.test(a) && /^[\w(]/.test(b) ? `${a} ${b}` : a + b), '')
