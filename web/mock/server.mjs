// The mock's wire: sessions, CSRF, permissions, problem documents, the event stream, and ../dist.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as a from './answers.mjs'
import { PASSWORD } from './people.mjs'

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
const sessions = new Map()
const preferences = new Map()
const jobs = new Map()
const streams = new Set()
const log = []
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain' }
class Refuse extends Error { constructor(status, code, title, detail, more) { super(detail); Object.assign(this, { status, code, title, more }) } }
const gone = () => new Refuse(404, 'not_found', '没有这一项', '不存在，或者不在您的查看范围内。')

function record(actor, action, subject, detail = {}) {
  const previous = log.at(-1)?.hash ?? '0'.repeat(64)
  const entry = { sequence: log.length + 1, at: new Date(Date.UTC(2026, 0, 5, 0, log.length)).toISOString(), actor, action, subject, detail, previous }
  log.push({ ...entry, hash: createHash('sha256').update(JSON.stringify(entry)).digest('hex') })
}
for (let i = 0; i < 140; i++) record(['system', 'manager', 'auditor', 'administrator'][i % 4], ['import.apply', 'login', 'personal_data.read', 'user.add'][i % 4], [`date 2025-12-${String((i % 28) + 1).padStart(2, '0')}`, '', 'customer C00000394', 'login manager'][i % 4], i % 4 === 2 ? { reason: '核对预留电话' } : { import_id: i })

const send = (event, data) => { for (const s of streams) s.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`) }
function startJob(title, by) {
  const job = { id: randomUUID(), kind: 'import', title, state: 'running', done: 0, total: 10, message: '核对清单', started: new Date().toISOString(), ended: null, by, result: null }
  jobs.set(job.id, job)
  const timer = setInterval(() => {
    if (job.state !== 'running') return clearInterval(timer)
    job.done++
    job.message = ['核对清单', '检查明细', '核对总账', '入库'][Math.min(3, Math.floor(job.done / 3))]
    if (job.done >= job.total) Object.assign(job, { state: 'done', ended: new Date().toISOString(), message: '完成' })
    send('job', job)
    if (job.state === 'done') send('notice', { id: job.id, at: job.ended, level: 'info', title: job.title, text: '已入库，没有退回', link: '/imports' })
  }, 250)
  return job
}

// method, pattern, permission ('' any session), answer
const routes = [
  ['GET', '/session', '', (c) => c.session],
  ['DELETE', '/session', '', (c) => { sessions.delete(c.token); return null }],
  ['POST', '/session/password', '', (c) => {
    if (c.body.old_password !== PASSWORD) throw new Refuse(422, 'password.wrong', '口令不对', '原口令不对。')
    c.user.must_change = false
    return null
  }],
  ['GET', '/session/preferences', '', (c) => preferences.get(c.session.login) ?? {}],
  ['PUT', '/session/preferences', '', (c) => { preferences.set(c.session.login, { ...preferences.get(c.session.login), ...c.body }); return preferences.get(c.session.login) }],
  ['GET', '/overview', '', () => a.overview()],
  ['GET', '/search', '', (c) => a.search(c.query, c.session)],
  ['GET', '/scores/:holder', 'score.read', (c) => c.reach.holder(c.p.holder) && a.sheet(c.p.holder, c.query.period)],
  ['GET', '/scores/:holder/trend', 'score.read', (c) => c.reach.holder(c.p.holder) && a.trend(c.p.holder, c.query.period, Number(c.query.count ?? 8))],
  ['GET', '/scores/:holder/explain', 'score.read', (c) => c.reach.holder(c.p.holder) && a.explain(c.p.holder, c.query.period, c.query.figure)],
  ['GET', '/rows/:date/:file/:line/moved', 'score.read', (c) => a.moved(c.p.date, c.p.file, c.p.line)],
  ['GET', '/ranking', 'score.read', (c) => a.ranking(c.query, c.reach)],
  ['GET', '/board', 'board.read', (c) => a.board(c.query, c.reach, c.session.org.id)],
  ['GET', '/imports', 'import.read', (c) => a.page(a.imports(), c.query)],
  ['GET', '/imports/folders', 'import.run', () => ({ items: [{ folder: '2026-01-01', business_date: '2026-01-01', files: 11 }, { folder: '2026-01-02', business_date: '2026-01-02', files: 11 }] })],
  ['POST', '/imports/upload', 'import.run', (c) => startJob('导入上传的日期', c.session.login)],
  ['GET', '/imports/:date', 'import.read', (c) => a.importReport(c.p.date)],
  ['POST', '/imports', 'import.run', (c) => startJob(`导入 ${c.body.folder}`, c.session.login)],
  ['GET', '/jobs', '', (c) => a.page([...jobs.values()].reverse(), c.query)],
  ['DELETE', '/jobs/:id', '', (c) => { const j = jobs.get(c.p.id); if (j) { j.state = 'cancelled'; send('job', j) } return j }],
  ['GET', '/customers', 'customer.read', (c) => a.customers(c.query, c.reach)],
  ['GET', '/customers/:id', 'customer.read', (c) => a.customerOf(c.p.id, c.reach)],
  ['GET', '/customers/:id/balances', 'customer.read', (c) => a.customerOf(c.p.id, c.reach) && a.balances(c.p.id, c.query)],
  ['GET', '/customers/:id/transactions', 'customer.read', (c) => a.customerOf(c.p.id, c.reach) && a.transactions(c.p.id, c.query)],
  ['POST', '/customers/:id/personal', 'personal.read', (c) => {
    if ((c.body.reason ?? '').length < 4) throw new Refuse(400, 'input', '缺少原因', '请写明查看原因。', { errors: [{ where: '/reason', message: '至少四个字', hint: '写清楚为什么要看' }] })
    record(c.session.login, 'personal_data.read', `customer ${c.p.id}`, { reason: c.body.reason })
    return a.customerOf(c.p.id, c.reach) && a.personal(c.p.id)
  }],
  ['GET', '/orgs', 'org.read', () => ({ items: a.orgs(), total: a.orgs().length, page: 1, page_size: 500 })],
  ['GET', '/staff', 'org.read', (c) => a.staffList(c.query)],
  ['GET', '/staff/:id', 'org.read', (c) => a.staffOne(c.p.id)],
  ['GET', '/logins', 'user.read', (c) => a.page(a.users.map(a.loginItem), c.query)],
  ['POST', '/logins', 'user.manage', (c) => {
    if (a.users.some((u) => u.login === c.body.login)) throw new Refuse(409, 'login.taken', '登录名已有人用', '换一个登录名。')
    a.users.push({ ...c.body, must_change: true, disabled: false, last_login: null })
    return { login: c.body.login, password: 'once-7fq2-kd93' }
  }],
  ['PATCH', '/logins/:login', 'user.manage', (c) => { const u = a.users.find((x) => x.login === c.p.login); return u && a.loginItem(Object.assign(u, c.body)) }],
  ['POST', '/logins/:login/reset', 'user.manage', (c) => ({ login: c.p.login, password: 'once-m3xw-81zr' })],
  ['GET', '/roles', 'user.read', () => ({ items: a.roles() })],
  ['GET', '/audit', 'audit.read', (c) => a.page([...log].reverse().filter((e) => (!c.query.actor || e.actor === c.query.actor) && (!c.query.action || e.action.startsWith(c.query.action)) && (!c.query.subject || e.subject.includes(c.query.subject)) && (!c.query.q || JSON.stringify(e).includes(c.query.q))), c.query)],
  ['POST', '/audit/verify', 'audit.read', () => ({ records: log.length, head: { sequence: log.length, hash: log.at(-1).hash }, faults: [] })],
  ['GET', '/policies/:pack', 'policy.read', (c) => (c.p.pack === 'sample' ? a.policy : null)],
  ['GET', '/policies/:pack/:article', 'policy.read', (c) => a.policy.articles.find((x) => x.id === c.p.article)],
]
const match = (pattern, path) => {
  const names = []
  const m = new RegExp(`^${pattern.replace(/:(\w+)/g, (_, n) => (names.push(n), '([^/]+)'))}$`).exec(path)
  return m && Object.fromEntries(names.map((n, i) => [n, decodeURIComponent(m[i + 1])]))
}
async function bodyOf(req) {
  const chunks = []
  for await (const c of req) chunks.push(c)
  return (req.headers['content-type'] ?? '').includes('json') ? JSON.parse(Buffer.concat(chunks).toString() || '{}') : {}
}
function logIn(body, res) {
  const user = a.users.find((u) => u.login === body.login && !u.disabled)
  if (body.login === 'broken') throw new Refuse(500, 'broken', '服务器出了问题', '请稍后再试；仍不行时把编号告诉管理员。')
  if (!user || body.password !== PASSWORD) throw new Refuse(401, 'login.failed', '登录没有成功', '登录名或口令不对。')
  const token = randomUUID()
  sessions.set(token, user)
  res.setHeader('set-cookie', `guanhu=${token}; HttpOnly; SameSite=Strict; Path=/`)
  return a.session(user)
}
async function api(req, res, url, id) {
  const path = url.pathname.slice('/api/v1'.length)
  const body = ['POST', 'PUT', 'PATCH'].includes(req.method) ? await bodyOf(req) : {}
  if (req.method === 'POST' && path === '/session') return logIn(body, res)
  const token = /guanhu=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1]
  const user = sessions.get(token)
  if (!user) throw new Refuse(401, 'session.none', '没有登录', '请先登录。')
  const session = a.session(user)
  if (req.method !== 'GET' && req.headers['x-csrf-token'] !== session.csrf) throw new Refuse(403, 'session.csrf', '请求被拒绝', '缺少校验值，请重新打开页面。')
  if (user.must_change && !/^\/session/.test(path)) throw new Refuse(403, 'session.must_change', '须先改口令', '这是一次性口令，改后才能继续。')
  if (path === '/events') {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    res.write(': hello\n\n')
    streams.add(res)
    req.on('close', () => streams.delete(res))
    return undefined
  }
  for (const [method, pattern, permission, answer] of routes) {
    const p = method === req.method && match(pattern, path)
    if (!p) continue
    if (permission && !session.permissions[permission]) throw new Refuse(403, 'forbidden', '没有这项权限', '您的岗位不办理这件事。')
    const out = answer({ p, body, user, token, session, query: Object.fromEntries(url.searchParams), reach: permission ? a.reach(session, permission) : null })
    if (out === undefined || out === false || (out === null && method === 'GET')) throw gone()
    return out
  }
  throw gone()
}
function files(req, res, url) {
  const wanted = normalize(join(dist, decodeURIComponent(url.pathname)))
  const isFile = wanted.startsWith(dist) && existsSync(wanted) && statSync(wanted).isFile()
  const file = isFile ? wanted : join(dist, 'index.html')
  const accepts = req.headers['accept-encoding'] ?? ''
  const packed = accepts.includes('br') && existsSync(file + '.br') ? '.br' : accepts.includes('gzip') && existsSync(file + '.gz') ? '.gz' : ''
  res.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...(packed ? { 'content-encoding': packed === '.br' ? 'br' : 'gzip', vary: 'accept-encoding' } : {}),
    'cache-control': url.pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  })
  createReadStream(file + packed).pipe(res)
}
const delay = Number(process.env.MOCK_DELAY ?? 0)
createServer(async (req, res) => {
  const url = new URL(req.url, 'http://mock')
  if (!url.pathname.startsWith('/api/v1/')) return files(req, res, url)
  const id = randomUUID().slice(0, 8)
  res.setHeader('x-request-id', id)
  if (delay) await new Promise((done) => setTimeout(done, delay))
  try {
    const out = await api(req, res, url, id)
    if (out === undefined) return
    if (out === null) return res.writeHead(204).end()
    const text = JSON.stringify(out)
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`
    if (req.headers['if-none-match'] === etag) return res.writeHead(304, { etag }).end()
    res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache', etag }).end(text)
  } catch (e) {
    const status = e.status ?? 500
    if (!e.status) console.error(e)
    res.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: 'about:blank', title: e.title ?? '服务器出了问题', status, code: e.code ?? 'broken', detail: e.message, instance: id, ...e.more }))
  }
}).listen(Number(process.env.MOCK_PORT ?? 8099), '127.0.0.1', function () { console.log(`http://127.0.0.1:${this.address().port}`) })
