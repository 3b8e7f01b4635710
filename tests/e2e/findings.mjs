// What was looked at and what was wrong with it; printed as it is found, and as JUnit for the summary of all tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const xml = (text) => text.replace(/[<>&"\u0000-\u0008]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[c] ?? '')

export class Findings {
  passed = 0
  list = []
  cases = new Map() // name → what failed in it
  add(where, what) {
    this.list.push({ where, what })
    this.note(where).push(what)
    console.log(`  ✗ ${where}: ${what}`)
  }
  note(where) {
    if (!this.cases.has(where)) this.cases.set(where, [])
    return this.cases.get(where)
  }
  expect(where, what, ok) {
    this.note(where)
    if (ok) this.passed++
    else this.add(where, what)
  }
  close() {
    const folder = process.env.GUANHU_TEST_RESULTS
    if (folder) {
      const one = ([name, wrong]) => `<testcase classname="e2e" name="${xml(name)}" status="run">${wrong.length ? `<failure message="${xml(wrong.join('; '))}"/>` : ''}</testcase>`
      writeFileSync(join(folder, 'e2e.xml'), `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="e2e">\n${[...this.cases].map(one).join('\n')}\n</testsuite>\n`)
    }
    for (const f of this.list) console.log(`FAILED ${f.where}: ${f.what}`)
    console.log(`${this.passed} passed, ${this.list.length} failed`)
    return this.list.length ? 1 : 0
  }
}
