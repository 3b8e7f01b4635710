// Chromium with our flags, a page that remembers what went wrong on it and knows when it is at rest, axe.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
export const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']
const PATIENCE = 60_000 // a busy machine; nothing waits for time to pass, only for what is to come

export const launch = (args = []) => chromium.launch({ executablePath: BROWSER, args: [...FLAGS, ...args] })

/** A context at a width; `page.expected` holds status codes that a step provokes on purpose. */
export async function open(browser, url, { width, dark = false, language = 'zh' }, findings, where) {
  const context = await browser.newContext({
    baseURL: url, viewport: { width, height: width < 700 ? 844 : 900 }, deviceScaleFactor: width < 700 ? 2 : 1, hasTouch: width < 700,
    colorScheme: dark ? 'dark' : 'light', locale: language === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  })
  await context.addInitScript((p) => { if (location.protocol.startsWith('http') && !localStorage.getItem('guanhu.preferences')) localStorage.setItem('guanhu.preferences', JSON.stringify(p)) }, { language, theme: dark ? 'dark' : 'light', unit: 'yuan' })
  const page = await context.newPage()
  watch(page, url, findings, where)
  return { context, page }
}

export function watch(page, url, findings, where) {
  page.expected = new Set()
  page.at = where
  page.busy = new Set()
  page.asked = 0
  page.on('console', (m) => {
    if (m.type() !== 'error' && m.type() !== 'warning') return
    if ([...page.expected].some((code) => m.text().includes(`status of ${code}`))) return
    findings.add(page.at, `console: ${m.text()} ${m.location().url ?? ''}`)
  })
  page.on('pageerror', (e) => findings.add(page.at, `script: ${e.message}`))
  page.on('request', (r) => {
    if (!r.url().startsWith(url) && !/^(data|blob):/.test(r.url())) findings.add(page.at, `foreign request ${r.url()}`)
    if (r.resourceType() === 'eventsource') return
    page.busy.add(r)
    page.asked++
  })
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (r) => page.busy.delete(r))
  page.setDefaultTimeout(PATIENCE)
}

// One look at the page, after two frames: is there a page, is anything still being read, drawn or moved.
const atRest = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(
  document.readyState === 'complete' && document.querySelector('h1, form') !== null && document.querySelector('[aria-busy="true"], .skeleton') === null &&
  document.fonts.status === 'loaded' && document.getAnimations().every((a) => a.playState !== 'running')))))

/** Waits until nothing is on its way and two looks in a row find the page at rest. */
export async function settle(page) {
  const end = Date.now() + PATIENCE
  for (let quiet = 0, seen = -1; quiet < 2; ) {
    if (Date.now() > end) throw new Error(`the page did not come to rest: ${[...page.busy].map((r) => r.url()).join(' ') || 'something is being read, drawn or moved'}`)
    const rest = await page.evaluate(atRest).catch(() => false) // a navigation between the two frames
    quiet = rest && page.busy.size === 0 && seen === page.asked ? quiet + 1 : 0
    seen = page.asked
  }
}
export async function go(page, path) {
  await page.goto(path)
  await settle(page)
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const place = (v) => v.nodes.slice(0, 3).map((n) => n.target.join(' ') + (v.id === 'color-contrast' ? ` ${n.any[0]?.message ?? ''}` : '')).join(' | ')

/** axe's findings on a page that did not begin anything new while axe was looking; a page that always does (it asks
 *  every few seconds, on a busy machine) is judged by the last of five looks. */
async function accessible(page) {
  for (let look = 1; ; look++) {
    await settle(page)
    const before = page.asked
    await page.evaluate(axe)
    const { violations } = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), RULES)
    const still = await page.evaluate(atRest)
    if (look === 5 || (still && page.busy.size === 0 && page.asked === before)) return violations
  }
}

/** axe, no sideways scrolling, no raw words, nothing that failed to load. */
export async function inspect(page, where, findings) {
  const violations = await accessible(page)
  findings.expect(where, violations.map((v) => `axe ${v.id} (${v.impact}): ${v.help} — ${place(v)} (${v.nodes.length})`).join('\n    ') || 'axe', violations.length === 0)
  await fits(page, where, findings)
  // What the rules themselves say (formulas, their source) is shown as written.
  const raw = await page.evaluate(() => {
    const text = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let n = walker.nextNode(); n; n = walker.nextNode()) if (!n.parentElement.closest('[data-own], pre, script, style, option') && n.parentElement.checkVisibility()) text.push(n.data)
    return text.join('\n').match(/\b(?:undefined|NaN|null|Infinity|\[object \w+\]|[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}\b)/g) ?? []
  })
  findings.expect(where, `raw words on the page: ${[...new Set(raw)].slice(0, 5).join(', ')}`, raw.length === 0)
}

/** Nothing is wider than the window, no label is cut where it may not be. */
export async function fits(page, where, findings) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  findings.expect(where, `the page is ${wide} px wider than the window`, wide <= 0)
  const cut = await page.evaluate(() => [...document.querySelectorAll('button, .btn, h1, h2, .tag, thead th, dt')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !e.closest('.cut, .sr, .scroll-x, td') && !e.matches('.cut, .sr'))
    .map((e) => e.innerText.trim().slice(0, 24)).filter(Boolean))
  findings.expect(where, `cut text: ${cut.slice(0, 4).join(' | ')}`, cut.length === 0)
}

// Every text of the Chinese client that is said otherwise in English; holes stand for anything.
const messages = (file) => new Map([...readFileSync(new URL(`../../web/src/i18n/${file}`, import.meta.url), 'utf8').matchAll(/^ {2}'([\w.]+)': '((?:[^'\\]|\\.)+)',$/gm)].map((m) => [m[1], m[2]]))
const files = readdirSync(new URL('../../web/src/i18n/', import.meta.url))
const areas = files.filter((f) => f.endsWith('-en.ts')).map((f) => f.replace('-en.ts', '')).filter((a) => files.includes(`${a}-zh.ts`))
const english = new Map([...messages('en.ts'), ...messages('en-terms.ts'), ...areas.flatMap((a) => [...messages(`${a}-en.ts`)])])
// Said by the client, but by the rules and the bank as well: figures of the sample's pack, a memo of its transactions.
const DATA = new Set(['总分', '满分', '得分', '存款净增', '结息'])
const chinese = [...messages('zh.ts'), ...messages('zh-terms.ts'), ...areas.flatMap((a) => [...messages(`${a}-zh.ts`)])].filter(([key, text]) => english.get(key) !== text && /[\u4e00-\u9fff]/.test(text) && !DATA.has(text)).map(([, text]) => text)
const pattern = `^\\s*(?:${chinese.map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.{0,40}')).join('|')})\\s*$`

/** Texts of the Chinese client on an English page. Names, figures and rules are the bank's own: they stay as they are. */
export const untranslated = (page) => page.evaluate((source) => {
  const words = new RegExp(source)
  const out = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let n = walker.nextNode(); n; n = walker.nextNode())
    if (/[\u4e00-\u9fff]/.test(n.data) && words.test(n.data) && n.parentElement.checkVisibility() && !n.parentElement.closest('[data-own], .formula, option, pre')) out.push(n.data.trim().slice(0, 20))
  for (const el of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    for (const a of ['aria-label', 'title', 'placeholder']) if (words.test(el.getAttribute(a) ?? '') && !el.closest('[data-own], select')) out.push(`${a} ${el.getAttribute(a).slice(0, 20)}`)
  return out.filter((w) => w !== '中文')
}, pattern)
