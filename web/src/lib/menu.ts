// The menu: one line a page, in groups; who sees a line says its permission (and `or`).
import type { IconName } from '@/components/Icon.vue'
import type { Key } from '@/i18n'
import type { Permission } from '@/api/types'
import type { useSession } from '@/stores/session'

export const groups = ['day', 'customers', 'study', 'appraisal', 'rules', 'house'] as const
export type Group = (typeof groups)[number]
export interface Item {
  name: string // of the route
  icon: IconName
  label: Key
  group: Group
  permission: Permission
  or?: Permission
  holder?: boolean // only for who is appraised
  others?: boolean // only for who sees more than the own
}

// The first three stand in the bar of a phone.
export const menu: Item[] = [
  { name: 'todos', icon: 'todos', label: 'menu.todos', group: 'day', permission: 'todo.read' },
  { name: 'field', icon: 'field', label: 'menu.field', group: 'day', permission: 'visit.write' },
  { name: 'me', icon: 'me', label: 'menu.me', group: 'day', permission: 'score.read', holder: true },
  { name: 'board', icon: 'board', label: 'menu.board', group: 'day', permission: 'board.read' },
  { name: 'ranking', icon: 'ranking', label: 'menu.ranking', group: 'day', permission: 'score.read', others: true },
  { name: 'mail', icon: 'mail', label: 'menu.mail', group: 'day', permission: 'mail.use' },
  { name: 'plans', icon: 'plan', label: 'menu.plans', group: 'day', permission: 'plan.read' },
  { name: 'logs', icon: 'log', label: 'menu.logs', group: 'day', permission: 'log.read' },
  { name: 'meetings', icon: 'meeting', label: 'menu.meetings', group: 'day', permission: 'meeting.read' },
  { name: 'assess-forms', icon: 'form', label: 'menu.forms', group: 'day', permission: 'relation.declare' },
  { name: 'reports', icon: 'statements', label: 'menu.reports', group: 'day', permission: 'report.read' },
  { name: 'writing', icon: 'search', label: 'menu.writing', group: 'day', permission: 'mail.use' },
  { name: 'customers', icon: 'customers', label: 'menu.customers', group: 'customers', permission: 'customer.read' },
  { name: 'leads', icon: 'star', label: 'menu.leads', group: 'customers', permission: 'lead.read' },
  { name: 'visits', icon: 'visit', label: 'menu.visits', group: 'customers', permission: 'visit.read' },
  { name: 'categories', icon: 'columns', label: 'menu.categories', group: 'customers', permission: 'customer.read' },
  { name: 'assign', icon: 'handover', label: 'menu.assign', group: 'customers', permission: 'assignment.read' },
  { name: 'outside-queries', icon: 'search', label: 'menu.outside', group: 'customers', permission: 'customer.read' },
  { name: 'service-requests', icon: 'reply', label: 'menu.service', group: 'customers', permission: 'mail.use' },
  { name: 'favours', icon: 'favour', label: 'menu.favours', group: 'customers', permission: 'customer.read' },
  { name: 'knowledge', icon: 'knowledge', label: 'menu.knowledge', group: 'study', permission: 'suggestion.read' },
  { name: 'suggestions', icon: 'advice', label: 'menu.advice', group: 'study', permission: 'suggestion.read' },
  { name: 'training', icon: 'course', label: 'menu.training', group: 'study', permission: 'training.read' },
  { name: 'exams', icon: 'exam', label: 'menu.exams', group: 'study', permission: 'training.read' },
  { name: 'runs', icon: 'runs', label: 'menu.runs', group: 'appraisal', permission: 'run.read' },
  { name: 'disputes', icon: 'disputes', label: 'menu.disputes', group: 'appraisal', permission: 'score.read' },
  { name: 'statements', icon: 'statements', label: 'menu.statements', group: 'appraisal', permission: 'score.read' },
  { name: 'findings', icon: 'findings', label: 'menu.findings', group: 'appraisal', permission: 'finding.read' },
  { name: 'assessments', icon: 'assess', label: 'menu.assessments', group: 'appraisal', permission: 'assessment.read' },
  { name: 'grades', icon: 'grade', label: 'menu.grades', group: 'appraisal', permission: 'grade.read' },
  { name: 'simulations', icon: 'simulate', label: 'menu.simulations', group: 'appraisal', permission: 'simulate.read' },
  { name: 'pay', icon: 'pay', label: 'menu.pay', group: 'appraisal', permission: 'pay.export' },
  { name: 'payslip', icon: 'slip', label: 'menu.payslip', group: 'appraisal', permission: 'pay.read', holder: true },
  { name: 'deposits', icon: 'deposit', label: 'menu.deposits', group: 'appraisal', permission: 'deposit.read', or: 'grade.appeal' },
  { name: 'library', icon: 'policies', label: 'menu.policies', group: 'rules', permission: 'policy.read' },
  { name: 'try', icon: 'trial', label: 'menu.trial', group: 'rules', permission: 'policy.read' },
  { name: 'workshop', icon: 'workshop', label: 'menu.workshop', group: 'rules', permission: 'policy.draft' },
  { name: 'drafts', icon: 'drafts', label: 'menu.drafts', group: 'rules', permission: 'policy.draft', or: 'policy.approve' },
  { name: 'imports', icon: 'imports', label: 'menu.imports', group: 'house', permission: 'import.read' },
  { name: 'outside-systems', icon: 'imports', label: 'menu.systems', group: 'house', permission: 'signal.read' },
  { name: 'customer-fields', icon: 'columns', label: 'menu.cfields', group: 'house', permission: 'customer.fields' },
  { name: 'people', icon: 'people', label: 'menu.people', group: 'house', permission: 'org.read' },
  { name: 'duties', icon: 'form', label: 'menu.duties', group: 'house', permission: 'org.read' },
  { name: 'delegations', icon: 'delegate', label: 'menu.delegations', group: 'house', permission: 'delegation.make' },
  { name: 'leavings', icon: 'leave', label: 'menu.leavings', group: 'house', permission: 'leaving.manage', or: 'leaving.sign' },
  { name: 'relatives', icon: 'kin', label: 'menu.relatives', group: 'house', permission: 'relation.declare' },
  { name: 'field-devices', icon: 'phone', label: 'menu.devices', group: 'house', permission: 'device.manage' },
  { name: 'outbox', icon: 'outbox', label: 'menu.outbox', group: 'house', permission: 'outbox.read' },
  { name: 'exports', icon: 'download', label: 'menu.exports', group: 'house', permission: 'export.read' },
  { name: 'audit', icon: 'audit', label: 'menu.audit', group: 'house', permission: 'audit.read' },
]

export const menuFor = (s: ReturnType<typeof useSession>): Item[] =>
  menu.filter((i) => (s.can(i.permission) || (i.or && s.can(i.or))) && (!i.holder || s.isHolder) && (!i.others || s.scope(i.permission) !== 'own'))
