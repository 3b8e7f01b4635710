// Which pages a role has (by its permissions), and where each stands.
import { read, send } from './server.mjs'

export const PAGES = [
  { name: 'todos', path: '/todos', permission: 'todo.read', roles: ['manager', 'branch_head', 'administrator', 'executive'] },
  { name: 'todos-closed', path: '/todos?state=closed', permission: 'todo.read', roles: ['manager'] },
  { name: 'todo-team', path: '/todos/team', permission: 'todo.read', notOwn: true },
  { name: 'todo-absences', path: '/todos/absences', permission: 'absence.record', roles: ['manager', 'hr'] },
  { name: 'todo-rules', path: '/todos/rules', permission: 'todo.manage' },
  { name: 'me', path: '/me', permission: 'score.read', roles: ['manager'] },
  { name: 'board', path: '/board', permission: 'board.read' },
  { name: 'ranking', path: '/ranking', permission: 'score.read', notOwn: true },
  { name: 'score', path: (x) => x.holder && `/scores/${x.holder}`, permission: 'score.read', notOwn: true },
  { name: 'explain', path: (x) => x.holder && `/scores/${x.holder}?x=${encodeURIComponent([x.scheme, x.period, x.holder, x.score].join('~'))}`, permission: 'score.read' },
  { name: 'row', path: (x) => x.row && `/rows/${x.row}?scheme=${x.scheme}&period=${x.period}`, permission: 'score.read' },
  { name: 'customers', path: '/customers', permission: 'customer.read' },
  { name: 'customer', path: (x) => x.customer && `/customers/${x.customer}`, permission: 'customer.read' },
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
  if (can(session, 'pay.export')) {
    const runs = (await get('/pay/runs?page_size=100')).items
    x.pay = runs.find((r) => r.state === 'draft')?.id ?? runs[0]?.id
    x.paid = runs.find((r) => r.state === 'paid')?.id
  }
  if (can(session, 'run.read')) x.run = (await get('/runs?page_size=1')).items[0]?.id
  if (can(session, 'run.read')) x.sealed = (await get('/runs?page_size=1&state=sealed')).items[0]?.id
  if (can(session, 'score.read')) {
    x.dispute = (await get('/disputes?page_size=1')).items[0]?.id
    const sealed = (await get('/results?page_size=1&state=sealed')).items[0]
    x.result = sealed && `${sealed.run}/${sealed.holder}`
  }
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
