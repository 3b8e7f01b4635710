// What administrators, auditors and those who ask for personal data do.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { go, open, settle, inspect } from './browser.mjs'
import { PASSWORD, enter, fillLogin, read } from './server.mjs'

/** Masked until a reason is given; the auditor finds who asked, for whom and why. */
export async function unmask(page, t, x) {
  const [auditor] = x.others
  await go(page, `/customers/${x.customer}`)
  const box = page.locator('.personal')
  t.expect('personal data is masked at first', (await box.innerText()).includes('*'))
  await box.locator('.btn').click()
  await t.axe('asking')
  await t.shot('asking')
  const reason = `核对预留电话 ${t.width}`
  await box.locator('input').fill(reason)
  await box.locator('.btn.primary').click()
  await box.locator('[role=status]').waitFor()
  await t.axe('shown')
  await t.shot('shown')
  t.expect('and shown after a reason', !(await box.locator('dd').nth(1).innerText()).includes('*'))
  await box.locator('[role=status] .btn').click()
  t.expect('and hidden again', (await box.locator('dd').nth(1).innerText()).includes('*'))
  await go(auditor, `/audit?subject=${encodeURIComponent(`customer ${x.customer}`)}`)
  const first = t.width < 700 ? auditor.locator('.two-lines li button').first() : auditor.locator('tbody .link').first()
  await first.click()
  const detail = await auditor.locator('.detail').innerText()
  t.expect('the unmasking is in the chain with its reason', detail.includes(reason))
  await inspect(auditor, 'unmask audit', t.findings)
}

export async function verify(page, t) {
  await go(page, '/audit')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.verdict').waitFor()
  t.expect('the chain is whole', !(await page.locator('.verdict.red').count()))
  await (t.width < 700 ? page.locator('.two-lines li button').nth(2) : page.locator('tbody .link').nth(2)).click()
  await t.axe('verified')
  await t.shot('verified')
  await page.locator('.filters select').selectOption({ index: 1 })
  await page.waitForURL(/action=/)
  await settle(page)
  t.expect('filtered by what was done', (await page.locator(t.width < 700 ? '.two-lines li' : 'tbody tr').count()) > 0)
}

/** A login is made; its one-time password is for one time; there is no way around changing it. */
export async function newcomer(page, t, x) {
  const login = `e2e-${Date.now().toString(36)}`
  const admin = await enter(x.at.url, ...x.at.logins.administrator)
  // Somebody who has no login yet, and so has confirmed nothing.
  const known = new Set((await read(x.at.url, admin, '/logins?page_size=500')).items.map((l) => l.staff_id))
  const staff = (await read(x.at.url, admin, '/staff?position=manager&page_size=200')).items.find((s) => s.in_post && !known.has(s.id))
  await go(page, '/people?tab=logins')
  await page.locator('.bar .btn.primary').click()
  await page.locator('.el-dialog .role').first().waitFor()
  await t.axe('new login')
  await t.shot('dialog')
  const answered = page.waitForResponse((r) => r.url().includes('/staff') && r.url().includes(staff.id))
  await page.locator('.el-dialog .el-select input').fill(staff.id)
  await answered
  await page.locator('.el-select-dropdown__item', { hasText: staff.id }).first().click()
  await page.locator('.el-dialog label.stack input').fill(login)
  await page.locator('.el-dialog .role', { hasText: '客户经理' }).locator('input').check()
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.secret code').waitFor()
  await t.axe('one-time password')
  await t.shot('secret')
  const once = await page.locator('.secret code').innerText()

  const { context, page: theirs } = await open(x.browser, x.at.url, { width: t.width }, t.findings, `newcomer ${t.width}`)
  await go(theirs, '/login')
  await fillLogin(theirs, login, once)
  await theirs.waitForURL(/password/)
  await inspect(theirs, `newcomer password ${t.width}`, t.findings)
  await theirs.goto('/me')
  await theirs.waitForURL(/password/)
  await settle(theirs)
  t.expect('there is no way around the change', theirs.url().endsWith('/password'))
  const fields = theirs.locator('input[type=password]')
  await fields.nth(0).fill(once)
  await fields.nth(1).fill('short')
  await fields.nth(2).fill('short')
  t.expect('a short password is refused at once', await theirs.locator('button[type=submit]').isDisabled())
  await fields.nth(1).fill(PASSWORD)
  await fields.nth(2).fill(PASSWORD)
  await theirs.locator('button[type=submit]').click()
  await theirs.waitForURL(/\/duties/)
  await theirs.locator('.confirm').waitFor()
  t.expect('what is not ticked as read is not confirmed', await theirs.locator('.confirm .btn').isDisabled())
  await inspect(theirs, `newcomer duties ${t.width}`, t.findings)
  await theirs.locator('.confirm input').check()
  await theirs.locator('.confirm .btn').click()
  await theirs.locator('.confirmed').waitFor()
  await theirs.goto('/me')
  await settle(theirs)
  t.expect('and then the day begins', (await theirs.locator('h1').innerText()).includes('业绩'))
  await context.close()
  t.expect('a one-time password is for one time', (await enter(x.at.url, login, once)) === null)
}

/** An appraisal is started and kept; who else may see it is told. */
export async function appraise(page, t, x) {
  const [watcher] = x.others
  await go(watcher, '/runs')
  await go(page, '/runs')
  const rows = (p) => p.locator('.vtable tbody tr').count()
  const before = await rows(page)
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.el-dialog select').nth(1).selectOption('2025H1')
  await t.axe('dialog')
  await t.shot('dialog')
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await page.locator('.jobs li .tag.green').waitFor({ timeout: 120_000 })
  await settle(page)
  t.expect('the run is kept', (await rows(page)) > before || (await page.locator('.jobs li').innerText()).includes('相同'))
  await t.axe('done')
  await t.shot('done')
  await watcher.locator('.jobs li .tag.green').waitFor()
  await page.locator('.vtable tbody a').first().click()
  await page.waitForURL(/runs\/\d+/)
  await settle(page)
  t.expect('its sums agree with the bank', (await page.locator('h2', { hasText: '一致' }).count()) === 1 && !(await page.locator('td.bad').count()))
  await t.axe('report')
  await t.shot('report')
}

/** The states the progress of a job went through while it was on the page. */
const remember = (page) => page.evaluate(() => {
  window.progress = []
  const look = () => {
    const bar = document.querySelector('.jobs [role=progressbar]')
    const now = bar?.getAttribute('aria-valuenow')
    if (now !== undefined && now !== null && window.progress.at(-1) !== now) window.progress.push(now)
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
})

function zipOf(folder) {
  const target = join(mkdtempSync(join(tmpdir(), 'guanhu-zip-')), 'date.zip')
  execFileSync('python3', ['-m', 'zipfile', '-c', target, ...readdirSync(folder).map((f) => join(folder, f))])
  return target
}

/** A date comes in as a zip from this computer; the report says what was read. */
export async function upload(page, t, x) {
  if (!x.at.feed) return console.log('  – upload: the feed of this server is not here')
  const admin = await enter(x.at.url, ...x.at.logins.administrator)
  const waiting = (await read(x.at.url, admin, '/imports/folders')).items.map((f) => f.business_date).sort()
  const day = waiting.find((d) => d > x.refused)
  const zip = zipOf(join(x.at.feed, day))
  await go(page, '/imports')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.el-dialog input[type=file]').setInputFiles(zip)
  await t.axe('dialog')
  await t.shot('dialog')
  await page.locator('.el-dialog section', { has: page.locator('input[type=file]') }).locator('button').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await page.locator('.vtable a', { hasText: day }).waitFor()
  await page.locator('.vtable a', { hasText: day }).click()
  await settle(page)
  t.expect('the date is in', (await page.locator('.summary .tag').first().innerText()).includes('已入库'))
  t.expect('who did it is said', (await page.locator('.summary').innerText()).includes(x.at.logins.administrator[0]))
  await page.locator('.summary .btn').first().click()
  await page.locator('.summary .tag', { hasText: '已重导' }).waitFor()
  await settle(page)
  await t.axe('imported again')
  await t.shot('again')
}

/** All that waits is imported at once: progress on the page, notices for those who watch. */
export async function importing(page, t, x) {
  const [watcher] = x.others
  await go(watcher, '/board')
  await go(page, '/imports')
  await remember(page)
  const before = await watcher.locator('.date b').innerText()
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.el-dialog .all').waitFor()
  await t.axe('dialog')
  await t.shot('dialog')
  await page.locator('.el-dialog .all').click()
  await page.locator('.jobs li').first().waitFor()
  await t.shot('running')
  await page.locator('.jobs li .tag.green').waitFor({ timeout: 120_000 })
  await settle(page)
  await t.axe('done')
  await t.shot('done')
  const steps = await page.evaluate(() => window.progress)
  t.expect(`progress was seen on the way (${steps.join(', ')})`, steps.some((s) => Number(s) > 0 && Number(s) < 100))
  await watcher.waitForFunction((b) => document.querySelector('.date b')?.textContent !== b, before)
  t.expect('the business date of others moves on', (await watcher.locator('.date b').innerText()) > before)
  await watcher.locator('.top details, .top .pop').first().count()
  await watcher.locator('header button[aria-label*="通知"], header summary[aria-label*="通知"]').first().click()
  await watcher.locator('.news li').first().waitFor()
  await inspect(watcher, 'importing notices', t.findings)
}
