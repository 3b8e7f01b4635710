// src/api/openapi.d.ts out of what the server says of itself. `--check` writes nothing and fails when the file
// differs. The binary: GUANHU_BINARY, else ../build/release/guanhu.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const target = at('../src/api/openapi.d.ts')
const binary = process.env.GUANHU_BINARY ?? at('../../build/release/guanhu')

const contract = execFileSync(binary, ['openapi'], { encoding: 'utf8', maxBuffer: 1 << 26 })
const head = '// Made by `npm run types` from `guanhu openapi`. Do not edit.\n'
const text = head + astToString(await openapiTS(JSON.parse(contract)))

if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  console.error('web/src/api/openapi.d.ts is not what `guanhu openapi` says: run `npm run types` in web/ and commit the file')
  process.exitCode = 1
}
