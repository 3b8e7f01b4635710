// Stories of the pages of web/src/advice: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

const step = async (page, label) => { await page.locator('form.step button[type=submit]', { hasText: label }).click(); await page.locator('form.step').waitFor({ state: 'detached' }); await settle(page) }

/** A customer of the manager's, in a field of a form. */
async function customer(page, one) {
  const field = page.locator('.pick-customer input').first()
  const answered = page.waitForResponse((r) => r.url().includes('/customers?') && r.url().includes(one.id))
  await field.click()
  await field.fill(one.id)
  await answered
  await page.locator('.el-select-dropdown__item:visible', { hasText: one.id }).first().click()
}

/** MKT-630, MKT-631, MKT-652, QUA-601: an item of information names its source, is answered by the head of the unit, its writer sees it, it counts. */
async function suggest(page, t, x) {
  const [head] = x.others
  const title = `邻行送米面油 ${t.width} ${Date.now()}`
  await go(page, '/suggestions')
  await page.locator('ul.card li').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('form.form select option', { hasText: '同业竞争手法' }).waitFor({ state: 'attached' })
  await page.locator('form.form select').first().selectOption('同业竞争手法')
  await page.locator('form.form label', { hasText: '标题' }).locator('input').fill(title)
  await page.locator('form.form label', { hasText: '内容' }).locator('textarea').fill('开户就送，东街已经走了三户。')
  page.expected.add(422)
  await page.locator('form.form .btn.primary').click()
  await page.locator('form.form .bad').first().waitFor()
  t.expect('information without a source is not taken', (await page.locator('form.form .bad').first().innerText()).includes('来源'))
  await t.shot('refused')
  await page.locator('form.form label', { hasText: '信息来源' }).locator('input').fill('商户说的')
  await page.locator('form.form label', { hasText: /^客户或行业/ }).locator('input').fill('东街商户')
  await t.axe('write')
  await page.locator('form.form .btn.primary').click()
  await page.waitForURL(/suggestions\/\d+/)
  await page.locator('section.main').first().waitFor()
  t.expect('it says who must answer', (await page.locator('section.main').first().innerText()).includes('以前答复'))
  await t.shot('sent')
  const id = page.url().match(/suggestions\/(\d+)/)[1]
  const boss = await enter(x.at.url, ...x.at.logins.branch_head)
  const todos = (await read(x.at.url, boss, '/todos?source=suggestion&page_size=200')).items
  t.expect('it is a to-do of whom it was sent to', todos.some((d) => d.title.includes(title)))
  await go(head, `/suggestions/${id}`)
  await head.locator('.steps .btn', { hasText: /^采纳/ }).click()
  await head.locator('form.step textarea').fill('给东街的商户办一次开户节')
  await head.locator('form.step select').selectOption('高')
  await t.shot('answering')
  await step(head, '采纳')
  await go(page, `/suggestions/${id}`)
  const shown = await page.locator('section.answer').innerText()
  t.expect('the writer reads the answer and its value', shown.includes('开户节') && shown.includes('价值高'))
  await t.axe('answered')
  await t.shot('answered')
  await go(page, '/suggestions?view=figures')
  await page.locator('table.list tbody tr').first().waitFor()
  await t.axe('figures')
  await t.shot('figures')
}

/** MKT-630: what nobody answered in time stands red, the superior is told; another one refuses with a reason and must give one. */
async function overdue(page, t) {
  await go(page, '/suggestions?view=to_me')
  await page.locator('ul.card li .tag.red').first().waitFor()
  t.expect('what is overdue is said so', (await page.locator('ul.card li .tag.red').first().innerText()).includes('逾期'))
  await page.locator('ul.card li', { has: page.locator('.tag.red') }).first().locator('a').click()
  await page.locator('.steps .btn', { hasText: '不采纳' }).click()
  t.expect('without a reason nothing is refused', await page.locator('form.step button[type=submit]').isDisabled())
  await t.axe('overdue')
  await t.shot('overdue')
}

/** MKT-631: a survey is a to-do, kept half filled in, sent once; who made it sees counts, not of too few anonymous answers. */
async function survey(page, t, x) {
  const [business] = x.others
  await go(page, '/surveys')
  await page.locator('ul.card li').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  const open = page.locator('ul.card li', { hasText: '商户金融需要调查' }).locator('a')
  await open.click()
  await page.waitForURL(/surveys\/\d+/)
  const id = page.url().match(/surveys\/(\d+)/)[1]
  await page.locator('form.form, p.note').first().waitFor()
  if (await page.locator('form.form').count()) {
    const me = (await read(x.at.url, await enter(x.at.url, ...x.at.logins.manager), '/session')).name
    await go(business, `/surveys/${id}`)
    await business.locator('.results').waitFor()
    t.expect('who has not answered is named, for it is open', (await business.locator('.results').innerText()).includes(me ?? '还没有答的'))
    t.expect('what was half filled in is there', await page.locator('form.form fieldset').first().locator('input').first().isChecked())
    const kept = page.waitForResponse((r) => r.url().includes('/draft') && r.ok())
    await page.locator('form.form fieldset').nth(1).locator('label', { hasText: '流水' }).click()
    await kept
    page.expected.add(422)
    await page.locator('form.form .btn.primary').click()
    await page.locator('form.form .bad').first().waitFor()
    t.expect('what must be answered is said at its question', (await page.locator('form.form fieldset').nth(2).innerText()).includes('还没有答'))
    await page.locator('form.form fieldset').nth(2).locator('label', { hasText: '4' }).click()
    await t.axe('form')
    await t.shot('form')
    await page.locator('form.form .btn.primary').click()
    await page.locator('form.form').waitFor({ state: 'detached' })
  }
  t.expect('it is answered once', (await page.locator('p.note').innerText()).includes('已经答过'))
  await go(business, `/surveys/${id}`)
  await business.locator('.results').waitFor()
  t.expect('answers are counted', (await business.locator('.results .bars b').allInnerTexts()).some((n) => Number(n) > 0))
  await go(business, '/surveys')
  await business.locator('ul.card li', { hasText: '不记名' }).locator('a').first().click()
  await business.locator('.results').waitFor()
  t.expect('anonymous answers stay hidden until it is over', (await business.locator('.note.amber').innerText()).includes('还没有截止'))
}

/** LIM-605: within the power it counts at once; beyond it the head decides, never who asked; the auditor looks at it. */
async function favour(page, t, x) {
  const [head, auditor] = x.others
  const own = (await read(x.at.url, await enter(x.at.url, ...x.at.logins.manager), '/customers?page_size=30')).items
  const one = own[t.width < 700 ? 20 : 25] ?? own.at(-1)
  const ask = async (terms, amount) => {
    await go(page, '/favours')
    await page.locator('.page-head .btn.primary').click()
    await customer(page, one)
    await page.locator('form.form label', { hasText: '通融什么' }).locator('input').fill(terms)
    await page.locator('form.form label', { hasText: '让出金额' }).locator('input').fill(amount)
    await page.locator('form.form label', { hasText: '理由' }).locator('textarea').fill('多年的老客户')
    await page.locator('form.form p.note[role=status]').waitFor()
    await settle(page)
  }
  await go(page, '/favours')
  await page.locator('ul.card li').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  await ask(`免汇款手续费 ${t.width}`, '80')
  t.expect('it says beforehand that it is within the power', (await page.locator('p.note[role=status]').innerText()).includes('在您的权限里'))
  await t.axe('within')
  await t.shot('within')
  await page.locator('form.form .btn.primary').click()
  await page.locator('section.one').waitFor()
  t.expect('it counts at once', (await page.locator('section.one header').innerText()).includes('已生效'))
  const near = page.url().match(/open=(\d+)/)[1]
  await ask(`利率让步 ${t.width}`, '2000')
  t.expect('beyond it somebody above decides', (await page.locator('p.note[role=status]').innerText()).includes('由上级决定'))
  await page.locator('form.form .btn.primary').click()
  await page.locator('section.one').waitFor()
  t.expect('and does not count yet', (await page.locator('section.one header').innerText()).includes('待决定'))
  t.expect('who asked cannot decide', (await page.locator('section.one .btn', { hasText: '同意' }).count()) === 0)
  await t.shot('beyond')
  const far = page.url().match(/open=(\d+)/)[1]
  await go(head, `/favours?open=${far}`)
  await head.locator('section.one .btn.primary', { hasText: '同意' }).click()
  await step(head, '同意')
  t.expect('the head agrees', (await head.locator('section.one header').innerText()).includes('已生效'))
  await go(auditor, `/favours?open=${near}`)
  await auditor.locator('section.one .btn.primary', { hasText: '没有问题' }).click()
  await auditor.locator('form.step textarea').fill('查了收费记录')
  await step(auditor, '没有问题')
  t.expect('the auditor has looked', (await auditor.locator('section.one').innerText()).includes('查了收费记录'))
  await go(head, '/favours?tab=totals')
  await head.locator('table.list tbody tr').first().waitFor()
  t.expect('what the branch settled is counted', (await head.locator('section.card').innerText()).includes('由本人或支行解决'))
}

/** LIM-605: powers grow with the level; a smaller one above is refused, the second person is another one. */
async function powers(page, t) {
  await go(page, '/favours?tab=powers')
  await page.locator('section.card table').first().waitFor()
  await page.locator('.btn.primary', { hasText: '设新的权限' }).click()
  const amounts = page.locator('form.form fieldset input[inputmode=decimal]')
  await amounts.nth(1).fill('100')
  page.expected.add(422)
  await page.locator('form.form .btn.primary').click()
  await page.locator('form.form .bad').first().waitFor()
  t.expect('a higher level does not get less', (await page.locator('form.form .bad').first().innerText()).includes('不能比'))
  await amounts.nth(1).fill('6000')
  await t.axe('powers')
  await t.shot('powers')
  await page.locator('form.form .btn.primary').click()
  await page.locator('form.form').waitFor({ state: 'detached' })
  await settle(page)
  t.expect('it waits for somebody else', (await page.locator('section.card').first().innerText()).includes('待复核'))
}

/** PAY-601, RPT-605, MKT-626: no report, no reimbursement; what is beyond the limit is not paid; another person checks. */
async function expense(page, t, x) {
  const [head] = x.others
  const purpose = `谈代发工资 ${t.width} ${Date.now()}`
  const field = (label) => page.locator('form.form label', { hasText: label }).locator('input')
  await go(page, '/expenses')
  await page.locator('ul.card li').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('form.form p.note').waitFor()
  await field('金额').fill('300.50')
  await field('和谁').fill('食品厂会计')
  await page.locator('form.form .btn.primary').click()
  await page.locator('section.one').waitFor()
  page.expected.add(422)
  await page.locator('section.one .btn.primary', { hasText: '提交' }).click()
  await page.locator('section.one .note.red').waitFor()
  t.expect('without its report nothing is reimbursed', (await page.locator('section.one .note.red').innerText()).includes('宴请报告'))
  await t.shot('refused')
  await page.locator('section.one .btn', { hasText: '修改' }).click()
  await field('什么关系').fill('意向客户')
  await field('目的').fill(purpose)
  await t.axe('form')
  await page.locator('form.form .btn.primary').click()
  await page.locator('section.one .btn.primary', { hasText: '提交' }).click()
  await page.locator('section.one header .tag', { hasText: '已提交' }).waitFor()
  t.expect('it says what is reimbursed', (await page.locator('section.one .note').first().innerText()).includes('可报销'))
  await t.axe('one')
  await t.shot('one')
  const id = page.url().match(/open=(\d+)/)[1]
  await go(head, `/expenses?open=${id}`)
  await head.locator('section.one .btn.primary', { hasText: '复核同意' }).click()
  await step(head, '复核同意')
  t.expect('another person agreed', (await head.locator('section.one header').innerText()).includes('已复核'))
  await go(page, '/expenses?tab=limits')
  await page.locator('table.list tbody tr').first().waitFor()
  await t.axe('limits')
  await t.shot('limits')
}

/** MKT-633, MKT-637, MKT-024, MKT-315: papers are found by a word, copied for the customer, gone through one by one until nothing is missing. */
async function knowledge(page, t) {
  await go(page, '/knowledge')
  await page.locator('ul.card li').first().waitFor()
  await t.axe('list')
  await t.shot('list')
  await page.locator('.page-head input[type=search]').fill('收入证明')
  await page.locator('.page-head input[type=search]').press('Enter')
  await page.waitForURL(/q=/)
  await settle(page)
  t.expect('a paper finds its product', (await page.locator('ul.card li').first().innerText()).includes('住房'))
  await page.locator('ul.card li button').first().click()
  await page.locator('.bring').waitFor()
  const message = await page.locator('.bring textarea').inputValue()
  t.expect('what to bring can be sent', message.includes('身份证原件和复印件 1 份') && !message.includes('风险'))
  await t.axe('card')
  await t.shot('card')
  await page.locator('.btn', { hasText: '办理：逐样核对' }).click()
  await page.locator('form.form label', { hasText: '怎样称呼' }).locator('input').fill('看房的小两口')
  await page.locator('form.form .btn.primary').click()
  await page.waitForURL(/tab=questions/)
  await page.locator('section.one').waitFor()
  await page.locator('section.one .btn.primary', { hasText: '已答复客户' }).click()
  await page.locator('form.step textarea').fill('都办好了')
  page.expected.add(422)
  await page.locator('form.step button[type=submit]').click()
  await page.locator('form.step .note.red, section.one .bad').first().waitFor()
  await t.shot('missing')
  t.expect('nothing is closed while something is missing', (await page.locator('form.step').innerText()).includes('还没有补齐'))
  await t.axe('questions')
}

/** MKT-601: a card without its rate is not published; the writer does not publish it, another one does. */
async function product(page, t, x) {
  const [second] = x.others
  const name = `样本产品 ${t.width} ${Date.now()}`
  const field = (label, kind = 'textarea') => page.locator('form.form label', { hasText: label }).locator(kind)
  await go(page, '/knowledge')
  await page.locator('.page-head .btn.primary', { hasText: '写产品卡片' }).click()
  await field('名称', 'input').fill(name)
  await field('业务', 'input').first().fill('个人贷款')
  await field('种类').fill('信用')
  await field('期限').fill('一年')
  await field('条件').fill('可以通融')
  page.expected.add(422)
  await page.locator('form.form .btn.primary').click()
  await page.locator('form.form .bad').first().waitFor()
  t.expect('words that no customer may read are refused', (await page.locator('form.form .bad').first().innerText()).includes('通融'))
  await field('条件').fill('有固定收入')
  await page.locator('form.form .btn.primary').click()
  await page.locator('section.one').waitFor()
  await page.locator('section.one .btn.primary', { hasText: '提请公布' }).click()
  await page.locator('section.one .note.red').waitFor()
  t.expect('without a rate it is not published', (await page.locator('section.one .note.red').innerText()).includes('利率'))
  await page.locator('section.one .btn', { hasText: '修改卡片' }).click()
  await field('利率').fill('4.1%')
  await t.axe('form')
  await t.shot('form')
  await page.locator('form.form .btn.primary').click()
  await page.locator('section.one .btn.primary', { hasText: '提请公布' }).click()
  await page.locator('section.one header .tag', { hasText: '待复核' }).waitFor()
  t.expect('who wrote it does not publish it', (await page.locator('section.one .btn', { hasText: /^公布$/ }).count()) === 0)
  const id = page.url().match(/open=(\d+)/)[1]
  await go(second, `/knowledge?open=${id}`)
  await second.locator('section.one .btn.primary', { hasText: '公布' }).click()
  await step(second, '公布')
  t.expect('it can be sent to customers', (await second.locator('.bring textarea').count()) === 1)
}

export const flows = {
  suggest: { roles: ['manager', 'branch_head'], work: suggest },
  suggest_overdue: { roles: ['branch_head'], work: overdue },
  survey: { roles: ['manager', 'business'], work: survey },
  favour: { roles: ['manager', 'branch_head', 'auditor'], work: favour },
  favour_powers: { roles: ['business'], widths: [1440], work: powers },
  expense: { roles: ['manager', 'branch_head'], work: expense },
  knowledge: { roles: ['manager'], work: knowledge },
  product: { roles: ['business', 'executive'], widths: [1440], work: product },
}
