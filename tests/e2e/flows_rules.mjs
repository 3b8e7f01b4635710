// What people do with the rulebook: read and search it, try decisions, revise it and bring it into force.
import { readFileSync } from 'node:fs'
import { go, inspect, settle } from './browser.mjs'
import { enter, read, send } from './server.mjs'

const PACK = 'mortgage-lending-note'
const DECISION = 'appraisal-waiver'

/** From the list of institutions by a search to a decision, its article, who uses it, and along the strip of articles. */
export async function library(page, t) {
  await go(page, '/policies')
  t.expect('every institution is listed', (await page.locator('.packs li').count()) > 30)
  await page.locator('.find-row input').fill('抵押')
  await page.waitForURL(/q=/)
  await settle(page)
  t.expect('hits are marked', (await page.locator('.hits mark').first().innerText()) === '抵押')
  await t.axe('hits')
  await t.shot('hits')
  await page.locator('.find-row select').selectOption('decision')
  await page.waitForURL(/kind=decision/)
  await settle(page)
  t.expect('only decisions are left', (await page.locator('.hits .tag').allInnerTexts()).every((x) => x === '决策'))
  await page.locator('.hits a').first().click()
  await page.waitForURL(/decisions\//)
  await settle(page)
  await go(page, `/policies/${PACK}/decisions/${DECISION}`)
  t.expect('a decision is a table', (await page.locator('table.rules tbody tr').count()) === 3)
  t.expect('its cases come out right', (await page.locator('.tag.green').innerText()).includes('全部相符'))
  t.expect('what is to be confirmed says so', (await page.locator('.params .tag.amber').count()) === 1)
  await t.axe('decision')
  await t.shot('decision')
  await page.locator('.params p a').first().click()
  await page.waitForURL(/policies\/[\w-]+\/\w+/)
  await settle(page)
  t.expect('the article is the one that is meant', await page.locator('article.wanted').isVisible())
  await page.locator('article.wanted .params details summary').first().click()
  await page.locator('article.wanted .uses li').first().waitFor()
  t.expect('a parameter knows who uses it', (await page.locator('article.wanted .uses li').first().innerText()).includes('可以不评估'))
  await t.axe('article')
  await t.shot('article')
  const before = page.url()
  await page.locator('.strip a').last().click()
  await page.waitForFunction((b) => location.href !== b, before)
  t.expect('a cell of the strip leads to its article', (await page.locator('.strip a.current').count()) === 1)
}

const flag = (page, name, yes) => page.locator('.trial-form .one', { hasText: name }).locator('.flags label', { hasText: yes ? '是' : '否' }).click()
const field = (page, name) => page.getByLabel(name, { exact: true })

/** A form made of a decision's inputs: what is missing, what is refused, the answer with its articles and its trace. */
export async function trial(page, t) {
  await go(page, `/try?q=${encodeURIComponent('可以不评估')}`)
  await page.locator('.list a').first().click()
  await page.waitForURL(new RegExp(DECISION))
  await settle(page)
  await page.locator('.trial-form button[type=submit]').click()
  await page.locator('.trial-form .err').first().waitFor()
  t.expect('all that is missing is named at once, at its field', (await page.locator('.trial-form .err').count()) === 3)
  t.expect('the first of them has the focus', await page.evaluate(() => document.activeElement.closest('.wrong') !== null))
  await t.axe('missing')
  await t.shot('missing')
  await flag(page, '省略评估', true)
  await field(page, '贷款金额').fill('-1')
  await field(page, '押品价值').fill('100万')
  page.expected.add(422)
  await page.locator('.trial-form button[type=submit]').click()
  await page.locator('.trial-form .err').waitFor()
  page.expected.delete(422)
  t.expect('what the server refuses stands at its field', await page.locator('.one.wrong', { hasText: '贷款金额' }).isVisible())
  await field(page, '贷款金额').fill('40万')
  await field(page, '贷款金额').press('Enter')
  await page.locator('.trace').first().waitFor()
  await settle(page)
  t.expect('the answer is there', (await page.locator('[aria-live] dl').innerText()).includes('可省略'))
  t.expect('the row that decided is marked', (await page.locator('tr.hit').count()) === 1)
  await page.locator('header', { hasText: '推算过程' }).locator('button').click()
  t.expect('the trace opens to its end', (await page.locator('.trace details:not([open])').count()) === 0)
  await t.axe('answer')
  await t.shot('answer')
  await page.locator('.cites a').first().click()
  await page.waitForURL(/policies/)
  await settle(page)
  t.expect('an article that is cited is one click away', await page.locator('article.wanted').isVisible())
}

/** Many at once: the template comes down, a sheet with good and bad rows goes up, the answers come down. */
export async function batch(page, t) {
  await go(page, `/try/${PACK}/${DECISION}?mode=batch`)
  const [template] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()])
  t.expect('the template is a sheet', readFileSync(await template.path()).subarray(0, 2).toString() === 'PK')
  const rows = ['省略评估,贷款金额,押品价值', 'true,400000,1000000', 'false,900000,1000000', 'true,很多,1000000', 'true,-1,1000000']
  await page.locator('input[type=file]').setInputFiles({ name: '抵押.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await page.locator('table tbody tr').first().waitFor()
  await settle(page)
  t.expect('every row has an answer or a reason', (await page.locator('tbody tr').count()) === 4 && (await page.locator('tbody tr.bad').count()) === 2)
  await t.axe('answers')
  await t.shot('answers')
  await page.locator('input[type=checkbox]').check()
  t.expect('the refused can be looked at alone', (await page.locator('tbody tr').count()) === 2)
  const [answers] = await Promise.all([page.waitForEvent('download'), page.locator('button', { hasText: '下载带结果的表' }).click()])
  t.expect('the answers are a sheet named after the question', answers.suggestedFilename() === '抵押_结果.xlsx')
}
