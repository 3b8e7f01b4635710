// Chromium with our flags, a page that remembers what went wrong on it, axe.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  })

export class Findings {
  list = []
  checks = 0
  add(where, what) {
    this.list.push({ where, what })
    console.log(`  ✗ ${where}: ${what}`)
  }
  expect(where, what, ok) {
    this.checks++
    if (!ok) this.add(where, what)
  }
}

/** A context at a width; `page.expected` holds status codes that a step provokes on purpose. */
export async function open(browser, url, { width, dark = false, language = 'zh' }, findings, where) {
  const context = await browser.newContext({
    baseURL: url, viewport: { width, height: width < 700 ? 844 : 900 }, deviceScaleFactor: width < 700 ? 2 : 1, hasTouch: width < 700,
    colorScheme: dark ? 'dark' : 'light', locale: language === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  })
  await context.addInitScript((p) => { if (!localStorage.getItem('guanhu.preferences')) localStorage.setItem('guanhu.preferences', JSON.stringify(p)) }, { language, theme: dark ? 'dark' : 'light', unit: 'yuan' })
  const page = await context.newPage()
  page.expected = new Set()
  page.at = where
  page.on('console', (m) => {
    if (m.type() !== 'error') return
    if ([...page.expected].some((code) => m.text().includes(`status of ${code}`))) return
    findings.add(page.at, `console: ${m.text()} ${m.location().url ?? ''}`)
  })
  page.on('pageerror', (e) => findings.add(page.at, `script: ${e.message}`))
  page.on('request', (r) => { if (!r.url().startsWith(url) && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) findings.add(page.at, `foreign request ${r.url()}`) })
  page.setDefaultTimeout(20_000)
  return { context, page }
}

export async function settle(page) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton'), null, { timeout: 20_000 }).catch(() => {})
  await page.waitForTimeout(80)
}

export async function inspect(page, where, findings) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }))
  findings.checks++
  for (const v of violations)
    findings.add(where, `axe ${v.id} (${v.impact}): ${v.help} — ${v.nodes.slice(0, 3).map((n) => n.target.join(' ') + (v.id === 'color-contrast' ? ' ' + (n.any[0]?.message ?? '') : '')).join(' | ')} (${v.nodes.length})`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  findings.expect(where, `the page is ${wide} px wider than the window`, wide <= 0)
  const raw = await page.evaluate(() => (document.body.innerText.match(/\b(?:undefined|NaN|\[object|[a-z]+\.[a-z]+\.[a-z]+\b(?!\.(csv|md|json)))/g) ?? []).filter((x) => !/\.(csv|md|json|txt)/.test(x)))
  findings.expect(where, `raw words on the page: ${[...new Set(raw)].slice(0, 5).join(', ')}`, raw.length === 0)
}

/** Words of the wrong language: in English no Chinese but names and the bank's own terms are allowed for, so only labels are looked at. */
export async function untranslated(page, where, findings) {
  const found = await page.evaluate(() => {
    const out = []
    for (const el of document.querySelectorAll('nav.side a, h1, .tabs button, .btn, label.stack, thead th[scope=col]')) {
      const text = [...el.childNodes].filter((n) => n.nodeType === 3 || n.nodeName === 'SPAN').map((n) => n.textContent).join('').trim()
      if (/[\u4e00-\u9fff]/.test(text) && !el.closest('[data-own]') && !/^(中文)$/.test(text)) out.push(text.slice(0, 20))
    }
    return out
  })
  return found
}
