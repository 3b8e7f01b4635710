// Makes fixtures/bank.json: answers of the real command line on a small sample bank, cut down to what the
// client's tests look at. Run it when the shapes of `guanhu appraise` or `guanhu explain` change:
//   node mock/make.mjs ../build/release/guanhu ../policies
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [binary, policies] = process.argv.slice(2)
if (!binary || !policies) {
  console.error('usage: node mock/make.mjs GUANHU POLICIES')
  process.exit(2)
}
const here = dirname(fileURLToPath(import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'guanhu-mock-'))
const feed = join(work, 'feed')
const data = join(work, 'bank')
const scheme = 'sample/经营业绩'
const env = { ...process.env, GUANHU_POLICIES: policies }
const run = (...args) => {
  try {
    return execFileSync(binary, args, { env, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
  } catch (e) {
    if (e.status === 1 && e.stdout.length) return e.stdout.toString()
    throw e
  }
}
// Exact decimals stay text: numbers beyond 15 digits would lose their tail as doubles.
const json = (text) =>
  JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?/g, (m) => (m[0] !== '"' && m.length > 15 ? `"${m}"` : m)))

run('sample', '--out', feed, '--customers', '1500', '--managers', '24', '--seed', '7')
run('init', '--data', data)
const imported = json(run('import', '--data', data, feed, '--json'))

function csv(path) {
  const lines = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/)
  const names = lines[0].split(',')
  return lines.slice(1).map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((c) => c.replace(/,$/, '').replace(/^"|"$/g, ''))
    return Object.fromEntries(names.map((n, i) => [n, cells[i] ?? '']))
  })
}
function rows(file) {
  const out = []
  for (const date of readdirSync(feed).filter((d) => /^\d/.test(d)).sort()) {
    try {
      for (const row of csv(join(feed, date, file))) out.push({ ...row, business_date: date })
    } catch (e) {
      if (e.code !== 'ENOENT') throw e
    }
  }
  return out
}
const latest = (list, key) => [...new Map(list.map((r) => [r[key], r])).values()]

// A date that must be refused: a row with a letter in its balance, one without a key, a total that is off.
function refusedDate() {
  const bad = join(work, 'bad', '2026-01-01')
  mkdirSync(join(work, 'bad'))
  cpSync(join(feed, '2025-12-31'), bad, { recursive: true })
  for (const name of readdirSync(bad)) {
    let text = readFileSync(join(bad, name), 'utf8').replaceAll('2025-12-31', '2026-01-01').replace(/, "sha256": "[0-9a-f]+"/g, '')
    if (name === 'balances.csv') text = text.replace(/(\n[^,]+,[^,]+,)(\d)/, '$1O$2').replace(/(\n[^,]+,)2026-01-01(,\d+\.\d+\n[^\n]*\n?)$/, '$12026-13-01$2')
    if (name === 'sales.csv') text = text.replace(/(\n[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,)[a-z_]+/, '$1gold-card')
    if (name === 'ledger_totals.csv') text = text.replace(/(HQ,2026-01-01,deposits,)(\d+)/, (_, a, b) => a + (BigInt(b) + 12000n))
    writeFileSync(join(bad, name), text)
  }
  return json(run('import', '--data', data, bad, '--json')).dates[0]
}

const periods = {}
for (const p of ['2025Q1', '2025Q2', '2025Q3', '2025Q4', '2025H1', '2025H2', '2025', '2025-10', '2025-11', '2025-12']) {
  const a = json(run('appraise', '--data', data, '--scheme', scheme, '--period', p, '--json'))
  periods[p] = { run_hash: a.run_hash, pack_hash: a.pack_hash, holders: a.holders }
}
const holder = 'S00072'
const explain = {}
for (const figure of ['总分', '存款时点余额', '净增完成率', '贷款余额', '收回本金', '金卡销售数'])
  explain[figure] = json(run('explain', '--data', data, '--scheme', scheme, '--period', '2025Q4', '--holder', holder, '--figure', figure, '--limit', '6', '--json'))
const moved = json(run('explain', '--data', data, '--scheme', scheme, '--period', '2025Q4', '--row', '2025-10-01/balances.csv:31', '--json'))

const assignments = rows('assignments.csv')
const accounts = latest(rows('accounts.csv'), 'account_id')
const loans = latest(rows('loans.csv'), 'loan_id')
const states = latest(rows('loan_states.csv'), 'loan_id')
const balances = new Map()
for (const r of rows('balances.csv')) (balances.get(r.account_id) ?? balances.set(r.account_id, []).get(r.account_id)).push([r.date, r.balance])
const named = new Set([...JSON.stringify([explain, moved]).matchAll(/C\d{8}/g)].map((m) => m[0]))
const customers = latest(rows('customers.csv'), 'customer_id')
const mine = new Set(assignments.filter((a) => a.staff_id === holder && a.subject_kind === 'customer').map((a) => a.subject_id))
const kept = customers.filter((c, i) => named.has(c.customer_id) || mine.has(c.customer_id) || i % 9 === 0)
const keep = new Set(kept.map((c) => c.customer_id))
const account_of = new Map(accounts.map((a) => [a.account_id, a]))
const loan_of = new Map(loans.map((l) => [l.loan_id, l]))
const owner = (a) => (a.subject_kind === 'customer' ? a.subject_id : (account_of.get(a.subject_id) ?? loan_of.get(a.subject_id))?.customer_id)
const transactions = rows('transactions.csv').filter((t) => keep.has(account_of.get(t.account_id)?.customer_id)).slice(-500)
const strip = (r) => Object.fromEntries(Object.entries(r).filter(([k, v]) => v !== '' && k !== 'business_date'))

const bank = {
  made_by: 'web/mock/make.mjs: a sample bank; every name in it is made up',
  business_date: '2025-12-31',
  scheme,
  holder,
  orgs: latest(rows('orgs.csv'), 'org_id').map(strip),
  staff: latest(rows('staff.csv'), 'staff_id').map((s) => ({ ...strip(s), phone: s.phone.slice(0, 3) + '****' + s.phone.slice(-4) })),
  customers: kept.map(strip),
  accounts: accounts.filter((a) => keep.has(a.customer_id)).map((a) => ({ ...strip(a), balances: (balances.get(a.account_id) ?? []).slice(-30) })),
  loans: loans.filter((l) => keep.has(l.customer_id)).map((l) => ({ ...strip(l), state: strip(states.find((s) => s.loan_id === l.loan_id) ?? {}) })),
  assignments: assignments.filter((a) => keep.has(owner(a))).map(strip),
  transactions: transactions.map(strip),
  targets: rows('targets.csv').filter((t) => t.holder_kind === 'org' && /Q/.test(t.period)).map(strip),
  ledger: rows('ledger_totals.csv').filter((r) => /-(03-31|06-30|09-30|12-31)$/.test(r.date)).map(strip),
  periods,
  explain,
  moved,
  imports: imported.dates.map((d) => [d.business_date, d.import_id, d.files.reduce((n, f) => n + f.read, 0), d.files.reduce((n, f) => n + f.applied, 0)]),
  report: { ...imported.dates.at(-1), feed: 'feed/2025-12-31' },
  refused: { ...refusedDate(), feed: 'feed/2026-01-01' },
  policy: { document: '经营业绩.md', text: readFileSync(join(policies, 'sample', '经营业绩.md'), 'utf8') },
}
const lines = Object.entries(bank).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)
writeFileSync(join(here, 'fixtures', 'bank.json'), `{${lines.join(',\n')}}\n`)
rmSync(work, { recursive: true })
console.log(`fixtures/bank.json: ${kept.length} customers, ${Object.keys(periods).length} periods`)
