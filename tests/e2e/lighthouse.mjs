// Lighthouse on the login page and on 我的业绩, as a phone on slow 4G and as a desk: performance, accessibility, best
// practices, each at least 95. Prints a table; the median of three runs, for a busy machine makes single ones jump.
// First: npm ci --prefix tests/e2e/lighthouse
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BROWSER, FLAGS, watch } from './browser.mjs'
import { logIn, server } from './server.mjs'

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const own = createRequire(new URL('./lighthouse/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const { default: lighthouse, desktopConfig } = await import(pathToFileURL(own.resolve('lighthouse')).href)
const LEAST = 95
const RUNS = Number(process.env.RUNS ?? 3)
const WHAT = ['performance', 'accessibility', 'best-practices']
const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'total-byte-weight']
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

/** A browser with a profile of its own, so that Lighthouse finds the session that was opened in it. */
async function measured(at, path, config) {
  const profile = mkdtempSync(join(tmpdir(), 'guanhu-lighthouse-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath: BROWSER, args: [...FLAGS, '--remote-debugging-port=0'], baseURL: at.url, locale: 'zh-CN' })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    watch(page, at.url, { add() {} }, path)
    if (path !== '/login') await logIn(page, at.logins.manager)
    const port = Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0])
    const { lhr } = await lighthouse(at.url + path, { port, output: 'json', logLevel: 'silent', onlyCategories: WHAT, disableStorageReset: path !== '/login' }, config)
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
    if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`)
    return lhr
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

const at = await server()
const rows = []
let low = 0
for (const [name, path] of [['login', '/login'], ['我的业绩', '/me']])
  for (const [device, config] of [['phone, slow 4G', undefined], ['desk', desktopConfig]]) {
    const all = []
    for (let i = 0; i < RUNS; i++) all.push(await measured(at, path, config))
    const scores = WHAT.map((c) => Math.round(100 * median(all.map((l) => l.categories[c].score))))
    low += scores.filter((s) => s < LEAST).length
    const times = TIMES.map((t) => median(all.map((l) => l.audits[t]?.numericValue ?? 0)))
    rows.push([name, device, ...scores, `${(times[0] / 1000).toFixed(1)} s`, `${(times[1] / 1000).toFixed(1)} s`, `${Math.round(times[2])} ms`, times[3].toFixed(3), `${Math.round(times[4] / 1024)} KB`])
    for (const c of WHAT)
      for (const ref of all[0].categories[c].auditRefs) {
        const audit = all[0].audits[ref.id]
        if (ref.weight > 0 && audit.score !== null && audit.score < 0.9) console.log(`  ${name}, ${device}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''}`)
      }
  }
const head = ['page', 'device', 'performance', 'accessibility', 'best practices', 'first paint', 'largest paint', 'blocked', 'shift', 'bytes']
for (const r of [head, head.map(() => '---'), ...rows]) console.log(`| ${r.join(' | ')} |`)
console.log(`${rows.length * WHAT.length - low} passed, ${low} failed`)
process.exitCode = low ? 1 : 0
