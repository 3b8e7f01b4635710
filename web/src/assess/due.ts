// How far a moment is away, in words: 3 天后截止, 逾期 2 小时.
import { t } from '@/i18n'

export interface Due { text: string; level: '' | 'amber' | 'red' }
export function due(moment: string, now = Date.now()): Due {
  const ms = Date.parse(moment) - now
  const hours = Math.floor(Math.abs(ms) / 3_600_000)
  const span = hours >= 48 ? t('assess.days', { n: Math.floor(hours / 24) }) : hours >= 1 ? t('assess.hours', { n: hours }) : t('assess.minutes', { n: Math.max(1, Math.floor(Math.abs(ms) / 60_000)) })
  if (ms <= 0) return { text: t('assess.overdue', { span }), level: 'red' }
  return { text: t('assess.dueIn', { span }), level: hours < 48 ? 'amber' : '' }
}
