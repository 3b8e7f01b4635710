// Before there is a session: the login, a wrong password. And what a page shows when the server cannot.
import { go, inspect, open, settle } from './browser.mjs'
import { fillLogin, logIn } from './server.mjs'

export async function doors(browser, at, width, findings, shot) {
  const { context, page } = await open(browser, at.url, { width }, findings, `login ${width}`)
  await go(page, '/me')
  findings.expect(`login ${width}`, 'who is nobody is led to the login', new URL(page.url()).pathname === '/login')
  await shot(page, 'login')
  await inspect(page, `login ${width}`, findings)
  page.expected.add(401)
  await fillLogin(page, 'nobody', 'wrong-password')
  await page.locator('[role=alert]').waitFor()
  await shot(page, 'login-wrong')
  await inspect(page, `login wrong ${width}`, findings)
  await page.locator('.foot button').click()
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  await inspect(page, `login English ${width}`, findings)
  await shot(page, 'login-en')
  await context.close()
}

const problem = JSON.stringify({ type: 'about:blank', title: '服务器出了问题', status: 500, code: 'broken', detail: '请稍后再试。' })

export async function states(browser, at, findings, shot) {
  const { context, page } = await open(browser, at.url, { width: 1440 }, findings, 'states')
  await logIn(page, at.logins.manager)
  await page.route('**/api/v1/scores/**', (r) => r.fulfill({ status: 500, contentType: 'application/problem+json', headers: { 'x-request-id': 'r-4711' }, body: problem }))
  page.expected.add(500)
  await go(page, '/me')
  findings.expect('states', 'an error shows the request id', (await page.locator('.state').innerText()).includes('r-4711'))
  await shot(page, 'state-error')
  await inspect(page, 'state error', findings)
  await page.unroute('**/api/v1/scores/**')
  await page.locator('.state .btn').click()
  await page.locator('.hero').waitFor()

  let release
  const held = new Promise((done) => { release = done })
  await page.route('**/api/v1/customers**', async (r) => { await held; await r.continue() })
  await page.goto('/customers')
  await page.locator('.skeleton').first().waitFor()
  await shot(page, 'state-loading')
  release()
  await settle(page)
  findings.expect('states', 'the skeleton gives way to the page', (await page.locator('.skeleton').count()) === 0)
  await page.unroute('**/api/v1/customers**')

  page.expected.add(404)
  await go(page, '/scores/S99999')
  await shot(page, 'state-gone')
  await inspect(page, 'state gone', findings)
  page.expected.add('ERR_INTERNET_DISCONNECTED')
  await go(page, '/me')
  await context.setOffline(true)
  await page.locator('.offline').waitFor()
  await shot(page, 'state-offline')
  await inspect(page, 'state offline', findings)
  await context.setOffline(false)
  await page.locator('.offline').waitFor({ state: 'detached' })
  await context.close()
}
