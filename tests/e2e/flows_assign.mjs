// Stories of the pages of web/src/assign: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, open, settle } from './browser.mjs'
import { PASSWORD, enter, logIn, read, send } from './server.mjs'

const dialog = (page) => page.locator('.el-dialog')
const gone = (page) => dialog(page).waitFor({ state: 'detached' })

/** A manager signs what he hands over: one item, one with what is missing, one stays, the rest; it moves nothing yet. */
async function handing(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const list = (await read(x.at.url, session, '/handovers?state=signing')).items
  const mine = list.find((h) => h.giver.staff === session.staff_id)
  t.expect('the sample bank has a hand-over that is being signed', !!mine)
  await go(page, '/assign')
  await page.locator(`a[href$="/assign/handovers/${mine.id}"]`).first().click()
  await page.locator('main .group li').first().waitFor()
  await t.axe('handover')
  await t.shot('handover')
  const open = page.locator('main .group li', { has: page.locator('.acts .btn.primary') })
  if (!(await open.count())) return  // signed at another width already
  const button = open.first().locator('.acts .btn.primary')
  t.expect('an item is signed with a thumb', (await button.boundingBox()).height >= (t.width < 700 ? 40 : 28))
  const before = await open.count()
  await button.click()
  await settle(page)
  t.expect('one item less waits', (await open.count()) === before - 1)
  await open.first().locator('.acts .btn', { hasText: '写备注' }).click()
  await dialog(page).locator('input[type=checkbox]').check()
  t.expect('what is missing must be said', await dialog(page).locator('.btn.primary').isDisabled())
  await dialog(page).locator('textarea').fill('缺身份证复印件')
  await t.axe('note')
  await t.shot('note')
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  await settle(page)
  t.expect('the remark stands at the item', (await page.locator('main .group .bad', { hasText: '缺身份证复印件' }).count()) > 0)
  await open.first().locator('.acts .btn', { hasText: '不移交' }).click()
  await dialog(page).locator('textarea').fill('正在诉讼，暂不移交')
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  await settle(page)
  t.expect('what stays says why', (await page.locator('main .group li.out').count()) > 0)
  const now = await read(x.at.url, session, `/handovers/${mine.id}`)
  t.expect('nothing has taken effect', now.state === 'signing' && !now.liability.length)
}

/** Opened, signed item by item, refused to the wrong people, cancelled: all by hand, nothing moved. */
async function cancelling(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.branch_head)
  const before = (await read(x.at.url, session, '/handovers?state=signing')).items
  await go(page, '/assign')
  await page.locator('header .btn', { hasText: '新的移交' }).click()
  await dialog(page).locator('.pick-person').first().waitFor()
  t.expect('nothing is listed before it is said from whom to whom', await dialog(page).locator('.btn.primary').isDisabled())
  await t.axe('new')
  await t.shot('new')
  await page.keyboard.press('Escape')
  await gone(page)
  if (!before.length) return
  await go(page, `/assign/handovers/${before[0].id}`)
  await page.locator('main .group li').first().waitFor()
  t.expect('who neither gives nor takes signs no item', !(await page.locator('main .group .acts .btn.primary').count()))
  t.expect('the witness signs last', !(await page.locator('header .btn', { hasText: '监交签字' }).count()))
  const answer = await page.request.get(`${x.at.url}/api/v1/handovers/${before[0].id}/protocol`)
  t.expect('the protocol prints', answer.ok() && (await answer.text()).includes('客户经理移交清单'))
  await t.shot('witness')
}

/** A second person refuses an assignment that begins in the past (nothing moves); what the register says stands against the extracts. */
async function assigning(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.business)
  await go(page, '/assign?tab=register&state=asked')
  await page.locator('ul.card li, .state').first().waitFor()
  const waits = page.locator('ul.card li', { has: page.locator('.btn', { hasText: '复核同意' }) })
  await t.axe('register')
  await t.shot('register')
  if (await waits.count()) {
    const before = await waits.count()
    await waits.first().locator('.btn', { hasText: '退回' }).click()
    t.expect('a refusal says why', await dialog(page).locator('.btn.primary').isDisabled())
    await dialog(page).locator('textarea').fill('片区调整没有文件')
    await dialog(page).locator('.btn.primary').click()
    await gone(page)
    await settle(page)
    t.expect('it waits no longer', (await waits.count()) === before - 1)
  }
  const standings = (await read(x.at.url, session, '/assignment-standings')).items
  t.expect('what was recorded stands against the extracts', standings.length > 0)
  await go(page, '/assign?tab=standings')
  await page.locator('table.list tbody tr').first().waitFor()
  await t.axe('standings')
  await t.shot('standings')
  await go(page, `/customers/${standings[0].customer}`)
  await page.locator('main').waitFor()
}

/** A claim with what it would move; its maker may take it back, nobody decides before the answer. */
async function claiming(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  // Other stories claim too: this one looks at one that is open and would move something.
  let claim
  for (const one of (await read(x.at.url, session, '/claims')).items)
    if (!claim && one.state === 'open' && (await read(x.at.url, session, `/claims/${one.id}`)).moved.length) claim = one
  t.expect('the sample bank has a claim that would move something', !!claim)
  await go(page, '/assign?tab=claims')
  await page.locator('ul.card li').first().waitFor()
  await t.axe('claims')
  await page.locator(`a[href$="/assign/claims/${claim.id}"]`).first().click()
  await page.locator('dl').waitFor()
  t.expect('what it would move is shown', (await page.locator('table.list tbody tr').count()) > 0)
  t.expect('its maker does not decide', !(await page.locator('header .btn', { hasText: '裁定成立' }).count()))
  await t.axe('claim')
  await t.shot('claim')
  await page.locator('header .btn', { hasText: '撤回认领' }).click()
  await dialog(page).locator('textarea').waitFor()
  t.expect('taking it back asks why', await dialog(page).locator('.btn.primary').isDisabled())
  await page.keyboard.press('Escape')
  await gone(page)
}

/** The head of the branch looks whom a leaver's customers could go to, chooses, declines one. */
async function proposing(page, t, x) {
  await enter(x.at.url, ...x.at.logins.branch_head)
  await go(page, '/assign?tab=proposals')
  await page.locator('ul.card li, .state').first().waitFor()
  await t.axe('proposals')
  await t.shot('proposals')
  if (!(await page.locator('ul.card li').count())) return
  await page.locator('ul.card input[type=checkbox]:not([disabled])').first().check()
  await page.locator('.bar .btn.primary').click()
  await dialog(page).locator('textarea').waitFor()
  t.expect('accepting says why', await dialog(page).locator('.btn.primary').isDisabled())
  await t.shot('accept')
  await page.keyboard.press('Escape')
  await gone(page)
}

async function pick(page, label, staff) {
  const field = dialog(page).locator('.pick-person', { hasText: label })
  await field.locator('input').fill(staff)
  await page.locator('.el-select-dropdown__item:visible', { hasText: staff }).first().click()
}

/** A login of a manager of one's own choice, with the password that all have here; a person has one. */
async function loginOf(x, admin, staff) {
  const there = (await read(x.at.url, admin, '/logins?page_size=500')).items.find((l) => l.staff_id === staff && !l.disabled)
  const known = there && Object.values(x.at.logins).find(([login]) => login === there.login)
  if (known) return known
  const made = there ? await send(x.at.url, admin, 'POST', `/logins/${there.login}/reset`) : await send(x.at.url, admin, 'POST', '/logins', { staff_id: staff, login: `${staff.toLowerCase()}-${Date.now() % 100_000}`, roles: ['manager'] })
  const session = await enter(x.at.url, made.login, made.password)
  await send(x.at.url, session, 'POST', '/session/password', { old_password: made.password, new_password: PASSWORD })
  return [made.login, PASSWORD]
}

// Everything that is still open, but for what was signed one by one before.
async function signTheRest(page) {
  await page.locator('.all .btn').click()
  await page.locator('.all').waitFor({ state: 'detached' })
  await settle(page)
}
async function signWhole(page, button) {
  await page.locator('header .btn.primary', { hasText: button }).click()
  await page.locator('.sign .btn.primary').click()
  await page.locator('.sign').waitFor({ state: 'detached' })
  await settle(page)
}
const served = async (x, session, staff) => (await read(x.at.url, session, `/customers?page_size=1&manager=${staff}`)).total

/** ARC-305, CUS-607: from the giver's first step to the witness's signature; what was handed over is the taker's from the day on, figures and liability with it. */
async function handover(page, t, x) {
  const admin = await enter(x.at.url, ...x.at.logins.administrator)
  const boss = await enter(x.at.url, ...x.at.logins.branch_head)
  const branch = (await read(x.at.url, boss, `/staff/${boss.staff_id}`)).branch
  const first = (await enter(x.at.url, ...x.at.logins.manager)).staff_id
  const mates = (await read(x.at.url, boss, '/staff?page_size=500')).items.filter((s) => s.branch === branch && s.position === 'manager' && s.in_post && s.id !== first)
  for (const mate of mates) mate.customers = Number(await served(x, boss, mate.id))
  const able = mates.slice(1).sort((a, b) => a.customers - b.customers) // the first takes part in the sample's own
  // Who took part in another hand-over does not give here: its days would run into these.
  const busy = new Set((await read(x.at.url, boss, '/handovers?page_size=200')).items.filter((h) => h.state !== 'cancelled').flatMap((h) => [h.giver.staff, h.taker.staff]))
  const giver = able.find((s) => s.customers > 1 && !busy.has(s.id)), taker = able.find((s) => s.id !== giver?.id)
  if (!giver) return console.log('  – handover: everybody has handed over already')
  const opened = []
  const as = async (staff) => {
    const one = await open(x.browser, x.at.url, { width: t.width }, t.findings, `handover ${staff} ${t.width}`)
    opened.push(one)
    await logIn(one.page, await loginOf(x, admin, staff))
    return one.page
  }
  try {
    const day = (await read(x.at.url, boss, '/overview')).business_date
    const gives = await as(giver.id)
    await go(gives, '/assign')
    await gives.locator('header .btn', { hasText: '新的移交' }).click()
    await pick(gives, '接手人', taker.id)
    await pick(gives, '监交人', boss.staff_id)
    await dialog(gives).locator('input.day').fill(day)
    await dialog(gives).locator('input.day').press('Tab')
    await dialog(gives).locator('.btn.primary').click()
    await gives.waitForURL(/handovers\/\d+/)
    await gives.locator('main .group li').first().waitFor()
    await settle(gives)
    const id = Number(/handovers\/(\d+)/.exec(gives.url())[1])
    await gives.locator('header .btn.primary', { hasText: '开始签字' }).click()
    await gives.locator('.all').waitFor()
    t.expect('nobody signs the whole before its items', await gives.locator('header .btn.primary').isDisabled())
    const customers = gives.locator('main .group', { hasText: '客户' }).first().locator('li')
    await customers.first().locator('.acts .btn', { hasText: '不移交' }).click()
    await dialog(gives).locator('textarea').fill('正在起诉，由原经理办完')
    await dialog(gives).locator('.btn.primary').click()
    await gone(gives)
    await customers.nth(1).locator('.acts .btn.primary').click()
    await settle(gives)
    await signTheRest(gives)
    await signWhole(gives, '签整份清单')
    await t.shot('given')
    const takes = await as(taker.id)
    await go(takes, `/assign/handovers/${id}`)
    await takes.locator('main .group li').nth(1).waitFor()
    await takes.locator('main .group li .acts .btn.primary').first().click()
    await settle(takes)
    await signTheRest(takes)
    await signWhole(takes, '签整份清单')
    const before = await read(x.at.url, boss, `/handovers/${id}`)
    t.expect('two signatures move nothing', before.state === 'signing' && (await served(x, boss, giver.id)) == giver.customers)
    await go(page, `/assign/handovers/${id}`)
    await page.locator('main .group li').first().waitFor()
    await signWhole(page, '监交签字')
    await page.locator('.head .tag.green').waitFor()
    await t.axe('done')
    await t.shot('done')
    const done = await read(x.at.url, boss, `/handovers/${id}`)
    const handed = done.items.filter((i) => i.kind === 'customer' && !i.left_out), kept = done.items.filter((i) => i.kind === 'customer' && i.left_out)
    t.expect('all three have signed', done.state === 'done' && done.signatures.length === 3)
    t.expect('who is late on a loan keeps a share of what is lost', !done.items.some((i) => i.kind === 'loan' && !i.left_out) || done.liability.length > 0)
    const spans = (await read(x.at.url, boss, `/customers/${handed[0].customer}/assignments`)).spans.filter((s) => s.subject_kind === 'customer')
    t.expect('from the day on it is the taker’s, before it stays the giver’s', spans.some((s) => s.staff === taker.id && s.from === day) && spans.some((s) => s.staff === giver.id && s.to && s.to < day))
    t.expect('what was left out stays', (await read(x.at.url, boss, `/customers/${kept[0].customer}/assignments`)).spans.some((s) => s.staff === giver.id && !s.to))
    // The lists are read anew when the facts are, a moment after the last signature.
    let gave = giver.customers, took = taker.customers
    for (let round = 0; round < 60 && !(gave < giver.customers && took > taker.customers); round++) {
      if (round) await settle(page)
      gave = Number(await served(x, boss, giver.id)), took = Number(await served(x, boss, taker.id))
    }
    t.expect(`the lists of customers follow (${giver.id} ${giver.customers} to ${gave}, ${taker.id} ${taker.customers} to ${took}, ${handed.length} handed)`, gave < giver.customers && took > taker.customers)
    await go(takes, `/customers/${handed[0].customer}`)
    t.expect('the taker opens the customer', (await takes.locator('h1').innerText()).length > 0)
  } finally {
    for (const one of opened) await one.context.close()
  }
}

/** A claim with a photo of the paper as its evidence. */
async function proving(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const boss = await enter(x.at.url, ...x.at.logins.branch_head)
  const all = (await read(x.at.url, boss, '/customers?page_size=200')).items
  const claimed = new Set((await read(x.at.url, boss, '/claims?page_size=200')).items.map((c) => c.customer))
  const free = all.find((c) => c.managers.length && c.managers.every((m) => m.staff !== session.staff_id) && !claimed.has(c.id))
  await go(page, '/assign?tab=claims')
  await page.locator('.btn', { hasText: '认领' }).first().click()
  await dialog(page).locator('input').first().fill(free.id)
  await dialog(page).locator('textarea').first().fill('开户是我陪着办的')
  t.expect('neither words nor files: not yet', await dialog(page).locator('.btn.primary').isDisabled())
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  await dialog(page).locator('input[type=file]').setInputFiles([{ name: `开户申请书 ${t.width}.png`, mimeType: 'image/png', buffer: png }])
  await dialog(page).locator('.files li').waitFor()
  await t.axe('claim')
  await t.shot('claim')
  await dialog(page).locator('.btn.primary').click()
  await page.waitForURL(/claims\/\d+/)
  await page.locator('dl').waitFor()
  await settle(page)
  t.expect('the file stands with the claim', (await page.locator('dd a[href*="/files/"]').count()) === 1)
  await t.axe('one')
  await t.shot('one')
  await page.locator('header .btn', { hasText: '撤回认领' }).click()
  await dialog(page).locator('textarea').fill('试过了')
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
}

export const flows = {
  handover: { roles: ['branch_head'], work: handover },
  proving: { roles: ['manager'], work: proving },
  handing: { roles: ['manager'], work: handing },
  cancelling: { roles: ['branch_head'], work: cancelling },
  assigning: { roles: ['business'], widths: [1440], work: assigning },
  claiming: { roles: ['manager'], work: claiming },
  proposing: { roles: ['branch_head'], work: proposing },
}
