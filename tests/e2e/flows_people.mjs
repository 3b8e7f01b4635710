// Stories of the pages of web/src/people: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, read, send } from './server.mjs'

const dialog = (page) => page.locator('.el-dialog')
const gone = (page) => dialog(page).waitFor({ state: 'detached' })
const press = async (page) => { await dialog(page).locator('.btn.primary').click(); await gone(page); await settle(page) }
const because = (page, text) => dialog(page).locator('textarea').fill(text)

/** Somebody of the staff, in a field of a dialog. */
async function pick(page, label, staff) {
  const field = dialog(page).locator('.pick-person', { hasText: label }).locator('input')
  const answered = page.waitForResponse((r) => r.url().includes('/staff') && r.url().includes(staff))
  await field.click()
  await field.fill(staff)
  await answered
  await page.locator('.el-select-dropdown__item:visible', { hasText: staff }).first().click()
}

/** ORG-629, ORG-630, ORG-633: the tree of a day, its history and papers; a permission withheld and given back. */
async function orgs(page, t) {
  await go(page, '/people?tab=tree')
  await page.locator('.el-tree-node').first().waitFor()
  await settle(page)
  t.expect('the history says where it came from', (await page.locator('.line li').count()) > 0)
  await t.axe('tree')
  await t.shot('tree')
  await page.locator('.bar input').fill('2025-11-25')
  await page.locator('.bar input').press('Enter')
  await page.waitForURL(/day=2025-11-25/)
  await settle(page)
  t.expect('its people on that day', (await page.locator('.parts h2', { hasText: '2025-11-25' }).count()) === 1)
  await page.locator('.edit').click()
  await dialog(page).locator('input').first().fill(`0712-28551${t.width % 100}`)
  await t.axe('papers')
  await t.shot('papers')
  await press(page)
  t.expect('the papers are kept', (await page.locator('main').innerText()).includes(`0712-28551${t.width % 100}`))
  await page.locator('.btn', { hasText: '停用一项权限' }).click()
  await dialog(page).locator('select').selectOption('score.export')
  await because(page, '整改期间不导出')
  await press(page)
  t.expect('the limit stands there', (await page.locator('li', { hasText: '整改期间不导出' }).count()) > 0)
  await page.locator('li', { hasText: '整改期间不导出' }).locator('.btn', { hasText: '恢复' }).first().click()
  await because(page, '整改完成')
  await press(page)
}

/** ORG-635: a team is made, gets a member and another leader; a member leaves; everything stays as history. */
async function teams(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.hr)
  const staff = (await read(x.at.url, session, '/staff?position=manager&page_size=500')).items.filter((s) => s.in_post).slice(-3)
  await go(page, '/people?tab=teams')
  await page.locator('li b').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  await page.locator('.btn.primary', { hasText: '新建小组' }).click()
  await dialog(page).locator('input.name').fill(`走一遍小组 ${t.width}`)
  await dialog(page).locator('select.pick').selectOption(staff[0].org)
  await dialog(page).locator('input.purpose').fill('服务园区商户')
  await pick(page, '组长', staff[0].id)
  await pick(page, '加组员', staff[1].id)
  await t.axe('new')
  await t.shot('new')
  await press(page)
  await page.locator('a', { hasText: `走一遍小组 ${t.width}` }).first().click()
  await page.waitForURL(/teams\/\d+/)
  await settle(page)
  await page.locator('.btn', { hasText: '换组长' }).click()
  await pick(page, '组长', staff[1].id)
  await because(page, '原组长轮岗')
  await press(page)
  t.expect('the new leader leads', (await page.locator('.now li', { hasText: staff[1].name }).locator('.tag.teal').count()) === 1)
  await page.locator('.now li', { hasText: staff[0].name }).locator('.btn', { hasText: '退出' }).click()
  await because(page, '轮岗到城区')
  await press(page)
  t.expect('who has left stays as history', (await page.locator('main').innerText()).includes(staff[0].name))
  await t.shot('team')
  await page.locator('.btn', { hasText: '解散' }).click()
  await because(page, '走完了')
  await press(page)
}

/** ORG-631, ORG-641: a role is composed, seen before it is given, and what clashes is refused by its rule. */
async function compose(page, t, x) {
  const code = `walk_${t.width}_${Date.now() % 1e6}`
  await go(page, '/people?tab=compose')
  await settle(page)
  await page.locator('.btn', { hasText: '组一个角色' }).click()
  await dialog(page).locator('.code').fill(code)
  await dialog(page).locator('.title').fill(`走一遍 ${code}`)
  await dialog(page).locator('.purpose').fill('试试')
  const row = (permission) => dialog(page).locator('tr', { hasText: permission }).locator('select')
  await row('import.run').selectOption('bank')
  await row('run.seal').selectOption('bank')
  await dialog(page).locator('.reason').fill('试行')
  page.expected.add(422)
  await dialog(page).locator('.btn.primary').click()
  await dialog(page).locator('.note.red').waitFor()
  t.expect('what clashes is named', (await dialog(page).locator('.note.red').first().innerText()).includes('import.run 和 run.seal'))
  await t.axe('clash')
  await t.shot('clash')
  await row('run.seal').selectOption('')
  await row('import.run').selectOption('')
  await row('board.read').selectOption('branch')
  await press(page)
  t.expect('the role stands there', (await page.locator('li', { hasText: code }).count()) === 1)
  await page.locator('.btn.primary', { hasText: '授予角色' }).click()
  await dialog(page).locator('select.login').selectOption(x.at.logins.risk_manager[0])
  await dialog(page).locator('select.role').selectOption(code)
  await dialog(page).locator('tr.fresh, table tr').first().waitFor()
  await settle(page)
  await dialog(page).locator('.reason').fill('代班')
  await t.axe('preview')
  await t.shot('preview')
  await press(page)
  const gift = page.locator('li', { hasText: `走一遍 ${code}` }).last()
  await gift.locator('.btn', { hasText: '收回' }).click()
  await because(page, '代班结束')
  await press(page)
  t.expect('and is taken back', (await page.locator('li', { hasText: '代班结束' }).count()) > 0)
}

/** The second person: what waits is confirmed by somebody else. */
async function confirm(page, t, x) {
  const admin = await enter(x.at.url, ...x.at.logins.administrator)
  const role = `strong_${t.width}_${Date.now() % 1e6}`
  await send(x.at.url, admin, 'POST', '/composed-roles', { role, title: `走一遍 ${role}`, purpose: '试', permissions: { 'personal.read': 'bank' }, reason: '试' })
  await send(x.at.url, admin, 'POST', '/role-gifts', { login: x.at.logins.branch_head[0], role, from: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), reason: '试' })
  await go(page, '/people?tab=compose')
  const one = page.locator('li', { hasText: role })
  await one.first().waitFor()
  await t.axe('waiting')
  await t.shot('waiting')
  await one.locator('.btn', { hasText: '退回' }).click()
  await because(page, '不必看全行的证件号')
  await press(page)
  t.expect('it waits no more', (await one.locator('.btn', { hasText: '复核同意' }).count()) === 0)
}

/** ORG-610: a delegation for some days, seen and ended. */
async function delegate(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.branch_head)
  const me = await enter(x.at.url, ...x.at.logins.manager)
  await read(x.at.url, session, '/delegations')
  await go(page, '/delegations')
  await settle(page)
  await t.axe('list')
  await t.shot('list')
  await page.locator('.page-head .btn.primary').click()
  await dialog(page).locator('select.what').selectOption('task duty')
  await pick(page, '交给谁', me.staff_id)
  await dialog(page).locator('.bounds').fill(`只做回访 ${t.width}`)
  await dialog(page).locator('.reason').fill('外出学习')
  await t.shot('new')
  await press(page)
  const one = page.locator('li', { hasText: `只做回访 ${t.width}` }).first()
  t.expect('it stands under what was handed on', await one.isVisible())
  await one.locator('.btn', { hasText: '收回' }).click()
  await because(page, '提前回来')
  await press(page)
}

/** Nobody leaves with anything in hand: the case cannot be closed; the superior signs item by item. */
async function leaving(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.hr)
  const one = (await read(x.at.url, session, '/leavings?state=open')).items[0]
  if (!one) return
  await go(page, `/leavings/${one.id}`)
  await page.locator('section.card').first().waitFor()
  const hr = await page.locator('.btn', { hasText: '办结' }).count()
  await t.axe('case')
  await t.shot('case')
  if (hr) {
    t.expect('it cannot be closed while anything is held', await page.locator('.page-head .btn.primary').isDisabled())
    return
  }
  const before = Number((await page.locator('.note b').innerText()).replace(/\D/g, ''))
  await page.locator('.btn.sign').first().click()
  await because(page, `由支行暂管 ${t.width}`)
  await t.shot('sign')
  await press(page)
  t.expect('one item less', Number((await page.locator('.note b').innerText()).replace(/\D/g, '')) === before - 1)
}

export const flows = {
  'people-orgs': { roles: ['administrator'], work: orgs },
  'people-teams': { roles: ['hr'], work: teams },
  'people-roles': { roles: ['administrator'], work: compose },
  'people-confirm': { roles: ['executive'], work: confirm },
  'people-delegate': { roles: ['branch_head'], work: delegate },
  'people-leaving': { roles: ['hr', 'branch_head'], work: leaving },
}
