// Writes the service worker of the field (sw.js) with the files its pages need: their code with all that it imports,
// its styles, both languages, what public/ brings for them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const PUBLIC = ['early.js', 'icon.svg', 'manifest.webmanifest']
const WANTED = /[\\/](pages[\\/]Field\w+\.vue|field[\\/]\w+\.(ts|vue)|i18n[\\/][\w-]*en[\w-]*\.ts)$/

export function offline() {
  return {
    name: 'guanhu-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = new Set()
        const take = (name) => {
          if (files.has(`/${name}`)) return
          files.add(`/${name}`)
          const chunk = bundle[name]
          if (chunk?.type !== 'chunk') return
          for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(`/${css}`)
          for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(`/${asset}`)
          chunk.imports.forEach(take)
        }
        for (const [name, chunk] of Object.entries(bundle))
          if (chunk.type === 'chunk' && (chunk.isEntry || WANTED.test(chunk.facadeModuleId ?? ''))) take(name)
        const own = PUBLIC.map((name) => [`/${name}`, readFileSync(here(`../public/${name}`))])
        const list = [...files, ...own.map(([name]) => name)].sort()
        const source = readFileSync(here('sw.js'), 'utf8')
        const hash = createHash('sha256').update(source).update(list.join('\n'))
        for (const [, bytes] of own) hash.update(bytes)
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: source.replace('__VERSION__', hash.digest('hex').slice(0, 16)).replace('__FILES__', JSON.stringify(list)) })
      },
    },
  }
}
