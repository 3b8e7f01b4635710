// A total of an organisation has no holder; its explanation is made of the organisations below it and of
// the managers whose figure it is. Written as a node, so that the same drawer shows it.
import { get } from '@/api/client'
import type { ExplainNode } from '@/api/types'
import { t } from '@/i18n'
import { add, dec, plain, sub } from './decimal'
import type { Target } from './explain'

export async function boardNode(x: Target, signal?: AbortSignal): Promise<ExplainNode> {
  const org = x.holder.slice(4)
  const board = await get('/board', { scheme: x.scheme, period: x.period, org }, signal)
  const tile = board.tiles.find((b) => b.name === x.figure)
  const ranking = await get('/ranking', { scheme: x.scheme, period: x.period, branch: board.org.kind === 'hq' ? undefined : org, page_size: 500 }, signal)
  const inputs: ExplainNode[] = ranking.items
    .filter((i) => i.figures[x.figure] !== undefined && i.figures[x.figure] !== null)
    .map((i) => ({ kind: 'contribution' as const, name: i.name, value: i.figures[x.figure]!, unit: tile?.unit ?? '', holder: i.id, customer_name: i.org_name }))
  let sum = { n: 0n, s: 0 }
  for (const i of inputs) sum = add(sum, dec(i.value) ?? { n: 0n, s: 0 })
  const whole = dec(tile?.value)
  if (whole && inputs.length && sub(whole, sum).n !== 0n)
    inputs.push({ kind: 'contribution', name: t('board.rest'), value: plain(sub(whole, sum)), unit: tile?.unit ?? '' })
  return {
    kind: 'indicator', name: x.figure, value: tile?.value ?? null, unit: tile?.unit ?? '', holder_name: board.org.name,
    formula: t('board.formula', { org: board.org.name }), contributions: inputs.length,
    inputs: inputs.sort((a, b) => Math.abs(Number(b.value)) - Math.abs(Number(a.value))),
  }
}
