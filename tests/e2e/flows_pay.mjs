// What is done with pay and deposits: a slip opened down to source rows, a run approved by a second person, one's own only.
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

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
