// Every page × role × width on a real server, then what people do on them. See README.md.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { doors, states } from './doors.mjs'
import { FLOWS } from './flows.mjs'
import { Findings } from './findings.mjs'
import { fits, go, inspect, launch, open, settle, untranslated } from './browser.mjs'
import { PAGES, examples, has } from './pages.mjs'
import { ROLES, enter, logIn, read, root, send, server } from './server.mjs'

const argument = (name) => { const i = process.argv.indexOf(`--${name}`); return i < 0 ? null : process.argv[i + 1] }
const flag = (name) => process.argv.includes(`--${name}`)
const only = argument('only')?.split(',')
const quick = flag('quick')
const shots = join(root, 'build', 'screenshots')
mkdirSync(shots, { recursive: true })
const findings = new Findings()
const SIZES = { 1440: 900, 390: 844 }

const snap = (page, name, width, all) => quick ? null : page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: all })
const tools = (page, prefix, width) => ({
  width,
  shot: (name) => snap(page, `${prefix}-${name}`, width),
  axe: (name) => inspect(page, `${prefix} ${name} ${width}`, findings),
  expect: (what, ok) => findings.expect(`${prefix} ${width}`, what, ok),
  findings,
})

/** The language is kept with the login, so it is chosen the way a person does. */
async function choose(page, language) {
  await page.locator('.user-button').click()
  await page.locator('.user select').first().selectOption(language)
  await page.waitForFunction((l) => document.documentElement.lang.startsWith(l), language)
  await page.keyboard.press('Escape')
  await settle(page)
}

async function look(page, p, where, name, width, english) {
  await inspect(page, where, findings)
  findings.expect(where, 'the page failed to load', !(await page.locator('.state[role=alert]').count()))
  if (english) {
    const words = await untranslated(page)
    findings.expect(where, `untranslated: ${[...new Set(words)].slice(0, 12).join(', ')}`, words.length === 0)
  }
  await snap(page, name, width, width >= 700 && ['board', 'customer', 'me', 'score', 'import', 'import-open'].includes(p.name))
}

/** Each page once at a desk's width with axe, then the same page on a phone. */
async function walk(browser, at, role, options = {}) {
  const prefix = [role, options.dark ? 'dark' : '', options.english ? 'en' : ''].filter(Boolean).join('-')
  const widths = options.widths ?? [1440, 390]
  const { context, page } = await open(browser, at.url, { width: widths[0], dark: options.dark }, findings, prefix)
  try {
    const session = await enter(at.url, ...at.logins[role])
    const x = await examples(at.url, session)
    await logIn(page, at.logins[role])
    if (options.english) await choose(page, 'en')
    for (const p of PAGES) {
      if (!has(session, p) || (only && !only.includes(p.name)) || (options.pages && !options.pages.includes(p.name))) continue
      const path = typeof p.path === 'function' ? p.path(x) : p.path
      if (!path) { console.log(`  – ${role} ${p.name}: nothing to show`); continue }
      for (const width of widths) {
        page.at = `${prefix} ${p.name} ${width}`
        await page.setViewportSize({ width, height: SIZES[width] })
        if (width === widths[0]) await go(page, path)
        await settle(page)
        if (quick && width < 700) await fits(page, page.at, findings)
        else await look(page, p, page.at, `${prefix}-${p.name}`, width, options.english)
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    if (options.english) await choose(page, 'zh')
  } finally {
    await context.close()
  }
}

async function flow(browser, at, name, width) {
  const f = FLOWS[name]
  const roles = f.roles.filter((r) => at.logins[r])
  if (roles.length < f.roles.length) return console.log(`  – ${name}: no login for ${f.roles.filter((r) => !at.logins[r]).join(', ')}`)
  const opened = []
  try {
    for (const role of roles) {
      const one = await open(browser, at.url, { width }, findings, `${name} ${width}`)
      opened.push(one)
      await logIn(one.page, at.logins[role])
    }
    const x = await examples(at.url, await enter(at.url, ...at.logins[roles[0]]))
    await f.work(opened[0].page, tools(opened[0].page, name, width), { ...x, at, browser, others: opened.slice(1).map((o) => o.page) })
  } finally {
    for (const one of opened) await one.context.close()
  }
}

const began = Date.now()
const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`
async function run(name, work) {
  try {
    await work()
    console.log(`${seconds()} ${name}`)
  } catch (e) {
    findings.add(name, e.message.split('\n').slice(0, 6).join(' '))
  }
}
/** Two at a time: what only looks does not disturb what else only looks. */
async function inPairs(jobs) {
  const queue = [...jobs]
  const worker = async () => { for (let job = queue.shift(); job; job = queue.shift()) await run(...job) }
  await Promise.all([worker(), worker()])
}

/** So that the page of appraisals has something to show: one is kept, as a person of the business department does. */
async function keepOne(at) {
  if (!at.logins.business) return
  const session = await enter(at.url, ...at.logins.business)
  const scheme = (await read(at.url, session, '/overview')).schemes[0].scheme
  const job = await send(at.url, session, 'POST', '/runs', { scheme, period: '2025Q3' })
  for (let state = ''; state !== 'done'; ) {
    state = (await read(at.url, session, `/jobs/${job.id}`)).state
    if (!['waiting', 'running', 'done'].includes(state)) throw new Error(`the appraisal ended as ${state}`)
  }
}

async function all(at, browser) {
  await run('an appraisal', () => keepOne(at))
  const asked = argument('roles')?.split(',') ?? ROLES
  const roles = asked.filter((r) => at.logins[r] || (console.log(`skipped ${r}: no login for it`), false))
  const flows = argument('flows')?.split(',') ?? Object.keys(FLOWS)
  if (!flag('flows')) {
    await inPairs(roles.map((r) => [r, () => walk(browser, at, r)]))
    if (!quick) {
      await inPairs(roles.map((r) => [`${r} dark`, () => walk(browser, at, r, { dark: true })]))
      await inPairs(roles.map((r) => [`${r} English`, () => walk(browser, at, r, { english: true })]))
    }
    if (only) return
    for (const w of [1440, 390]) await run(`doors ${w}`, () => doors(browser, at, w, findings, (page, name) => snap(page, name, w)))
    if (!quick) await run('states', () => states(browser, at, findings, (page, name) => snap(page, name, 1440)))
  }
  for (const name of flows.filter((n) => flag('flows') || !quick || !FLOWS[n].long)) for (const w of quick ? [1440] : FLOWS[name].widths ?? [1440, 390]) await run(`${name} ${w}`, () => flow(browser, at, name, w))
}

const at = await server()
if (at.binary)
  await run('types', () => execFileSync(process.execPath, ['scripts/types.mjs', '--check'], { cwd: join(root, 'web'), env: { ...process.env, GUANHU_BINARY: at.binary }, encoding: 'utf8', stdio: 'pipe' }))
const browser = await launch()
try {
  await all(at, browser)
} finally {
  await browser.close()
}
console.log(`${seconds()}${quick ? '' : '; screenshots in build/screenshots'}`)
process.exitCode = findings.close()
