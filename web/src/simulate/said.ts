// What a simulation came to, in a sentence.
import type { Summary } from './types'
import { t } from '@/i18n'
import { dec } from '@/lib/decimal'
import { count, show } from '@/lib/format'

export function headline(s: Summary): string {
  const out = [t('sim.headline', { up: count(s.gainers), down: count(s.losers), same: count(s.same) })]
  if (s.appeared) out.push(t('sim.appeared', { n: count(s.appeared) }))
  if (s.gone) out.push(t('sim.gone', { n: count(s.gone) }))
  out.push(s.grade_changes ? t('sim.flips', { n: count(s.grade_changes) }) : t('sim.noflips'))
  if (s.cost) out.push(costSaid(s.cost.change))
  return out.join(t('sim.headline').includes('，') ? '；' : '; ')
}
export function costSaid(change: string | null): string {
  const d = dec(change)
  if (!d || d.n === 0n) return t('sim.cost.same')
  return t(d.n > 0n ? 'sim.cost.more' : 'sim.cost.less', { n: show((change ?? '').replace('-', ''), '元').text })
}
/** The name of a lever: two are ours, the others are figures of the rules. */
export const leverName = (id: string) => (id === 'deposit' || id === 'loan' ? t(`sim.lever.${id}`) : id)
