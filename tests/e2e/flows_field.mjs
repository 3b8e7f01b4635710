// Visits and the field. `outside` is a phone's day in real Chromium: set up, customers taken along, network off, pages
// from the service worker, entries written, browser killed, a wrong passphrase, network back, all of it there once.
import { createHash } from 'node:crypto'
import { go, inspect, settle } from './browser.mjs'
import { Phone, picture } from './phone.mjs'
import { enter, fillLogin, logIn, read, send } from './server.mjs'

const PASS = '下乡走访2026'
const WORDS = `山里没有信号，谈了存期 ${Date.now() % 1_000_000}` // of this walk
const sha = (bytes) => createHash('sha256').update(bytes).digest('hex')
const tagged = (page, text) => page.locator('.bar .tag', { hasText: text })

/** What an entry needs to be kept; the list of the purpose 客户关怀 is short. */
async function writeVisit(page, words, { purpose = '客户关怀' } = {}) {
  await page.locator('form.visit select').first().selectOption(purpose)
  await page.locator('textarea[placeholder="没有变化也写下来"]').fill(words)
  await page.locator('.one', { hasText: '见到的人' }).locator('input').fill('本人')
  await page.locator('.one', { hasText: '对服务满意' }).locator('select').selectOption('满意')
}
const finish = (page) => page.locator('form.visit button[type=submit]').click()

/** A visit from the plan to the superior's comment: planned, prepared, done, corrected, commented, found again. RPT-617 */
async function visits(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const customer = (await read(x.at.url, session, '/customers?page_size=1&sort=-deposits')).items[0]
  await go(page, '/visits')
  await t.axe('list')
  await t.shot('list')
  await go(page, `/field/visit?plan=1&customer=${customer.id}`)
  await page.locator('textarea').first().fill('问清近况')
  await page.locator('input[type=time]').fill('16:45')
  await finish(page)
  await page.waitForURL(/\/field$/)
  await settle(page)
  const planned = page.locator('.list li', { hasText: '16:45' }).last()
  t.expect('the plan stands in today’s list', await planned.isVisible())
  await go(page, `/field/customers/${customer.id}`)
  t.expect('the brief names the customer', (await page.locator('h1').innerText()).includes(customer.name))
  await t.axe('brief')
  await t.shot('brief')
  await go(page, '/field')
  await page.locator('.list li', { hasText: '16:45' }).last().locator('.btn').click()
  await page.waitForURL(/field\/visit\/\d+/)
  await settle(page)
  page.expected.add(422)
  await page.locator('form.visit select').first().selectOption('客户关怀')
  await finish(page)
  await page.locator('.err:visible').first().waitFor()
  t.expect('what is missing is said where it is missing', (await page.locator('.err:visible').allInnerTexts()).join(' ').includes('没有答'))
  await t.shot('refused')
  await writeVisit(page, `家里都好 ${t.width}`)
  await page.locator('button', { hasText: '加一件' }).click()
  await page.locator('.follow input').first().fill(`送方案 ${t.width}`)
  await t.axe('form')
  await t.shot('form')
  await finish(page)
  await page.waitForURL(/\/field$/)
  await settle(page)
  const made = (await read(x.at.url, session, `/visits?state=done&page_size=50&q=${encodeURIComponent(`家里都好 ${t.width}`)}`)).items[0]
  t.expect('the visit is done', made?.state === 'done')
  await go(page, `/visits/${made.id}`)
  t.expect('its follow-up is a to-do', (await page.locator('.rows a', { hasText: '送方案' }).count()) === 1)
  await page.locator('.acts .btn', { hasText: '更正' }).click()
  await page.waitForURL(/field\/visit/)
  await settle(page)
  await page.locator('textarea[placeholder="没有变化也写下来"]').fill(`家里都好，女儿考上大学 ${t.width}`)
  await page.locator('label', { hasText: '为什么更正' }).locator('textarea').fill('漏写一句')
  await finish(page)
  await page.waitForURL(/\/field$/)
  const boss = x.others[0]
  await go(boss, `/visits/${made.id}`)
  t.expect('the superior reads the correction', (await boss.locator('main').innerText()).includes('女儿考上大学'))
  if (await boss.locator('.say textarea').count()) {
    await boss.locator('.say textarea').fill('祝贺一下，问问学费怎么安排')
    await boss.locator('.say .btn').click()
    await boss.locator('.rows li', { hasText: '祝贺一下' }).waitFor()
  }
  await go(page, `/visits/${made.id}`)
  t.expect('the comment is read', (await page.locator('main').innerText()).includes('问问学费'))
  t.expect('every version is there', (await page.locator('.versions').innerText()).includes('漏写一句'))
  await t.axe('one')
  await t.shot('one')
}

async function setUp(page, t) {
  await go(page, '/field/devices')
  await page.locator('input[name=new-passphrase]').fill('short')
  await page.locator('input[name=again]').fill('short')
  t.expect('a short passphrase is not taken', await page.locator('form.part button[type=submit]').isDisabled())
  await page.locator('input[name=new-passphrase]').fill(PASS)
  await page.locator('input[name=again]').fill(PASS)
  await inspect(page, 'outside setup', t.findings)
  await page.locator('form.part button[type=submit]').click()
  const take = page.locator('.part .btn.primary', { hasText: '带走' })
  await take.waitFor()
  await take.click()
  await page.locator('p', { hasText: '已带走' }).waitFor()
  // The worker has all of it before the network goes.
  await page.evaluate(() => navigator.serviceWorker.getRegistration('/field').then((r) => new Promise((done) => {
    const w = r.active ?? r.waiting ?? r.installing
    if (w.state === 'activated') done()
    else w.addEventListener('statechange', () => { if (w.state === 'activated') done() })
  })))
  await go(page, '/field')
}

async function unlock(page, passphrase = PASS) {
  await page.locator('input[name=passphrase]').fill(passphrase)
  await page.locator('.lock button[type=submit]').click()
}

/** Off the network: today, a brief, a visit with photos, a to-do, a line for the log. */
async function work(phone, t, customer) {
  const page = phone.page
  await phone.offline(true)
  await page.reload()
  await page.locator('.lock').waitFor()
  t.expect('without network it says so', await tagged(page, '没有网络').isVisible())
  await inspect(page, 'outside lock', t.findings)
  await unlock(page, 'not the passphrase')
  await page.locator('.lock [role=alert]').waitFor()
  t.expect('a wrong passphrase opens nothing and is counted', (await page.locator('.lock [role=alert]').innerText()).includes('4'))
  await unlock(page)
  await page.locator('.big').waitFor()
  await inspect(page, 'outside today', t.findings)
  await page.locator('.big .btn', { hasText: '按离我' }).click()
  await page.locator('.tag.teal', { hasText: 'm' }).first().waitFor()
  await page.goto(`/field/customers/${customer.id}`)
  await unlock(page)
  await page.locator('.brief').waitFor()
  t.expect('the brief opens without network', (await page.locator('h1').innerText()).includes(customer.name))
  await page.goto(`/field/visit?customer=${customer.id}`)
  await unlock(page)
  await page.locator('form.visit').waitFor()
  await writeVisit(page, WORDS)
  await page.locator('button', { hasText: /^定位/ }).first().click()
  await page.locator('span[role=status]', { hasText: '12' }).waitFor()
  const large = await picture(page), noisy = await picture(page, 1900, 1400, 1)
  await page.locator('input[type=file]').setInputFiles([{ name: '门头.jpg', mimeType: 'image/jpeg', buffer: large }, { name: '票据.jpg', mimeType: 'image/jpeg', buffer: noisy }])
  await page.locator('.photos li').nth(1).waitFor()
  await inspect(page, 'outside form', t.findings)
  return [sha(large), sha(noisy)]
}

async function outside(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const day = await read(x.at.url, session, '/field/today')
  const customer = day.customers.find((c) => c.todos) ?? day.customers[0]
  const task = await send(x.at.url, await enter(x.at.url, ...x.at.logins.branch_head), 'POST', '/todos', { title: '山里的事', assignee: session.staff_id, due: day.today })
  const phone = new Phone(x.at.url, 'outside')
  try {
    await phone.on()
    await logIn(phone.page, x.at.logins.manager)
    await setUp(phone.page, t)
    const originals = await work(phone, t, customer)
    await killedOverIt(phone, t)
    await backOnline(phone, t, x, { session, originals, task })
    await conflict(phone, t, x, session, customer)
    await clocks(phone, t)
    await revoked(phone, t, x, session)
    t.expect(`no script failed: ${phone.scripts.join('; ')}`, phone.scripts.length === 0)
  } finally {
    await phone.thrownAway()
  }
}

/** Killed while the form is half written: it is found again; killed while entries wait: they wait on. */
async function killedOverIt(phone, t) {
  let page = phone.page
  // The draft is on the disk when the page has had its pause for thought.
  await page.waitForFunction(() => new Promise((done) => {
    const asked = indexedDB.open('guanhu-field')
    asked.onsuccess = () => {
      const keys = asked.result.transaction('sealed').objectStore('sealed').getAllKeys()
      keys.onsuccess = () => { asked.result.close(); done(keys.result.some((k) => String(k).startsWith('draft '))) }
    }
  }))
  const address = new URL(page.url())
  await phone.killed()
  page = await phone.on()
  await phone.offline(true)
  await page.goto(`${phone.url}${address.pathname}${address.search}`)
  await unlock(page)
  await page.locator('.restored').waitFor()
  t.expect('what was half written is there', (await page.locator('textarea[placeholder="没有变化也写下来"]').inputValue()) === WORDS)
  await writeVisit(page, WORDS)
  const left = await page.locator('.photos li').count()
  if (left < 2) {
    const [large, noisy] = [await picture(page), await picture(page, 1900, 1400, 1)]
    await page.locator('input[type=file]').setInputFiles([{ name: '门头.jpg', mimeType: 'image/jpeg', buffer: large }, { name: '票据.jpg', mimeType: 'image/jpeg', buffer: noisy }])
    await page.locator('.photos li').nth(1).waitFor()
  }
  await finish(page)
  await page.locator('.big').waitFor()
  await tagged(page, '待发 1 条').waitFor()
  await page.locator('li', { hasText: '山里的事' }).locator('.tick').click()
  await page.locator('.note-form textarea').fill('办了')
  await page.locator('.el-dialog .btn.primary').click()
  await tagged(page, '待发 2 条').waitFor()
  await page.locator('.big .btn', { hasText: '记一笔' }).click()
  await page.locator('.note-form textarea').fill('上午在东岭村')
  await page.locator('.el-dialog .btn.primary').click()
  await tagged(page, '待发 3 条').waitFor()
  await phone.killed()
  page = await phone.on()
  await phone.offline(true)
  await page.goto(`${phone.url}/field/waiting`)
  await unlock(page)
  await page.locator('.queue li').nth(2).waitFor()
  t.expect('what waits survives the kill, in its order', /走访[\s\S]*待办[\s\S]*日志/.test(await page.locator('.queue').innerText()))
  await inspect(page, 'outside waiting', t.findings)
}

/** The network is back, but the first answer is lost: everything arrives, and once. */
async function backOnline(phone, t, x, { session, originals, task }) {
  const page = phone.page
  let lost = 0
  await page.route('**/api/v1/visits/done', async (route) => {
    if (lost++) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await phone.offline(false)
  // The cookie of a session does not outlive the browser: what waits goes out after the login.
  if ((await page.evaluate(() => fetch('/api/v1/session').then((r) => r.status))) === 401) {
    await page.goto('/field/waiting')
    await page.locator('.bar a', { hasText: '登录' }).click()
    await page.locator('input[name=username]').waitFor()
    await fillLogin(page, ...x.at.logins.manager)
    await page.waitForURL((u) => u.pathname === '/field/waiting')
  }
  await page.goto(`${phone.url}/field/waiting`)
  // The first answer was lost: something is left, and goes with the next sending.
  await page.locator('.queue li').first().waitFor()
  for (let round = 0; await page.locator('.queue li').count(); round++) {
    if (round > 20) throw new Error(`what waits does not go: ${await page.locator('.queue').innerText()}`)
    await settle(page)
    const button = page.locator('.page-head .btn.primary')
    // Who handed in the day's log on the desk before is told so beside the note, which nobody throws away but he.
    const handedIn = page.locator('.queue li', { hasText: '日志已经交了' })
    if (await handedIn.count()) {
      await handedIn.locator('.acts .btn.danger').click()
      await handedIn.locator('.acts .btn.danger').click()
      await handedIn.waitFor({ state: 'detached' })
    } else if (await button.isEnabled()) await button.click()
  }
  await page.locator('.state', { hasText: '没有待发的' }).waitFor()
  const made = (await read(x.at.url, session, `/visits?state=done&page_size=100&q=${encodeURIComponent(WORDS)}`)).items
  t.expect(`it is there once (${made.length}; sent ${lost})`, made.length === 1 && lost >= 2)
  const whole = await read(x.at.url, session, `/visits/${made[0].id}`)
  t.expect('with both photos, their first digests and the place', whole.photos.length === 2 && originals.every((o) => whole.photos.some((p) => p.original === o)) && whole.photos.every((p) => p.position.state === 'taken'))
  for (const p of whole.photos) {
    const file = Buffer.from(await (await fetch(`${x.at.url}/api/v1/files/${p.digest}`, { headers: { cookie: session.cookie } })).arrayBuffer())
    t.expect(`a photo is small enough (${file.length}) and is what it says`, file.length <= 400 * 1024 && sha(file) === p.digest)
  }
  t.expect('the to-do is done', (await read(x.at.url, session, `/todos/${task.id}`)).todo.state === 'done')
  await page.unroute('**/api/v1/visits/done')
}

/** Written on both sides: both are shown, one chooses, the choice is a version. */
async function conflict(phone, t, x, session, customer) {
  const day = await read(x.at.url, session, '/field/today')
  const plan = await send(x.at.url, session, 'POST', '/visits', { customers: [customer.id], day: day.today, time: '17:10', purpose: '客户关怀', method: '上门', ask: '' })
  const page = phone.page
  await page.goto(`${phone.url}/field/visit/${plan.id}`)
  await page.locator('form.visit').waitFor()
  await settle(page)
  await phone.offline(true)
  await writeVisit(page, '在路上写的')
  await finish(page)
  await tagged(page, '待发 1 条').waitFor()
  await send(x.at.url, session, 'PUT', `/visits/${plan.id}`, { version: 1, customers: [customer.id], day: day.today, time: '18:20', purpose: '客户关怀', method: '上门', ask: '办公室改的' })
  await phone.offline(false)
  await page.goto(`${phone.url}/field/waiting`)
  await page.locator('.queue .tag.red').waitFor()
  await page.locator('.queue .btn.primary', { hasText: '看两边' }).click()
  await page.locator('.conflict').waitFor()
  await settle(page)
  await inspect(page, 'outside conflict', t.findings)
  t.expect('both sides are shown', /18:20/.test(await page.locator('.conflict').innerText()) && /在路上写的/.test(await page.locator('.conflict').innerText()))
  await page.locator('.conflict fieldset', { hasText: '18:20' }).locator('label').nth(1).click()
  await page.locator('.conflict .btn.primary').click()
  await page.locator('.state', { hasText: '没有待发的' }).waitFor()
  const now = await read(x.at.url, session, `/visits/${plan.id}`)
  t.expect('what was chosen stands there', now.state === 'done' && now.time === '18:20' && now.findings === '在路上写的' && Number(now.version) === 3)
}

/** Too old, or a clock that was turned back: the customers stay shut; what one writes is not touched. */
async function clocks(phone, t) {
  const page = phone.page
  await phone.offline(true)
  await page.clock.setFixedTime(Date.now() - 86_400_000)
  await page.goto(`${phone.url}/field`)
  await unlock(page)
  await page.locator('.bar .note', { hasText: '调回去' }).waitFor()
  t.expect('a clock that was turned back opens no customers', (await page.locator('.big').count()) === 0)
  await page.clock.setFixedTime(Date.now() + 4 * 86_400_000)
  await page.goto(`${phone.url}/field`)
  await unlock(page)
  await page.locator('.bar .note', { hasText: '过了日子' }).waitFor()
  t.expect('what is too old is gone', (await page.locator('.big').count()) === 0)
  await inspect(page, 'outside void', t.findings)
  await page.clock.setFixedTime(Date.now())
  await phone.offline(false)
}

/** Revoked from elsewhere: the next word with the server wipes it. */
async function revoked(phone, t, x, session) {
  const page = phone.page
  const device = (await read(x.at.url, session, '/field/devices?page_size=50')).items.find((d) => d.state === 'live')
  await send(x.at.url, await enter(x.at.url, ...x.at.logins.administrator), 'POST', `/field/devices/${device.id}/revoke`, { reason: '手机丢了' })
  await page.goto(`${phone.url}/field`)
  await page.locator('.bar .note', { hasText: '停用' }).waitFor()
  const kept = await page.evaluate(() => new Promise((done) => {
    const asked = indexedDB.open('guanhu-field')
    asked.onsuccess = () => {
      const all = asked.result.transaction(['devices', 'sealed'])
      const devices = all.objectStore('devices').getAll(), keys = all.objectStore('sealed').getAllKeys()
      all.oncomplete = () => { asked.result.close(); done({ locks: devices.result.filter((d) => d.lock).length, packs: keys.result.filter((k) => String(k).startsWith('pack ')).length }) }
    }
  }))
  t.expect('neither the lock nor the customers are left', kept.locks === 0 && kept.packs === 0)
  await page.goto(`${phone.url}/field/devices`)
  await settle(page)
  t.expect('the list says who stopped it and why', (await page.locator('.devices').innerText()).includes('手机丢了'))
}

export const flows = {
  visits: { roles: ['manager', 'branch_head'], work: visits },
  outside: { roles: ['manager', 'branch_head', 'administrator'], widths: [390], work: outside },
}
