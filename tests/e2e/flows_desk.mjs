// What managers, heads and executives do: read, drill down, search, compare, export, print.
import { execFileSync } from 'node:child_process'
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

/** From 我的业绩 down to a source row, back, and by the link again. */
export async function drill(page, t) {
  await go(page, '/me')
  await page.locator('.hero .total button.fig').click()
  await page.locator('.drawer .headline .big').waitFor()
  await t.axe('explain total')
  await t.shot('total')
  for (let depth = 1; depth < 9; depth++) {
    if (await page.locator('.drawer .rows li').count()) break
    const before = await page.locator('.drawer h2').first().innerText()
    await page.locator('.drawer .inputs button.line').first().click()
    await page.waitForFunction((b) => document.querySelector('.drawer h2')?.textContent !== b, before)
    await settle(page)
    if (depth < 4) await t.shot(`step-${depth}`)
  }
  t.expect('source rows are reached', (await page.locator('.drawer .rows li').count()) > 0)
  await page.locator('.drawer .rows summary').first().click()
  t.expect('a row names file and line', /\.csv:\d+/.test(await page.locator('.drawer .rows summary').first().innerText()))
  await page.locator('.drawer .rows').scrollIntoViewIfNeeded()
  await t.axe('explain rows')
  await t.shot('rows')
  const link = page.url()
  t.expect('the path is in the address', decodeURIComponent(link).includes('总分~'))
  await go(page, link)
  t.expect('the link opens the same step', (await page.locator('.drawer .rows li').count()) > 0)
  await page.locator('.drawer .crumbs button').first().click()
  await settle(page)
  t.expect('the first crumb leads back to the total', (await page.locator('.drawer h2').first().innerText()) === '总分')
  const article = page.locator('.drawer details.article summary').first()
  if (await article.count()) await article.click()
  t.expect('the step shows its article', (await page.locator('.drawer details.article').count()) > 0)
  await page.keyboard.press('Escape')
  await page.locator('.drawer').waitFor({ state: 'detached' })
}

// Pinyin initials by the collation of Chinese: the first sign of each letter in its order.
const FIRST = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀']
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const order = new Intl.Collator('zh-u-co-pinyin')
export const initials = (name) => [...name].map((c) => LETTERS[FIRST.findLastIndex((f) => order.compare(f, c) <= 0)] ?? c).join('')

async function find(page, text) {
  const box = page.locator('[role=dialog] input')
  const answered = page.waitForResponse((r) => new URL(r.url()).searchParams.get('q') === text)
  await box.fill(text)
  await answered
  await settle(page)
}
export async function search(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const customer = (await read(x.at.url, session, '/customers?page_size=1&sort=-deposits&kind=person')).items[0]
  const spoken = customer.name.match(/^[\u4e00-\u9fff]+/)[0] // without the note that it is made up
  const detail = await read(x.at.url, session, `/customers/${customer.id}`)
  await go(page, '/me')
  await page.keyboard.press('Control+k')
  const hit = (id) => page.locator('[role=option]', { hasText: id })
  for (const [how, text, id] of [['name', customer.name, customer.id], ['pinyin initials', initials(spoken), customer.id], ['number', customer.id, customer.id], ['account', detail.accounts[0].id, detail.accounts[0].id], ['staff number', session.staff_id, session.staff_id]]) {
    await find(page, text)
    t.expect(`found by ${how} (${text})`, (await hit(id).count()) > 0)
    if (how === 'name') { await t.shot('hits'); await t.axe('hits') }
  }
  await find(page, 'nobody-is-called-so')
  await t.shot('nothing')
  t.expect('nothing found is said', (await page.locator('[role=option]').count()) === 0)
  const rules = await read(x.at.url, session, `/policies/search?q=${encodeURIComponent('风险保证金')}&page_size=1`)
  await find(page, '风险保证金')
  await t.shot('rules')
  t.expect('the rulebook is searched as well', (await page.locator('[role=option]').count()) > 6 && (await page.locator('[role=option]').last().innerText()).includes(String(rules.total - 6)))
  await find(page, '制度库')
  t.expect('a page is found by its name', (await page.locator('[role=option]').first().innerText()).includes('页面'))
  await find(page, customer.id)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/customers/${customer.id}`)
  await settle(page)
  t.expect('Enter opens the customer', (await page.locator('h1').innerText()).includes(customer.name))
}

export async function compare(page, t) {
  await go(page, '/ranking')
  const boxes = page.locator('tbody input[type=checkbox]')
  for (const i of [0, 1, 2]) await boxes.nth(i).check()
  await page.locator('.tools .btn', { hasText: '对比' }).click()
  await page.locator('.el-dialog table').waitFor()
  await t.axe('compare')
  await t.shot('dialog')
  t.expect('three people stand side by side', (await page.locator('.el-dialog thead th a').count()) === 3)
}

const firstName = (page, width) => page.locator(width < 700 ? '.two-lines a' : 'tbody a').first().innerText()
/** How many rows the first sheet of a workbook has, and whether it holds formulas. */
const workbook = (path) => JSON.parse(execFileSync('python3', ['-c', 'import json,re,sys,zipfile\ns=zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode()\nprint(json.dumps({"rows":len(re.findall("<row ",s)),"formulas":len(re.findall("<f>",s))}))', path], { encoding: 'utf8' }))

export async function ranking(page, t, x) {
  await go(page, '/ranking')
  const best = await firstName(page, t.width)
  const session = await enter(x.at.url, ...x.at.logins.business)
  const all = await read(x.at.url, session, `/ranking?scheme=${encodeURIComponent(x.scheme)}&period=${x.period}&page_size=500`)
  if (t.width > 700) {
    await page.locator('thead th button', { hasText: '总分' }).click()
    await page.waitForFunction((b) => document.querySelector('tbody a')?.textContent !== b, best)
    await settle(page)
    t.expect('the least stands first after turning the order', new URL(page.url()).searchParams.get('sort') === 'total')
    await page.locator('.tools .btn', { hasText: '列' }).click()
    const box = page.locator('.columns input').last()
    const headings = await page.locator('thead th').count()
    await box.setChecked(!(await box.isChecked()))
    await settle(page)
    t.expect('a column more or less', Math.abs((await page.locator('thead th').count()) - headings) === 1)
    await t.axe('columns')
    await t.shot('columns')
    await box.setChecked(!(await box.isChecked()))
    await page.keyboard.press('Escape')
  }
  await page.locator('.tools input[type=search]').fill(all.items[0].name)
  await page.waitForURL(/[?&]q=/)
  await settle(page)
  t.expect('the filter leaves who is named so', (await firstName(page, t.width)).includes(all.items[0].name))
  await page.locator('.tools input[type=search]').fill('')
  await page.waitForURL((u) => !u.searchParams.get('q'))
  await settle(page)
  await page.locator('.tools .pop button', { hasText: '报表' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.forms a[download]').first().click()])
  const book = workbook(await download.path())
  t.expect(`the workbook holds all ${all.total} holders (${book.rows} rows)`, book.rows > all.total)
  t.expect('the workbook computes', book.formulas > 0)
  t.expect(`its name says what it is: ${download.suggestedFilename()}`, /\.xlsx$/.test(download.suggestedFilename()))
}

export async function board(page, t) {
  await go(page, '/board')
  await page.locator('.tiles button.fig').first().click()
  await page.locator('.drawer .inputs button.line').first().waitFor()
  await t.axe('explain')
  await t.shot('explain')
  await page.locator('.drawer .inputs button.line').first().click()
  await settle(page)
  t.expect('a share of the total opens further', (await page.locator('.drawer .headline .big').count()) === 1)
  await page.keyboard.press('Escape')
  await page.locator('.drawer').waitFor({ state: 'detached' })
  await page.locator('.branches tbody .link').first().click()
  await page.waitForURL(/org=/)
  await t.axe('branch')
  await t.shot('branch')
}

export async function customers(page, t) {
  await go(page, '/customers')
  await page.locator('select.pick').first().selectOption('company')
  await page.waitForURL(/kind=company/)
  await settle(page)
  await page.locator('select.pick').first().selectOption('')
  await page.waitForURL((u) => !u.searchParams.get('kind'))
  await page.locator('.tools input[type=checkbox]').check()
  await page.waitForURL(/overdue=true/)
  await t.axe('overdue')
  await t.shot('overdue')
  await page.locator('.tools input[type=checkbox]').uncheck()
  await page.waitForURL((u) => !u.searchParams.get('overdue'))
  await settle(page)
  await page.locator(t.width < 700 ? '.two-lines a' : 'tbody a').first().click()
  await page.waitForURL(/customers\/C/)
  await settle(page)
  t.expect('the customer has a chart of balances', (await page.locator('[role=img] svg').count()) > 0)
  await page.goBack()
  await settle(page)
  t.expect('back to the list', (await page.locator('h1').innerText()).length > 0 && /customers$/.test(new URL(page.url()).pathname))
}

export async function print(page, t) {
  await go(page, '/me')
  await page.emulateMedia({ media: 'print' })
  await settle(page)
  for (const [what, where] of [['menu', '.side'], ['head', 'header.top'], ['buttons', '.page-head .btn']])
    t.expect(`no ${what} in print`, !(await page.locator(where).first().isVisible()))
  t.expect('the total is in print', await page.locator('.hero').isVisible())
  await t.shot('me')
  const pdf = await page.pdf({ format: 'A4' })
  t.expect('it makes pages', pdf.length > 10_000)
  await page.emulateMedia({ media: 'screen' })
  await page.locator('.hero .total button.fig').click()
  await page.locator('.drawer .headline .big').waitFor()
  await settle(page)
  const printed = page.evaluate(() => new Promise((done) => { window.print = () => done(getComputedStyle(document.querySelector('#main')).display) }))
  await page.emulateMedia({ media: 'print' })
  await page.locator('.drawer').evaluate((d) => d.querySelector('.bar button:nth-of-type(2)').click())
  t.expect('printing an explanation prints it alone', (await printed) === 'none')
}

/** Without a mouse: past the menu, through the table, into a figure, out again. */
export async function keyboard(page, t) {
  await go(page, '/ranking')
  await page.keyboard.press('Tab')
  t.expect('the first stop skips the menu', await page.evaluate(() => document.activeElement.classList.contains('skip')))
  await page.keyboard.press('Enter')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  t.expect('j moves through the rows', (await page.locator('tr.current').getAttribute('aria-rowindex')) === '3')
  await page.keyboard.press('k')
  t.expect('k moves back', (await page.locator('tr.current').getAttribute('aria-rowindex')) === '2')
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('Enter')
  await page.waitForURL(/scores\//)
  await settle(page)
  const figure = page.locator('.hero .total button.fig')
  await figure.focus()
  await page.keyboard.press('Enter')
  await page.locator('.drawer .headline .big').waitFor()
  await settle(page)
  t.expect('the explanation has the focus', await page.evaluate(() => document.querySelector('.drawer').contains(document.activeElement)))
  await page.keyboard.press('Escape')
  await page.locator('.drawer').waitFor({ state: 'detached' })
  t.expect('closing gives the focus back to the figure', await figure.evaluate((f) => f === document.activeElement))
  await page.keyboard.press('/')
  await page.locator('[role=dialog] input').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('[role=dialog]').waitFor({ state: 'detached' })
}

/** The second time the server only says that nothing has changed, and the page is there all the same. */
export async function revisit(page, t) {
  await go(page, '/me')
  const total = await page.locator('.hero .total').innerText()
  const codes = new Map()
  page.on('response', (r) => codes.set(new URL(r.url()).pathname, r.status()))
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const unchanged = new Set()
  cdp.on('Network.responseReceivedExtraInfo', (e) => { if (e.statusCode === 304) unchanged.add(e.requestId) })
  await page.reload()
  await settle(page)
  t.expect('the page is there after a reload', (await page.locator('.hero .total').innerText()) === total)
  t.expect(`the server answered 304 (${unchanged.size} of ${codes.size})`, unchanged.size > 0)
  await page.goto('about:blank')
  await page.goBack()
  await settle(page)
  t.expect('and after going away and back', (await page.locator('.hero .total').innerText()) === total)
}
