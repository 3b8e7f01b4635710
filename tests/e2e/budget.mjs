// What the first load costs: bytes of the login page, and how long 我的业绩 takes on a slow 4G line
// (150 ms per request, 1.6 Mbit/s) with an empty cache. Limits: 200 KB, 1.5 s.
import { launch, settle, watch } from './browser.mjs'
import { logIn, server } from './server.mjs'

const at = await server()
const browser = await launch()
const quiet = { add() {} } // run.mjs looks for what is wrong; here only the cost counts
let failed = 0
const report = (what, value, limit, unit) => {
  const ok = value <= limit
  if (!ok) failed++
  console.log(`${ok ? '✓' : '✗'} ${what}: ${value} ${unit} (limit ${limit})`)
}
async function counted(page) {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  const total = { bytes: 0, requests: 0 }
  client.on('Network.loadingFinished', (e) => { total.bytes += e.encodedDataLength; total.requests++ })
  return { client, total }
}
{
  const page = await (await browser.newContext({ baseURL: at.url })).newPage()
  watch(page, at.url, quiet, 'login')
  const { total } = await counted(page)
  await page.goto('/login')
  await page.locator('button[type=submit]').waitFor()
  await settle(page)
  report(`login page, ${total.requests} requests`, Math.round(total.bytes / 1024), 200, 'KB')
}
{
  const context = await browser.newContext({ baseURL: at.url, viewport: { width: 390, height: 844 } })
  const first = await context.newPage()
  watch(first, at.url, quiet, 'me')
  await logIn(first, at.logins.manager)
  const kept = await context.storageState()
  const times = []
  let bytes = 0
  for (let i = 0; i < 5; i++) {
    const cold = await browser.newContext({ baseURL: at.url, viewport: { width: 390, height: 844 }, storageState: kept })
    const page = await cold.newPage()
    const { client, total } = await counted(page)
    await client.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 })
    const began = Date.now()
    await page.goto('/me', { waitUntil: 'commit' })
    await page.locator('.hero .total button.fig').waitFor()
    times.push(Date.now() - began)
    bytes = total.bytes
    await cold.close()
  }
  times.sort((a, b) => a - b)
  console.log(`  我的业绩: ${times.join(', ')} ms, ${Math.round(bytes / 1024)} KB`)
  report('我的业绩 usable on slow 4G, median of 5', times[2], 1500, 'ms')
}
await browser.close()
console.log(`${2 - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
