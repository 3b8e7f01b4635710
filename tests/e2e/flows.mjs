// What people do, step by step; each step leaves a screenshot when it shows something new.
import { settle } from './browser.mjs'

/** From 我的业绩 down to a source row, and back. */
export async function drill(page, t) {
  await page.goto('/me')
  await settle(page)
  await page.locator('.hero .total button.fig').click()
  await page.locator('.drawer .headline .big').waitFor()
  await settle(page)
  await t.shot('explain-total')
  await t.axe('explain-total')
  for (let depth = 0; depth < 8; depth++) {
    const rows = page.locator('.drawer .rows li')
    if (await rows.count()) break
    await page.locator('.drawer .inputs button.line').first().click()
    await settle(page)
    if (depth < 3) await t.shot(`explain-${depth + 1}`)
  }
  t.expect('source rows are reached', (await page.locator('.drawer .rows li').count()) > 0)
  await page.locator('.drawer .rows summary').first().click()
  t.expect('a row names file and line', /\.csv:\d+/.test(await page.locator('.drawer .rows summary').first().innerText()))
  await page.locator('.drawer details.article summary').first().click().catch(() => {})
  await page.locator('.drawer .rows').scrollIntoViewIfNeeded()
  await t.shot('explain-rows')
  await t.axe('explain-rows')
  const link = page.url()
  t.expect('the path is in the address', decodeURIComponent(link).includes('总分~'))
  await page.goto(link)
  await settle(page)
  t.expect('the link opens the same step', (await page.locator('.drawer .rows li').count()) > 0)
  const crumbs = page.locator('.drawer .crumbs button')
  await crumbs.first().click()
  await settle(page)
  t.expect('the first crumb leads back to the total', (await page.locator('.drawer h2').first().innerText()) === '总分')
  await page.keyboard.press('Escape')
  await page.locator('.drawer').waitFor({ state: 'detached' })
}

export async function search(page, t) {
  await page.keyboard.press('Control+k')
  const box = page.locator('[role=dialog] input')
  await box.fill('0')
  await page.locator('[role=option]').first().waitFor()
  await t.shot('search')
  await t.axe('search')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('[role=dialog]').waitFor({ state: 'detached' })
  await settle(page)
}

export async function compare(page, t) {
  await page.goto('/ranking')
  await settle(page)
  if (t.width < 700) return
  const boxes = page.locator('tbody input[type=checkbox]')
  for (const i of [0, 1, 2]) await boxes.nth(i).check()
  await page.locator('.tools .btn', { hasText: /对比|Compare/ }).click()
  await page.locator('.el-dialog table').waitFor()
  await page.waitForTimeout(400)
  await t.shot('compare')
  await t.axe('compare')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  t.expect('j moves through the rows', (await page.locator('tr.current').count()) === 1)
}

export async function unmask(page, t, customer) {
  await page.goto(`/customers/${customer}`)
  await settle(page)
  const ask = page.locator('.personal .btn')
  if (!(await ask.count())) return
  const before = await page.locator('.personal dd').first().innerText()
  t.expect('personal data is masked at first', before.includes('*') || before === '')
  await ask.click()
  await page.locator('.personal input').fill('核对预留电话')
  await page.locator('.personal .btn.primary').click()
  await page.locator('.personal [role=status]').waitFor()
  t.expect('and shown after a reason', !(await page.locator('.personal dd').nth(1).innerText()).includes('*'))
}

export async function importing(page, t) {
  await page.goto('/imports')
  await settle(page)
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.el-dialog li .btn, .el-dialog .state').first().waitFor()
  await page.waitForTimeout(400)
  await t.shot('import-dialog')
  if (!(await page.locator('.el-dialog li .btn').count())) { // every date lying there is in already
    t.expect('the dialog says that nothing is waiting', (await page.locator('.el-dialog .state h2').innerText()).length > 0)
    return page.keyboard.press('Escape')
  }
  await t.axe('import-dialog')
  await page.locator('.el-dialog li .btn').first().click()
  await page.locator('.jobs li').waitFor()
  await page.waitForTimeout(900)
  await t.shot('import-running')
  await page.goto('/policies')
  await page.goto('/imports')
  await page.locator('.jobs li').waitFor({ state: 'detached' })
}

export async function verify(page, t) {
  await page.goto('/audit')
  await settle(page)
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.verdict').waitFor()
  await (t.width < 700 ? page.locator('.two-lines li button').nth(2) : page.locator('tbody .link').nth(2)).click()
  await t.shot('audit-verified')
  await t.axe('audit-verified')
}

export async function newLogin(page, t) {
  await page.goto('/people?tab=logins')
  await settle(page)
  await page.locator('.bar .btn.primary').click()
  await page.locator('.el-dialog .role').first().waitFor()
  await page.waitForTimeout(400)
  await t.shot('login-new')
  await t.axe('login-new')
  await page.keyboard.press('Escape')
}
