// Stories of the pages of web/src/intake: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, night, read } from './server.mjs'

/** CUS-605, CUS-608: one page tells everything about a customer; the card is written, the time line says so. */
async function everything(page, t, x) {
  await go(page, `/customers/${x.customer}`)
  await page.locator('#warn .card').waitFor()
  await page.locator('.jumps a').first().waitFor()
  await t.axe('customer')
  await t.shot('top')
  const card = page.locator('#card')
  await card.scrollIntoViewIfNeeded()
  await card.locator('header .btn').last().click()
  await card.locator('.cardform').waitFor()
  await t.axe('card form')
  const hobby = `养花 ${t.width} ${Date.now().toString(36)}`
  await card.locator('.cardform label', { hasText: /兴趣爱好/ }).locator('input, textarea').fill(hobby)
  const lat = card.locator('.cardform label', { hasText: /^纬度/ }).locator('input')
  page.expected.add(422)
  await lat.fill('100')
  await card.locator('.cardform label', { hasText: /^经度/ }).locator('input').fill('112.9')
  await card.locator('button[type=submit]').click()
  await card.locator('.err').first().waitFor()
  t.expect('a wrong place is said at its field', (await card.locator('label', { hasText: /^纬度/ }).locator('.err').count()) === 1)
  await t.shot('refused')
  await lat.fill('28.21')
  await card.locator('button[type=submit]').click()
  await card.locator('.cardform').waitFor({ state: 'detached' })
  t.expect('the card says what was written', (await card.innerText()).includes(hobby))
  await page.locator('#timeline').scrollIntoViewIfNeeded()
  await page.locator('#timeline .line li').first().waitFor()
  await settle(page)
  await page.locator('#timeline .pickit', { hasText: /卡片/ }).click()
  await page.locator('#timeline .of-card').first().waitFor()
  await settle(page)
  t.expect('the time line is filtered', (await page.locator('#timeline .of-account').count()) === 0)
  await t.axe('time line')
  await t.shot('timeline')
}

/** CUS-604: a field without code; values, a filter on it, the column, retired and back. */
async function ownfields(page, t, x) {
  page.expected.add(422)
  const title = `样本字段${t.width}${Date.now().toString(36)}`
  await go(page, '/customer-fields')
  await page.locator('.page-head .btn.primary').click()
  const dialog = page.locator('.el-dialog')
  await dialog.locator('input').first().fill(title)
  await dialog.locator('select').first().selectOption('choice')
  await dialog.locator('button[type=submit]').click()
  await dialog.locator('.err').first().waitFor()
  await dialog.locator('textarea').fill('甲类\n乙类')
  await t.axe('new field')
  await t.shot('new')
  await dialog.locator('button[type=submit]').click()
  await page.locator('tbody tr', { hasText: title }).waitFor()
  await go(page, `/customers/${x.customer}`)
  const card = page.locator('#card')
  await card.scrollIntoViewIfNeeded()
  await card.locator('header .btn').last().click()
  await card.locator('label', { hasText: title }).locator('select').selectOption('乙类')
  await card.locator('button[type=submit]').click()
  await card.locator('.cardform').waitFor({ state: 'detached' })
  t.expect('the value is on the card', (await card.innerText()).includes('乙类'))
  await go(page, '/customers')
  await page.locator('.page-head .btn', { hasText: /筛选/ }).click()
  await page.locator('.filters .btn', { hasText: /自定义字段/ }).click()
  const line = page.locator('.filters > .row').first()
  await line.locator('select').first().selectOption({ label: title })
  await line.locator('select').nth(1).selectOption('is')
  await line.locator('select').nth(2).selectOption('乙类')
  await page.waitForURL(/where=/)
  await settle(page)
  t.expect('the list is filtered by it', /共 1 户/.test(await page.locator('.page-head').innerText()))
  await t.axe('filtered')
  await t.shot('filtered')
  await go(page, '/customer-fields')
  await page.locator('tbody tr', { hasText: title }).locator('.btn').last().click()
  await dialog.locator('textarea').fill('只是样本')
  await dialog.locator('button[type=submit]').click()
  await page.locator('tbody tr', { hasText: title }).waitFor({ state: 'detached' })
  t.expect('a retired field is out of the list', (await page.locator('tbody tr', { hasText: title }).count()) === 0)
}

/** CUS-609: a paper that ran out is a to-do; mended on the card it is done by itself, and says why. */
async function papers(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const [one] = (await read(x.at.url, session, `/todos?q=${encodeURIComponent('补齐客户资料')}&page_size=50`)).items.filter((c) => c.title.includes('已过'))
  t.expect('somebody\'s paper ran out', Boolean(one))
  if (!one) return
  await go(page, '/todos')
  const row = page.locator('li.todo', { has: page.locator('.name', { hasText: one.title }) })
  await row.scrollIntoViewIfNeeded()
  await t.shot('asked')
  await row.locator('.two a').first().click()
  await page.waitForURL(/customers\//)
  const card = page.locator('#card')
  await card.scrollIntoViewIfNeeded()
  await card.locator('header .btn').last().click()
  const field = card.locator('.cardform label', { hasText: one.title.includes('身份证') ? '身份证有效期止' : '证照到期日' }).locator('input')
  await field.fill('2036-06-30')
  await field.press('Tab')
  await card.locator('button[type=submit]').click()
  await card.locator('.cardform').waitFor({ state: 'detached' })
  t.expect('the list was made again', (await night(x)).state === 'done')
  await go(page, `/todos/${one.id}`)
  await page.locator('.events li').first().waitFor()
  t.expect('it is done by itself', (await read(x.at.url, session, `/todos/${one.id}`)).todo.state === 'fact')
  t.expect('and says why', (await page.locator('main').innerText()).includes('规则不再要求'))
  await t.axe('mended')
  await t.shot('mended')
}

/** A table is sent, its columns named, tried row by row, written, and taken back as a whole. */
async function bulk(page, t, x) {
  await go(page, '/customer-imports')
  await t.axe('imports')
  const stamp = `${t.width}${Date.now().toString(36)}`
  const text = `编号,喜好\n${x.customer},听戏${stamp}\n没有这个客户,听戏\n`
  await page.locator('input[type=file]').setInputFiles({ name: `入户${stamp}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.locator('.send button[type=submit]').click()
  await page.waitForURL(/customer-imports\/\d+/)
  const selects = page.locator('form.body select')
  await selects.first().waitFor()
  await selects.nth(0).selectOption({ value: 'customer' })
  await selects.nth(1).selectOption({ value: 'hobbies' })
  await t.axe('columns')
  await t.shot('columns')
  await page.locator('form.body button[type=submit]').click()
  const act = page.locator('.act')
  await act.waitFor()
  t.expect('refused rows hold it back', await act.locator('.btn').isDisabled())
  t.expect('the cell is named', (await page.locator('main').innerText()).includes('A3'))
  await act.locator('input').check()
  await t.axe('tried')
  await t.shot('tried')
  await act.locator('.btn').click()
  await page.locator('.btn.danger').waitFor()
  await t.shot('written')
  await page.locator('.btn.danger').click()
  await page.locator('.el-dialog textarea').fill('表拿错了')
  await page.locator('.el-dialog button[type=submit]').click()
  await page.locator('.btn.danger').waitFor({ state: 'detached' })
  t.expect('it says that it was taken back', (await page.locator('.page-head').innerText()).includes('已撤销'))
  await t.axe('undone')
  await related(page, t, x, stamp)
}

/** The same for relations: a contradiction within the table is said with its cell; written, seen, taken back. */
async function related(page, t, x, stamp) {
  await go(page, '/customer-imports')
  await page.locator('.send select').first().selectOption('relations')
  const name = `亲样本${stamp}`
  const rows = ['客户号,关系,关系人名称,起日,从哪里知道', `${x.customer},供货商,${name},2020-05-01,走访`, `${x.customer},供货商,${name},2021-05-01,走访`, `${x.customer},邻居,${name},2020-05-01,走访`]
  await page.locator('input[type=file]').setInputFiles({ name: `关系${stamp}.csv`, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await page.locator('.send button[type=submit]').click()
  await page.waitForURL(/customer-imports\/\d+/)
  const act = page.locator('.act')
  await act.waitFor()
  const said = await page.locator('main').innerText()
  t.expect('the row that says it again names the other', said.includes('第 2 行已有这一条关系'))
  t.expect('a relation nobody knows is told with those there are', said.includes('B4') && said.includes('法定代表人'))
  await t.axe('relations tried')
  await t.shot('relations')
  await act.locator('input').check()
  await act.locator('.btn').click()
  await page.locator('.btn.danger').waitFor()
  const me = await enter(x.at.url, ...x.at.logins.manager)
  const known = async () => JSON.stringify(await read(x.at.url, me, `/customers/${x.customer}/relations`)).includes(name)
  t.expect('the relation stands at the customer', await known())
  await page.locator('.btn.danger').click()
  await page.locator('.el-dialog textarea').fill('名单拿错了')
  await page.locator('.el-dialog button[type=submit]').click()
  await page.locator('.btn.danger').waitFor({ state: 'detached' })
  t.expect('and is gone again', !(await known()))
}

/** Somebody who is no customer yet: recorded, refused with a wrong number, given up and taken up again. */
async function prospect(page, t) {
  page.expected.add(422)
  const name = `贺样本${t.width}${Date.now().toString(36)}`
  await go(page, '/prospects')
  await t.axe('prospects')
  await page.locator('.page-head .btn.primary').click()
  const dialog = page.locator('.el-dialog')
  await dialog.locator('input').first().fill(name)
  await dialog.locator('input').nth(1).fill('430102199003070011')
  await dialog.locator('button[type=submit]').click()
  await dialog.locator('.err').first().waitFor()
  await t.shot('refused')
  await dialog.locator('input').nth(1).fill('')
  await dialog.locator('button[type=submit]').click()
  const line = page.locator('.people li', { hasText: name })
  await line.waitFor()
  await t.shot('list')
  await line.locator('.btn').last().click()
  await dialog.locator('textarea').fill('联系不上')
  await dialog.locator('button[type=submit]').click()
  await line.waitFor({ state: 'detached' })
  await page.locator('.page-head select').nth(1).selectOption('floor')
  const floors = page.locator('.round', { hasText: '兴业大厦' }).locator('.floor')
  await floors.first().waitFor()
  const round = (await floors.allInnerTexts()).map((said) => Number(said.match(/\d+/)[0]))
  t.expect('MKT-620: a building from its top floor down', round.length >= 2 && round.every((n, i) => !i || n <= round[i - 1]))
  await t.axe('floors')
  await t.shot('floors')
  await go(page, '/prospects?state=lost')
  t.expect('given up with its reason', (await page.locator('.people li', { hasText: name }).innerText()).includes('联系不上'))
}

export const flows = {
  everything: { roles: ['manager'], work: everything },
  ownfields: { roles: ['business'], widths: [1440], work: ownfields },
  papers: { roles: ['manager'], widths: [390], work: papers },
  bulk: { roles: ['manager'], work: bulk },
  prospect: { roles: ['manager'], work: prospect },
}
