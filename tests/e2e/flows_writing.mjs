// Stories of what two people write at once, and of finding again what was written: name: { roles, widths,
// work(page, t, x) }, as flows.mjs has them. Two browsers have the same form open; the second one to save loses nothing.
import { go, settle } from './browser.mjs'
import { enter, read, send } from './server.mjs'

const labelled = (page, form, text) => page.locator(`${form} label`, { hasText: text }).locator('input, textarea').first()

/** Somebody else who may read it is at it: said in the form. */
async function met(page, t, { name, x, seenBy: [role, kind, id], path, begin = async () => {} }) {
  const session = await enter(x.at.url, ...x.at.logins[role])
  await send(x.at.url, session, 'POST', `/records/${kind}/${id}/editing`)
  await go(page, path)
  await begin(page)
  const said = page.locator('.notes [data-own]').first()
  await said.waitFor()
  t.expect(`${name}: who else is at it is said`, (await said.innerText()).includes(session.name))
  await t.shot(`${name}-met`)
}

/** Both open the form, the other saves first; then this one: both texts stand there, what is typed stays, and what
 *  is chosen is saved while the other's stays among the versions. */
async function both(page, t, other, { name, path, begin = async () => {}, field, save, press = async (p) => save(p).click(), words, kind, id, x, role, seenBy, dialog = false }) {
  const [theirs, mine] = [`${words} 先存的`, `${words} 后存的`]
  if (seenBy) await met(page, t, { name, x, seenBy, path, begin })
  for (const one of [page, other]) {
    await go(one, path)
    await begin(one)
    await field(one).waitFor()
  }
  await field(page).fill(mine)
  await field(other).fill(theirs)
  const first = other.waitForResponse((r) => ['PUT', 'PATCH'].includes(r.request().method()))
  await press(other)
  t.expect(`${name}: the first one is saved`, (await first).status() === 200)
  page.expected.add(409)
  await press(page)
  const box = page.locator('.conflict')
  await box.waitFor()
  const shown = await box.innerText()
  t.expect(`${name}: both sides are shown`, shown.includes(theirs) && shown.includes(mine))
  if (await field(page).count()) t.expect(`${name}: what I typed is still in the form`, (await field(page).inputValue()) === mine)
  // Behind a dialog lies the whole page: axe would judge its buttons by what the dialog leaves of them.
  if (!dialog) await t.axe(`${name} both`)
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
  await both(page, t, other, { ...here, name: 'lead', path: `/leads/${lead.id}/edit`, field: (p) => labelled(p, '.lead-form', '听到什么'), save: (p) => p.locator('.lead-form .btn.primary'), words, kind: 'lead', id: lead.id, seenBy: ['branch_head', 'lead', lead.id] })
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
    save: (p) => p.locator('.cardform .btn.primary'), words, kind: 'customer_card', id: now.card.id, seenBy: ['branch_head', 'customer.card', customer],
  })
  await register(page, t, other, { here, session, words, customer })
  await letter(page, t, other, { x, session, words })
}

/** A group and a relation of customers: changed with a reason, which is asked for once. */
async function register(page, t, other, { here, session, words, customer }) {
  const { x } = here
  const taken = new Set()
  for (const g of (await read(x.at.url, session, '/customer-groups?page_size=500')).items)
    for (const m of (await read(x.at.url, session, `/customer-groups/${g.id}`)).members) taken.add(m.id)
  const free = (await read(x.at.url, session, '/customers?kind=person&page_size=100')).items.filter((c) => !taken.has(c.id))
  const group = await send(x.at.url, session, 'POST', '/customer-groups', { form: 'household', name: words, note: '', why: '', members: [0, 1].map((n) => ({ customer: free[n].id, role: n ? 'spouse' : 'head', from: '2025-01-01', to: null })) })
  const reason = async (p) => { const why = p.locator('#register-step textarea'); if (!(await why.inputValue())) await why.fill('核对过'); await p.locator('.el-dialog:visible .btn.primary').click() }
  await both(page, t, other, {
    ...here, name: 'group', path: `/customer-groups/${group.id}`, begin: (p) => p.locator('.page-head .btn', { hasText: '修改' }).click(), field: (p) => p.locator('form.parts textarea').first(),
    save: (p) => p.locator('form.parts .btn.primary'), press: async (p) => { await p.locator('form.parts .btn.primary').click(); await p.locator('#register-step').waitFor(); await reason(p) },
    words, kind: 'customer_group', id: group.id, seenBy: ['branch_head', 'customer_group', group.id],
  })
  const related = await send(x.at.url, session, 'POST', `/customers/${customer}/relations`, { related: '', related_name: `同写人${Date.now() % 100000}`, kind: 'family', share: null, from: '2025-01-01', to: null, source: words, reason: '客户自己说的' })
  const named = (await read(x.at.url, session, `/customers/${customer}/relations`)).relations.find((r) => r.record === related.record).related_name
  await both(page, t, other, {
    ...here, name: 'relation', path: `/customers/${customer}`, begin: async (p) => { await p.locator('#relations').scrollIntoViewIfNeeded(); await p.locator('.relations tr', { hasText: named }).locator('.btn', { hasText: '修改' }).click(); await p.locator('#register-step').waitFor() },
    field: (p) => labelled(p, '#register-step', '来源'), press: reason, words, kind: 'customer_relation', id: related.record, dialog: true,
  })
  await send(x.at.url, session, 'POST', `/customer-groups/${group.id}/remove`, { version: (await read(x.at.url, session, `/customer-groups/${group.id}`)).version, why: '走完了' })
}

/** A letter that is written on in two windows: it keeps itself, until one must choose. */
async function letter(page, t, other, { x, session, words }) {
  const draft = await send(x.at.url, session, 'POST', '/mail', { to: [], cc: [], subject: words, text: '起头', links: [], files: [], receipt: false, important: false })
  for (const one of [page, other]) await go(one, `/mail/write/${draft.id}`)
  const text = (p) => p.locator('#letter-form textarea').first()
  const kept = other.waitForResponse((r) => r.request().method() === 'PUT')
  await text(other).fill(`${words} 先存的`)
  t.expect('letter: the first window keeps its own', (await kept).status() === 200)
  page.expected.add(409)
  await text(page).fill(`${words} 后存的`)
  const box = page.locator('.conflict')
  await box.waitFor()
  const shown = await box.innerText()
  t.expect('letter: both sides are shown', shown.includes('先存的') && shown.includes('后存的'))
  await t.axe('letter both')
  await t.shot('letter-both')
  const again = page.waitForResponse((r) => r.request().method() === 'PUT')
  await box.locator('.btn.primary').click()
  t.expect('letter: what is chosen is kept', (await again).status() === 200)
  t.expect('letter: it is mine', (await read(x.at.url, session, `/mail/${draft.id}`)).text === `${words} 后存的`)
}

/** A campaign, a product card, a report that is kept: of the business department. */
async function drafts(page, t, x) {
  const [other] = x.others
  const session = await enter(x.at.url, ...x.at.logins.business)
  const here = { x, role: 'business' }
  const words = `两处同写 ${Date.now()}`
  const campaign = await send(x.at.url, session, 'POST', '/campaigns', { title: words.slice(0, 40), purpose: words, product: '', script: '', leaflet: '', condition: '存款余额 > 1', success: '存款余额 > 2', control: '0', target: 1, from: '2026-12-01', to: '2026-12-31', files: [] })
  await both(page, t, other, { ...here, name: 'campaign', path: `/campaigns/${campaign.id}/edit`, field: (p) => labelled(p, '.camp-form', '目的'), save: (p) => p.locator('.camp-form .btn.primary'), words, kind: 'campaign', id: campaign.id, seenBy: ['executive', 'campaign', campaign.id] })
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
