import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import type { Permission } from './api/types'
import { ApiError } from './api/client'
import LoginPage from './pages/LoginPage.vue'
import ScorePage from './pages/ScorePage.vue'
import { takesPart } from './field/presence'
import { useSession } from './stores/session'
import { usePreferences } from './stores/preferences'

declare module 'vue-router' {
  interface RouteMeta {
    bare?: boolean
    permission?: Permission
    or?: Permission
    /** Opens without network too: what it shows then lies on the device (web/src/field). */
    field?: boolean
    /** The menu line that is marked where it is not the page's own. */
    menu?: string | ((to: RouteLocationNormalized, s: ReturnType<typeof useSession>) => string)
  }
}

// The login and 我的业绩, opened forty times a day, come with the first file: on a slow line each further
// round trip costs more than their few kilobytes.
const pages: RouteRecordRaw[] = [
  { path: '/login', name: 'login', meta: { bare: true }, component: LoginPage },
  { path: '/password', name: 'password', meta: { bare: true }, component: () => import('./pages/PasswordPage.vue') },
  { path: '/', name: 'home', redirect: () => ({ name: useSession().session ? home() : 'login' }) },
  { path: '/me', name: 'me', meta: { permission: 'score.read' }, component: ScorePage },
  { path: '/scores/:holder', name: 'score', meta: { permission: 'score.read', menu: (to, s) => (s.isHolder && to.params.holder === s.session?.staff_id ? 'me' : 'ranking') }, component: ScorePage },
  { path: '/rows/:date/:file/:line', name: 'row', meta: { permission: 'score.read', menu: (_, s) => (s.isHolder ? 'me' : 'ranking') }, component: () => import('./pages/RowPage.vue') },
  { path: '/assign', name: 'assign', meta: { permission: 'assignment.read' }, component: () => import('./pages/AssignPage.vue') },
  { path: '/assign/handovers/:id', name: 'handover', meta: { permission: 'assignment.read', menu: 'assign' }, component: () => import('./pages/HandoverPage.vue') },
  { path: '/assign/claims/:id', name: 'claim', meta: { permission: 'assignment.read', menu: 'assign' }, component: () => import('./pages/ClaimPage.vue') },
  { path: '/writing', name: 'writing', meta: { permission: 'mail.use' }, component: () => import('./pages/WritingPage.vue') },
  { path: '/todos', name: 'todos', meta: { permission: 'todo.read' }, component: () => import('./pages/TodoPage.vue') },
  { path: '/todos/team', name: 'todo-team', meta: { permission: 'todo.read', menu: 'todos' }, component: () => import('./pages/TodoTeamPage.vue') },
  { path: '/todos/rules', name: 'todo-rules', meta: { permission: 'todo.manage', menu: 'todos' }, component: () => import('./pages/TodoRulesPage.vue') },
  { path: '/todos/absences', name: 'todo-absences', meta: { permission: 'absence.record', menu: 'todos' }, component: () => import('./pages/TodoAbsencesPage.vue') },
  { path: '/todos/:id', name: 'todo', meta: { permission: 'todo.read', menu: 'todos' }, component: () => import('./pages/TodoOnePage.vue') },
  { path: '/field', name: 'field', meta: { permission: 'visit.write', field: true }, component: () => import('./pages/FieldPage.vue') },
  { path: '/field/visit/:id?', name: 'field-visit', meta: { permission: 'visit.write', field: true, menu: 'field' }, component: () => import('./pages/FieldVisitPage.vue') },
  { path: '/field/customers/:id', name: 'field-brief', meta: { permission: 'visit.read', field: true, menu: 'field' }, component: () => import('./pages/FieldBriefPage.vue') },
  { path: '/field/waiting', name: 'field-waiting', meta: { permission: 'visit.write', field: true, menu: 'field' }, component: () => import('./pages/FieldWaitingPage.vue') },
  { path: '/field/devices', name: 'field-devices', meta: { permission: 'visit.write', or: 'device.manage', menu: (_, s) => (s.can('visit.write') ? 'field' : 'field-devices') }, component: () => import('./pages/FieldDevicesPage.vue') },
  { path: '/visits', name: 'visits', meta: { permission: 'visit.read' }, component: () => import('./pages/VisitsPage.vue') },
  { path: '/visits/:id(\\d+)', name: 'visit', meta: { permission: 'visit.read', menu: 'visits' }, component: () => import('./pages/VisitPage.vue') },
  { path: '/leads', name: 'leads', meta: { permission: 'lead.read' }, component: () => import('./pages/LeadsPage.vue') },
  { path: '/leads/new', name: 'lead-new', meta: { permission: 'lead.write', menu: 'leads' }, component: () => import('./pages/LeadEditPage.vue') },
  { path: '/leads/funnel', name: 'lead-funnel', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/LeadFunnelPage.vue') },
  { path: '/leads/referrals', name: 'referrals', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/ReferralsPage.vue') },
  { path: '/leads/passes', name: 'lead-passes', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/LeadPassesPage.vue') },
  { path: '/leads/queue', name: 'visit-queue', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/VisitQueuePage.vue') },
  { path: '/leads/:id(\\d+)', name: 'lead', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/LeadPage.vue') },
  { path: '/leads/:id(\\d+)/edit', name: 'lead-edit', meta: { permission: 'lead.write', menu: 'leads' }, component: () => import('./pages/LeadEditPage.vue') },
  { path: '/campaigns', name: 'campaigns', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/CampaignsPage.vue') },
  { path: '/campaigns/:id(\\d+)', name: 'campaign', meta: { permission: 'lead.read', menu: 'leads' }, component: () => import('./pages/CampaignPage.vue') },
  { path: '/campaigns/:id(\\d+|new)/edit', name: 'campaign-edit', meta: { permission: 'campaign.manage', menu: 'leads' }, component: () => import('./pages/CampaignEditPage.vue') },
  { path: '/mail/:id(\\d+)?', name: 'mail', meta: { permission: 'mail.use' }, component: () => import('./pages/MailPage.vue') },
  { path: '/mail/write/:id(\\d+)?', name: 'mail-write', meta: { permission: 'mail.use', menu: 'mail' }, component: () => import('./pages/MailWritePage.vue') },
  { path: '/mail/settings', name: 'mail-settings', meta: { permission: 'mail.use', menu: 'mail' }, component: () => import('./pages/MailSettingsPage.vue') },
  { path: '/notices', name: 'notices', meta: { permission: 'mail.use', menu: 'mail' }, component: () => import('./pages/NoticesPage.vue') },
  { path: '/notices/:id(\\d+)', name: 'notice', meta: { permission: 'mail.use', menu: 'mail' }, component: () => import('./pages/NoticePage.vue') },
  { path: '/notices/:id(\\d+|new)/edit', name: 'notice-edit', meta: { permission: 'notice.write', menu: 'mail' }, component: () => import('./pages/NoticeEditPage.vue') },
  { path: '/messages', name: 'messages', meta: { permission: 'mail.use', menu: 'mail' }, component: () => import('./pages/MessagesPage.vue') },
  { path: '/outbox/:id(\\d+)?', name: 'outbox', meta: { permission: 'outbox.read' }, component: () => import('./pages/OutboxPage.vue') },
  { path: '/outbox/channels', name: 'outbox-channels', meta: { permission: 'outbox.manage', menu: 'outbox' }, component: () => import('./pages/OutboxChannelsPage.vue') },
  { path: '/plans', name: 'plans', meta: { permission: 'plan.read' }, component: () => import('./pages/PlansPage.vue') },
  { path: '/plans/team', name: 'plans-team', meta: { permission: 'plan.read', menu: 'plans' }, component: () => import('./pages/PlansTeamPage.vue') },
  { path: '/plans/:id(\\d+)', name: 'plan', meta: { permission: 'plan.read', menu: 'plans' }, component: () => import('./pages/PlanPage.vue') },
  { path: '/logs', name: 'logs', meta: { permission: 'log.read' }, beforeEnter: () => (useSession().can('log.write') ? true : { name: 'logs-team' }), component: () => import('./pages/LogPage.vue') },
  { path: '/logs/team', name: 'logs-team', meta: { permission: 'log.read', menu: 'logs' }, component: () => import('./pages/LogsTeamPage.vue') },
  { path: '/logs/checks', name: 'log-checks', meta: { permission: 'log.check', menu: 'logs' }, component: () => import('./pages/LogChecksPage.vue') },
  { path: '/logs/checks/:id(\\d+)', name: 'log-check', meta: { permission: 'log.check', menu: 'logs' }, component: () => import('./pages/LogCheckPage.vue') },
  { path: '/logs/figures', name: 'log-figures', meta: { permission: 'log.read', menu: 'logs' }, component: () => import('./pages/LogFiguresPage.vue') },
  { path: '/logs/:day(\\d{4}-\\d{2}-\\d{2})', name: 'log', meta: { permission: 'log.read', menu: 'logs' }, component: () => import('./pages/LogPage.vue') },
  { path: '/suggestions', name: 'suggestions', meta: { permission: 'suggestion.read' }, component: () => import('./pages/SuggestionsPage.vue') },
  { path: '/suggestions/:id(\\d+)', name: 'suggestion', meta: { permission: 'suggestion.read', menu: 'suggestions' }, component: () => import('./pages/SuggestionPage.vue') },
  { path: '/surveys', name: 'surveys', meta: { permission: 'suggestion.read', menu: 'suggestions' }, component: () => import('./pages/SurveysPage.vue') },
  { path: '/surveys/:id(\\d+)', name: 'survey', meta: { permission: 'suggestion.read', menu: 'suggestions' }, component: () => import('./pages/SurveyPage.vue') },
  { path: '/favours', name: 'favours', meta: { permission: 'customer.read' }, component: () => import('./pages/FavoursPage.vue') },
  { path: '/expenses', name: 'expenses', meta: { permission: 'customer.read', menu: 'favours' }, component: () => import('./pages/ExpensesPage.vue') },
  { path: '/knowledge', name: 'knowledge', meta: { permission: 'suggestion.read' }, component: () => import('./pages/KnowledgePage.vue') },
  { path: '/meetings', name: 'meetings', meta: { permission: 'meeting.read' }, component: () => import('./pages/MeetingsPage.vue') },
  { path: '/meetings/:id(\\d+)', name: 'meeting', meta: { permission: 'meeting.read', menu: 'meetings' }, component: () => import('./pages/MeetingPage.vue') },
  { path: '/training', name: 'training', meta: { permission: 'training.read' }, component: () => import('./pages/TrainingPage.vue') },
  { path: '/training/courses/:id(\\d+)', name: 'training-course', meta: { permission: 'training.read', menu: 'training' }, component: () => import('./pages/TrainingCoursePage.vue') },
  { path: '/training/plans/:id(\\d+)', name: 'training-plan', meta: { permission: 'training.read', menu: 'training' }, component: () => import('./pages/TrainingPlanPage.vue') },
  { path: '/training/sessions/:id(\\d+)', name: 'training-session', meta: { permission: 'training.read', menu: 'training' }, component: () => import('./pages/TrainingSessionPage.vue') },
  { path: '/exams', name: 'exams', meta: { permission: 'training.read' }, component: () => import('./pages/ExamsPage.vue') },
  { path: '/exams/:id(\\d+)', name: 'exam', meta: { permission: 'training.read', menu: 'exams' }, component: () => import('./pages/ExamPage.vue') },
  { path: '/exams/:id(\\d+)/results', name: 'exam-results', meta: { permission: 'training.read', menu: 'exams' }, component: () => import('./pages/ExamResultsPage.vue') },
  { path: '/questions', name: 'questions', meta: { permission: 'exam.manage', or: 'exam.check', menu: 'exams' }, component: () => import('./pages/QuestionsPage.vue') },
  { path: '/ranking', name: 'ranking', meta: { permission: 'score.read' }, component: () => import('./pages/RankingPage.vue') },
  { path: '/board', name: 'board', meta: { permission: 'board.read' }, component: () => import('./pages/BoardPage.vue') },
  { path: '/imports/:date?', name: 'imports', meta: { permission: 'import.read' }, component: () => import('./pages/ImportsPage.vue') },
  { path: '/runs', name: 'runs', meta: { permission: 'run.read' }, component: () => import('./pages/RunsPage.vue') },
  { path: '/runs/:id(\\d+)', name: 'run', meta: { permission: 'run.read', menu: 'runs' }, component: () => import('./pages/RunPage.vue') },
  { path: '/disputes', name: 'disputes', meta: { permission: 'score.read' }, component: () => import('./pages/DisputesPage.vue') },
  { path: '/disputes/:id(\\d+)', name: 'dispute', meta: { permission: 'score.read', menu: 'disputes' }, component: () => import('./pages/DisputePage.vue') },
  { path: '/results', name: 'statements', meta: { permission: 'score.read' }, component: () => import('./pages/StatementsPage.vue') },
  { path: '/results/:run(\\d+)', redirect: (to) => ({ name: 'statements', query: { run: String(to.params.run) } }) },
  { path: '/results/:run(\\d+)/:holder', name: 'statement', meta: { permission: 'score.read', menu: 'statements' }, component: () => import('./pages/StatementPage.vue') },
  { path: '/findings', name: 'findings', meta: { permission: 'finding.read' }, component: () => import('./pages/FindingsPage.vue') },
  { path: '/findings/:id', name: 'finding', meta: { permission: 'finding.read', menu: 'findings' }, component: () => import('./pages/FindingPage.vue') },
  { path: '/simulate', name: 'simulations', meta: { permission: 'simulate.read' }, component: () => import('./pages/SimulationsPage.vue') },
  { path: '/simulate/new', name: 'simulate', meta: { permission: 'simulate.make', menu: 'simulations' }, component: () => import('./pages/SimulationEditPage.vue') },
  { path: '/simulate/:id(\\d+)', name: 'simulation', meta: { permission: 'simulate.read', menu: 'simulations' }, component: () => import('./pages/SimulationPage.vue') },
  { path: '/customers', name: 'customers', meta: { permission: 'customer.read' }, component: () => import('./pages/CustomersPage.vue') },
  { path: '/prospects', name: 'prospects', meta: { permission: 'customer.read', menu: 'customers' }, component: () => import('./pages/ProspectsPage.vue') },
  { path: '/customer-fields', name: 'customer-fields', meta: { permission: 'customer.fields' }, component: () => import('./pages/CustomerFieldsPage.vue') },
  { path: '/customer-imports', name: 'customer-imports', meta: { permission: 'customer.import', menu: 'customers' }, component: () => import('./pages/CustomerImportsPage.vue') },
  { path: '/customer-imports/:id(\\d+)', name: 'customer-import', meta: { permission: 'customer.import', menu: 'customers' }, component: () => import('./pages/CustomerImportPage.vue') },
  { path: '/customer-categories', name: 'categories', meta: { permission: 'customer.read' }, component: () => import('./pages/CategoriesPage.vue') },
  { path: '/customer-groups', name: 'customer-groups', meta: { permission: 'customer.read', menu: 'categories' }, component: () => import('./pages/CustomerGroupsPage.vue') },
  { path: '/customer-groups/:id', name: 'customer-group', meta: { permission: 'customer.read', menu: 'categories' }, component: () => import('./pages/CustomerGroupPage.vue') },
  { path: '/customer-duplicates', name: 'duplicates', meta: { permission: 'customer.read', menu: 'categories' }, component: () => import('./pages/DuplicatesPage.vue') },
  { path: '/bad-credit', name: 'bad-credit', meta: { permission: 'customer.read', menu: 'categories' }, component: () => import('./pages/BadCreditPage.vue') },
  { path: '/first-access', name: 'first-access', meta: { permission: 'customer.read', menu: 'categories' }, component: () => import('./pages/FirstAccessPage.vue') },
  { path: '/first-access/:id', name: 'first-access-of', meta: { permission: 'customer.read', menu: 'categories' }, component: () => import('./pages/FirstAccessPage.vue') },
  { path: '/customers/:id', name: 'customer', meta: { permission: 'customer.read', menu: 'customers' }, component: () => import('./pages/CustomerPage.vue') },
  { path: '/staff/:id', name: 'staff', meta: { permission: 'org.read', menu: 'people' }, component: () => import('./pages/StaffPage.vue') },
  { path: '/teams/:id(\\d+)', name: 'team', meta: { permission: 'org.read', menu: 'people' }, component: () => import('./pages/TeamPage.vue') },
  { path: '/duties', name: 'duties', meta: { permission: 'org.read' }, component: () => import('./pages/DutiesPage.vue') },
  { path: '/outside-queries', name: 'outside-queries', meta: { permission: 'customer.read' }, component: () => import('./pages/OutsidePage.vue') },
  { path: '/service-requests', name: 'service-requests', meta: { permission: 'mail.use' }, component: () => import('./pages/ServicePage.vue') },
  { path: '/delegations', name: 'delegations', meta: { permission: 'delegation.make' }, component: () => import('./pages/DelegationsPage.vue') },
  { path: '/leavings', name: 'leavings', meta: { permission: 'leaving.read' }, component: () => import('./pages/LeavingsPage.vue') },
  { path: '/leavings/:id(\\d+)', name: 'leaving', meta: { permission: 'leaving.read', menu: 'leavings' }, component: () => import('./pages/LeavingPage.vue') },
  { path: '/people', name: 'people', meta: { permission: 'org.read' }, component: () => import('./pages/PeoplePage.vue') },
  { path: '/assessment-forms', name: 'assess-forms', meta: { permission: 'relation.declare' }, component: () => import('./pages/AssessFormsPage.vue') },
  { path: '/assessment-forms/:id(\\d+)', name: 'assess-form', meta: { permission: 'relation.declare', menu: 'assess-forms' }, component: () => import('./pages/AssessFormPage.vue') },
  { path: '/assessments', name: 'assessments', meta: { permission: 'assessment.read' }, component: () => import('./pages/AssessPlansPage.vue') },
  { path: '/assessments/new', name: 'assess-new', meta: { permission: 'assessment.plan', menu: 'assessments' }, component: () => import('./pages/AssessEditPage.vue') },
  { path: '/assessments/:id(\\d+)', name: 'assessment', meta: { permission: 'assessment.read', menu: 'assessments' }, component: () => import('./pages/AssessPlanPage.vue') },
  { path: '/assessments/:id(\\d+)/edit', name: 'assess-edit', meta: { permission: 'assessment.plan', menu: 'assessments' }, component: () => import('./pages/AssessEditPage.vue') },
  { path: '/assessments/:id(\\d+)/results/:staff', name: 'assess-result', meta: { permission: 'assessment.read', menu: 'assessments' }, component: () => import('./pages/AssessResultPage.vue') },
  { path: '/grades', name: 'grades', meta: { permission: 'grade.read' }, beforeEnter: () => (useSession().scope('grade.read') === 'own' ? { name: 'grade', params: { staff: useSession().session!.staff_id } } : true), component: () => import('./pages/GradesPage.vue') },
  { path: '/grades/:staff', name: 'grade', meta: { permission: 'grade.read', menu: 'grades' }, component: () => import('./pages/GradePage.vue') },
  { path: '/grade-proposals/:id(\\d+)', name: 'grade-proposal', meta: { permission: 'grade.read', menu: 'grades' }, component: () => import('./pages/GradeProposalPage.vue') },
  { path: '/pay/basis', name: 'pay-basis', meta: { permission: 'pay.export', menu: 'pay' }, component: () => import('./pages/PayBasisPage.vue') },
  { path: '/pay/:id(\\d+)?', name: 'pay', meta: { permission: 'pay.export' }, component: () => import('./pages/PayPage.vue') },
  { path: '/payslip/:run(\\d+)?', name: 'payslip', meta: { permission: 'pay.read', menu: (to, s) => (s.can('pay.export') && to.query.staff ? 'pay' : 'payslip') }, component: () => import('./pages/PayslipPage.vue') },
  { path: '/deposits/:staff?', name: 'deposits', meta: { permission: 'pay.read', or: 'deposit.read' }, component: () => import('./pages/DepositPage.vue') },
  { path: '/relatives', name: 'relatives', meta: { permission: 'relation.declare' }, component: () => import('./pages/RelativesPage.vue') },
  { path: '/reports', name: 'reports', meta: { permission: 'report.read' }, component: () => import('./pages/ReportsPage.vue') },
  { path: '/reports/new', name: 'report-new', meta: { permission: 'report.make', menu: 'reports' }, component: () => import('./pages/ReportEditPage.vue') },
  { path: '/reports/:id', name: 'report', meta: { permission: 'report.read', menu: 'reports' }, component: () => import('./pages/ReportPage.vue') },
  { path: '/outside-systems', name: 'outside-systems', meta: { permission: 'signal.read' }, component: () => import('./pages/OutsideSystemsPage.vue') },
  { path: '/outside-systems/batches/:id(\\d+)', name: 'outside-batch', meta: { permission: 'signal.manage', menu: 'outside-systems' }, component: () => import('./pages/OutsideBatchPage.vue') },
  { path: '/exports', name: 'exports', meta: { permission: 'export.read' }, component: () => import('./pages/ExportsPage.vue') },
  { path: '/audit', name: 'audit', meta: { permission: 'audit.read' }, component: () => import('./pages/AuditPage.vue') },
  { path: '/policies', name: 'library', meta: { permission: 'policy.read' }, component: () => import('./pages/LibraryPage.vue') },
  { path: '/policies/:pack/:article?', name: 'policies', meta: { permission: 'policy.read', menu: 'library' }, component: () => import('./pages/PoliciesPage.vue') },
  { path: '/policies/:pack/decisions/:decision', name: 'decision', meta: { permission: 'policy.read', menu: 'library' }, component: () => import('./pages/DecisionPage.vue') },
  { path: '/try', name: 'try', meta: { permission: 'policy.read' }, component: () => import('./pages/TryPage.vue') },
  { path: '/try/:pack/:decision', name: 'trial', meta: { permission: 'policy.read', menu: 'try' }, component: () => import('./pages/TrialPage.vue') },
  { path: '/drafts', name: 'drafts', meta: { permission: 'policy.draft', or: 'policy.approve' }, component: () => import('./pages/DraftsPage.vue') },
  { path: '/drafts/:id(\\d+)', name: 'draft', meta: { permission: 'policy.draft', menu: 'drafts' }, component: () => import('./pages/DraftPage.vue') },
  { path: '/workshop', name: 'workshop', meta: { permission: 'policy.draft' }, component: () => import('./pages/WorkshopPage.vue') },
  { path: '/workshop/:id(\\d+)', name: 'workshop-draft', meta: { permission: 'policy.draft', menu: 'workshop' }, component: () => import('./pages/WorkshopDraftPage.vue') },
  { path: '/compose', name: 'compose', meta: { permission: 'policy.draft', menu: 'drafts' }, component: () => import('./pages/ComposePage.vue') },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue') },
]

/** Where a role begins its day. */
export function home(): string {
  const s = useSession()
  if (s.isHolder) return 'me'
  if (s.can('board.read')) return 'board'
  if (s.can('score.read')) return 'ranking'
  return s.can('todo.read') ? 'todos' : 'library'
}

export const router = createRouter({
  history: createWebHistory(),
  routes: pages,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

// The first page's code comes while the server says who is here.
function ahead(to: RouteLocationNormalized) {
  const part = to.matched.at(-1)?.components?.default
  if (typeof part === 'function' && !('setup' in part)) void (part as () => Promise<unknown>)().catch(() => { /* the router will say so */ })
}

let prepared = ''
router.beforeEach(async (to) => {
  const s = useSession()
  if (!s.asked) ahead(to)
  try {
    await s.restore()
  } catch (e) {
    if (!(e instanceof ApiError) || to.name === 'login') return true
    // No network: the pages of the field open all the same, from what lies on this device.
    if (to.meta.field && e.status === 0) return true
    return { name: 'login', query: { next: to.fullPath } }
  }
  // A device that took customers along opens the field without a session too: behind its passphrase.
  if (!s.session && to.meta.field && takesPart()) return true
  if (!s.session) return to.name === 'login' ? true : { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (s.session.must_change) return to.name === 'password' ? true : { name: 'password' }
  if (prepared !== s.session.login) {
    prepared = s.session.login
    void usePreferences().read()
    await s.readOverview().catch(() => { /* pages say what is wrong */ })
  }
  if (to.name === 'login') return { name: home() }
  if (to.meta.permission && !s.can(to.meta.permission) && !(to.meta.or && s.can(to.meta.or))) return { name: 'nowhere', params: { rest: to.path.slice(1).split('/') }, query: to.query }
  return true
})
export function forget(): void { prepared = '' }
