// Letters, notices and what goes out, as people use them.
import { go, settle } from './browser.mjs'
import { enter, read } from './server.mjs'

const dialog = (page) => page.locator('.el-dialog')
const gone = (page) => dialog(page).waitFor({ state: 'detached' })

/** A name is typed by its beginning, the first one offered is taken. */
async function address(page, name, words) {
  const box = page.locator(`#${name}-input`)
  const answered = page.waitForResponse((r) => r.url().includes('/mail-addresses') && decodeURIComponent(r.url()).includes(`words=${words}`))
  await box.fill(words)
  await answered
  await page.locator(`#${name}-list [role=option]`).first().click()
}

/** MSG-602: a letter is written, kept as a draft, sent, answered by its reader and recalled by its writer. */
async function letter(page, t, x) {
  const subject = `走一遍 ${t.width} ${Date.now()}`
  await go(page, '/mail')
  await page.locator('ul.letters li').first().waitFor()
  await t.axe('inbox')
  await t.shot('inbox')
  await page.locator('ul.letters a').first().click()
  await page.waitForURL(/mail\/\d+/)
  await page.locator('article.letter').waitFor()
  await settle(page)
  await t.axe('letter')
  await t.shot('letter')
  await go(page, '/mail/write')
  await page.locator('.page-head .btn.primary').click()
  await page.locator('#letter-form .wrong, #letter-form .note.red').first().waitFor()
  t.expect('a letter to nobody is not sent', page.url().includes('/mail/write'))
  const head = (await read(x.at.url, await enter(x.at.url, ...x.at.logins.branch_head), '/session'))
  await address(page, 'to', head.staff_id)
  await page.locator('#letter-form input[maxlength="200"]').fill(subject)
  const kept = page.waitForResponse((r) => ['POST', 'PUT'].includes(r.request().method()) && /\/mail(\/\d+)?$/.test(r.url()) && r.ok())
  await page.locator('#letter-form textarea').fill('请看一下**益农建材**的材料。\n- 合同\n- 照片')
  await kept
  await t.axe('write')
  await t.shot('write')
  await page.locator('.page-head .btn.primary').click()
  await page.waitForURL(/mail\/\d+\?folder=sent/)
  await page.locator('article.letter').waitFor()
  t.expect('what is strong is strong', (await page.locator('article.letter .marked b').innerText()) === '益农建材')
  t.expect('nobody has read it', (await page.locator('.receipts summary').innerText()).includes('0'))
  const session = await enter(x.at.url, ...x.at.logins.branch_head)
  const came = (await read(x.at.url, session, '/mail?folder=inbox&unread=true')).items.find((r) => r.subject === subject)
  t.expect('it is in the inbox of whom it was sent to', came !== undefined)
  const auditor = await enter(x.at.url, ...x.at.logins.auditor)
  t.expect('and nobody else finds it', (await read(x.at.url, auditor, `/mail?words=${encodeURIComponent(subject)}`)).items.length === 0)
  await page.locator('.acts .btn', { hasText: '撤回' }).click()
  await dialog(page).locator('textarea').fill('发错了')
  await t.shot('recall')
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  await settle(page)
  t.expect('recalled before it was read it is gone there', (await read(x.at.url, session, '/mail?folder=inbox')).items.every((r) => r.subject !== subject))
}

/** MSG-601: a notice for the branch is written and published; who has not read it is listed and reminded. */
async function notice(page, t) {
  const title = `走一遍 ${t.width} ${Date.now()}`
  await go(page, '/notices')
  await page.locator('.page-head .btn.primary').click()
  await page.waitForURL(/notices\/new\/edit/)
  await page.locator('#notice-form').waitFor()
  page.expected.add(422)
  await page.locator('.page-head .btn.primary').click()
  await page.locator('#notice-form .wrong').first().waitFor()
  await page.locator('#notice-form input[maxlength="200"]').fill(title)
  await page.locator('#notice-form textarea').fill('周五晨会提前到八点，请带走访记录。')
  const session = await page.evaluate(() => fetch('/api/v1/session').then((r) => r.json()))
  await address(page, 'audience', session.org.name)
  await page.locator('#notice-form label.row input').first().check()
  await t.axe('edit')
  await t.shot('edit')
  await page.locator('.page-head .btn.primary').click()
  await page.waitForURL(/notices\/\d+$/)
  await page.locator('.readers li').first().waitFor()
  t.expect('it is published', (await page.locator('.page-head .tag.green').innerText()) === '已发布')
  await t.axe('readers')
  await t.shot('readers')
  await page.locator('.readers header .btn').click()
  await page.locator('.readers .note.green').waitFor()
  await page.locator('.know .btn').click()
  await page.locator('.text .note.green').waitFor()
  t.expect('the author has read it himself', (await page.locator('.readers .tag.green').count()) > 0)
  await page.locator('.page-head .btn', { hasText: '撤下' }).click()
  await dialog(page).locator('textarea').fill('改了时间')
  await dialog(page).locator('.btn.primary').click()
  await gone(page)
  await settle(page)
  t.expect('withdrawn it says so', (await page.locator('.page-head .tag.red').innerText()) === '已撤下')
}

/** A notice that must be known is a to-do until one says so; messages tell their article. */
async function known(page, t) {
  await go(page, '/notices')
  const row = page.locator('main ul.card li', { hasText: '开户和大额转账核对手机号' }).first()
  await row.waitFor()
  await t.axe('list')
  await t.shot('list')
  await row.locator('a').click()
  await page.locator('article.text').waitFor()
  await settle(page)
  await t.axe('notice')
  await t.shot('notice')
  if (await page.locator('.know .btn').count()) {
    await page.locator('.know .btn').click()
    await page.locator('.text .note.green').waitFor()
  }
  t.expect('it is known', (await page.locator('.text .note.green').innerText()).includes('已阅知'))
  await go(page, '/messages')
  await page.locator('main ul.card li').first().waitFor()
  await t.axe('messages')
  await t.shot('messages')
  await go(page, '/mail/settings')
  const boxes = page.locator('tbody input')
  await boxes.first().waitFor()
  t.expect('what a rule demands cannot be switched off', (await page.locator('tbody input:disabled').count()) > 1)
  await page.locator('.parts > label.row input').last().check()
  await page.locator('form.card .btn.primary').first().click()
  await page.locator('form.card [role=status]').first().waitFor()
  await t.axe('settings')
  await t.shot('settings')
}

/** The administrator sets up a channel, tries it, sees the queue; its secrets are not shown again. */
async function channel(page, t) {
  await go(page, '/outbox/channels')
  await page.locator('.channels li').first().waitFor()
  t.expect('keys are covered', !(await page.locator('main').innerText()).includes('key=sample'))
  await page.locator('.page-head .btn.primary').click()
  const form = page.locator('form.form')
  await form.locator('input').first().fill(`走一遍 ${t.width} ${Date.now()}`)
  await form.locator('input[placeholder="https://"]').fill('https://127.0.0.1/hook')
  await form.locator('input[type=password]').fill('short')
  page.expected.add(422)
  await form.locator('.btn.primary').click()
  await form.locator('.wrong').waitFor()
  t.expect('a secret that is too short is named at its field', (await form.locator('.wrong').innerText()).includes('16'))
  await form.locator('input[type=password]').fill('0123456789abcdef')
  await t.axe('form')
  await t.shot('form')
  await form.locator('.btn.primary').click()
  await form.waitFor({ state: 'detached' })
  await settle(page)
  const mine = page.locator('.channels li', { hasText: `走一遍 ${t.width}` }).first()
  await mine.locator('.btn', { hasText: '试发' }).click()
  await mine.locator('.note').waitFor()
  t.expect('an address inside that is not listed is not sent to', (await mine.locator('.note').innerText()).includes('行内'))
  await t.axe('channels')
  await t.shot('channels')
  await go(page, '/outbox')
  await settle(page)
  await t.axe('queue')
  await t.shot('queue')
}

/** The manager sees what waits to go to customers, and lets one go. */
async function release(page, t) {
  await go(page, '/outbox?state=proposed')
  await settle(page)
  await t.axe('proposed')
  await t.shot('proposed')
  const first = page.locator('.list a').first()
  if (!(await first.count())) return
  await first.click()
  await page.locator('article.one').waitFor()
  await settle(page)
  await t.shot('one')
  const consent = page.locator('article.one dd .btn')
  if (await consent.count()) {
    await consent.click()
    await dialog(page).locator('textarea').fill('柜面书面同意')
    await dialog(page).locator('.btn.primary').click()
    await gone(page)
    await settle(page)
  }
  await page.locator('article.one .btn.primary').click()
  await page.locator('article.one .btn.primary').waitFor({ state: 'detached' })
  await settle(page)
  t.expect('it is released', (await page.locator('article.one header .tag').innerText()) !== '待放行')
}

export const flows = {
  letter: { roles: ['manager'], work: letter },
  notice: { roles: ['branch_head'], work: notice },
  known: { roles: ['manager'], work: known },
  channel: { roles: ['administrator'], widths: [1440], work: channel },
  release: { roles: ['manager'], work: release },
}
