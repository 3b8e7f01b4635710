// Stories of the pages of web/src/plans: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

/** PLN-607: the month's plan: what was reached is taken from facts and opens; a new plan is written and handed in. */
async function plan(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const plans = (await read(x.at.url, session, '/work-plans?whose=mine&page_size=100')).items
  const month = plans.find((p) => p.period_kind === 'month' && p.state === 'confirmed')
  await go(page, `/plans/${month.id}`)
  await page.locator('li.item').first().waitFor()
  t.expect('what was reached stands beside the target', (await page.locator('li.item .bar').count()) >= 3)
  await t.axe('plan')
  await t.shot('plan')
  await page.locator('li.item button.fig').first().click()
  await page.waitForURL(/x=/)
  await settle(page)
  t.expect('a figure opens its explanation', (await page.locator('.drawer').innerText()).includes('存款净增'))
  await t.shot('explained')
  await go(page, '/plans')
  const week = t.width < 700 ? '2026-W09' : '2026-W10'
  await page.locator('.page-head select').first().waitFor()
  await go(page, `/plans?period=${week}`)
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.el-dialog .btn.primary').click()
  await page.waitForURL(/plans\/\d+/)
  await page.locator('textarea').first().waitFor()
  await page.locator('section.card .btn.small', { hasText: '次数' }).click()
  await page.locator('li.edit select').selectOption('visits')
  await page.locator('li.edit .target').fill('-3')
  await page.locator('li.edit .target').blur()
  page.expected.add(422)
  await page.locator('.btn.primary', { hasText: '保存' }).click()
  await page.locator('li.edit .wrong').waitFor()
  t.expect('a wrong target is said at its item', (await page.locator('li.edit .wrong').innerText()).includes('大于零'))
  await page.locator('li.edit .target').fill('5')
  await page.locator('li.edit .target').blur()
  await t.axe('edit')
  await t.shot('edit')
  await page.locator('.btn.primary', { hasText: '保存' }).click()
  await page.locator('li.item').waitFor()
  await page.locator('.btn.primary', { hasText: '提交' }).click()
  await page.locator('.page-head .tag', { hasText: '待确认' }).waitFor()
  t.expect('it waits for the superior', true)
}

/** PLN-001: the head sees who has no plan and who is behind, and gives one back with a word. */
async function overview(page, t) {
  await go(page, '/plans/team')
  await page.locator('.line').first().waitFor()
  t.expect('who has no plan stands first', (await page.locator('.line').first().innerText()).includes('没有计划'))
  await t.axe('overview')
  await t.shot('overview')
}

/** PLN-608: the day's log is kept as one types, takes what the system saw, names a customer and is submitted. */
async function log(page, t) {
  await go(page, '/logs')
  await page.locator('form.write, article.log').first().waitFor()
  if (await page.locator('article.log').count()) await page.locator('.btn', { hasText: '改这篇日志' }).click()
  const fresh = !(await page.locator('label', { hasText: '为什么改' }).count())
  const text = page.locator('.mentions textarea').first()
  await text.click()
  const found = page.waitForResponse((r) => r.url().includes('/customers'))
  await text.pressSequentially('上午见了 @')
  await found
  await page.locator('.mentions .list button').first().waitFor()
  await t.shot('mention')
  await page.locator('.mentions .list button').first().click()
  t.expect('a customer is named', /@\S+\(\w+\)/.test(await text.inputValue()))
  if (await page.locator('.seen li').count()) {
    await page.locator('.seen li .icon-btn').first().click()
    t.expect('what was seen is taken', (await page.locator('.write .done li').count()) > 0)
  }
  if (fresh) {
    await page.locator('[role=status]', { hasText: '草稿已存' }).waitFor()
    await go(page, '/logs')
    await page.locator('form.write').waitFor()
    t.expect('the draft is there again', (await page.locator('.mentions textarea').first().inputValue()).includes('上午见了'))
  } else await page.locator('label', { hasText: '为什么改' }).locator('input').fill('补一户')
  await t.axe('log')
  await t.shot('log')
  await page.locator('form.write button.primary').click()
  await page.locator('article.log').waitFor()
  t.expect('it is submitted', (await page.locator('article.log').innerText()).includes('提交'))
  await t.shot('submitted')
}

/** PLN-609, QUA-614: logs are read, a sample is drawn by a seed and marked with a reason; marks count in appraisal. */
async function check(page, t) {
  await go(page, '/logs/team')
  await page.locator('table.list tbody tr').first().waitFor()
  await t.axe('logs')
  await t.shot('logs')
  await go(page, '/logs/checks')
  await page.locator('form.make input[maxlength="100"]').fill(`走查 ${t.width}`)
  await page.locator('form.make input[type=number]').fill('2')
  await page.locator('form.make .btn.primary').click()
  await page.waitForURL(/checks\/\d+/)
  await page.locator('button.line').first().waitFor()
  t.expect('as many as asked are drawn', (await page.locator('button.line').count()) === 2)
  await page.locator('button.line').first().click()
  await page.locator('.open input[type=radio]').first().check()
  await page.locator('.open textarea').fill('看过了，写清了谈什么')
  await t.axe('check')
  await t.shot('check')
  await page.locator('.open .btn.primary').click()
  await page.locator('button.line .tag.teal').first().waitFor()
  t.expect('it has its mark', true)
  await go(page, '/logs/figures')
  await page.locator('button.line').first().waitFor()
  await page.locator('button.line').first().click()
  await t.axe('figures')
  await t.shot('figures')
}

/** PLN-307: minutes that wait are agreed to by who was there. */
async function minutes(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const waiting = (await read(x.at.url, session, '/meetings?from=2025-12-15&to=2026-01-20')).items.find((m) => m.waits_for_me)
  await go(page, '/meetings')
  await page.locator('.days li').first().waitFor()
  await t.axe('meetings')
  await t.shot('meetings')
  if (!waiting) return
  await go(page, `/meetings/${waiting.id}`)
  await page.locator('.agree').waitFor()
  await t.axe('meeting')
  await t.shot('meeting')
  await page.locator('.agree .btn.primary').click()
  await page.locator('.agree').waitFor({ state: 'detached' })
  t.expect('the minutes are agreed to', true)
}

/** ORG-624, ORG-628: the leader sees what each member did on their days in the team; one who left stands with them. */
async function team(page, t, x) {
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const plan = (await read(x.at.url, session, '/work-plans?whose=mine&page_size=100')).items.find((p) => p.team_id)
  t.expect('the team has a plan', Boolean(plan))
  if (!plan) return
  await go(page, `/plans/${plan.id}`)
  const rows = page.locator('.team-progress tbody tr')
  await rows.first().waitFor()
  t.expect('everybody who was in it is there', (await rows.count()) >= 3)
  t.expect('with the last day of who left', (await page.locator('.team-progress').innerText()).includes('至'))
  await t.axe('team plan')
  await t.shot('team plan')
  await go(page, '/plans')
  await page.locator('.page-head .btn.primary').click()
  const dialog = page.locator('.el-dialog')
  await dialog.locator('input[name=plan-scope][value=team]').check()
  await dialog.locator('select.team').selectOption(String(plan.team_id))
  await t.axe('make')
  await t.shot('make')
  await dialog.locator('.el-dialog__footer .btn').first().click()
}

export const flows = {
  plans_team: { roles: ['manager'], widths: [390], work: team },
  plan: { roles: ['manager'], work: plan },
  plans_overview: { roles: ['branch_head'], work: overview },
  log: { roles: ['manager'], work: log },
  log_check: { roles: ['branch_head'], widths: [1440], work: check },
  minutes: { roles: ['manager'], widths: [1440], work: minutes },
}
