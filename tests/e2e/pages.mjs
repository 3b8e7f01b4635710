// Which pages a role has (by its permissions), and where each stands.
export const PAGES = [
  { name: 'me', path: '/me', permission: 'score.read', roles: ['manager'] },
  { name: 'board', path: '/board', permission: 'board.read' },
  { name: 'ranking', path: '/ranking', permission: 'score.read', notOwn: true },
  { name: 'score', path: (x) => `/scores/${x.holder}`, permission: 'score.read', notOwn: true },
  { name: 'customers', path: '/customers', permission: 'customer.read' },
  { name: 'customer', path: (x) => `/customers/${x.customer}`, permission: 'customer.read' },
  { name: 'imports', path: '/imports', permission: 'import.read' },
  { name: 'import', path: (x) => `/imports/${x.date}`, permission: 'import.read' },
  { name: 'people', path: '/people', permission: 'org.read' },
  { name: 'logins', path: '/people?tab=logins', permission: 'user.read' },
  { name: 'roles', path: '/people?tab=roles', permission: 'user.read' },
  { name: 'audit', path: '/audit', permission: 'audit.read' },
  { name: 'policies', path: '/policies', permission: 'policy.read' },
  { name: 'nowhere', path: '/no/such/page' },
]
export const has = (session, p) =>
  (!p.permission || (session.permissions[p.permission] ?? 'none') !== 'none') && !(p.notOwn && session.permissions[p.permission] === 'own') && (!p.roles || p.roles.some((r) => session.roles.includes(r)))

/** Things that stand in the bank: a holder, a customer, a date this session can see. */
export async function examples(page) {
  return page.evaluate(async () => {
    const get = async (path) => { const r = await fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } }); return r.ok ? r.json() : null }
    const session = await get('/session')
    const overview = await get('/overview')
    const scheme = overview?.schemes[0]
    const can = (p) => (session.permissions[p] ?? 'none') !== 'none'
    const period = scheme?.periods.filter((p) => p.complete && /Q/.test(p.period)).map((p) => p.period).sort().at(-1)
    const ranking = can('score.read') && scheme ? await get(`/ranking?scheme=${encodeURIComponent(scheme.scheme)}&period=${period}&page_size=1&sort=-total`) : null
    const customers = can('customer.read') ? await get('/customers?page_size=50&sort=-loans_total') : null
    const imports = can('import.read') ? await get('/imports?page_size=50') : null
    return {
      session, period, scheme: scheme?.scheme, holder: session.roles.includes('manager') ? session.staff_id : ranking?.items[0]?.id, customer: customers?.items[0]?.id,
      date: (imports?.items.find((i) => i.state === 'refused') ?? imports?.items.find((i) => i.open_totals) ?? imports?.items[0])?.business_date,
    }
  })
}
