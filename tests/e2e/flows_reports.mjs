// What the bank prints: forms of A4, counted as the browser's own printing makes them.
import { join } from 'node:path'
import { go, settle } from './browser.mjs'
import { enter, read, root } from './server.mjs'

/** Pages of a PDF: its page objects. */
export const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length

/** Opens a report and prints it: how many pages it says, how many come out, and what does not fit. */
export async function printed(page, url, shot) {
  await page.goto(url)
  const said = await page.locator('section.page').count()
  const cut = await page.evaluate(() => [...document.querySelectorAll('section.page')].filter((p) => {
    const foot = p.querySelector('.foot').getBoundingClientRect().top
    return [...p.children].some((c) => !c.matches('.foot') && c.getBoundingClientRect().bottom > foot + 0.5) || p.scrollWidth > p.clientWidth + 1
  }).length)
  if (shot) await page.screenshot({ path: shot, fullPage: true })
  return { said, cut, pages: pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true })) }
}

async function check(page, t, name, url, one) {
  const made = await printed(page, url, process.argv.includes('--quick') ? null : join(root, 'build', 'screenshots', `report-${name.replaceAll(' ', '-')}-${t.width}.png`))
  t.expect(`${name}: as many pages come out as are counted (${made.pages} of ${made.said})`, made.pages === made.said && made.said > 0)
  t.expect(`${name}: nothing runs over its page`, made.cut === 0)
  if (one) t.expect(`${name}: one page`, made.said === 1)
}

/** One's own sheets. */
export async function sheets(page, t, x) {
  await go(page, '/me')
  await page.locator('.tools .pop button', { hasText: '报表' }).click()
  await t.axe('report menu')
  await t.shot('menu')
  t.expect('the menu offers the form, the workbook and the page', (await page.locator('.forms li').count()) === 2)
  await page.keyboard.press('Escape')
  await settle(page)
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const asked = `scheme=${encodeURIComponent(x.scheme)}&period=${x.period}`
  const api = `${x.at.url}/api/v1`
  await check(page, t, 'score', `${api}/scores/${session.staff_id}/report.html?${asked}`, true)
  const plans = await read(x.at.url, session, '/grade-plans')
  for (const plan of plans.items.slice(0, 2)) await check(page, t, `grade ${plan.pack}`, `${api}/grades/${session.staff_id}/report.html?pack=${encodeURIComponent(plan.pack)}`, true)
  const slips = await read(x.at.url, session, '/pay/slips')
  for (const slip of slips.items.slice(0, 1)) await check(page, t, 'pay', `${api}/pay/runs/${slip.id}/slips/${session.staff_id}/report.html`, true)
  const assessed = await read(x.at.url, session, '/assessment-plans?state=reported').catch(() => ({ items: [] }))
  for (const plan of assessed.items.slice(0, 1)) await check(page, t, 'assessment', `${api}/assessment-plans/${plan.id}/results/${session.staff_id}/report.html`, true)
}

/** Rankings of everybody, by bank, branch and position. */
export async function rankings(page, t, x) {
  await go(page, '/ranking')
  await page.locator('.tools .pop button', { hasText: '报表' }).click()
  await t.axe('report menu')
  await t.shot('menu')
  t.expect('by bank, branch and position', (await page.locator('.forms li').count()) === 3)
  const [tab] = await Promise.all([page.waitForEvent('popup'), page.locator('.forms li button').first().click()])
  await tab.waitForLoadState()
  t.expect('the form opens in a tab of its own', (await tab.locator('h1').first().innerText()).includes('排名表'))
  await tab.close()
  for (const by of ['bank', 'branch', 'position'])
    await check(page, t, `ranking by ${by}`, `${x.at.url}/api/v1/ranking/report.html?scheme=${encodeURIComponent(x.scheme)}&period=${x.period}&by=${by}`, false)
}
