// What people do with appraisal by people and with grades: fill in, plan, decide, declare.
import { go, inspect, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

const kept = async (page) => { await page.locator('.foot .keep', { hasText: '已保存' }).waitFor(); await settle(page) }
const mark = (page, entry, n) => page.locator(`[id="entry-${entry}"] .choices label`).nth(n).click()

/** A form that is half filled in is taken up again, refused while something is missing, handed in, taken back. */
export async function assessing(page, t) {
  await go(page, '/assessment-forms')
  t.expect('a plan says how far one is', await page.locator('.plan .share').first().isVisible())
  await page.locator('.plan li a', { hasText: /已打|未打分/ }).first().click()
  await page.waitForURL(/assessment-forms\/\d+/)
  await settle(page)
  const entries = await page.locator('fieldset.entry').count()
  t.expect('each entry has its standard beside it', entries > 2 && (await page.locator('fieldset.entry .standard').count()) === entries)
  await mark(page, '1.1', 1)
  await kept(page)
  const chosen = await page.locator('[id="entry-1.1"] input:checked').inputValue()
  await go(page, page.url())
  t.expect('what is half filled in is there again', (await page.locator('[id="entry-1.1"] input:checked').inputValue()) === chosen)
  if ((await page.locator('fieldset.entry.done').count()) < entries) {
    await page.locator('.foot .btn.primary').click()
    await page.locator('fieldset.entry.bad').first().waitFor()
    t.expect('what is missing is said at its entry', await page.locator('fieldset.entry.bad [role=alert]').first().isVisible())
    await t.axe('missing')
    await t.shot('missing')
  }
  for (const entry of await page.locator('fieldset.entry').evaluateAll((all) => all.map((e) => e.id.replace('entry-', '')))) await mark(page, entry, 0)
  await kept(page)
  await t.axe('filled')
  await t.shot('filled')
  await page.locator('.foot .btn.primary').click()
  await page.locator('.about .tag.green').waitFor()
  await settle(page)
  t.expect('what is handed in is locked', await page.locator('fieldset.entry input').first().isDisabled())
  await page.locator('.page-head .btn', { hasText: '撤回' }).click()
  t.expect('it is not taken back without a reason', await page.locator('.el-dialog .btn.primary').isDisabled())
  await page.locator('.el-dialog textarea').fill(`走一遍 ${t.width}`)
  await t.axe('take back')
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await page.locator('.foot .btn.primary').waitFor()
  t.expect('and can be changed again', !(await page.locator('fieldset.entry input').first().isDisabled()))
}

/** A plan is written, mended where it is wrong, looked at, approved by somebody else, dropped before it starts. */
export async function planning(page, t, x) {
  const [second] = x.others
  await go(page, '/assessments/new')
  await page.locator('select[required]').selectOption('platform-2012/post-performance')
  await page.locator('input[maxlength="200"]').first().fill(`走一遍 ${t.width}`)
  const times = page.locator('input[type=datetime-local]')
  const [starts, deadline] = [await times.nth(0).inputValue(), await times.nth(1).inputValue()]
  await times.nth(1).fill(starts)
  page.expected.add(422)
  await page.locator('.foot .btn.primary').click()
  await page.locator('span.bad').first().waitFor()
  t.expect('what is wrong stands at its field', (await page.locator('label:has(input[type=datetime-local])').nth(1).locator('.bad').count()) === 1)
  await t.axe('wrong')
  await t.shot('wrong')
  await times.nth(1).fill(deadline)
  await page.locator('.foot .btn.primary').click()
  await page.waitForURL(/assessments\/\d+\?tab=preview/)
  await settle(page)
  const path = new URL(page.url()).pathname
  t.expect('who would judge whom is listed', (await page.locator('tbody tr').count()) > 3)
  await t.axe('preview')
  await t.shot('preview')
  t.expect('the maker does not approve', !(await page.locator('.page-head .btn', { hasText: '批准' }).count()))
  await go(second, path)
  await second.locator('.page-head .btn.primary', { hasText: '批准' }).click()
  await inspect(second, `planning approve ${t.width}`, t.findings)
  await second.locator('.el-dialog .btn.primary').click()
  await second.locator('.page-head .tag', { hasText: '待启用' }).waitFor()
  await go(page, path)
  await page.locator('.page-head .btn.danger').click()
  await page.locator('.el-dialog .btn.danger').click()
  await page.waitForURL(/assessments$/)
  await settle(page)
  t.expect('what has not started may be dropped', !(await page.locator('body').innerText()).includes(`走一遍 ${t.width}`))
}

/** From the plans to one person's sheet: what each total is made of, how assessors judge, a workbook. */
export async function results(page, t) {
  await go(page, '/assessments')
  await page.locator(t.width < 700 ? '.two-lines a' : 'tbody a', { hasText: '三季度' }).click()
  await page.waitForURL(/assessments\/\d+/)
  await settle(page)
  t.expect('the title says what came out', (await page.locator('.card h2').first().innerText()).includes('平均'))
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.card a[download]').first().click()])
  t.expect('a workbook is made', /assessment-\d+\.xlsx/.test(file.suggestedFilename()))
  await page.locator('.tabs button', { hasText: '打分质量' }).click()
  await page.locator('.track').first().waitFor()
  await settle(page)
  t.expect('who is easy to please is told by a word', await page.locator('.tag.amber', { hasText: '偏宽' }).first().isVisible())
  t.expect('and pairs who lift one another', (await page.locator('.pairs li').count()) > 0)
  await page.locator('details.how summary').click()
  await t.axe('quality')
  await t.shot('quality')
  await page.locator('.tabs button', { hasText: '结果' }).click()
  await page.locator('tr.open a').first().click()
  await page.waitForURL(/results\//)
  await settle(page)
  t.expect('each group stands with its weight', (await page.locator('tbody tr').count()) >= 4)
  await page.locator('.forms .line').first().click()
  await page.locator('.marks table').waitFor()
  await t.axe('sheet')
  await t.shot('sheet')
}

/** A proposal with the rule that moves it is decided by another; the person finds it in the career and appeals. */
export async function promoting(page, t, x) {
  const [chief, manager] = x.others
  await go(page, '/grades')
  t.expect('who holds which grade is drawn', (await page.locator('.bars button').count()) >= 3)
  await page.locator('.tabs button').nth(1).click()
  await page.waitForURL(/tab=proposals/)
  await settle(page)
  await t.axe('proposals')
  await t.shot('proposals')
  await page.locator(t.width < 700 ? '.two-lines a' : 'tbody a').first().click()
  await page.waitForURL(/grade-proposals\/\d+/)
  await settle(page)
  t.expect('the rule that moves it is named', /GRD-\d{3}|DSC-\d{3}/.test(await page.locator('.rules').innerText()))
  t.expect('who decides is said', (await page.locator('aside').innerText()).includes('等级评定小组'))
  t.expect('who proposed does not decide', await page.locator('aside .note.amber').isVisible())
  const path = new URL(page.url()).pathname
  await go(chief, path)
  await chief.locator('aside textarea').fill('评定小组同意')
  t.expect('nothing is accepted without a document', await chief.locator('aside .btn.primary').isDisabled())
  await chief.locator('aside input[maxlength="200"]').fill(`人资〔2026〕${t.width} 号`)
  await inspect(chief, `promoting decide ${t.width}`, t.findings)
  await chief.locator('aside .btn.primary').click()
  await chief.locator('aside .tag.green').waitFor()
  await chief.locator('.page-head a', { hasText: '本人履历' }).click()
  await settle(chief)
  t.expect('the step stands in the career', (await chief.locator('ol.steps').innerText()).includes(`${t.width} 号`))
  await inspect(chief, `promoting career ${t.width}`, t.findings)
  await go(manager, '/grades')
  t.expect('one sees only the own file', /\/grades\/S\d+/.test(manager.url()))
  const button = manager.locator('.rows .btn', { hasText: '申诉' }).first()
  if (await button.count()) {
    await button.click()
    await manager.locator('.el-dialog textarea').fill('考核总分少算了一笔存款')
    await manager.locator('.el-dialog .btn.primary').click()
    await manager.locator('.rows .note', { hasText: '待处理' }).waitFor()
  }
  await go(page, '/grades?tab=appeals')
  t.expect('the appeal waits for another person', (await page.locator('.card li').count()) > 0)
  await t.axe('appeals')
}

/** A relative is declared; nobody but human resources ends it. */
export async function relatives(page, t, x) {
  const [hr] = x.others
  const session = await enter(x.at.url, ...x.at.logins.manager)
  const other = (await read(x.at.url, session, '/staff?position=teller&page_size=5')).items[t.width < 700 ? 1 : 0]
  await go(page, '/relatives')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('.el-dialog input[type=search]').fill(other.id)
  await page.locator('.el-dialog li button').first().click()
  await t.axe('declare')
  await t.shot('declare')
  await page.locator('.el-dialog .btn.primary').click()
  await page.locator('.el-dialog').waitFor({ state: 'detached' })
  await page.locator('li', { hasText: other.name }).waitFor()
  t.expect('one cannot end what one declared', !(await page.locator('li .btn').count()))
  await go(hr, '/relatives')
  const row = hr.locator('li', { hasText: other.name })
  await row.locator('.btn').click()
  await inspect(hr, `relatives end ${t.width}`, t.findings)
  await hr.locator('.el-dialog .btn.danger').click()
  await row.waitFor({ state: 'detached' })
}
