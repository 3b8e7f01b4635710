// The server under test: the one at GUANHU_URL with GUANHU_LOGINS. Without them tests/support/served_bank.py makes a
// bank, serves it and runs us again.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settle } from './browser.mjs'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const PASSWORD = 'a sample password 1'
export const ROLES = ['administrator', 'manager', 'branch_head', 'risk_manager', 'business', 'hr', 'executive', 'auditor']

async function ask(url, path, { method = 'GET', body, session } = {}) {
  const headers = { 'content-type': 'application/json', ...(session && { cookie: session.cookie, 'x-csrf-token': session.csrf }) }
  return fetch(`${url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
}
/** A session outside the browser: { cookie, csrf, ... }, or null where the password is refused. */
export async function enter(url, login, password) {
  const r = await ask(url, '/session', { method: 'POST', body: { login, password } })
  if (r.status === 401) return null
  if (!r.ok) throw new Error(`logging in as ${login}: ${r.status} ${await r.text()}`)
  return { cookie: r.headers.getSetCookie()[0].split(';')[0], ...(await r.json()) }
}
export async function read(url, session, path) {
  const r = await ask(url, path, { session })
  if (!r.ok) throw new Error(`${path}: ${r.status} ${await r.text()}`)
  return r.json()
}
export async function send(url, session, method, path, body) {
  const r = await ask(url, path, { method, body, session })
  if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${await r.text()}`)
  return r.status === 204 ? null : r.json()
}

// One-time passwords become PASSWORD; a run before this one may have done so already.
async function settled(url, [login, given]) {
  for (const password of [given, PASSWORD]) {
    const session = await enter(url, login, password)
    if (session?.must_change) await send(url, session, 'POST', '/session/password', { old_password: password, new_password: PASSWORD })
    if (session) return [login, session.must_change ? PASSWORD : password]
  }
  throw new Error(`${login} is not let in`)
}

/** The list of to-dos is made again, as every night; over when its job is. */
export async function night(x) {
  const admin = await enter(x.at.url, ...x.at.logins.administrator)
  let job = await send(x.at.url, admin, 'POST', '/todo-runs', {})
  while (job.state === 'waiting' || job.state === 'running') job = await read(x.at.url, admin, `/jobs/${job.id}`)
  return job
}

export async function server() {
  if (!existsSync(join(root, 'web/dist/index.html'))) throw new Error('web/dist is not built: npm run build in web/')
  const binary = process.env.GUANHU_BINARY ?? join(root, 'build/release/guanhu')
  if (!process.env.GUANHU_URL) {
    const made = spawnSync('python3', ['-B', join(root, 'tests/support/served_bank.py'), binary, join(root, 'build/e2e'), '--', process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' })
    process.exit(made.status ?? 1)
  }
  const url = process.env.GUANHU_URL.replace(/\/$/, '')
  const logins = JSON.parse(process.env.GUANHU_LOGINS ?? '{}')
  for (const role of Object.keys(logins)) logins[role] = await settled(url, logins[role])
  return { url, logins, binary: process.env.GUANHU_BINARY, feed: process.env.GUANHU_FEED }
}

export async function fillLogin(page, login, password) {
  await page.locator('input[name=username]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
}
export async function logIn(page, [login, password]) {
  await page.goto('/login')
  await fillLogin(page, login, password)
  await page.waitForURL((u) => !u.pathname.startsWith('/login'))
  await settle(page)
}
