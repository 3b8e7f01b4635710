// Stories of the pages of web/src/reports: a manager's receivables, a report built, kept, shared and scheduled, a file
// made in the background and cancelled.
import { go, settle } from './browser.mjs'
import { enter, read, send } from './server.mjs'

const dialog = (page) => page.locator('.el-dialog')
const loaded = async (page) => { await page.locator('.facts, .state').first().waitFor(); await settle(page) }
const shown = async (page) => Number((await page.locator('.facts').innerText()).match(/共 ([\d,]+) 行/)?.[1]?.replace(/,/g, '') ?? '0')

/** RPT-618: a manager opens what must be collected: only of the own customers, amount, due date, days overdue. */
async function receivable(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const mine = await read(x.at.url, session, '/customers?page_size=200')
  await go(page, '/reports')
  await page.locator('.part').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  t.expect('the week’s reports stand first', (await page.locator('.part h2').first().innerText()) === '每周要看')
  await page.locator('.part').first().locator('a', { hasText: '应收贷款' }).click()
  await page.waitForURL(/reports\/receivable/)
  await loaded(page)
  await t.shot('receivable')
  await page.locator('.page-head .btn', { hasText: '条件' }).click()
  await page.locator('.filters .icon-btn').first().click()
  await page.waitForURL(/q=/)
  await page.locator('.vtable').waitFor()
  await loaded(page)
  const all = await send(x.at.url, session, 'POST', '/report-rows', { spec: { source: 'loans', columns: ['customer'] }, page_size: 200 })
  const known = new Set(mine.items.map((c) => c.id))
  t.expect('every loan is of a customer of one’s own', all.items.length > 0 && all.items.every((r) => known.has(r.cells[0])))
  t.expect('the page shows as many', (await shown(page)) === all.total)
  await t.axe('rows')
  await t.shot('rows')
}

/** RPT-616: customers by name, institution and manager; the number stays masked until the reason is written down. */
async function customers(page, t) {
  await go(page, '/reports/customers')
  await page.locator('.vtable').waitFor()
  await settle(page)
  const before = await page.locator('.vtable').innerText()
  if (t.width > 700) {
    t.expect('numbers are masked', before.includes('****'))
    await page.locator('form.open input').fill('核对证件')
    await page.locator('form.open .btn').click()
    await page.waitForFunction(() => !document.querySelector('.vtable').innerText.includes('****'))
    t.expect('and in full for who says why', !(await page.locator('.vtable').innerText()).includes('****'))
  }
  await page.locator('.page-head .btn', { hasText: '条件' }).click()
  await page.locator('.filters .add').click()
  await page.locator('.filters select').first().selectOption({ label: '客户名称' })
  await page.locator('.filters .field').first().fill('有限公司')
  await page.locator('.filters .field').first().blur()
  await page.waitForURL(/q=/)
  await loaded(page)
  await t.axe('filtered')
  await t.shot('filtered')
}

/** RPT-614 and the builder: a head builds a report, keeps it, shares it with the managers, has it made weekly. */
async function build(page, t, x) {
  const title = `走一遍 ${t.width} ${Date.now()}`
  await go(page, '/reports/new')
  await page.locator('.build select').first().waitFor()
  await page.locator('.build select').first().selectOption({ label: '贷款' })
  await page.locator('.vtable').waitFor()
  await settle(page)
  await t.shot('rows')
  await page.locator('.panel .btn', { hasText: '分组合计' }).click()
  await page.locator('.groups select').first().selectOption({ label: '主办客户经理' })
  await page.locator('.groups select').last().selectOption({ label: '余额 合计' })
  await page.waitForURL(/sums/)
  await loaded(page)
  await t.axe('builder')
  await t.shot('builder')
  await page.locator('.page-head .btn.primary').click()
  await dialog(page).locator('input').first().fill(title)
  await dialog(page).locator('select').first().selectOption('week')
  await dialog(page).locator('label', { hasText: '共享给别人' }).locator('input').check()
  await dialog(page).locator('label', { hasText: '客户经理' }).first().locator('input').check()
  await t.axe('keep')
  await t.shot('keep')
  await dialog(page).locator('.btn.primary').click()
  await page.waitForURL(/reports\/\d+/)
  await page.locator('.about .tag').first().waitFor()
  await loaded(page)
  await t.axe('kept')
  await t.shot('kept')
  const manager = await enter(x.at.url, ...x.at.logins.manager)
  const shared = (await read(x.at.url, manager, '/reports')).shared.find((r) => r.title === title)
  t.expect('the manager finds it shared', shared !== undefined && shared.every === 'week')
  const auditor = await enter(x.at.url, ...x.at.logins.auditor)
  t.expect('the auditor, with whom it is not shared, does not', (await read(x.at.url, auditor, '/reports')).shared.every((r) => r.title !== title))
  const total = await shown(page)
  if (t.width > 700) await page.locator('.vtable td .open').first().click()
  else await page.locator('.vtable li').first().click()
  await page.waitForURL(/q=/)
  await page.locator('.vtable').waitFor()
  await loaded(page)
  t.expect('a figure opens its rows', total > 0 && (await shown(page)) > 0 && !page.url().includes('sums'))
  await t.shot('behind')
}

/** A file is made in the background, fetched, another is cancelled; both stay listed. */
async function file(page, t) {
  await go(page, '/reports/loan-ledger')
  await page.locator('.vtable').waitFor()
  await page.locator('.page-head .btn', { hasText: '导出和打印' }).click()
  await t.axe('menu')
  await page.locator('.ways .btn', { hasText: 'Excel' }).click()
  await page.waitForURL(/exports/)
  const first = page.locator('.files li').first()
  await first.locator('.btn.primary').waitFor()
  const [got] = await Promise.all([page.waitForEvent('download'), first.locator('.btn.primary').click()])
  t.expect('the file comes', /^report-\d+\.xlsx$/.test(got.suggestedFilename()))
  await first.locator('summary').click()
  await t.axe('done')
  await t.shot('done')
  // One that waits behind another piece of work: cancelled before it begins.
  const id = await page.evaluate(async () => {
    const session = await fetch('/api/v1/session').then((r) => r.json())
    const post = (path, body) => fetch(`/api/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf } }).then((r) => r.json())
    const ask = { title: '取消的导出', format: 'csv', spec: { source: 'customers', columns: ['customer', 'last_visit', 'category', 'deposits', 'loans'] } }
    let last
    for (let i = 0; i < 6; i++) last = await post('/exports', ask)
    const gone = await fetch(`/api/v1/exports/${last.id}`, { method: 'DELETE', headers: { 'x-csrf-token': session.csrf } }).then((r) => r.json())
    return { id: last.id, state: gone.state, code: gone.code ?? '' }
  })
  await go(page, '/exports')
  await page.locator(`[data-export="${id.id}"]`).waitFor()
  await settle(page)
  t.expect('it is cancelled, or its file is gone', id.state === 'cancelled' || id.state === 'expired' || id.state === 'running')
  await page.waitForFunction((n) => /已取消|已删除/.test(document.querySelector(`[data-export="${n}"]`)?.innerText ?? ''), id.id)
  await t.shot('cancelled')
  await endings(page, t, id.id)
}

/** How an export may end otherwise: each says why and what to do. The server's own answer, with the state put in. */
async function endings(page, t, id) {
  const why = '导出超过 50000 行'
  let said = null
  let left = false
  await page.route(/\/api\/v1\/exports(\?|$)/, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    try {
      const answer = await route.fetch()
      const body = await answer.json()
      const one = body.items.find((e) => e.id === id)
      const more = ['failed', 'interrupted', 'expired'].map((state, n) => ({ ...one, id: -1 - n, state, own: true, progress: '', title: `导出 ${state}`, message: state === 'failed' ? why : '' }))
      said = Boolean(one?.spec)
      await route.fulfill({ response: answer, json: { ...body, items: [...more, ...body.items] } })
    } catch (e) {
      if (!left) throw e // nobody waits for the answer any more once the page was left
    }
  })
  await go(page, '/exports')
  await page.locator('[data-export="-3"]').waitFor()
  t.expect('an export of one\'s own keeps what it asked', said)
  const text = async (n) => page.locator(`[data-export="${n}"]`).innerText()
  const [failed, broken, over] = [await text(-1), await text(-2), await text(-3)]
  t.expect('a failed one says why and how on', failed.includes('没有做成') && failed.includes(why) && failed.includes('改好以后重新导出'))
  t.expect('an interrupted one says that nothing half is left', broken.includes('中断') && broken.includes('半份文件已经清掉'))
  t.expect('an expired one says what asking again gives', over.includes('已删除') && over.includes('按现在的数据'))
  for (const n of [-1, -2, -3]) {
    t.expect(`${n}: can be asked again`, (await page.locator(`[data-export="${n}"] .btn`, { hasText: '重新导出' }).count()) === 1)
    t.expect(`${n}: no file is offered`, (await page.locator(`[data-export="${n}"] .btn`, { hasText: '取文件' }).count()) === 0)
  }
  await t.axe('endings')
  await t.shot('endings')
  // The way out of a failed one leads to the question, which opens as it was asked.
  left = true
  await page.locator('[data-export="-1"] .btn', { hasText: '改条件' }).click()
  await page.waitForURL(/reports\/new/)
  // The page asks again whenever the server says so: one that is being answered is waited for.
  await page.unrouteAll({ behavior: 'wait' })
  await settle(page)
}

/** RPT-619 RPT-612: scores of a scheme; a score opens its explanation. */
async function performance(page, t) {
  await go(page, '/reports/performance')
  await page.locator('.vtable').waitFor()
  await settle(page)
  await t.axe('scores')
  await t.shot('scores')
  if (t.width <= 700) return
  await page.locator('.vtable td .open').last().click()
  await page.locator('.drawer, .explain, [role=dialog]').first().waitFor()
  await settle(page)
  await t.shot('explained')
}

/** RPT-617 RPT-301 RPT-304 RPT-602 RPT-621: what heads look at, opened one after the other. */
async function heads(page, t) {
  for (const id of ['visits', 'first-loans', 'loan-ledger', 'credit-business', 'career', 'receivable-by-manager']) {
    await go(page, `/reports/${id}`)
    await loaded(page)
    t.expect(`${id} has rows`, (await shown(page)) > 0)
  }
  await t.shot('heads')
}

/** RPT-001: how far basic accounts reach; a rate opens the enterprises it is of, each of these the row of the extract. */
async function basic(page, t) {
  await go(page, '/reports/basic-coverage')
  await loaded(page)
  const text = await page.locator('.vtable').innerText()
  t.expect('rates pass or fail', t.width <= 700 || /达标/.test(text))
  await t.axe('coverage')
  await t.shot('coverage')
  await page.locator(t.width > 700 ? '.vtable td a' : '.vtable li').first().click()
  await page.waitForURL(/basic-accounts\?q=/)
  await page.locator('.vtable').waitFor()
  await loaded(page)
  t.expect('the enterprises are listed', (await shown(page)) > 0)
  // On a day of its own: imports go on, and who borrows changes with them.
  await go(page, `/reports/basic-accounts?q=${encodeURIComponent(JSON.stringify({ source: 'basic_accounts', day: '2026-01-03' }))}`)
  await page.locator('.vtable').waitFor()
  await loaded(page)
  t.expect('credit that nobody keeps is said to be missing', t.width <= 700 || (await page.locator('.vtable').innerText()).includes('没有登记，占比未提供'))
  await t.shot('sheet')
  await page.locator(t.width > 700 ? '.vtable .from' : '.vtable li .open').first().click()
  await dialog(page).locator('.row-of').first().waitFor()
  t.expect('file and line of the extract', /\d{4}-\d\d-\d\d\/customers\.csv:\d+/.test(await dialog(page).innerText()))
  t.expect('numbers of persons are masked', !/\d{17}[\dXx]/.test(await dialog(page).innerText()))
  await t.axe('source')
  await t.shot('source')
}

/** RPT-601: how credit runs, by month; a row opens the board of that organisation, and of no other. */
async function running(page, t, x) {
  await go(page, '/reports/credit-operation')
  await loaded(page)
  await t.shot('months')
  const session = await enter(x.at.url, ...x.at.logins.executive)
  const spec = (await read(x.at.url, session, '/reports/credit-operation')).ready.spec
  const rows = await send(x.at.url, session, 'POST', '/report-rows', { spec, page_size: 3 })
  const second = rows.items[1]
  t.expect('months and organisations', rows.total > 3 && second.link.startsWith('/board?org='))
  await page.locator(t.width > 700 ? '.vtable td a' : '.vtable li').nth(1).click()
  await page.waitForURL(/board\?org=/)
  await page.locator('main').getByText(second.cells[1], { exact: false }).first().waitFor()
  await settle(page)
  t.expect('the board of the row’s organisation', page.url().includes(second.link.slice(1)))
  await t.shot('board')
  const head = await enter(x.at.url, ...x.at.logins.branch_head)
  const scheme = (await read(x.at.url, head, '/overview')).schemes.find((s) => s.periods.length)
  const board = (org) => fetch(`${x.at.url}/api/v1/board?${new URLSearchParams({ scheme: scheme.scheme, period: scheme.periods[0].period, ...(org && { org }) })}`, { headers: { cookie: head.cookie } }).then((r) => r.status)
  t.expect('a branch’s own board opens, the whole bank’s is not there', (await board('')) === 200 && (await board(rows.items[0].link.split('=')[1])) === 404)
}

/** RPT-606 RPT-607 RPT-608 RPT-610 RPT-622: the bank's figures. */
async function bank(page, t) {
  for (const id of ['branches', 'npl', 'sales', 'overdue-by-age']) {
    await go(page, `/reports/${id}`)
    await loaded(page)
    t.expect(`${id} has rows`, (await shown(page)) > 0)
    if (id === 'npl') await t.axe('npl')
    await t.shot(id)
  }
}

/** RPT-302 RPT-305 RPT-620: the force, who left, the list of pay. */
async function force(page, t) {
  for (const id of ['structure', 'turnover', 'pay']) {
    await go(page, `/reports/${id}`)
    await loaded(page)
    t.expect(`${id} has rows`, (await shown(page)) > 0)
    await t.shot(id)
  }
}

export const flows = {
  'query-receivable': { roles: ['manager'], work: receivable },
  'query-customers': { roles: ['manager'], work: customers },
  'query-build': { roles: ['branch_head'], work: build },
  'query-file': { roles: ['branch_head'], work: file },
  'query-performance': { roles: ['branch_head'], work: performance },
  'query-heads': { roles: ['branch_head'], widths: [1440], work: heads },
  'query-bank': { roles: ['executive'], work: bank },
  'query-basic': { roles: ['branch_head'], work: basic },
  'query-running': { roles: ['executive'], widths: [1440], work: running },
  'query-force': { roles: ['hr'], widths: [1440], work: force },
}
