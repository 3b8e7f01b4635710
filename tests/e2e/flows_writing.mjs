// Stories of what two people write at once, and of finding again what was written: name: { roles, widths,
// work(page, t, x) }, as flows.mjs has them. Two browsers have the same form open; the second one to save loses nothing.
import { go, settle } from './browser.mjs'
import { enter, read, send } from './server.mjs'

const labelled = (page, form, text) => page.locator(`${form} label`, { hasText: text }).locator('input, textarea').first()

/** Both open the form, the other saves first; then this one: both texts stand there, what is typed stays, and what
 *  is chosen is saved while the other's stays among the versions. */
async function both(page, t, other, { name, path, begin = async () => {}, field, save, words, kind, id, x, role }) {
  const [theirs, mine] = [`${words} 先存的`, `${words} 后存的`]
  for (const one of [page, other]) {
    await go(one, path)
    await begin(one)
    await field(one).waitFor()
  }
  await field(page).fill(mine)
  await field(other).fill(theirs)
  const first = other.waitForResponse((r) => ['PUT', 'PATCH'].includes(r.request().method()))
  await save(other).click()
  t.expect(`${name}: the first one is saved`, (await first).status() === 200)
  page.expected.add(409)
  await save(page).click()
  const box = page.locator('.conflict')
  await box.waitFor()
  const shown = await box.innerText()
  t.expect(`${name}: both sides are shown`, shown.includes(theirs) && shown.includes(mine))
  if (await field(page).count()) t.expect(`${name}: what I typed is still in the form`, (await field(page).inputValue()) === mine)
  await t.axe(`${name} both`)
  await t.shot(`${name}-both`)
  const second = page.waitForResponse((r) => r.request().method() === 'PUT')
  await box.locator('.btn.primary').click()
  t.expect(`${name}: mine is saved over the version that was shown`, (await second).status() === 200)
  await box.waitFor({ state: 'detached' })
  if (!kind) return
  const session = await enter(x.at.url, ...x.at.logins[role])
  const said = JSON.stringify((await read(x.at.url, session, `/records/${kind}/${id}/versions`)).items)
  t.expect(`${name}: neither is lost`, said.includes(theirs) && said.includes(mine))
}

/** A lead, an expense, the card of a customer: of a manager. */
async function together(page, t, x) {
  const [other] = x.others
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const here = { x, role: 'manager' }
  const words = `两处同写 ${Date.now()}`
  const lead = await send(x.at.url, session, 'POST', '/leads', { name: words, source: '陌生拜访', owner: (await read(x.at.url, session, '/session')).staff_id, anyway: true })
  await both(page, t, other, { ...here, name: 'lead', path: `/leads/${lead.id}/edit`, field: (p) => labelled(p, '.lead-form', '听到什么'), save: (p) => p.locator('.lead-form .btn.primary'), words, kind: 'lead', id: lead.id })
  const expense = await send(x.at.url, session, 'POST', '/expenses', { expense: '宴请', amount: '120.00', day: (await read(x.at.url, session, '/todos/summary')).today, with_whom: '某客户', purpose: words })
  await both(page, t, other, {
    ...here, name: 'expense', path: `/expenses?open=${expense.id}`, begin: (p) => p.locator('section.one .btn', { hasText: '修改' }).click(), field: (p) => labelled(p, 'form.form', '目的'),
    save: (p) => p.locator('form.form .btn.primary'), words, kind: 'expense', id: expense.id,
  })
  const customer = (await read(x.at.url, session, '/customers?page_size=1')).items[0].id
  const card = await read(x.at.url, session, `/customers/${customer}/card`)
  if (!card.card) await send(x.at.url, session, 'PUT', `/customers/${customer}/card`, { version: 0, body: {}, files: [] })
  const now = await read(x.at.url, session, `/customers/${customer}/card`)
  const long = now.members.find((m) => m.longest >= 500)
  await both(page, t, other, {
    ...here, name: 'card', path: `/customers/${customer}?tab=card`, begin: (p) => p.locator('.btn', { hasText: '改卡片' }).click(), field: (p) => labelled(p, '.cardform', long.title),
    save: (p) => p.locator('.cardform .btn.primary'), words, kind: 'customer_card', id: now.card.id,
  })
}

/** A campaign, a product card, a report that is kept: of the business department. */
async function drafts(page, t, x) {
  const [other] = x.others
  const session = await enter(x.at.url, ...x.at.logins.business)
  const here = { x, role: 'business' }
  const words = `两处同写 ${Date.now()}`
  const campaign = await send(x.at.url, session, 'POST', '/campaigns', { title: words.slice(0, 40), purpose: words, product: '', script: '', leaflet: '', condition: '存款余额 > 1', success: '存款余额 > 2', control: '0', target: 1, from: '2026-12-01', to: '2026-12-31', files: [] })
  await both(page, t, other, { ...here, name: 'campaign', path: `/campaigns/${campaign.id}/edit`, field: (p) => labelled(p, '.camp-form', '目的'), save: (p) => p.locator('.camp-form .btn.primary'), words, kind: 'campaign', id: campaign.id })
  const product = await send(x.at.url, session, 'POST', '/products', { name: words, business: '个人贷款', conditions: '有固定收入' })
  await both(page, t, other, {
    ...here, name: 'product', path: `/knowledge?open=${product.id}`, begin: (p) => p.locator('section.one .btn', { hasText: '修改卡片' }).click(), field: (p) => labelled(p, 'form.form', '条件'),
    save: (p) => p.locator('form.form .btn.primary'), words, kind: 'product', id: product.id,
  })
  const spec = { source: 'customers', scheme: '', period: '', day: null, columns: ['customer_name', 'deposits'], filters: [], group: [], sums: [], sort: [] }
  const view = await send(x.at.url, session, 'POST', '/report-views', { title: words, about: words, spec, shared: false, roles: [], orgs: [], every: '', format: 'xlsx' })
  await both(page, t, other, {
    ...here, name: 'report', path: `/reports/${view.id}`, begin: (p) => p.locator('.page-head .btn', { hasText: '保存报表' }).click(), field: (p) => labelled(p, '#keep-form', '说明'),
    save: (p) => p.locator('.el-dialog .btn.primary', { hasText: '保存' }).last(), words, kind: 'report_view', id: view.id,
  })
}

/** A setting of the bank: one value, and still nothing is overwritten unseen. */
async function settings(page, t, x) {
  const [other] = x.others
  for (const one of [page, other]) {
    await go(one, '/outbox/channels')
    await one.locator('#set-attempts').waitFor()
  }
  const before = Number(await page.locator('#set-attempts').inputValue())
  const put = (p) => p.waitForResponse((r) => r.request().method() === 'PUT')
  const change = async (p, value) => { const answer = put(p); await p.locator('#set-attempts').fill(String(value)); await p.locator('#set-attempts').press('Tab'); return (await answer).status() }
  t.expect('the first one is saved', (await change(other, before + 1)) === 200)
  page.expected.add(409)
  t.expect('the second one is told', (await change(page, before + 2)) === 409)
  const box = page.locator('.conflict')
  await box.waitFor()
  const shown = await box.innerText()
  t.expect('both values are shown', shown.includes(String(before + 1)) && shown.includes(String(before + 2)))
  await t.axe('both')
  await t.shot('both')
  const again = put(page)
  await box.locator('.btn.primary').click()
  t.expect('what is chosen is saved', (await again).status() === 200)
  await settle(page)
  t.expect('and stands there', (await page.locator('#set-attempts').inputValue()) === String(before + 2))
  await change(page, before)
}

/** What was written is found by its words, with punctuation between them; what is somebody else's own is not. */
async function finding(page, t, x) {
  const [head] = x.others
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const one = `槐荫巷口${t.width}`
  const letter = await send(x.at.url, session, 'POST', '/mail', { to: [], cc: [], subject: `${one}的铺面`, text: '租期、面积、门头，都问过了', links: [], files: [], receipt: false, important: false })
  await go(page, '/writing')
  await page.locator('.words').waitFor()
  await t.axe('empty')
  await page.locator('.words').fill(`${one}，门头`)
  await page.locator('.hits li').first().waitFor()
  await settle(page)
  t.expect('found by two words with a comma between', (await page.locator('.hits li').count()) === 1)
  t.expect('the words are marked', (await page.locator('.hits mark').count()) > 0)
  await t.axe('hits')
  await t.shot('hits')
  await page.locator('.hit').first().click()
  await page.waitForURL(new RegExp(`/mail/write/${letter.id}`))
  await go(head, `/writing?q=${encodeURIComponent(one)}`)
  t.expect('somebody else\'s draft is not found by his superior', (await head.locator('.hits li').count()) === 0)
  await go(page, '/writing?q=客户')
  await page.locator('.kinds .btn').nth(1).click()
  await settle(page)
  t.expect('one kind only', new Set(await page.locator('.hits .tag').allInnerTexts()).size === 1)
  await t.shot('kinds')
}

export const flows = {
  together: { roles: ['manager', 'manager'], widths: [1440], work: together },
  draftsTogether: { roles: ['business', 'business'], widths: [1440], work: drafts },
  settingsTogether: { roles: ['administrator', 'administrator'], widths: [1440], work: settings },
  findWriting: { roles: ['manager', 'branch_head'], work: finding },
}
