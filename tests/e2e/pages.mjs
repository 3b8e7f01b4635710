// Which pages a role has (by its permissions), and where each stands.
import { read, send } from './server.mjs'

export const PAGES = [
  { name: 'todos', path: '/todos', permission: 'todo.read', roles: ['manager', 'branch_head', 'administrator', 'executive'] },
  { name: 'todos-closed', path: '/todos?state=closed', permission: 'todo.read', roles: ['manager'] },
  { name: 'todo-team', path: '/todos/team', permission: 'todo.read', notOwn: true },
  { name: 'todo-absences', path: '/todos/absences', permission: 'absence.record', roles: ['manager', 'hr'] },
  { name: 'todo-rules', path: '/todos/rules', permission: 'todo.manage' },
  { name: 'mail', path: '/mail', permission: 'mail.use', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'mail-sent', path: '/mail?folder=sent', permission: 'mail.use', roles: ['manager'] },
  { name: 'mail-write', path: '/mail/write', permission: 'mail.use', roles: ['manager'] },
  { name: 'mail-settings', path: '/mail/settings', permission: 'mail.use', roles: ['manager'] },
  { name: 'writing', path: '/writing?q=%E5%AE%A2%E6%88%B7', permission: 'mail.use', roles: ['manager', 'branch_head'] },
  { name: 'notices', path: '/notices', permission: 'mail.use', roles: ['manager', 'branch_head'] },
  { name: 'notices-made', path: '/notices?view=made', permission: 'notice.write', roles: ['business', 'branch_head'] },
  { name: 'notice-edit', path: '/notices/new/edit', permission: 'notice.write', roles: ['branch_head'] },
  { name: 'messages', path: '/messages', permission: 'mail.use', roles: ['manager', 'administrator'] },
  { name: 'outbox', path: '/outbox', permission: 'outbox.read', roles: ['manager', 'administrator', 'business'] },
  { name: 'outbox-channels', path: '/outbox/channels', permission: 'outbox.manage' },
  { name: 'me', path: '/me', permission: 'score.read', roles: ['manager'] },
  { name: 'board', path: '/board', permission: 'board.read' },
  { name: 'ranking', path: '/ranking', permission: 'score.read', notOwn: true },
  { name: 'score', path: (x) => x.holder && `/scores/${x.holder}`, permission: 'score.read', notOwn: true },
  { name: 'explain', path: (x) => x.holder && `/scores/${x.holder}?x=${encodeURIComponent([x.scheme, x.period, x.holder, x.score].join('~'))}`, permission: 'score.read' },
  { name: 'row', path: (x) => x.row && `/rows/${x.row}?scheme=${x.scheme}&period=${x.period}`, permission: 'score.read' },
  { name: 'customers', path: '/customers', permission: 'customer.read' },
  { name: 'customer', path: (x) => x.customer && `/customers/${x.customer}`, permission: 'customer.read' },
  { name: 'customers-filtered', path: '/customers?loans_from=1&sort=-last_visit', permission: 'customer.read', roles: ['manager', 'business'] },
  { name: 'prospects', path: '/prospects', permission: 'customer.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'customer-fields', path: '/customer-fields', permission: 'customer.fields' },
  { name: 'customer-imports', path: '/customer-imports', permission: 'customer.import', roles: ['manager', 'business'] },
  { name: 'customer-import', path: (x) => x.intake && `/customer-imports/${x.intake}`, permission: 'customer.import', roles: ['manager', 'business'] },
  { name: 'field', path: '/field', permission: 'visit.write', roles: ['manager', 'branch_head'] },
  { name: 'field-visit', path: '/field/visit', permission: 'visit.write', roles: ['manager'] },
  { name: 'field-brief', path: (x) => x.customer && `/field/customers/${x.customer}`, permission: 'visit.write', roles: ['manager'] },
  { name: 'field-waiting', path: '/field/waiting', permission: 'visit.write', roles: ['manager'] },
  { name: 'field-devices', path: '/field/devices', permission: 'todo.read', roles: ['manager', 'administrator', 'branch_head'] },
  { name: 'duties', path: '/duties', permission: 'org.read', roles: ['manager', 'hr', 'auditor'] },
  { name: 'duties-group', path: '/duties?pack=rcb-seven-tier', permission: 'org.read', roles: ['hr'] },
  { name: 'outside', path: '/outside-queries', permission: 'customer.read', roles: ['manager', 'business', 'auditor'] },
  { name: 'outside-checks', path: '/outside-queries?tab=checks', permission: 'board.read', roles: ['branch_head', 'auditor'] },
  { name: 'service', path: '/service-requests', permission: 'mail.use', roles: ['manager', 'business', 'administrator'] },
  { name: 'assign', path: '/assign', permission: 'assignment.read' },
  { name: 'assign-claims', path: '/assign?tab=claims', permission: 'assignment.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'assign-register', path: '/assign?tab=register', permission: 'assignment.read', roles: ['manager', 'branch_head', 'business'] },
  { name: 'assign-standings', path: '/assign?tab=standings', permission: 'assignment.read', roles: ['branch_head', 'business'] },
  { name: 'assign-proposals', path: '/assign?tab=proposals', permission: 'assignment.make' },
  { name: 'handover', path: (x) => x.handover && `/assign/handovers/${x.handover}`, permission: 'assignment.read', roles: ['manager', 'branch_head'] },
  { name: 'claim', path: (x) => x.claim && `/assign/claims/${x.claim}`, permission: 'assignment.read', roles: ['manager', 'branch_head'] },
  { name: 'leads', path: '/leads', permission: 'lead.read' },
  { name: 'leads-late', path: '/leads?whose=team&only=late', permission: 'lead.assign' },
  { name: 'lead', path: (x) => x.lead && `/leads/${x.lead}`, permission: 'lead.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'lead-new', path: '/leads/new', permission: 'lead.write', roles: ['manager', 'hr'] },
  { name: 'lead-edit', path: (x) => x.lead && `/leads/${x.lead}/edit`, permission: 'lead.write', roles: ['manager'] },
  { name: 'lead-funnel', path: '/leads/funnel', permission: 'lead.read', roles: ['manager', 'business', 'executive'] },
  { name: 'lead-referrals', path: '/leads/referrals', permission: 'lead.read', roles: ['manager', 'branch_head'] },
  { name: 'lead-passes', path: '/leads/passes', permission: 'lead.read', roles: ['manager', 'branch_head'] },
  { name: 'visit-queue', path: '/leads/queue', permission: 'lead.read', roles: ['manager', 'branch_head'] },
  { name: 'campaigns', path: '/campaigns', permission: 'lead.read', roles: ['manager', 'business', 'executive'] },
  { name: 'campaign', path: (x) => x.campaign && `/campaigns/${x.campaign}`, permission: 'lead.read', roles: ['manager', 'business', 'executive'] },
  { name: 'campaign-edit', path: '/campaigns/new/edit', permission: 'campaign.manage', roles: ['business'] },
  { name: 'visits', path: '/visits', permission: 'visit.read' },
  { name: 'visits-team', path: '/visits?whose=team', permission: 'visit.comment' },
  { name: 'visit', path: (x) => x.visit && `/visits/${x.visit}`, permission: 'visit.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'categories', path: '/customer-categories', permission: 'customer.read', roles: ['manager', 'branch_head', 'business'] },
  { name: 'categories-vip', path: '/customer-categories?scheme=vip', permission: 'customer.read', roles: ['business'] },
  { name: 'customer-groups', path: '/customer-groups', permission: 'customer.read', roles: ['manager', 'auditor'] },
  { name: 'customer-group', path: (x) => x.group && `/customer-groups/${x.group}`, permission: 'customer.read', roles: ['manager', 'business'] },
  { name: 'bad-credit', path: '/bad-credit', permission: 'customer.read', roles: ['manager', 'risk_manager'] },
  { name: 'duplicates', path: '/customer-duplicates', permission: 'customer.read', roles: ['manager', 'business'] },
  { name: 'merges', path: '/customer-duplicates?tab=merges', permission: 'customer.read', roles: ['branch_head'] },
  { name: 'identity', path: '/customer-duplicates?tab=identity', permission: 'customer.read', roles: ['business'] },
  { name: 'first-access', path: '/first-access', permission: 'customer.read', roles: ['manager', 'branch_head'] },
  { name: 'first-access-of', path: (x) => x.access && `/first-access/${x.access}`, permission: 'customer.read', roles: ['manager', 'branch_head'] },
  { name: 'plans', path: '/plans', permission: 'plan.read', roles: ['manager', 'branch_head'] },
  { name: 'plans-team', path: '/plans/team', permission: 'plan.read', roles: ['branch_head', 'business'] },
  { name: 'logs', path: '/logs', permission: 'log.write', roles: ['manager'] },
  { name: 'logs-team', path: '/logs/team', permission: 'log.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'log-checks', path: '/logs/checks', permission: 'log.check' },
  { name: 'log-figures', path: '/logs/figures', permission: 'log.read', roles: ['manager', 'business'] },
  { name: 'suggestions', path: '/suggestions', permission: 'suggestion.read' },
  { name: 'suggestions-board', path: '/suggestions?view=board', permission: 'suggestion.read', roles: ['manager', 'auditor'] },
  { name: 'suggestion', path: (x) => x.suggestion && `/suggestions/${x.suggestion}`, permission: 'suggestion.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'surveys', path: '/surveys', permission: 'suggestion.read', roles: ['manager', 'business', 'hr'] },
  { name: 'survey', path: (x) => x.survey && `/surveys/${x.survey}`, permission: 'suggestion.read', roles: ['manager', 'business'] },
  { name: 'favours', path: '/favours', permission: 'customer.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'favour-totals', path: '/favours?tab=totals', permission: 'customer.read', roles: ['manager', 'business'] },
  { name: 'favour-powers', path: '/favours?tab=powers', permission: 'favour.decide', roles: ['executive'] },
  { name: 'expenses', path: '/expenses', permission: 'customer.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'expense-totals', path: '/expenses?tab=totals', permission: 'customer.read', roles: ['branch_head', 'business'] },
  { name: 'expense-limits', path: '/expenses?tab=limits', permission: 'customer.read', roles: ['manager'] },
  { name: 'knowledge', path: '/knowledge', permission: 'suggestion.read' },
  { name: 'knowledge-card', path: (x) => x.product && `/knowledge?open=${x.product}`, permission: 'suggestion.read', roles: ['manager', 'business'] },
  { name: 'knowledge-questions', path: '/knowledge?tab=questions', permission: 'suggestion.read', roles: ['manager', 'branch_head'] },
  { name: 'knowledge-contacts', path: '/knowledge?tab=contacts', permission: 'suggestion.read', roles: ['manager'] },
  { name: 'meetings', path: '/meetings', permission: 'meeting.read', roles: ['manager', 'branch_head', 'executive'] },
  { name: 'training', path: '/training', permission: 'training.read' },
  { name: 'training-sessions', path: '/training?tab=sessions', permission: 'training.read', roles: ['manager', 'hr'] },
  { name: 'training-courses', path: '/training?tab=courses', permission: 'training.read', roles: ['manager', 'hr'] },
  { name: 'training-topics', path: '/training?tab=topics', permission: 'training.read', roles: ['hr'] },
  { name: 'training-plans', path: '/training?tab=plans', permission: 'training.read', roles: ['manager', 'branch_head', 'business'] },
  { name: 'training-records', path: '/training?tab=records', permission: 'training.read', roles: ['branch_head', 'hr'] },
  { name: 'training-course', path: (x) => x.course && `/training/courses/${x.course}`, permission: 'training.read', roles: ['manager', 'hr'] },
  { name: 'training-plan', path: (x) => x.tplan && `/training/plans/${x.tplan}`, permission: 'training.read', roles: ['manager', 'hr', 'business'] },
  { name: 'training-session', path: (x) => x.tsession && `/training/sessions/${x.tsession}`, permission: 'training.read', roles: ['manager', 'branch_head', 'hr'] },
  { name: 'exams', path: '/exams', permission: 'training.read', roles: ['manager', 'branch_head', 'hr', 'business'] },
  { name: 'exam', path: (x) => x.exam && `/exams/${x.exam}`, permission: 'training.read', roles: ['manager', 'hr'] },
  { name: 'exam-results', path: (x) => x.exam && `/exams/${x.exam}/results`, permission: 'exam.check', roles: ['hr', 'business'] },
  { name: 'questions', path: '/questions', permission: 'exam.check', roles: ['hr', 'business'] },
  { name: 'papers', path: '/questions?tab=papers', permission: 'exam.check', roles: ['hr'] },
  { name: 'reports', path: '/reports', permission: 'report.read' },
  { name: 'report', path: '/reports/receivable', permission: 'customer.read', roles: ['manager', 'branch_head', 'risk_manager'] },
  { name: 'report-groups', path: '/reports/overdue-by-age', permission: 'customer.read', roles: ['risk_manager', 'executive'] },
  { name: 'report-kept', path: (x) => x.report && `/reports/${x.report}`, permission: 'report.read', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'report-new', path: '/reports/new?q=%7B%22source%22%3A%22staff%22%7D', permission: 'report.make', roles: ['branch_head', 'hr'] },
  { name: 'exports', path: '/exports', permission: 'export.read', roles: ['manager', 'branch_head', 'administrator', 'auditor'] },
  { name: 'outside-systems', path: '/outside-systems', permission: 'signal.read', roles: ['administrator', 'manager', 'risk_manager'] },
  { name: 'outside-targets', path: '/outside-systems?tab=targets', permission: 'signal.read', roles: ['business', 'risk_manager'] },
  { name: 'outside-records', path: '/outside-systems?tab=records', permission: 'signal.read', roles: ['business', 'branch_head'] },
  { name: 'outside-batches', path: '/outside-systems?tab=batches', permission: 'signal.manage', roles: ['administrator'] },
  { name: 'outside-batch', path: (x) => x.batch && `/outside-systems/batches/${x.batch}`, permission: 'signal.manage', roles: ['business'] },
  { name: 'imports', path: '/imports', permission: 'import.read' },
  { name: 'import', path: (x) => x.refused && `/imports/${x.refused}`, permission: 'import.read' },
  { name: 'import-open', path: (x) => x.open && `/imports/${x.open}`, permission: 'import.read' },
  { name: 'runs', path: '/runs', permission: 'run.read' },
  { name: 'run', path: (x) => x.run && `/runs/${x.run}`, permission: 'run.read' },
  { name: 'run-sealed', path: (x) => x.sealed && `/runs/${x.sealed}`, permission: 'run.read', roles: ['business', 'auditor'] },
  { name: 'disputes', path: '/disputes', permission: 'score.read' },
  { name: 'dispute', path: (x) => x.dispute && `/disputes/${x.dispute}`, permission: 'score.read' },
  { name: 'statements', path: '/results', permission: 'score.read' },
  { name: 'statement', path: (x) => x.result && `/results/${x.result}`, permission: 'score.read' },
  { name: 'findings', path: '/findings', permission: 'finding.read' },
  { name: 'finding', path: (x) => x.finding && `/findings/${x.finding}`, permission: 'finding.read' },
  { name: 'simulations', path: '/simulate', permission: 'simulate.read' },
  { name: 'simulate', path: (x) => x.period && `/simulate/new?period=${x.period}`, permission: 'simulate.make', roles: ['business', 'executive'] },
  { name: 'simulation', path: (x) => x.simulation && `/simulate/${x.simulation}`, permission: 'simulate.read' },
  { name: 'assess-forms', path: '/assessment-forms', permission: 'relation.declare', roles: ['manager', 'branch_head', 'auditor'] },
  { name: 'assess-form', path: (x) => x.form && `/assessment-forms/${x.form}`, permission: 'relation.declare', roles: ['manager', 'branch_head'] },
  { name: 'assessments', path: '/assessments', permission: 'assessment.read' },
  { name: 'assessment', path: (x) => x.reported && `/assessments/${x.reported}`, permission: 'assessment.read' },
  { name: 'assess-quality', path: (x) => x.reported && `/assessments/${x.reported}?tab=quality`, permission: 'assessment.quality', roles: ['business'] },
  { name: 'assess-progress', path: (x) => x.running && `/assessments/${x.running}?tab=progress`, permission: 'assessment.plan', roles: ['business'] },
  { name: 'assess-plan', path: (x) => x.running && `/assessments/${x.running}?tab=plan`, permission: 'assessment.read', roles: ['business', 'manager'] },
  { name: 'assess-preview', path: (x) => x.drafted && `/assessments/${x.drafted}?tab=preview`, permission: 'assessment.approve', roles: ['hr'] },
  { name: 'assess-result', path: (x) => x.assessed && `/assessments/${x.reported}/results/${x.assessed}`, permission: 'assessment.read', roles: ['manager', 'business', 'branch_head'] },
  { name: 'assess-new', path: '/assessments/new', permission: 'assessment.plan', roles: ['business'] },
  { name: 'grades', path: '/grades', permission: 'grade.read', notOwn: true },
  { name: 'grade-proposals', path: '/grades?tab=proposals', permission: 'grade.decide', roles: ['hr', 'executive'] },
  { name: 'grade', path: (x) => x.graded && `/grades/${x.graded}`, permission: 'grade.read' },
  { name: 'grade-proposal', path: (x) => x.proposal && `/grade-proposals/${x.proposal}`, permission: 'grade.read', roles: ['manager', 'hr', 'business'] },
  { name: 'relatives', path: '/relatives', permission: 'relation.declare', roles: ['manager', 'hr'] },
  { name: 'people', path: '/people', permission: 'org.read' },
  { name: 'org-tree', path: '/people?tab=tree', permission: 'org.read', roles: ['manager', 'administrator'] },
  { name: 'teams', path: '/people?tab=teams', permission: 'org.read', roles: ['manager', 'hr'] },
  { name: 'team', path: (x) => x.team && `/teams/${x.team}`, permission: 'org.read', roles: ['manager', 'hr'] },
  { name: 'posts', path: '/people?tab=posts', permission: 'org.read', roles: ['manager', 'hr'] },
  { name: 'staff', path: (x) => x.person && `/staff/${x.person}`, permission: 'org.read', roles: ['manager', 'hr'] },
  { name: 'roles-given', path: '/people?tab=compose', permission: 'user.read', roles: ['administrator', 'hr', 'auditor'] },
  { name: 'roles-waiting', path: '/people?tab=compose', permission: 'role.confirm', roles: ['executive'] },
  { name: 'delegations', path: '/delegations', permission: 'delegation.make', roles: ['manager', 'branch_head'] },
  { name: 'leavings', path: '/leavings', permission: 'leaving.read', roles: ['hr', 'branch_head', 'auditor'] },
  { name: 'leaving', path: (x) => x.leaving && `/leavings/${x.leaving}`, permission: 'leaving.read', roles: ['hr', 'branch_head', 'auditor'] },
  { name: 'logins', path: '/people?tab=logins', permission: 'user.read' },
  { name: 'roles', path: '/people?tab=roles', permission: 'user.read' },
  { name: 'audit', path: '/audit', permission: 'audit.read' },
  { name: 'library', path: '/policies', permission: 'policy.read' },
  { name: 'library-search', path: `/policies?q=${encodeURIComponent('抵押')}`, permission: 'policy.read', roles: ['manager', 'auditor'] },
  { name: 'policies', path: '/policies/hubei-rcc-guide', permission: 'policy.read', roles: ['manager', 'auditor', 'executive', 'administrator'] },
  { name: 'decision', path: '/policies/mortgage-lending-note/decisions/appraisal-waiver', permission: 'policy.read', roles: ['manager', 'auditor', 'executive', 'administrator'] },
  { name: 'try', path: '/try?pack=mortgage-lending-note', permission: 'policy.read', roles: ['manager', 'auditor'] },
  { name: 'trial', path: '/try/mortgage-lending-note/presigning-check', permission: 'policy.read', roles: ['manager', 'auditor', 'executive'] },
  { name: 'drafts', path: '/drafts', permission: 'policy.draft', roles: ['business', 'administrator'] },
  { name: 'workshop', path: '/workshop', permission: 'policy.draft', roles: ['business', 'administrator'] },
  { name: 'workshop-object', path: (x) => x.draft && `/workshop/${x.draft}`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-raw', path: (x) => x.draft && `/workshop/${x.draft}?step=raw&at=${encodeURIComponent('金卡销售数')}`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-param', path: (x) => x.draft && `/workshop/${x.draft}?step=param&at=${encodeURIComponent('加分步长')}`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-targets', path: (x) => x.draft && `/workshop/${x.draft}?step=param&at=${encodeURIComponent('+@')}`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-calc', path: (x) => x.draft && `/workshop/${x.draft}?step=calc&at=${encodeURIComponent('净增完成率')}`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-score', path: (x) => x.draft && `/workshop/${x.draft}?step=score&at=${encodeURIComponent('组织资金得分')}`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-run', path: (x) => x.draft && `/workshop/${x.draft}?step=run`, permission: 'policy.draft', roles: ['business'] },
  { name: 'workshop-report', path: (x) => x.draft && `/workshop/${x.draft}?step=report`, permission: 'policy.draft', roles: ['business'] },
  { name: 'compose', path: '/compose', permission: 'policy.draft', roles: ['business'] },
  { name: 'pay', path: '/pay', permission: 'pay.export' },
  { name: 'pay-run', path: (x) => x.pay && `/pay/${x.pay}`, permission: 'pay.export' },
  { name: 'pay-people', path: (x) => x.pay && `/pay/${x.pay}?tab=people`, permission: 'pay.export', roles: ['hr'] },
  { name: 'pay-later', path: (x) => x.paid && `/pay/${x.paid}?tab=later`, permission: 'pay.export', roles: ['hr'] },
  { name: 'pay-basis', path: '/pay/basis', permission: 'pay.export', roles: ['hr', 'auditor'] },
  { name: 'pay-joint', path: '/pay/basis?tab=joint', permission: 'pay.export', roles: ['hr'] },
  { name: 'pay-needs', path: '/pay/basis?tab=needs', permission: 'pay.export', roles: ['hr'] },
  { name: 'payslip', path: '/payslip', permission: 'pay.read', roles: ['manager'] },
  { name: 'deposits', path: '/deposits', permission: 'pay.read', roles: ['manager', 'hr', 'risk_manager'] },
  { name: 'deposits-orders', path: '/deposits?tab=orders', permission: 'deposit.read', roles: ['hr', 'executive'] },
  { name: 'deposits-coming', path: '/deposits?tab=coming', permission: 'deposit.read', roles: ['hr'] },
  { name: 'password', path: '/password' },
  { name: 'nowhere', path: '/no/such/page' },
]
export const can = (session, permission) => (session.permissions[permission] ?? 'none') !== 'none'
export const has = (session, p) =>
  (!p.permission || can(session, p.permission)) && !(p.notOwn && session.permissions[p.permission] === 'own') && (!p.roles || p.roles.some((r) => session.roles.includes(r)))

// The first source row below a figure, where the tree carries one.
function rowOf(node) {
  if (typeof node.file === 'string' && node.line) return `${node.business_date}/${node.file}/${node.line}`
  for (const n of node.inputs ?? []) {
    const found = rowOf(n)
    if (found) return found
  }
  return null
}

/** Things that stand in the bank and that this session can see: a holder, a row, a customer, dates. */
export async function examples(url, session) {
  const get = (path) => read(url, session, path)
  const scheme = (await get('/overview')).schemes[0]
  const period = scheme?.periods.filter((p) => p.complete && p.kind === 'quarter').map((p) => p.period).sort().at(-1)
  const x = { scheme: scheme?.scheme, period }
  const about = `scheme=${encodeURIComponent(x.scheme)}&period=${period}`
  if (can(session, 'score.read') && period) {
    const own = session.roles.includes('manager')
    x.holder = own ? session.staff_id : (await get(`/ranking?${about}&page_size=1&sort=-total`)).items[0]?.id
    if (x.holder) {
      const sheet = await get(`/scores/${x.holder}?${about}`)
      x.score = sheet.scores.find((s) => s.value !== null)?.name ?? '总分'
      x.row = rowOf(await get(`/scores/${x.holder}/explain?${about}&figure=${encodeURIComponent(x.score)}&limit=2`))
    }
  }
  if (can(session, 'customer.read')) x.customer = (await get('/customers?page_size=1&sort=-loans_total')).items[0]?.id
  if (can(session, 'assignment.read')) {
    x.handover = (await get('/handovers?page_size=1')).items[0]?.id
    x.claim = (await get('/claims?page_size=1')).items[0]?.id
  }
  if (can(session, 'lead.read')) {
    const leads = (await get(`/leads?whose=${session.roles.includes('manager') ? 'mine' : 'team'}&page_size=100`)).items
    x.lead = (leads.find((l) => l.contacts && !l.closed_on && l.own) ?? leads.find((l) => l.contacts) ?? leads[0])?.id
    x.campaign = (await get('/campaigns?state=running&page_size=1')).items[0]?.id
  }
  if (can(session, 'visit.read')) {
    const visits = (await get(`/visits?whose=${session.roles.includes('manager') ? 'mine' : 'team'}&state=done&page_size=100`)).items
    x.visit = (visits.find((v) => v.photos) ?? visits[0])?.id
  }
  if (can(session, 'customer.read')) {
    x.group = (await get('/customer-groups?form=household&page_size=1')).items[0]?.id
    x.access = (await get('/first-access?page_size=1')).items[0]?.canonical
  }
  if (can(session, 'suggestion.read')) {
    x.suggestion = (await get('/suggestions?view=board&page_size=1')).items[0]?.id
    x.survey = (await get(`/surveys?view=${can(session, 'survey.manage') ? 'made' : 'mine'}&page_size=50`)).items.find((s) => s.state === 'running')?.id
    x.product = (await get('/products?page_size=50')).items.find((p) => p.published)?.id
  }
  if (can(session, 'pay.export')) {
    const runs = (await get('/pay/runs?page_size=100')).items
    x.pay = runs.find((r) => r.state === 'draft')?.id ?? runs[0]?.id
    x.paid = runs.find((r) => r.state === 'paid')?.id
  }
  if (can(session, 'training.read')) {
    x.course = (await get('/training-courses?page_size=1')).items[0]?.id
    x.tplan = (await get('/training-plans?state=approved&page_size=1')).items[0]?.id
    x.tsession = (await get('/training-sessions?page_size=100')).items.find((s) => s.state === 'closed')?.id
    x.exam = (await get('/exams?page_size=50')).items.find((e) => e.candidates)?.id
  }
  if (can(session, 'report.read')) x.report = (await get('/reports')).own[0]?.id
  if (can(session, 'run.read')) x.run = (await get('/runs?page_size=1')).items[0]?.id
  if (can(session, 'run.read')) x.sealed = (await get('/runs?page_size=1&state=sealed')).items[0]?.id
  if (can(session, 'score.read')) {
    x.dispute = (await get('/disputes?page_size=1')).items[0]?.id
    const sealed = (await get('/results?page_size=1&state=sealed')).items[0]
    x.result = sealed && `${sealed.run}/${sealed.holder}`
  }
  if (can(session, 'customer.import')) x.intake = (await get('/customer-imports?page_size=50')).items.find((i) => i.state === 'checked')?.id
  if (can(session, 'signal.manage')) x.batch = (await get('/outside-systems/batches?page_size=50')).items.find((b) => b.state === 'checked')?.id
  if (can(session, 'simulate.read')) x.simulation = (await get('/simulations?page_size=50')).items.find((s) => s.shared)?.id
  if (can(session, 'finding.read')) {
    const found = (await get('/risk/findings?page_size=200')).items
    x.finding = (found.find((f) => f.kind === 'circle') ?? found[0])?.id
  }
  if (can(session, 'import.read')) {
    const dates = (await get('/imports?page_size=500')).items
    x.refused = dates.find((i) => i.state === 'refused')?.business_date
    x.open = (dates.find((i) => i.open_totals) ?? dates[0])?.business_date
  }
  if (can(session, 'policy.draft')) x.draft = (await get('/policy-drafts?state=open&pack=sample&page_size=1')).items[0]?.id ?? (await send(url, session, 'POST', '/policy-drafts', { pack: 'sample', note: '旺季调整' })).id
  x.person = session.staff_id
  if (can(session, 'org.read')) x.team = (await get('/teams?page_size=1')).items[0]?.id
  if (can(session, 'leaving.read')) x.leaving = (await get('/leavings?page_size=1')).items[0]?.id
  Object.assign(x, await assessed(session, get))
  return x
}

// Plans in each state, a form of one's own, somebody who was assessed, somebody with a grade.
async function assessed(session, get) {
  const x = {}
  if (can(session, 'relation.declare')) {
    const forms = (await get('/assessment-forms?page_size=500')).items
    x.form = (forms.find((f) => f.answered && f.state === 'open') ?? forms[0])?.id
  }
  if (can(session, 'assessment.read')) {
    const plans = (await get('/assessment-plans?page_size=500')).items
    for (const [name, state] of [['reported', 'reported'], ['running', 'running'], ['drafted', 'draft']]) x[name] = plans.find((p) => p.state === state)?.id
    if (x.reported) x.assessed = session.permissions['assessment.read'] === 'own' ? session.staff_id : (await get(`/assessment-plans/${x.reported}/results?page_size=1`)).items[0]?.staff_id
  }
  if (can(session, 'grade.read')) {
    const pack = (await get('/grade-proposals?page_size=1')).items[0]?.pack
    if (pack) x.graded = (await get(`/grades?pack=${pack}&page_size=500`)).items.find((h) => h.steps)?.staff
    x.proposal = (await get('/grade-proposals?page_size=1')).items[0]?.id
  }
  return x
}
