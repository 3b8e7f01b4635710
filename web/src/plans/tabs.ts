import { t } from '@/i18n'
import type { useSession } from '@/stores/session'

type Session = ReturnType<typeof useSession>
export const planTabs = (s: Session) => [
  { to: { name: 'plans' }, label: t('plan.mine') },
  ...(s.scope('plan.read') !== 'own' ? [{ to: { name: 'plans-team' }, label: t('plan.team') }] : []),
]
export const logTabs = (s: Session) => [
  ...(s.can('log.write') ? [{ to: { name: 'logs' }, label: t('log.mine') }] : []),
  { to: { name: 'logs-team' }, label: s.scope('log.read') === 'own' ? t('log.days') : t('log.team') },
  ...(s.can('log.check') ? [{ to: { name: 'log-checks' }, label: t('log.checks') }] : []),
  { to: { name: 'log-figures' }, label: t('log.figures') },
]
