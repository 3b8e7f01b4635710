// The words of a search and where they stand in what was found.

/** Letters, figures and characters that stand together; blanks and punctuation part them (as the server does). */
export const wordsIn = (query: string): string[] => query.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

export interface Piece { text: string; found: boolean }
/** A text cut where words were found; together the pieces are the text. */
export function pieces(text: string, words: string[]): Piece[] {
  const low = text.toLowerCase()
  if (low.length !== text.length || !words.length) return [{ text, found: false }] // letters whose small form is longer
  const marked = new Array<boolean>(text.length).fill(false)
  for (const word of words)
    for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1)) marked.fill(true, at, at + word.length)
  const out: Piece[] = []
  for (let i = 0; i < text.length; i++) {
    const last = out.at(-1)
    if (last && last.found === marked[i]) last.text += text[i]
    else out.push({ text: text[i]!, found: marked[i]! })
  }
  return out
}
