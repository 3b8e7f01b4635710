// A pack's document cut into articles and blocks, as /policies answers them.
export function articles({ document, text }) {
  const out = []
  let article = null; let block = null
  text.split('\n').forEach((line, i) => {
    if (block) {
      if (line.startsWith('```')) block = null
      else block.source += line + '\n'
    } else if (line.startsWith('## ')) {
      const [id, ...title] = line.slice(3).split(' ')
      out.push((article = { id: `a${out.length + 1}`, article: id, title: title.join(' '), document: `policies/sample/${document}`, line: i + 1, locator: '001_fe46e065cb293345.txt', text: '', rules: [], blocks: [] }))
    } else if (line.startsWith('```') && article) {
      const [kind, name = ''] = line.slice(3).trim().split(/\s+/)
      article.blocks.push((block = { kind, name, line: i + 1, source: '', rules: [] }))
    } else if (article && line.trim()) article.text += line.trim() + (/[。：；]$/.test(line) ? '\n' : '')
  })
  for (const a of out) {
    for (const b of a.blocks) b.rules = [...(/rules\s*=\s*\[([^\]]*)\]/.exec(b.source)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map((m) => m[1])
    a.rules = [...new Set(a.blocks.flatMap((b) => b.rules))]
    a.text = a.text.trim()
  }
  return out
}
