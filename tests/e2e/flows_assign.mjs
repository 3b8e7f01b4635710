// Stories of the pages of web/src/assign: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

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
  await page.locator('.group li').first().waitFor()
  await t.axe('handover')
  await t.shot('handover')
  const open = page.locator('.group li', { has: page.locator('.acts .btn.primary') })
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
  t.expect('the remark stands at the item', (await page.locator('.group .bad', { hasText: '缺身份证复印件' }).count()) > 0)
  await open.first().locator('.acts .btn', { hasText: '不移交' }).click()
  await dialog(page).locator('textarea').fill('正在诉讼，暂不移交')
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  await settle(page)
  t.expect('what stays says why', (await page.locator('.group li.out').count()) > 0)
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
  await page.locator('.group li').first().waitFor()
  t.expect('who neither gives nor takes signs no item', !(await page.locator('.group .acts .btn.primary').count()))
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
  const claim = (await read(x.at.url, session, '/claims')).items[0]
  t.expect('the sample bank has a claim', !!claim)
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

export const flows = {
  handing: { roles: ['manager'], work: handing },
  cancelling: { roles: ['branch_head'], work: cancelling },
  assigning: { roles: ['business'], widths: [1440], work: assigning },
  claiming: { roles: ['manager'], work: claiming },
  proposing: { roles: ['branch_head'], work: proposing },
}
