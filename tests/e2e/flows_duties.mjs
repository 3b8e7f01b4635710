// Stories of the pages of web/src/house: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, night, read, send } from './server.mjs'

const dialog = (page) => page.locator('.el-dialog')
const press = async (page) => { await dialog(page).locator('.btn.primary').click(); await dialog(page).waitFor({ state: 'detached' }); await settle(page) }

/** A customer, in a field of a dialog. */
async function customer(page, id) {
  const field = dialog(page).locator('.pick-customer input')
  const answered = page.waitForResponse((r) => r.url().includes('/customers?') && r.url().includes(id))
  await field.click()
  await field.fill(id)
  await answered
  await page.locator('.el-select-dropdown__item:visible', { hasText: id }).first().click()
}
const own = async (x) => (await read(x.at.url, await enter(x.at.url, ...x.at.logins.manager), '/customers?page_size=3')).items

/** ORG-323, ORG-324, ORG-303: my own post first, a duty leads to its page; another regulation, its group and seats. */
async function duties(page, t) {
  await go(page, '/duties')
  await page.locator('.one li').first().waitFor()
  t.expect('the own post is shown', (await page.locator('.one h2').innerText()) === '客户经理')
  t.expect('with rights and duties', (await page.locator('.one h3').allInnerTexts()).join() === '权利,职责')
  const confirm = page.locator('.confirm')
  if (await confirm.count()) {
    t.expect('what is not ticked as read is not confirmed', await confirm.locator('.btn').isDisabled())
    await t.axe('to confirm')
    await t.shot('to confirm')
    await confirm.locator('input').check()
    await confirm.locator('.btn').click()
  }
  await page.locator('.confirmed').waitFor()
  await t.axe('own')
  await t.shot('own')
  await page.locator('.one li', { hasText: '写日志' }).locator('a').click()
  await page.waitForURL(/\/logs/)
  await go(page, '/duties?pack=rcb-seven-tier&post=客户经理管理小组')
  await page.locator('.seats li').first().waitFor()
  t.expect('five seats', (await page.locator('.seats li').count()) === 5)
  t.expect('some are empty, and it says so', (await page.locator('.seats header .amber').count()) === 1)
  await t.shot('group')
}

/** CUS-001, INT-005, INT-303: what a query lacks is named; kept, opened, corrected, removed. */
async function outside(page, t, x) {
  const [one] = await own(x)
  await go(page, '/outside-queries')
  await page.locator('.list li').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  await page.locator('.page-head .btn.primary').click()
  await customer(page, one.id)
  await dialog(page).locator('select.what').selectOption('个人征信')
  await dialog(page).locator('input.name').fill(`走一遍 ${t.width}`)
  await dialog(page).locator('input.purpose').fill('贷前调查')
  await dialog(page).locator('select.result').selectOption('没有不良')
  await dialog(page).locator('input.number').fill(`ZX-${t.width}`)
  page.expected.add(422)
  await dialog(page).locator('.btn.primary').click()
  await dialog(page).locator('.note.red').waitFor()
  t.expect('what is lacking is named', (await dialog(page).locator('.note.red').innerText()).includes('没有授权'))
  await t.axe('lacking')
  await t.shot('lacking')
  await dialog(page).locator('input.consent').fill('SQ-1')
  const day = dialog(page).locator('label', { hasText: '授权日期' }).locator('input')
  await day.fill(await dialog(page).locator('label', { hasText: '查询日期' }).locator('input').inputValue())
  await day.press('Tab')
  await press(page)
  const line = page.locator('.list li', { hasText: `走一遍 ${t.width}` }).first()
  t.expect('the number is in no list', !(await line.innerText()).includes(`ZX-${t.width}`))
  await line.locator('.btn', { hasText: '打开内容' }).click()
  await line.locator('.content').waitFor()
  t.expect('opened, it is there', (await line.innerText()).includes(`ZX-${t.width}`))
  await t.shot('opened')
  await line.locator('.btn', { hasText: '更正' }).click()
  await dialog(page).locator('input.number').fill(`ZX-${t.width}-B`)
  await dialog(page).locator('input.reason').fill('编号抄错')
  await press(page)
  t.expect('corrected', (await line.innerText()).includes(`ZX-${t.width}-B`))
  await line.locator('.btn.danger').click()
  await dialog(page).locator('textarea').fill('走完了')
  await press(page)
  t.expect('and gone', (await page.locator('.list li', { hasText: `走一遍 ${t.width}` }).count()) === 0)
}

/** CUS-612: somebody who does not serve the customer checks what the manager says. */
async function check(page, t, x) {
  const [one] = await own(x)
  await go(page, '/outside-queries?tab=checks')
  await page.locator('.bar').waitFor()
  await settle(page)
  await page.locator('.bar .btn.primary').click()
  await customer(page, one.id)
  await dialog(page).locator('.about').fill(`库存两百吨 ${t.width}`)
  await dialog(page).locator('.differs').check()
  await dialog(page).locator('textarea').fill('看到的不到一半')
  await t.axe('check')
  await t.shot('check')
  await press(page)
  t.expect('it stands there', (await page.locator('.list li', { hasText: `库存两百吨 ${t.width}` }).locator('.tag.red').count()) === 1)
  await t.shot('checks')
}

/** ORG-645, CUS-610, PLN-301: the manager asks the department; whoever was asked answers; a low mark says why. */
async function request(page, t, x) {
  await go(page, '/service-requests')
  await page.locator('.list li').first().waitFor()
  await t.axe('requests')
  await t.shot('requests')
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const orgs = (await read(x.at.url, session, '/service-requests')).orgs
  await page.locator('.page-head .btn.primary').click()
  await dialog(page).locator('.subject').fill(`请派人同去 ${t.width}`)
  await dialog(page).locator('textarea').fill('周五上午')
  await dialog(page).locator('select.org').selectOption(orgs[0].id)
  await t.axe('ask')
  await t.shot('ask')
  await press(page)
  const mine = page.locator('.list li', { hasText: `请派人同去 ${t.width}` }).first()
  t.expect('until when it must be answered', /前答/.test(await mine.innerText()))
  await mine.locator('.btn', { hasText: '撤回' }).click()
  await dialog(page).locator('textarea').fill('改期了')
  await press(page)
  t.expect('withdrawn', (await mine.innerText()).includes('已撤回'))
}

/** Whoever was asked answers, and then nothing waits. */
async function answer(page, t) {
  await go(page, '/service-requests?box=asked')
  await page.locator('.list li').first().waitFor()
  const waits = page.locator('.list li', { has: page.locator('.btn', { hasText: '答复' }) })
  const before = await waits.count()
  t.expect('something waits', before > 0)
  if (!before) return
  await waits.first().locator('.btn', { hasText: '答复' }).click()
  await dialog(page).locator('textarea').fill(`已发邮箱 ${t.width}`)
  await t.axe('answer')
  await t.shot('answer')
  await press(page)
  t.expect('one less', (await waits.count()) === before - 1)
  await page.locator('.list li', { hasText: `已发邮箱 ${t.width}` }).first().waitFor()
}

/** CUS-311: one farmer is no group; two are, and each of their pages says so. */
async function joint(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const taken = new Set()
  for (const g of (await read(x.at.url, session, '/customer-groups?form=joint&page_size=200')).items)
    for (const m of (await read(x.at.url, session, `/customer-groups/${g.id}`)).members) taken.add(m.id)
  const free = (await read(x.at.url, session, '/customers?farmer=true&page_size=100')).items.filter((c) => !taken.has(c.id))
  if (free.length < 2) return t.expect('two farmers are in no group', false)
  await go(page, `/customer-groups/new?customer=${free[0].id}`)
  await page.locator('form select').first().selectOption('joint')
  await page.locator('form .field').first().fill(`河湾联保组 ${t.width}`)
  page.expected.add(422)
  await page.locator('form .btn.primary').click()
  await page.getByText('联保小组至少两户').first().waitFor()
  await t.axe('joint')
  await t.shot('joint')
  await page.locator('fieldset .btn', { hasText: '加一个成员' }).click()
  const pick = page.locator('.member').last().locator('.el-select input')
  await pick.click()
  await pick.fill(free[1].id)
  await page.locator('.el-select-dropdown__item:visible', { hasText: free[1].id }).first().click()
  await page.locator('form .btn.primary').click()
  await page.waitForURL(/customer-groups\/\d+$/)
  await settle(page)
  t.expect('it is called what it is', (await page.locator('.page-head').innerText()).includes('联保小组'))
  await t.shot('joint-made')
  const id = page.url().split('/').at(-1)
  const of = await read(x.at.url, session, `/customers/${free[1].id}/groups`)
  t.expect('the second member is in it', of.items.some((g) => g.id === id))
  await send(x.at.url, session, 'POST', `/customer-groups/${id}/remove`, { version: 1, why: '走完了' })
}

/** ORG-317: the superior sees who has not confirmed what their post does, those first. */
async function readers(page, t) {
  await go(page, '/duties?tab=readers')
  await page.locator('.readers li').first().waitFor()
  t.expect('those who have not come first', (await page.locator('.readers li').first().locator('.tag.amber').count()) === 1)
  t.expect('and it says how many', /[1-9]/.test(await page.locator('.bar .tag').innerText()))
  await t.axe('readers')
  await t.shot('readers')
}

/** INT-008, INT-303: what must be asked again is a to-do some days before, done by itself when the new query is there. */
async function again(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const [one] = (await read(x.at.url, session, `/todos?q=${encodeURIComponent('再查：')}&page_size=20`)).items
  t.expect('something must be asked again', Boolean(one))
  if (!one) return
  const due = (await read(x.at.url, session, `/outside-queries?customer=${one.customer}&page_size=100`)).items.filter((q) => one.title.includes(`${q.what}（${q.name}）`))[0]
  await send(x.at.url, session, 'POST', '/outside-queries', { customer: one.customer, what: due.what, subject: due.subject, name: due.name, purpose: '到期再查', day: (await read(x.at.url, session, '/outside-queries?page_size=1')).today, result: due.result })
  await go(page, `/outside-queries?customer=${one.customer}`)
  await page.locator('.list li', { hasText: '到期再查' }).or(page.locator('.list li')).first().waitFor()
  t.expect('the list was made again', (await night(x)).state === 'done')
  t.expect('it is done by itself', (await read(x.at.url, session, `/todos/${one.id}`)).todo.state === 'fact')
  await go(page, '/todos?state=closed')
  await page.locator('li.todo', { has: page.locator('.name', { hasText: one.title }) }).first().waitFor()
  await t.axe('asked again')
  await t.shot('asked again')
}

export const flows = {
  'house-readers': { roles: ['branch_head'], widths: [390], work: readers },
  'house-again': { roles: ['manager'], widths: [390], work: again },
  'house-duties': { roles: ['manager'], work: duties },
  'house-outside': { roles: ['manager'], work: outside },
  'house-check': { roles: ['branch_head'], work: check },
  'house-request': { roles: ['manager'], work: request },
  'house-joint': { roles: ['manager'], work: joint },
  'house-answer': { roles: ['business'], widths: [1440], work: answer },
}
