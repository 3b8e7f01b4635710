// A model that Guanhu exported, opened in dmn-js in Chromium, a cell edited and saved as its modeller does.
//   node open.mjs MODEL EDITED: opens MODEL, writes it edited to EDITED; prints what it saw as JSON
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { launch } from '../browser.mjs'

const dist = join(dirname(createRequire(import.meta.url).resolve('dmn-js/package.json')), 'dist')
const [model, edited] = process.argv.slice(2)
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
const complaints = []
page.on('pageerror', (e) => complaints.push(e.message))
// That its library is a build for development, is no matter of the model.
page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !m.text().includes('Inferno')) complaints.push(m.text()) })
await page.setContent('<div id="canvas" style="width: 1600px; height: 960px"></div>')
for (const name of ['diagram-js', 'dmn-js-shared', 'dmn-js-drd', 'dmn-js-decision-table', 'dmn-js-decision-table-controls', 'dmn-js-literal-expression', 'dmn-js-boxed-expression'])
  await page.addStyleTag({ path: join(dist, 'assets', `${name}.css`) })
await page.addScriptTag({ path: join(dist, 'dmn-modeler.production.min.js') })

const seen = await page.evaluate(async (xml) => {
  const modeler = window.modeler = new window.DmnJS({ container: '#canvas' })
  const { warnings } = await modeler.importXML(xml)
  const views = modeler.getViews().map((v) => ({ type: v.type, name: v.element.name }))
  await modeler.open(modeler.getViews().find((v) => v.type === 'drd'))
  return { warnings: warnings.map((w) => w.message ?? String(w)), views }
}, readFileSync(model, 'utf8'))
seen.shapes = await page.locator('.djs-shape').count()
seen.connections = await page.locator('.djs-connection').count()
await page.evaluate(() => window.modeler.getActiveViewer().get('canvas').zoom('fit-viewport'))
await page.screenshot({ path: edited.replace(/\.dmn$/, '-diagram.png') })

/** Opens the decision's table; gives the texts of its cells, row by row. */
seen.table = await page.evaluate(async () => {
  const view = window.modeler.getViews().find((v) => v.type === 'decisionTable')
  const { warnings } = await window.modeler.open(view)
  if (warnings.length) throw new Error(warnings.join())
  return view.element.name
})
await page.locator('.tjs-table tbody tr').first().waitFor()
seen.rows = await page.locator('.tjs-table tbody tr').evaluateAll((rows) => rows.map((r) => [...r.querySelectorAll('td')].map((c) => c.innerText.trim())))
await page.screenshot({ path: edited.replace(/\.dmn$/, '.png') })

const xml = await page.evaluate(async () => {
  const view = window.modeler.getActiveView()
  const viewer = window.modeler.getActiveViewer()
  const row = view.element.decisionLogic.rule[0]
  viewer.get('modeling').editCell(row.inputEntry[2], '<= 自主上限 / 2')
  viewer.get('modeling').editAnnotation(row, '改小了')
  return (await window.modeler.saveXML({ format: true })).xml
})
writeFileSync(edited, xml)
await browser.close()
console.log(JSON.stringify({ ...seen, complaints }))
