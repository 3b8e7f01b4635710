// A bank's own rulebook made of others: which documents are taken, which names two of them both use, which values the
// bank sets itself. Nothing here knows of the page.
import type { Pack, Parameter } from '@/api/rulebook'

/** Path in the pack's folder: what `extends` names. */
export const inPack = (pack: string, path: string): string => path.replace(new RegExp(`^policies/${pack}/`), '')
/** `left`: documents that are not taken. Whole packs by their id, else each document. */
export function entries(packs: Pack[], left: Map<string, Set<string>>): string[] {
  return packs.flatMap((p) => {
    const out = left.get(p.id)
    if (!out?.size) return [p.id]
    return p.documents.map((d) => inPack(p.id, d.path)).filter((d) => !out.has(d)).map((d) => `${p.id}/${d}`)
  })
}
export interface Clash { kind: string; name: string; title: string; packs: string[] } // the first one's is taken
const CLASHING = new Set(['decision', 'function', 'type', 'measure', 'indicator', 'score', 'peer', 'scheme', 'checklist', 'duty', 'notice', 'process', 'form'])
/** Names that more than one of the packs uses, in the order of the packs. */
export function clashes(packs: Pack[], left: Map<string, Set<string>>): Clash[] {
  const by = new Map<string, Clash>()
  const say = (kind: string, name: string, title: string, pack: string) => {
    const at = by.get(`${kind} ${name}`)
    if (!at) by.set(`${kind} ${name}`, { kind, name, title, packs: [pack] })
    else if (!at.packs.includes(pack)) at.packs.push(pack)
  }
  for (const p of packs) {
    for (const a of p.articles) {
      if (left.get(p.id)?.has(inPack(p.id, a.document))) continue
      for (const b of a.blocks) {
        if (b.element?.kind === 'parameter') for (const one of b.element.parameters) { if (!one.decision) say('parameter', one.name, one.name, p.id) }
        if (b.element && CLASHING.has(b.element.kind)) say(b.element.kind, 'id' in b.element ? b.element.id : 'name' in b.element ? b.element.name : b.name, b.title || b.name, p.id)
      }
    }
  }
  return [...by.values()].filter((c) => c.packs.length > 1)
}
/** Parameters that a bank may set otherwise; those that must be confirmed are listed by themselves. */
export function settable(packs: Pack[], left: Map<string, Set<string>>, q: string): Parameter[] {
  const words = q.trim().toLowerCase()
  if (!words) return []
  return packs.flatMap((p) => p.articles.filter((a) => !left.get(p.id)?.has(inPack(p.id, a.document))).flatMap((a) => a.blocks.flatMap((b) => (b.element?.kind === 'parameter' ? b.element.parameters : []))))
    .filter((one) => !one.to_confirm && `${one.name} ${one.decision} ${one.article}`.toLowerCase().includes(words)).slice(0, 12)
}
