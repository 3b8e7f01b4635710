// Stories of the pages of web/src/customers: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

const dialog = (page) => page.locator('.el-dialog')
const gone = (page) => dialog(page).waitFor({ state: 'detached' })
async function why(page, text) {
  await dialog(page).locator('textarea').last().fill(text)
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  await settle(page)
}

/** A household is made of customers, its figures are summed, it is changed with a reason and keeps its versions. */
async function household(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const taken = new Set()
  for (const g of (await read(x.at.url, session, '/customer-groups?form=household&page_size=200')).items)
    for (const m of (await read(x.at.url, session, `/customer-groups/${g.id}`)).members) taken.add(m.id)
  const free = (await read(x.at.url, session, '/customers?kind=person&page_size=100')).items.filter((c) => !taken.has(c.id))
  await go(page, `/customer-groups/new?customer=${free[0].id}`)
  await page.locator('form .field').first().fill(`${free[0].name}一家 ${t.width}`)
  await t.axe('new')
  await t.shot('new')
  await page.locator('form .btn.primary').click()
  await page.waitForURL(/customer-groups\/\d+$/)
  await settle(page)
  t.expect('the household stands with its figures', (await page.locator('.sums').innerText()).includes('1'))
  await t.axe('made')
  await t.shot('made')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('fieldset .btn', { hasText: '加一个成员' }).click()
  const pick = page.locator('.member').last().locator('.el-select input')
  await pick.click()
  await pick.fill(free[1].id)
  await page.locator('.el-select-dropdown__item:visible', { hasText: free[1].id }).first().click()
  await page.locator('form .btn.primary').click()
  await dialog(page).locator('textarea').waitFor()
  t.expect('a change needs its reason', await dialog(page).locator('.btn.primary').isDisabled())
  await why(page, '走访时看到同住')
  t.expect('the second member is there', (await page.locator('tbody').innerText()).includes(free[1].id))
  await t.shot('changed')
}

/** A pair is found to be two; a merge is checked by another, leads to one customer, and is taken back. */
async function merges(page, t, x) {
  await go(page, '/customer-duplicates')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('[role=status]').first().waitFor()
  await settle(page)
  await t.axe('pairs')
  await t.shot('pairs')
  await page.locator('.tabs [role=tab]', { hasText: '合并' }).click()
  await settle(page)
  const made = page.locator('.pair', { hasText: '已合并' }).first()
  if (await made.count()) {
    const codes = await made.locator('code').allInnerTexts()
    await go(page, `/customers/${codes[0]}`)
    t.expect('the merged number opens the one that stands for it', (await page.locator('.page-head code').innerText()) === codes[1])
    await go(page, '/customer-duplicates?tab=merges')
    await page.locator('.pair', { hasText: codes[0] }).filter({ hasText: '已合并' }).first().locator('.btn', { hasText: '撤销合并' }).click()
    await t.axe('undo')
    await t.shot('undo')
    await why(page, '再核对一次')
    await go(page, `/customers/${codes[0]}`)
    t.expect('taken back, it is itself again', (await page.locator('.page-head code').innerText()) === codes[0])
  }
  await go(page, '/customer-duplicates?tab=identity')
  await t.axe('identity')
  await t.shot('identity')
}

/** A relation is written down, drawn and listed, and taken out again. */
async function relation(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const customer = (await read(x.at.url, session, '/customers?kind=person&page_size=30')).items.at(-1).id
  await go(page, `/customers/${customer}`)
  const box = page.locator('.relations')
  await page.locator('#relations').scrollIntoViewIfNeeded()
  await box.waitFor()
  await box.locator('header .btn').click()
  await dialog(page).locator('input.field').first().fill('李桂兰(样本)')
  await dialog(page).locator('select').selectOption('supplier')
  await dialog(page).locator('input[maxlength="60"]').last().fill('上门走访')
  await t.axe('writing')
  await t.shot('writing')
  await why(page, '常年给他供货')
  const row = box.locator('tbody tr', { hasText: '李桂兰' })
  await row.waitFor()
  t.expect('it stands in the list behind the picture', (await row.innerText()).includes('供货商'))
  await t.axe('drawn')
  await t.shot('drawn')
  await row.locator('.btn', { hasText: '移出' }).click()
  await why(page, '记错人了')
  t.expect('and is gone after it was taken out', (await row.count()) === 0)
}

/** A category is proposed by the manager with a reason and confirmed by the head; what it forbids stands with its article. */
async function category(page, t, x) {
  const [head] = x.others
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const items = (await read(x.at.url, session, '/customer-categories?scheme=loan&page_size=100')).items
  const one = items.find((c) => c.category === '维持类' && !c.proposed) ?? items.find((c) => !c.proposed)
  if (!one) return
  await go(page, `/customers/${one.id}`)
  const box = page.locator('#category')
  await box.scrollIntoViewIfNeeded()
  await box.locator('.scheme .btn').first().click()
  await dialog(page).locator('select').first().selectOption('限制类')
  await t.axe('proposing')
  await t.shot('proposing')
  await why(page, '主要购货商欠款，先不加')
  await box.locator('.note.amber', { hasText: '待认定' }).waitFor()
  await go(head, `/customers/${one.id}`)
  await head.locator('#category').scrollIntoViewIfNeeded()
  await head.locator('.scheme .note .btn.primary').first().click()
  await why(head, '同意')
  await head.locator('.note.red', { hasText: '限制类客户' }).waitFor()
  t.expect('what it forbids stands with its article', (await head.locator('.note.red', { hasText: '限制类客户' }).first().innerText()).includes('CUS-323'))
  await go(page, '/customer-categories?category=限制类')
  t.expect('the list by category has it', (await page.locator('tbody').innerText()).includes(one.id))
  await t.axe('list')
  await t.shot('list')
}

/** Somebody is put on the list with evidence, asked off by one person and taken off by another. */
async function badcredit(page, t, x) {
  const [business] = x.others
  const name = `赵广发${t.width}(样本)`
  await go(page, '/bad-credit')
  await page.locator('.page-head .btn.primary').click()
  await dialog(page).locator('.two-cols input.field').first().fill(name)
  await dialog(page).locator('.two-cols input.field').last().fill('法院公告')
  page.expected.add(422)
  await dialog(page).locator('textarea').fill('失信被执行')
  await dialog(page).locator('.btn.primary').click()
  await dialog(page).locator('.bad[role=alert]').waitFor()
  t.expect('without evidence nobody is put on it', (await dialog(page).locator('.bad[role=alert]').innerText()).includes('材料'))
  await t.axe('refused')
  await t.shot('refused')
  await dialog(page).locator('input[type=file]').setInputFiles({ name: '判决书.txt', mimeType: 'text/plain', buffer: Buffer.from('判决书摘要') })
  await settle(page)
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  const entry = page.locator('.entry', { hasText: name })
  await entry.waitFor()
  await entry.locator('.btn', { hasText: '提出移出' }).click()
  await why(page, '已经履行完毕')
  t.expect('who asked does not decide', (await entry.locator('.btn', { hasText: '同意移出' }).count()) === 0)
  await go(business, '/bad-credit')
  await business.locator('.entry', { hasText: name }).locator('.btn', { hasText: '同意移出' }).click()
  await why(business, '核对过')
  t.expect('a second person takes it off', (await business.locator('.entry', { hasText: name }).count()) === 0)
  await page.reload()
  await settle(page)
  await page.locator('form.check input').first().fill(name)
  await page.locator('form.check .btn').click()
  await page.locator('form.check [role=status]').waitFor()
  await t.axe('list')
  await t.shot('list')
}

/** First access: the form is filled from data, tried, filed by the head and reviewed by business. */
async function access(page, t, x) {
  const [head] = x.others
  const session = await enter(x.at.url, ...x.at.logins.branch_head)
  const companies = (await read(x.at.url, session, '/customers?kind=company&page_size=200')).items
  let id = ''
  for (const c of companies) {
    const form = await read(x.at.url, session, `/customers/${c.id}/first-access`)
    if (!form.cases.some((k) => ['reviewing', 'deciding'].includes(k.state)) && form.asked[0].result?.['首贷客户']) { id = c.id; break }
  }
  if (!id) return
  await go(page, `/first-access/${id}`)
  await page.locator('.decision-form').waitFor()
  t.expect('what the data know is filled in', (await page.locator('.known summary').innerText()).match(/\d+/) !== null)
  await t.axe('form')
  await t.shot('form')
  await page.locator('.btn', { hasText: '试一试' }).click()
  await page.locator('.tried .asked').first().waitFor()
  await t.axe('tried')
  await t.shot('tried')
  await page.locator('.btn.primary', { hasText: '提出申请' }).click()
  await why(page, '想贷流动资金五十万元')
  await page.locator('.case').waitFor()
  await go(head, `/first-access/${id}`)
  await head.locator('.case .btn.primary', { hasText: '审查通过' }).click()
  await why(head, '看过厂房')
  t.expect('after review it waits for approval by a third', (await head.locator('.case').first().innerText()).includes('审批中'))
  await t.shot('case')

}

export const flows = {
  household: { roles: ['manager'], work: household },
  merges: { roles: ['branch_head', 'business'], widths: [1440], work: merges },
  relation: { roles: ['manager'], work: relation },
  category: { roles: ['manager', 'branch_head'], widths: [1440], work: category },
  badcredit: { roles: ['risk_manager', 'business'], widths: [1440], work: badcredit },
  access: { roles: ['branch_head', 'business'], widths: [1440], work: access },
}
