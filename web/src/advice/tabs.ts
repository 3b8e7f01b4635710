// Pages that stand beside one another.
import { t } from '@/i18n'
import type { useSession } from '@/stores/session'

type S = ReturnType<typeof useSession>
export const voiceTabs = (_: S) => [{ to: { name: 'suggestions' }, label: t('adv.tab.suggestions') }, { to: { name: 'surveys' }, label: t('adv.tab.surveys') }]
export const moneyTabs = (_: S) => [{ to: { name: 'favours' }, label: t('adv.tab.favours') }, { to: { name: 'expenses' }, label: t('adv.tab.expenses') }]
