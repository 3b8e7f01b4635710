// What the endpoints answer. Figures are the command line's own; boards and lists are summed from them here.
import { readFileSync } from 'node:fs'
import { articles } from './pack.mjs'
import { logins, permissions, roles } from './people.mjs'

export const bank = JSON.parse(readFileSync(new URL('./fixtures/bank.json', import.meta.url), 'utf8'))
export const users = logins(bank)
const org = new Map(bank.orgs.map((o) => [o.org_id, o]))
const staff = new Map(bank.staff.map((s) => [s.staff_id, s]))
const customer = new Map(bank.customers.map((c) => [c.customer_id, c]))
const FULL = { 组织资金得分: '10', 管护户数得分: '10', 收息得分: '20' }
const WEIGHT = { 组织资金得分: '0.4', 管护户数得分: '0.3', 收息得分: '0.3' }
const ARTICLE = { 组织资金得分: '第十一条(二)4', 管护户数得分: '第十一条(二)1', 收息得分: '第十一条(二)6' }
const str = (v) => (v === null || v === undefined ? null : String(v))
const orgName = (id) => org.get(id)?.name ?? id
const branchOf = (id) => { let o = org.get(id); while (o && o.kind !== 'branch' && o.parent_id) o = org.get(o.parent_id); return o?.kind === 'branch' ? o.org_id : id }
const inside = (id, top) => { for (let o = org.get(id); o; o = org.get(o.parent_id)) if (o.org_id === top) return true; return false }
const fen = (v) => BigInt(Math.round(Number(v) * 100))
const yuan = (n) => `${n < 0n ? '-' : ''}${(n < 0n ? -n : n) / 100n}.${String((n < 0n ? -n : n) % 100n).padStart(2, '0')}`
const kind = (p) => (/Q/.test(p) ? 'quarter' : /H/.test(p) ? 'half' : /-/.test(p) ? 'month' : 'year')
const previous = (p) => { const k = kind(p); const all = Object.keys(bank.periods).filter((x) => kind(x) === k).sort(); return all[all.indexOf(p) - 1] }
export const page = (items, q, more = {}) => {
  const size = Math.min(500, Number(q.page_size ?? 50)); const n = Number(q.page ?? 1)
  return { items: items.slice((n - 1) * size, n * size), total: items.length, page: n, page_size: size, ...more }
}
const at = (o, key) => key.split('.').reduce((v, k) => v?.[k], o)
const sorted = (items, by) => {
  if (!by) return items
  const down = by.startsWith('-'); const key = by.replace(/^-/, '')
  return [...items].sort((a, b) => {
    const x = at(a, key); const y = at(b, key)
    if (x === null || x === undefined || y === null || y === undefined) return (x ?? null) === null ? 1 : -1
    const d = !Number.isNaN(Number(x)) && !Number.isNaN(Number(y)) ? Number(x) - Number(y) : String(x).localeCompare(String(y), 'zh')
    return down ? -d : d
  })
}

/** What a session reaches for a permission. */
export function reach(session, permission) {
  const scope = session.permissions[permission]
  return {
    scope,
    holder: (id) => scope === 'bank' || (scope === 'own' ? id === session.staff_id : inside(staff.get(id)?.org_id, session.org.id)),
    org: (id) => scope === 'bank' || inside(id, session.org.id),
    customer: (c) => scope === 'bank' || (scope === 'own' ? managers(c.customer_id).some((m) => m.staff === session.staff_id) : inside(c.org_id, session.org.id)),
  }
}

export function session(user) {
  const s = staff.get(user.staff_id)
  const at = ['branch_head', 'risk_manager'].includes(user.roles[0]) ? branchOf(s.org_id) : s.org_id
  return { login: user.login, staff_id: user.staff_id, name: s.name, org: { id: at, name: orgName(at) }, roles: user.roles, permissions: permissions(user.roles[0]), must_change: user.must_change, csrf: `csrf-${user.login}`, expires: '2099-01-01T00:00:00Z' }
}
export const overview = () => ({
  bank: orgName('HQ'), business_date: bank.business_date, late_days: 1, open_totals: 1, folder_held: true,
  schemes: [{ scheme: bank.scheme, title: '客户经理经营业绩考核', periods: [...Object.keys(bank.periods).map((p) => ({ period: p, kind: kind(p), complete: true })), { period: '2026Q1', kind: 'quarter', complete: false }].filter((p) => p.complete) }],
})

const peers = (p, name, id) => {
  const v = bank.periods[p].holders.map((h) => [h.id, h.scores[name]]).filter((x) => x[1] !== null).sort((a, b) => Number(b[1]) - Number(a[1]))
  const n = v.map((x) => Number(x[1]))
  return v.length ? { min: String(Math.min(...n)), max: String(Math.max(...n)), average: (n.reduce((a, b) => a + b, 0) / n.length).toFixed(4), place: 1 + n.filter((x) => x > Number(bank.periods[p].holders.find((h) => h.id === id).scores[name])).length, of: v.length } : null
}
export function sheet(id, p) {
  const run = bank.periods[p]; const h = run?.holders.find((x) => x.id === id)
  if (!h) return null
  const before = bank.periods[previous(p)]?.holders.find((x) => x.id === id)
  return {
    holder: { id, name: h.name, org: h.org, branch: h.branch, org_name: orgName(h.org), branch_name: orgName(h.branch) }, scheme: bank.scheme, title: '客户经理经营业绩考核', period: p,
    run_hash: run.run_hash, pack_hash: run.pack_hash, total: str(h.total), full_total: '100', total_reason: null, grade: h.grade, next_grade: null, rank: h.rank,
    previous: previous(p) ? { period: previous(p), total: str(before?.total) } : null,
    scores: Object.entries(h.scores).map(([name, value]) => ({ name, value: str(value), full: FULL[name], weight: WEIGHT[name], reason: value === null ? '本期没有下达计划' : null, previous: str(before?.scores[name]), peers: peers(p, name, id), article: ARTICLE[name] })),
    figures: Object.entries(h.figures).map(([name, f]) => ({ name, value: str(f.value), unit: f.unit, reason: f.value === null ? '本期没有下达计划' : null, previous: str(before?.figures[name]?.value), article: '' })),
  }
}
export function trend(id, p, count) {
  const all = Object.keys(bank.periods).filter((x) => kind(x) === kind(p) && x <= p).sort().slice(-count)
  return { items: all.flatMap((x) => { const h = bank.periods[x].holders.find((y) => y.id === id); return h ? [{ period: x, total: str(h.total), grade: h.grade, rank: h.rank, scores: h.scores }] : [] }) }
}
const find = (n, name) => (n.name === name ? n : (n.inputs ?? []).map((i) => find(i, name)).find(Boolean))
export function explain(id, p, figure) {
  const own = id === bank.holder && p === '2025Q4' ? bank.explain[figure] ?? Object.values(bank.explain).map((t) => find(t, figure)).find(Boolean) : null
  if (own) return own
  // Another holder: the same formulas with that holder's numbers, without rows.
  const h = bank.periods[p]?.holders.find((x) => x.id === id)
  const like = Object.values(bank.explain).map((t) => find(t, figure)).find(Boolean)
  if (!h || !like) return null
  const put = (n) => {
    const value = n.kind === 'total' ? h.total : n.kind === 'score' ? h.scores[n.name] : h.figures[n.name]?.value ?? n.value
    return { ...n, value, parts: undefined, contributions: undefined, sum_check: undefined, exact: undefined, inputs: n.kind === 'measure' ? undefined : n.inputs?.map(put) }
  }
  return put(like)
}
export const moved = (date, file, line) => (`${date}/${file}:${line}` === '2025-10-01/balances.csv:31' ? bank.moved : { kind: 'subject', name: `${date}/${file}:${line}`, value: 0, inputs: [] })

export function ranking(q, who) {
  const p = q.period ?? '2025Q4'; const run = bank.periods[p]
  if (!run) return null
  const quarters = Object.keys(bank.periods).filter((x) => kind(x) === kind(p) && x <= p).sort().slice(-8)
  let items = run.holders.filter((h) => who.holder(h.id)).map((h) => ({
    id: h.id, name: h.name, org: h.org, org_name: orgName(h.org), branch: h.branch, branch_name: orgName(h.branch), total: str(h.total), grade: h.grade,
    rank: { branch: h.rank.branch.place, bank: h.rank.bank.place }, scores: Object.fromEntries(Object.entries(h.scores).map(([k, v]) => [k, str(v)])),
    figures: Object.fromEntries(Object.entries(h.figures).map(([k, f]) => [k, str(f.value)])), spark: quarters.map((x) => str(bank.periods[x].holders.find((y) => y.id === h.id)?.total)),
  }))
  if (q.branch) items = items.filter((i) => inside(i.org, q.branch) || i.branch === q.branch)
  if (q.q) items = items.filter((i) => (i.name + i.id + i.org_name).includes(q.q))
  const h = run.holders[0]
  const columns = [...Object.keys(h.scores).map((k) => ({ key: `scores.${k}`, name: k, unit: '分', kind: 'score', full: FULL[k] })), ...Object.entries(h.figures).map(([k, f]) => ({ key: `figures.${k}`, name: k, unit: f.unit, kind: 'figure', full: null }))]
  return page(sorted(items, q.sort ?? '-total'), q, { columns })
}

const END = { Q1: '03-31', Q2: '06-30', Q3: '09-30', Q4: '12-31', H1: '06-30', H2: '12-31' }
const ledger = (id, subject, p) => { const day = `${p.slice(0, 4)}-${END[p.slice(4)] ?? '12-31'}`; return bank.ledger.find((r) => r.org_id === id && r.subject === subject && r.date === day)?.amount ?? null }
export function board(q, who, home) {
  const p = q.period ?? '2025Q4'; const id = q.org || (who.scope === 'bank' ? 'HQ' : home)
  const o = org.get(id)
  if (!o || !who.org(id) || !bank.periods[p]) return null
  const holders = bank.periods[p].holders.filter((h) => inside(h.org, id)); const prev = previous(p)
  const sum = (list, f) => list.reduce((n, h) => n + fen(h.figures[f]?.value ?? 0), 0n)
  const before = prev ? bank.periods[prev].holders.filter((h) => inside(h.org, id)) : []
  const tile = (name, unit, plan) => {
    const total = sum(holders, name); const planned = plan ? sum(holders, plan) : null
    return { name, value: unit === '户' ? String(total / 100n) : yuan(total), unit, change: prev ? (unit === '户' ? String((total - sum(before, name)) / 100n) : yuan(total - sum(before, name))) : null, plan: planned === null ? null : yuan(planned), completion: planned ? (Number(total) / Number(planned)).toFixed(4) : null }
  }
  const totals = holders.map((h) => Number(h.total)).filter((x) => !Number.isNaN(x))
  const low = Math.floor(Math.min(...totals) / 10) * 10; const high = Math.ceil((Math.max(...totals) + 0.01) / 10) * 10
  const distribution = holders.length ? Array.from({ length: (high - low) / 10 }, (_, i) => ({ from: String(low + i * 10), to: String(low + i * 10 + 10), count: totals.filter((t) => t >= low + i * 10 && t < low + i * 10 + 10).length })) : []
  const movers = prev ? holders.flatMap((h) => { const b = before.find((x) => x.id === h.id); return b && h.total !== null && b.total !== null ? [{ id: h.id, name: h.name, total: str(h.total), change: (Number(h.total) - Number(b.total)).toFixed(4) }] : [] }).sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, 10) : []
  const children = bank.orgs.filter((c) => c.parent_id === id && c.kind !== 'department').map((c) => {
    const hs = holders.filter((h) => inside(h.org, c.org_id)); const plan = sum(hs, '净增计划')
    return { id: c.org_id, name: c.name, kind: c.kind, holders: hs.length, deposits: ledger(c.org_id, 'deposits', p) ?? yuan(sum(hs, '存款时点余额')), deposits_change: yuan(sum(hs, '存款净增')), loans: ledger(c.org_id, 'loans', p) ?? yuan(sum(hs, '贷款余额')), total_average: hs.length ? (hs.reduce((n, h) => n + Number(h.total), 0) / hs.length).toFixed(4) : null, completion: plan ? (Number(sum(hs, '存款净增')) / Number(plan)).toFixed(4) : null }
  })
  const series = Object.keys(bank.periods).filter((x) => kind(x) === kind(p)).sort().map((x) => { const hs = bank.periods[x].holders.filter((h) => inside(h.org, id)); return { period: x, deposits: yuan(sum(hs, '存款时点余额')), loans: yuan(sum(hs, '贷款余额')) } })
  return { org: { id, name: o.name, kind: o.kind }, period: p, tiles: [tile('存款时点余额', '元'), tile('存款日均余额', '元'), tile('存款净增', '元', '净增计划'), tile('贷款余额', '元'), tile('收回利息', '元', '利息计划'), tile('管户数', '户')], distribution, movers, children, series }
}

const moment = (d, i) => `${d}T1${i % 3}:0${i % 6}:12Z`
export function imports() {
  const out = bank.imports.map(([d, id, read, applied], i) => ({ business_date: d, state: 'applied', import_id: id, applied_at: moment(d, i), by: i % 40 === 7 ? 'administrator' : 'system', rows: read, applied, unchanged: read - applied, refused: 0, allow_rejects: null, open_totals: 0 }))
  out.push({ business_date: '2026-01-01', state: 'refused', import_id: null, applied_at: moment('2026-01-02', 1), by: 'administrator', rows: bank.refused.files.reduce((n, f) => n + f.read, 0), applied: 0, unchanged: 0, refused: 2, allow_rejects: null, open_totals: 0 })
  Object.assign(out.find((o) => o.business_date === '2025-12-31'), { open_totals: 1, allow_rejects: 1 })
  out.splice(-30, 1, { ...out.at(-30), state: 'absent', import_id: null, applied_at: null, by: null, rows: 0, applied: 0, unchanged: 0 })
  return out.reverse()
}
export function importReport(date) {
  const item = imports().find((i) => i.business_date === date)
  if (!item) return null
  const { feed, ...r } = structuredClone(date === '2026-01-01' ? bank.refused : bank.report)
  if (date === '2025-12-31') Object.assign(r.control_totals[6], { found: Number(r.control_totals[6].expected) - 8800, difference: -8800, state: 'broken', reason: '明细合计比总账少' })
  return { ...r, ...item }
}

const accounts = (id) => bank.accounts.filter((a) => a.customer_id === id)
const loans = (id) => bank.loans.filter((l) => l.customer_id === id)
const balance = (a) => a.balances.at(-1)?.[1] ?? '0.00'
const shares = (k, id) => bank.assignments.filter((a) => a.subject_kind === k && a.subject_id === id).map((a) => ({ staff: a.staff_id, name: staff.get(a.staff_id)?.name ?? a.staff_id, role: a.role, share: a.share, from: a.valid_from, to: a.valid_to ?? null, subject_kind: k, subject_id: id })).sort((a, b) => (a.from < b.from ? 1 : -1))
const managers = (id) => [...shares('customer', id), ...accounts(id).flatMap((a) => shares('account', a.account_id)), ...loans(id).flatMap((l) => shares('loan', l.loan_id))]
const now = (list) => list.filter((s) => !s.to || s.to >= bank.business_date)
const total = (list, f) => yuan(list.reduce((n, x) => n + fen(f(x)), 0n))
export function customers(q, who) {
  let items = bank.customers.filter(who.customer).map((c) => ({
    id: c.customer_id, name: c.name, kind: c.kind, org: c.org_id, org_name: orgName(c.org_id), is_farmer: c.is_farmer === 'true', deposits: total(accounts(c.customer_id), balance), loans_total: total(loans(c.customer_id), (l) => l.state.balance ?? 0),
    overdue_principal: total(loans(c.customer_id), (l) => l.state.overdue_principal ?? 0), managers: [...new Map(now(managers(c.customer_id)).map((m) => [m.staff, { staff: m.staff, name: m.name, role: m.role }])).values()],
  }))
  if (q.q) items = items.filter((i) => (i.name + i.id).includes(q.q))
  if (q.kind) items = items.filter((i) => i.kind === q.kind)
  if (q.overdue === 'true') items = items.filter((i) => Number(i.overdue_principal) > 0)
  return page(sorted(items, q.sort ?? '-deposits'), q)
}
export function customerOf(id, who) {
  const c = customer.get(id)
  if (!c || !who.customer(c)) return null
  return {
    id, name: c.name, kind: c.kind, org: c.org_id, org_name: orgName(c.org_id), is_farmer: c.is_farmer === 'true', opened_on: c.opened_on ?? null, id_no_masked: (c.id_no ?? '').replace(/^(.{6}).*(.{4})$/, '$1********$2'), phone_masked: (c.phone ?? '').replace(/^(.{3}).*(.{4})$/, '$1****$2'), address_masked: (c.address ?? '').slice(0, 6) + '****',
    accounts: accounts(id).map((a) => ({ id: a.account_id, product: a.product, kind: a.kind, balance: balance(a), opened_on: a.opened_on, closed_on: a.closed_on ?? null, shares: now(shares('account', a.account_id)).concat(now(shares('customer', id))).slice(0, 2) })),
    loans: loans(id).map((l) => ({ id: l.loan_id, product: l.product, kind: l.kind, guarantee: l.guarantee, principal: l.principal, balance: l.state.balance ?? '0.00', rate: l.rate, issued_on: l.issued_on, due_on: l.extended_to ?? l.due_on, class: l.state.class ?? 'normal', overdue_principal: l.state.overdue_principal ?? '0.00', overdue_days: Number(l.state.overdue_days ?? 0), shares: now(shares('loan', l.loan_id)).concat(now(shares('customer', id))).slice(0, 2) })),
    deposits: total(accounts(id), balance), loans_total: total(loans(id), (l) => l.state.balance ?? 0), managers: managers(id),
  }
}
export const personal = (id) => { const c = customer.get(id); return { id_no: c.id_no, phone: c.phone, address: c.address } }
export function balances(id, q) {
  const from = q.from ?? '2025-01-01'; const to = q.to ?? bank.business_date; const lists = accounts(id).map((a) => a.balances)
  const days = [...new Set([from, ...lists.flat().map((b) => b[0]).filter((d) => d > from && d <= to)])].sort()
  return { from, to, items: days.map((day) => ({ day, deposits: total(lists, (l) => l.filter((b) => b[0] <= day).at(-1)?.[1] ?? l[0]?.[1] ?? 0), loans: total(loans(id), (l) => l.state.balance ?? 0) })) }
}
export function transactions(id, q) {
  const own = new Set(accounts(id).map((a) => a.account_id))
  return page(bank.transactions.filter((t) => own.has(t.account_id)).reverse().map((t) => ({ id: t.txn_id, account: t.account_id, booked_at: t.booked_at, amount: t.amount, balance_after: t.balance_after, counter_name: t.counter_name ?? null, counter_account_masked: t.counter_account ? '****' + t.counter_account.slice(-4) : null, kind: t.kind, memo: t.memo ?? null })), q)
}
const INITIALS = { 朱: 'z', 于: 'y', 赵: 'z', 王: 'w', 李: 'l', 张: 'z', 黄: 'h' }
export function search(q, s) {
  const text = q.q ?? ''; const hit = (name, id) => name.includes(text) || id.toLowerCase().includes(text.toLowerCase()) || INITIALS[name[0]] === text.toLowerCase()
  const who = reach(s, 'customer.read'); const out = []
  if (who.scope) {
    for (const c of bank.customers) if (hit(c.name, c.customer_id) && who.customer(c)) out.push({ kind: 'customer', id: c.customer_id, name: c.name, note: orgName(c.org_id), customer_id: null, holder: false })
    for (const a of bank.accounts) if (a.account_id.includes(text.toUpperCase()) && who.customer(customer.get(a.customer_id))) out.push({ kind: 'account', id: a.account_id, name: customer.get(a.customer_id).name, note: a.product, customer_id: a.customer_id, holder: false })
  }
  for (const p of bank.staff) if (hit(p.name, p.staff_id)) out.push({ kind: 'staff', id: p.staff_id, name: p.name, note: orgName(p.org_id), customer_id: null, holder: p.position === 'manager' && Boolean(reach(s, 'score.read').scope) && reach(s, 'score.read').holder(p.staff_id) })
  return { items: out.sort((a, b) => (a.kind === 'account') - (b.kind === 'account')).slice(0, 20) }
}
export const orgs = () => bank.orgs.map((o) => { const here = bank.staff.filter((s) => s.org_id === o.org_id && !s.left_on); const head = here.find((s) => s.position === 'branch_head' || (o.kind === 'hq' && s.position === 'executive')); return { id: o.org_id, parent: o.parent_id ?? null, name: o.name, kind: o.kind, head: head ? { id: head.staff_id, name: head.name } : null, staff: here.length, managers: here.filter((s) => s.position === 'manager').length } })
const staffItem = (s) => ({ id: s.staff_id, name: s.name, org: s.org_id, org_name: orgName(s.org_id), position: s.position, title: s.title ?? null, education: s.education ?? null, hired_on: s.hired_on ?? null, left_on: s.left_on ?? null, phone_masked: s.phone })
export const staffList = (q) => page(bank.staff.filter((s) => (!q.org || inside(s.org_id, q.org)) && (!q.q || (s.name + s.staff_id).includes(q.q))).map(staffItem), q)
export const staffOne = (id) => { const s = staff.get(id); return s ? staffItem(s) : null }
export const loginItem = (u) => ({ login: u.login, staff_id: u.staff_id, name: staff.get(u.staff_id).name, org: { id: staff.get(u.staff_id).org_id, name: orgName(staff.get(u.staff_id).org_id) }, roles: u.roles, must_change: u.must_change, disabled: u.disabled, last_login: u.last_login })
export { roles }
export const policy = { id: 'sample', title: '样例农村商业银行客户经理经营业绩考核', version: '1.0', from: '2000-01-01', hash: bank.periods['2025Q4'].pack_hash, articles: articles(bank.policy) }
