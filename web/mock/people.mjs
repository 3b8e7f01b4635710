// Roles, logins and scopes as src/people has them.
export const ROLES = ['administrator', 'manager', 'branch_head', 'risk_manager', 'business', 'hr', 'executive', 'auditor']
export const TITLES = ['系统管理员', '客户经理', '支行行长', '风险经理', '业务管理部门', '人力资源', '行领导', '审计']
const GRANTS = {
  'score.read': '-obbBBBB', 'score.export': '--b-BBBB', 'run.make': '----B---', 'board.read': '--bbBBBB', 'customer.read': '-obbB-BB',
  'personal.read': '-ob----B', 'import.read': 'B---B--B', 'import.run': 'B-------', 'user.read': 'B----B-B', 'user.manage': 'B-------',
  'org.read': 'BBBBBBBB', 'audit.read': '-------B', 'policy.read': 'BBBBBBBB',
}
const SCOPES = { o: 'own', t: 'team', b: 'branch', B: 'bank' }
export function permissions(role) {
  const i = ROLES.indexOf(role)
  return Object.fromEntries(Object.entries(GRANTS).filter(([, g]) => g[i] !== '-').map(([p, g]) => [p, SCOPES[g[i]]]))
}
export const roles = () => ROLES.map((role, i) => ({ role, title: TITLES[i], permissions: permissions(role) }))
export const PASSWORD = 'sample-pass-1'

export function logins(bank) {
  const of = (position, org) => bank.staff.find((s) => s.position === position && (!org || s.org_id.startsWith(org)))?.staff_id
  const branch = bank.staff.find((s) => s.staff_id === bank.holder).org_id.slice(0, 4)
  const staff = {
    administrator: of('other') ?? bank.staff[5].staff_id, manager: bank.holder, branch_head: of('branch_head', branch), risk_manager: of('risk_manager', branch) ?? bank.staff.find((s) => s.org_id === branch && s.position === 'accountant')?.staff_id ?? bank.staff[9].staff_id,
    business: of('supervisor') ?? bank.staff[10].staff_id, hr: of('hr') ?? bank.staff[11].staff_id, executive: of('executive'), auditor: of('auditor') ?? bank.staff[12].staff_id,
  }
  const all = ROLES.map((role, i) => ({ login: role, staff_id: staff[role] ?? bank.staff[20 + i].staff_id, roles: [role], must_change: false, disabled: false, last_login: `2026-01-0${i + 1}T00:12:0${i}Z` }))
  all.push({ login: 'newcomer', staff_id: 'S00037', roles: ['manager'], must_change: true, disabled: false, last_login: null })
  return all
}
