// Stories of the pages of web/src/outside: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, inspect, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

const table = (name, rows) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(rows.map((r) => r.join(',')).join('\n') + '\n') })

/** INT-007: a table with a wrong row is not written; mended it is, and is the manager's check of the same day, once. */
async function warning(page, t, x) {
  const [manager] = x.others
  const admin = await enter(x.at.url, ...x.at.logins.administrator)
  const who = await enter(x.at.url, ...x.at.logins.manager)
  const customers = (await read(x.at.url, who, '/customers?sort=-deposits&page_size=12')).items
  const day = (await read(x.at.url, admin, '/outside-systems')).today
  const batchKey = `E2E-${t.width}-${Date.now().toString(36)}`
  const head = ['信号编号', '客户号', '信号类型', '信号级别', '信号日期']
  await go(page, '/outside-systems?system=early-warning')
  await page.locator('.system').first().waitFor()
  await t.axe('systems')
  await t.shot('systems')
  await page.locator('input[type=file]').setInputFiles(table('错的.csv', [head, [batchKey, 'NOBODY', '欠息', '高', day]]))
  await page.locator('.send button[type=submit]').click()
  await page.waitForURL(/batches\/\d+/)
  await settle(page)
  t.expect('the wrong cell is named', (await page.locator('main').innerText()).includes('没有客户 NOBODY'))
  t.expect('a batch with a wrong row cannot be written', (await page.locator('.act .btn.primary').count()) === 0)
  await t.axe('refused')
  await t.shot('refused')
  await go(page, '/outside-systems?system=early-warning')
  await page.locator('input[type=file]').setInputFiles(table('好的.csv', [head, ...customers.map((c, n) => [`${batchKey}-${n + 10}`, c.id, '欠息', '高', day])]))
  await page.locator('.send button[type=submit]').click()
  await page.locator('.act .btn.primary').click()
  await page.locator('.page-head .btn.danger').waitFor()
  await t.shot('written')
  // Some of the customers he sees are mainly another's: the check is whose they are.
  const key = (await read(x.at.url, who, `/outside-systems/signals?q=${batchKey}&page_size=20`)).items.find((one) => one.may_finish)?.key ?? batchKey
  await go(manager, '/outside-systems?system=early-warning')
  const mine = manager.locator('li.one', { hasText: key })
  await mine.waitFor()
  t.expect('it is to be checked the day it came', (await mine.innerText()).includes(day))
  const todos = await read(x.at.url, who, '/todos?page_size=500')
  t.expect('it is one to-do', todos.items.filter((one) => one.title.includes(key)).length === 1)
  await mine.locator('.btn.small').first().click()
  await mine.locator('textarea').fill('上门看过，月底补上利息。')
  await inspect(manager, 'signal finding', t.findings)
  await mine.locator('form .btn.primary').click()
  await mine.locator('.found').waitFor()
  t.expect('the finding is there', (await mine.innerText()).includes('月底补上利息'))
}

/** INT-004, INT-302, INT-009: targeted checks, incomplete records by manager, a customer's page says where it is from. */
async function sent(page, t, x) {
  const who = await enter(x.at.url, ...x.at.logins.business)
  await go(page, '/outside-systems?tab=targets')
  await page.locator('li.one').first().waitFor()
  t.expect('events are counted by outlet', (await page.locator('table.list tbody tr').count()) > 0)
  await t.axe('targets')
  await t.shot('targets')
  await go(page, '/outside-systems?tab=records')
  await page.locator('tbody tr').first().waitFor()
  await t.shot('records')
  const vip = (await read(x.at.url, who, '/outside-systems/signals?system=ocrm&page_size=1')).items[0]
  await go(page, `/customers/${vip.customer}`)
  const box = page.locator('#sent')
  await box.scrollIntoViewIfNeeded()
  await box.locator('li').first().waitFor()
  const said = await box.innerText()
  t.expect('with its source and day', said.includes('OCRM') && said.includes(vip.received))
  t.expect('no phone is shown', !/1\d{10}/.test(said))
  await t.shot('customer')
}

export const flows = {
  'signal-warning': { roles: ['administrator', 'manager'], work: warning },
  'signal-sent': { roles: ['business'], work: sent },
}
