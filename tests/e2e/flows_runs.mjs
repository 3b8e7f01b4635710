// The life of a run: disputed by whom it is about, decided by others, sealed, checked; and what looks too good.
import { go, settle } from './browser.mjs'

const rows = (page, width) => page.locator(width < 700 ? '.vtable .two-lines li' : '.vtable tbody tr[aria-rowindex]')

/** A manager says what is wrong, sees at once what that would change, and is answered by somebody else. */
export async function disputing(page, t, x) {
  const [hr] = x.others
  await go(page, '/me?period=2025Q3')
  await page.locator('section.strip').waitFor()
  await page.locator('section.strip .btn', { hasText: '提出申诉' }).click()
  const box = page.locator('.el-dialog')
  await box.locator('.published').waitFor()
  const submit = box.locator('.btn.primary')
  t.expect('nothing is filed without a number and a reason', await submit.isDisabled())
  // Each width disputes a figure of its own: one claim a figure.
  const figure = box.locator('select')
  const names = await figure.locator('optgroup').nth(1).locator('option').allInnerTexts()
  const name = names[t.width < 700 ? 1 : 0]
  await figure.selectOption(name)
  await box.locator('input[inputmode=decimal]').fill('很多')
  t.expect('words are no number', (await box.innerText()).includes('请填数字'))
  await box.locator('input[inputmode=decimal]').fill('99')
  await box.locator('textarea').fill('少算了一户，见开户资料')
  await box.getByRole('button', { name: '加一份材料' }).click()
  await box.locator('.paper input').first().fill('开户资料')
  await t.axe('filing')
  await t.shot('filing')
  await submit.click()
  await box.locator('.effect').waitFor()
  t.expect('the effect is shown before anyone decides', (await box.locator('.effect').innerText()).includes('→'))
  await t.axe('effect')
  await t.shot('effect')
  await box.locator('.btn', { hasText: '看这件申诉' }).click()
  await page.waitForURL(/disputes\/\d+/)
  await settle(page)
  const at = new URL(page.url()).pathname
  t.expect('it waits for an answer', (await page.locator('main').innerText()).includes('等待决定'))
  t.expect('the manager does not decide', (await page.locator('form').count()) === 0)

  await go(hr, '/disputes?state=open')
  t.expect('who decides sees it', (await rows(hr, t.width).filter({ hasText: name }).count()) > 0)
  await go(hr, at)
  const decide = hr.locator('form .btn.primary')
  t.expect('no decision without outcome and reason', await decide.isDisabled())
  await hr.locator('form input[type=radio]').nth(2).check()
  await hr.locator('form textarea').fill('开户在期后，不属本期')
  await t.shot('asked')
  await decide.click()
  await hr.locator('main .tag.red').first().waitFor()
  await settle(hr)
  t.expect('the decision stands with its reason', (await hr.locator('main').innerText()).includes('开户在期后'))

  await go(page, at)
  await page.locator('.page-head .btn', { hasText: '请求复议' }).click()
  await page.locator('.el-dialog textarea').fill('请再看开户日期')
  await t.axe('review')
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await settle(page)
  t.expect('a refused claim is brought once more', (await page.locator('main').innerText()).includes('复议'))
  await t.shot('reviewed')
}

/** A draft is published with a reason; what is sealed is computed again and holds. */
export async function sealing(page, t) {
  await go(page, '/runs')
  await page.locator('.page-head select').selectOption('draft')
  await settle(page)
  await rows(page, t.width).filter({ hasText: '2025 四季度' }).first().locator('a').first().click()
  await page.waitForURL(/runs\/\d+/)
  await settle(page)
  t.expect('it says whom it waits for', (await page.locator('main .waits').innerText()).includes('业务管理部门'))
  await t.shot('draft')
  await page.locator('.page-head .btn.primary', { hasText: '公布' }).click()
  await page.locator('.el-dialog textarea').fill('考核委员会审议通过')
  await t.axe('publishing')
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await settle(page)
  t.expect('its days are told', /到 \d{4}-\d\d-\d\d 为止/.test(await page.locator('.line').innerText()))
  t.expect('and nobody can seal it yet', (await page.locator('.page-head .btn', { hasText: '封存' }).count()) === 0)
  await t.axe('published')
  await t.shot('published')
  await go(page, '/runs')
  await page.locator('.page-head select').selectOption('sealed')
  await settle(page)
  await rows(page, t.width).last().locator('a').first().click()
  await page.waitForURL(/runs\/\d+/)
  await settle(page)
  await page.getByRole('button', { name: '重新核对' }).click()
  await page.locator('.seal .note').waitFor()
  t.expect('what is sealed is made again and is the same', (await page.locator('.seal .note').innerText()).includes('完全相同'))
  await t.axe('verified')
  await t.shot('sealed')
}

/** The sealed statement with its receipt, checked in the browser; the business department sees who has it. */
export async function statement(page, t, x) {
  const [business] = x.others
  await go(page, '/results?state=sealed')
  await rows(page, t.width).last().locator('a').first().click()
  await page.waitForURL(/results\/\d+\//)
  await settle(page)
  await page.locator('[role=status].green').waitFor()
  t.expect('the receipt is checked on this device', (await page.locator('[role=status].green').innerText()).includes('确实在封存的批次里'))
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.page-head .btn.primary').click()])
  t.expect('the statement is one page that opens offline', file.suggestedFilename().endsWith('.html'))
  await t.axe('statement')
  await t.shot('statement')
  const run = /results\/(\d+)\//.exec(page.url())[1]
  await go(business, `/results?run=${run}`)
  t.expect('who has opened it is counted', /人里 [1-9]\d* 人打开/.test(await business.locator('main').innerText()))
  await t.shot('sent')
}

/** What looks too good: the way of the money is drawn, a person says with a reason whether it counts. */
export async function findings(page, t, x) {
  const [manager] = x.others
  await go(page, '/findings')
  await page.locator('.filters select').nth(1).selectOption('circle')
  await page.waitForURL(/kind=circle/)
  await settle(page)
  t.expect('the planted circles are found', (await rows(page, t.width).count()) > 0)
  await t.shot('list')
  await rows(page, t.width).first().locator('a').first().click()
  await page.waitForURL(/findings\/circle/)
  await settle(page)
  t.expect('the way of the money is drawn', (await page.locator('svg .arrow').count()) >= 3)
  const choose = page.locator('form input[type=radio]')
  await choose.first().check()
  t.expect('no decision without a reason', await page.locator('form .btn.primary').isDisabled())
  await page.locator('form textarea').fill('看了流水和回单')
  await t.axe('deciding')
  await t.shot('deciding')
  const before = await page.locator('.course li').count()
  await page.locator('form .btn.primary').click()
  await page.locator('.course li').nth(before).waitFor()
  t.expect('the decision is kept with who and why', (await page.locator('.course').innerText()).includes('看了流水和回单'))
  await go(manager, '/findings')
  t.expect('a manager sees what touches their own figures, and no search', (await manager.locator('.page-head .btn.primary').count()) === 0)
}
