// What the pages of people share: shapes, how days and rights are said.
import { t } from '@/i18n'
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type OrgNode = Shapes['OrgNode']
export type OrgOnDay = Shapes['OrgOnDay']
export type OrgLimit = Shapes['OrgLimit']
export type Post = Shapes['Post']
export type Career = Shapes['Career']
export type Team = Shapes['Team']
export type TeamMember = Team['members'][number]
export type ComposedRole = Shapes['ComposedRole']
export type Gift = Shapes['Gift']
export type Rights = Shapes['Rights']
export type Delegation = Shapes['Delegation']
export type Leaving = Shapes['Leaving']
export type LeavingDetail = Shapes['LeavingDetail']
export type LeavingItem = LeavingDetail['items'][number]
export type PersonLine = Shapes['PersonLine']

/** "2025-01-01 – 2025-06-30", "2025-01-01 起". */
export const span = (one: { from: string; to: string | null }): string => (one.to ? `${one.from} – ${one.to}` : t('span.since', { day: one.from }))
export const scopes = ['own', 'team', 'branch', 'bank'] as const
export const giftBadge = { waiting: 'amber', given: 'green', refused: 'red', over: '' } as const
export const itemBadge = { held: 'amber', handed: 'green', signed: 'teal', ended: '' } as const
export const leavingBadge = { open: 'amber', closed: 'green', withdrawn: '' } as const
