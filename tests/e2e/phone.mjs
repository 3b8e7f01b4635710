// A phone of the field: Chromium of its own with a profile on the disk, so that it can be killed like a phone whose
// battery is empty, and started again with what it kept.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BROWSER, FLAGS, watch } from './browser.mjs'

const { chromium } = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))('playwright-core')

export class Phone {
  constructor(url, name) {
    this.url = url
    this.name = name
    this.folder = mkdtempSync(join(tmpdir(), 'guanhu-phone-'))
    this.scripts = [] // what went wrong on its pages
  }
  /** Switched on: a page of the size of a phone; whoever was logged in still is. */
  async on() {
    this.process = spawn(BROWSER, [...FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.folder}`, '--lang=zh-CN', '--force-prefers-reduced-motion', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    this.ended = new Promise((done) => this.process.once('exit', done))
    const address = await new Promise((done, failed) => {
      let said = ''
      this.process.once('exit', (code) => failed(new Error(`the phone's browser ended with ${code}: ${said.slice(-400)}`)))
      this.process.stderr.on('data', (part) => {
        said += part
        const found = /DevTools listening on (ws:\S+)/.exec(said)
        if (found) done(found[1])
      })
    })
    this.browser = await chromium.connectOverCDP(address)
    this.context = this.browser.contexts()[0]
    await this.context.grantPermissions(['geolocation'], { origin: this.url })
    await this.context.setGeolocation({ latitude: 33.61, longitude: 116.92, accuracy: 12 })
    this.page = await this.context.newPage()
    // A context over CDP has no base address.
    const goto = this.page.goto.bind(this.page)
    this.page.goto = (where, options) => goto(where.startsWith('/') ? `${this.url}${where}` : where, options)
    await this.page.setViewportSize({ width: 390, height: 844 })
    watch(this.page, this.url, { add: (_, what) => { if (what.startsWith('script')) this.scripts.push(what) } }, this.name)
    return this.page
  }
  /** At once, with nothing said to the pages: SIGKILL to the browser and all its processes. */
  async killed() {
    process.kill(-this.process.pid, 'SIGKILL')
    await this.ended
    await this.browser.close().catch(() => { /* it is gone */ })
  }
  async offline(off) { await this.context.setOffline(off) }
  async thrownAway() {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.killed()
    try {
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    } catch { /* a process that is going still writes: the system clears its temporary folder */ }
  }
}

/** A photo made here: large enough that it must shrink; as bytes of a JPEG. */
export async function picture(page, width = 2400, height = 1800, noise = 0) {
  const url = await page.evaluate(([w, h, n]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h })
    const c = canvas.getContext('2d')
    for (let i = 0; i < 400; i++) {
      c.fillStyle = `hsl(${(i * 47) % 360} 60% ${30 + (i % 5) * 10}%)`
      c.fillRect((i * 131) % w, (i * 89) % h, 200, 160)
    }
    if (n) {
      // What no JPEG makes small: then the sides must get shorter.
      const pixels = c.getImageData(0, 0, w, h)
      for (let i = 0, seed = 7; i < pixels.data.length; i++) { seed = (seed * 1103515245 + 12345) & 0x7fffffff; if (i % 4 !== 3) pixels.data[i] = seed >> 16 }
      c.putImageData(pixels, 0, 0)
    }
    return canvas.toDataURL('image/jpeg', 0.95)
  }, [width, height, noise])
  return Buffer.from(url.split(',')[1], 'base64')
}
