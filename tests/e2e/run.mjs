// Every page × role × width, then what people do on them. See README.md.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Findings, inspect, launch, open, settle, untranslated } from './browser.mjs'
import * as flows from './flows.mjs'
import { PAGES, examples, has } from './pages.mjs'
import { PASSWORD, ROLES, logIn, server } from './server.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const argument = (name) => { const i = process.argv.indexOf(`--${name}`); return i < 0 ? null : process.argv[i + 1] }
const only = argument('only')?.split(',')
const quick = process.argv.includes('--quick')
const second = process.argv.includes('--second') // only the second pass: states, dark, English
const shots = join(root, 'build', 'screenshots')
mkdirSync(shots, { recursive: true })
const findings = new Findings()

const tools = (page, prefix, width) => ({
  width,
  shot: (name) => page.screenshot({ path: join(shots, `${prefix}-${name}-${width}.png`) }),
  axe: (name) => inspect(page, `${prefix} ${name} ${width}`, findings),
  expect: (what, ok) => findings.expect(`${prefix} ${width}`, what, ok),
})

/** The language is kept with the login, so it is chosen the way a person does. */
async function choose(page, language) {
  await page.locator('.user-button').click()
  await page.locator('.user select').first().selectOption(language)
  await page.waitForFunction((l) => document.documentElement.lang.startsWith(l), language)
  await page.keyboard.press('Escape')
  await page.waitForTimeout(150)
}

async function walk(browser, at, role, width, options = {}) {
  const prefix = [role, options.dark ? 'dark' : '', options.language === 'en' ? 'en' : ''].filter(Boolean).join('-')
  const { context, page } = await open(browser, at.url, { width, ...options }, findings, prefix)
  await logIn(page, at.logins[role])
  if (options.language) await choose(page, options.language)
  const x = await examples(page)
  for (const p of PAGES) {
    if (!has(x.session, p) || (only && !only.includes(p.name)) || (options.pages && !options.pages.includes(p.name))) continue
    const path = typeof p.path === 'function' ? p.path(x) : p.path
    if (path.includes('undefined')) { console.log(`  – ${role} ${p.name}: nothing to show`); continue }
    page.at = `${prefix} ${p.name} ${width}`
    await page.goto(path)
    await settle(page)
    if (options.language === 'en') {
      await page.waitForFunction(() => document.documentElement.lang === 'en')
      const words = await untranslated(page, page.at, findings)
      findings.expect(page.at, `untranslated: ${words.join(', ')}`, words.length === 0)
    }
    await page.screenshot({ path: join(shots, `${prefix}-${p.name}-${width}.png`), fullPage: width >= 700 && ['board', 'customer', 'me', 'score'].includes(p.name) })
    await inspect(page, page.at, findings)
    findings.expect(page.at, 'the page failed to load', !(await page.locator('.state[role=alert]').count()))
  }
  if (options.language) await choose(page, 'zh')
  page.at = `${prefix} flows ${width}`
  if (!only && !options.pages) await walkFlows(page, role, x, tools(page, role, width))
  await context.close()
}

async function walkFlows(page, role, x, t) {
  if (role === 'manager') { await flows.drill(page, t); await flows.unmask(page, t, x.customer); await flows.search(page, t) }
  if (role === 'branch_head') { await flows.compare(page, t); await boardDrill(page, t) }
  if (role === 'administrator') { await flows.importing(page, t); await flows.newLogin(page, t) }
  if (role === 'auditor') await flows.verify(page, t)
}
async function boardDrill(page, t) {
  await page.goto('/board')
  await settle(page)
  await page.locator('.tiles button.fig').first().click()
  await page.locator('.drawer .inputs button.line').first().waitFor()
  await t.shot('board-explain')
  await t.axe('board-explain')
}

/** Before there is a session: the login, a wrong password, a password to change, an error, no network. */
async function doors(browser, at, width) {
  const { context, page } = await open(browser, at.url, { width }, findings, `login ${width}`)
  page.expected.add(401)
  await page.goto('/me')
  await page.waitForURL(/login/)
  await page.screenshot({ path: join(shots, `login-${width}.png`) })
  await inspect(page, `login ${width}`, findings)
  await page.locator('input[name=username]').fill('nobody')
  await page.locator('input[name=password]').fill('wrong-password')
  await page.locator('button[type=submit]').click()
  await page.locator('[role=alert]').waitFor()
  await page.screenshot({ path: join(shots, `login-wrong-${width}.png`) })
  await inspect(page, `login wrong ${width}`, findings)
  if (at.mock) {
    page.expected.add(500)
    await page.locator('input[name=username]').fill('broken')
    await page.locator('input[name=password]').fill('x')
    await page.locator('button[type=submit]').click()
    await page.locator('[role=alert] code').waitFor()
    await page.locator('input[name=username]').fill('newcomer')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('button[type=submit]').click()
    await page.waitForURL(/password/)
    await page.screenshot({ path: join(shots, `password-${width}.png`) })
    await inspect(page, `password ${width}`, findings)
    await page.goto('/me')
    await page.locator('.bare form').waitFor()
    findings.expect(`password ${width}`, 'no way around the change of a one-time password', page.url().endsWith('/password'))
  }
  await context.close()
}
async function states(browser, at) {
  const { context, page } = await open(browser, at.url, { width: 1440 }, findings, 'states')
  await logIn(page, at.logins.manager)
  await page.route('**/api/v1/scores/**', (r) => r.fulfill({ status: 500, contentType: 'application/problem+json', headers: { 'x-request-id': 'r-4711' }, body: JSON.stringify({ title: '服务器出了问题', status: 500, code: 'broken', detail: '请稍后再试。' }) }))
  page.expected.add(500)
  await page.goto('/me')
  await page.locator('.state code').waitFor()
  findings.expect('states', 'an error shows the request id', (await page.locator('.state').innerText()).includes('r-4711'))
  await page.screenshot({ path: join(shots, 'state-error-1440.png') })
  await inspect(page, 'state error', findings)
  await page.unroute('**/api/v1/scores/**')
  await page.route('**/api/v1/customers**', async (r) => { await new Promise((done) => setTimeout(done, 900)); await r.continue() })
  await page.goto('/customers')
  await page.waitForTimeout(600)
  findings.expect('states', 'a slow page shows its skeleton', (await page.locator('.skeleton').count()) > 0)
  await page.screenshot({ path: join(shots, 'state-loading-1440.png') })
  await settle(page)
  await page.unroute('**/api/v1/customers**')
  page.expected.add(404)
  await page.goto('/scores/S99999')
  await page.locator('.state').waitFor()
  await page.screenshot({ path: join(shots, 'state-gone-1440.png') })
  await inspect(page, 'state gone', findings)
  await context.close()
}

async function run(name, work) {
  console.log(name)
  try { await work() } catch (e) { findings.add(name, e.message.split('\n').slice(0, 6).join(' ')) }
}
const at = await server()
const browser = await launch()
const roles = (argument('roles')?.split(',') ?? ROLES).filter((r) => at.logins[r] || (console.log(`skipped ${r}: no login in GUANHU_LOGINS`), false))
const widths = [1440, 390]
if (!only && !second) for (const w of widths) await run(`doors ${w}`, () => doors(browser, at, w))
if (!second) for (const role of roles) for (const w of widths) await run(`${role} ${w}`, () => walk(browser, at, role, w))
if (!quick) {
  if (!only && roles.includes('manager')) await run('states', () => states(browser, at))
  for (const role of ['manager', 'executive', 'auditor', 'administrator'].filter((r) => roles.includes(r))) {
    await run(`${role} dark`, () => walk(browser, at, role, 1440, { dark: true, pages: ['me', 'board', 'ranking', 'customer', 'import', 'audit', 'people'] }))
    await run(`${role} English`, () => walk(browser, at, role, 1440, { language: 'en', pages: PAGES.map((p) => p.name) }))
  }
}
await browser.close()
at.stop()
console.log(`${findings.checks} checks, ${findings.list.length} findings; screenshots in build/screenshots`)
process.exitCode = findings.list.length ? 1 : 0
