// The server under test: GUANHU_URL with GUANHU_LOGINS, else the mock started here. And how one logs in.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settle } from './browser.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const PASSWORD = 'sample-pass-1'
export const ROLES = ['administrator', 'manager', 'branch_head', 'risk_manager', 'business', 'hr', 'executive', 'auditor']

export async function server() {
  if (process.env.GUANHU_URL) return { url: process.env.GUANHU_URL.replace(/\/$/, ''), logins: JSON.parse(process.env.GUANHU_LOGINS ?? '{}'), stop() {} }
  const child = spawn(process.execPath, [join(root, 'web/mock/server.mjs')], { env: { ...process.env, MOCK_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise((done, fail) => { child.stdout.once('data', (d) => done(d.toString().trim())); child.once('exit', (c) => fail(new Error(`the mock ended with ${c}`))) })
  return { url, logins: Object.fromEntries(ROLES.map((r) => [r, [r, PASSWORD]])), stop: () => child.kill(), mock: true }
}

export async function logIn(page, [login, password]) {
  page.expected?.add(401)
  await page.goto('/login')
  await page.locator('input[name=username]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((u) => !u.pathname.startsWith('/login'))
  page.expected?.delete(401)
  await settle(page)
}
