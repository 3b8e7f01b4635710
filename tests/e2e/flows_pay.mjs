// What is done with pay and deposits: a slip opened down to source rows, a run approved by a second person, one's own only.
import { go, inspect, settle } from './browser.mjs'
import { enter, read, send } from './server.mjs'

/** The manager opens an amount of the own payslip down to rows of the extracts; nobody else's is there. */
export async function payslip(page, t, x) {
  await go(page, '/payslip')
  const total = await page.locator('.slip .net .fig').innerText()
  t.expect('what is paid out stands at the end too', (await page.locator('tfoot td').last().innerText()) === total)
  await t.axe('slip')
  await page.locator('tr', { has: page.locator('th', { hasText: '绩效奖金' }) }).locator('.fig').click()
  await page.locator('.drawer .headline .big').waitFor()
  await settle(page)
  await t.axe('line')
  await t.shot('line')
  t.expect('the line names its decision', (await page.locator('.drawer dl code').first().innerText()).includes('sample-pay/'))
  for (const name of ['权数', '考核总分', '总分']) {
    await page.locator('.drawer .inputs button.line', { hasText: name }).first().click()
    await page.waitForFunction((n) => document.querySelector('.drawer h2')?.textContent === n, name)
    await settle(page)
  }
  for (let depth = 0; depth < 6 && !(await page.locator('.drawer .rows li').count()); depth++) {
    await page.locator('.drawer .inputs button.line').first().click()
    await settle(page)
  }
  t.expect('source rows are reached', (await page.locator('.drawer .rows li').count()) > 0)
  await t.axe('rows')
  await t.shot('rows')
  const link = page.url()
  await go(page, link)
  t.expect('the link opens the same step', (await page.locator('.drawer .rows li').count()) > 0)
  await page.keyboard.press('Escape')
  await page.locator('.drawer').waitFor({ state: 'detached' })
  const hr = await enter(x.at.url, ...x.at.logins.hr)
  const run = (await read(x.at.url, hr, '/pay/runs?state=paid&page_size=1')).items[0]
  const other = (await read(x.at.url, hr, `/pay/runs/${run.id}/slips?page_size=50`)).items.find((s) => s.staff !== x.holder)
  const own = await enter(x.at.url, ...x.at.logins.manager)
  const refused = await read(x.at.url, own, `/pay/runs/${run.id}/slips/${other.staff}`).then(() => '', (e) => e.message)
  t.expect(`somebody else’s slip is not there: ${refused}`, refused.includes('404'))
}

/** Human resources may not approve what they worked out; an executive does, and the slips are there for everyone. */
export async function payday(page, t, x) {
  const [chief] = x.others
  const session = await enter(x.at.url, ...x.at.logins.hr)
  const draft = (await read(x.at.url, session, '/pay/runs?state=draft&page_size=1')).items[0]
  await go(page, `/pay/${draft.id}`)
  t.expect('one’s own is not approved by oneself', await page.locator('.page-head .btn.primary').isDisabled())
  await page.locator('[role=tab]').nth(1).click()
  await settle(page)
  await t.axe('people')
  await t.shot('people')
  await go(chief, `/pay/${draft.id}`)
  await chief.locator('.page-head .btn.primary').click()
  await chief.locator('.el-dialog textarea').fill('与控制合计核对一致')
  await chief.locator('.el-dialog .btn.primary').click()
  await chief.locator('.el-dialog').waitFor({ state: 'detached' })
  await settle(chief)
  t.expect('it is approved', (await chief.locator('.titles .tag').innerText()) === '已批准')
  const [download] = await Promise.all([chief.waitForEvent('download'), chief.locator('.page-head a[download]').first().click()])
  t.expect(`the file for payroll is a workbook: ${download.suggestedFilename()}`, download.suggestedFilename().endsWith('.xlsx'))
  const link = await chief.locator('.page-head a', { hasText: '贡献对照' }).getAttribute('href')
  const sheet = await chief.request.get(new URL(link, chief.url()).href)
  t.expect('contribution, score and pay stand side by side', sheet.ok() && (await sheet.text()).includes('名次相差'))
}

/** A proposal for deposits is booked by somebody else, and both sides still cancel. */
export async function deposits(page, t, x) {
  const [hr] = x.others
  await go(hr, '/deposits?tab=orders')
  t.expect('the proposer cannot book it', await hr.locator('.order .btn.primary').first().isDisabled())
  await go(page, '/deposits?tab=orders')
  await page.locator('.order .btn.primary').first().click()
  await page.locator('.el-dialog textarea').fill('核对无误')
  await t.axe('booking')
  await t.shot('booking')
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await settle(page)
  t.expect('nothing waits any more', !(await page.locator('.order .btn.primary').count()))
  t.expect('the ledger balances', (await page.locator('.sums .tag.green').count()) === 1)
  await page.locator('[role=tab]').first().click()
  await settle(page)
  await page.locator('tbody a').first().click()
  await page.waitForURL(/deposits\/S/)
  await settle(page)
  t.expect('the statement shows the interest', (await page.locator('tbody tr').first().innerText()).includes('利息'))
  await t.axe('statement')
  await t.shot('statement')
}

const inDrawer = (page) => page.locator('.drawer')
async function closed(page) {
  await page.keyboard.press('Escape')
  await inDrawer(page).waitFor({ state: 'detached' })
}

/** A late fact of a month that is paid is a line of the next run: what it was, what it ought to be, and why. */
export async function correcting(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.hr)
  const runs = (await read(x.at.url, session, '/pay/runs?page_size=20')).items.filter((r) => r.state !== 'void')
  let run = null
  for (const one of runs) if (!run && (await read(x.at.url, session, `/pay/runs/${one.id}`)).corrections.length) run = one
  await go(page, `/pay/${run.id}`)
  await page.locator('[role=tab]', { hasText: '更正' }).click()
  await page.waitForURL(/tab=corrects/)
  await settle(page)
  const row = page.locator('tbody tr').first()
  await row.waitFor()
  await t.axe('list')
  await t.shot('list')
  const [was, posted, now, amount] = await row.locator('td.num').allInnerTexts()
  const fen = (s) => Math.round(Number(s.replace(/[^\d.-]/g, '')) * 100)
  t.expect(`what is posted is the difference, to the fen: ${was} ${posted} ${now} ${amount}`, fen(amount) === fen(now) - fen(was) - fen(posted))
  await row.locator('.fig').click()
  await inDrawer(page).locator('.headline .big').waitFor()
  await settle(page)
  await inDrawer(page).locator('.inputs button.line').first().click()
  await settle(page)
  t.expect('it opens into what it ought to be and what it was', (await inDrawer(page).innerText()).includes('应为') && (await inDrawer(page).innerText()).includes('当时'))
  await t.axe('opened')
  await t.shot('opened')
  await inDrawer(page).locator('.inputs button.line', { hasText: '应为' }).click()
  await settle(page)
  for (let depth = 0; depth < 4 && !(await inDrawer(page).innerText()).includes('通报'); depth++) {
    await inDrawer(page).locator('.inputs button.line').first().click()
    await settle(page)
  }
  t.expect('down to the document that came late', (await inDrawer(page).innerText()).includes('通报〔2025〕11 号'))
  await t.shot('document')
  await closed(page)
  await row.locator('td a').first().click()
  await page.waitForURL(/tab=later/)
  await settle(page)
  t.expect('the run that was paid says what would be otherwise, and changes nothing', await page.locator('.note.what').isVisible())
  await t.axe('later')
  await t.shot('later')
  await go(page, `/payslip/${run.id}?staff=${(await read(x.at.url, session, `/pay/runs/${run.id}`)).corrections[0].staff}`)
  t.expect('the person finds the month and the line on the slip', (await page.locator('tr', { has: page.locator('th', { hasText: '以前期间' }) }).innerText()).includes('考核扣款'))
  await t.shot('slip')
}

/** What changed hands in the month: from whom to whom, how much went along, and what that did to everybody's pay. */
export async function handedOver(page, t, x) {
  const [manager] = x.others
  const session = await enter(x.at.url, ...x.at.logins.hr)
  const run = (await read(x.at.url, session, '/pay/runs?state=paid&page_size=1')).items[0]
  await go(page, `/pay/${run.id}?tab=hand`)
  const rows = page.locator('table.list tbody tr')
  await rows.first().waitFor()
  const all = await rows.count()
  const taker = (await rows.first().locator('td').nth(2).innerText()).trim()
  await t.axe('list')
  await t.shot('list')
  await rows.first().locator('.btn').click()
  await page.locator('.effect').waitFor()
  await settle(page)
  t.expect('the effect of one account is said', /交接对工资的影响/.test(await page.locator('.effect h2').innerText()))
  await page.getByRole('button', { name: '全部倒算' }).click()
  await page.locator('.effect h2', { hasText: '这' }).waitFor()
  await settle(page)
  t.expect('who was paid otherwise is listed with both amounts', (await page.locator('.effect tbody tr').count()) > 0)
  await t.axe('effect')
  await t.shot('effect')
  await page.locator('input[type=search]').fill(taker)
  await page.locator('input[type=search]').press('Enter')
  await page.waitForFunction((n) => document.querySelectorAll('[role=region][tabindex] table.list tbody tr').length < n, all + 1)
  await settle(page)
  t.expect('it is found by who has it now', (await page.locator('section + * table.list, .card.scroll-x table.list').last().innerText()).includes(taker))
  await go(manager, `/payslip/${run.id}`)
  await manager.locator('.hands summary').click()
  await settle(manager)
  t.expect('a manager sees the own ones below the slip, and works nothing out for others', !(await manager.locator('.hands .btn').count()))
  await manager.locator('.hands').scrollIntoViewIfNeeded()
  await inspect(manager, `handedOver own ${t.width}`, t.findings)
}

/** A long click while the server works for others: what it waits for is shown, may be left, and may be stopped. */
export async function longClick(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.hr)
  const run = (await read(x.at.url, session, '/pay/runs?state=paid&page_size=1')).items[0]
  const effect = `/pay/runs/${run.id}/handovers/effect?as=job`
  const waiting = []
  for (let n = 0; n < 40; n++) waiting.push((await send(x.at.url, session, 'POST', effect, {})).id)
  try {
    await go(page, `/pay/${run.id}?tab=hand`)
    await page.getByRole('button', { name: '全部倒算' }).click()
    await page.locator('.long').waitFor()
    t.expect('it says what is done and gives a way to stop', (await page.locator('.long').innerText()).includes('倒算交接对工资的影响'))
    await t.shot('waiting')
    await inspect(page, `longClick waiting ${t.width}`, t.findings)
    await page.locator('.long .btn').click()
    await page.locator('.long').waitFor({ state: 'detached' })
    await settle(page)
    t.expect('stopped is said, and nothing is shown for it', (await page.locator('.note.red').innerText()).includes('取消') && !(await page.locator('.effect').count()))
    await t.shot('stopped')
  } finally {
    for (const id of waiting.reverse()) await send(x.at.url, session, 'DELETE', `/jobs/${id}`).catch(() => { /* it is done */ })
  }
  const before = await enter(x.at.url, ...x.at.logins.hr)
  await page.getByRole('button', { name: '全部倒算' }).click()
  await page.locator('.effect').waitFor()
  await settle(page)
  const kept = (await read(x.at.url, before, '/jobs?page_size=5')).items
  t.expect('asked once more it is done, as a job that others find too', kept.some((j) => j.state === 'done' && j.title.includes('倒算')))
}
