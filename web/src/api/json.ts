// JSON whose long numbers survive: a number of more than 15 digits is no double, it becomes text.
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

export function parseExact(text: string): unknown {
  if (!/\d{14}/.test(text.replace(/\./g, ''))) return JSON.parse(text)
  return JSON.parse(
    text.replace(TOKEN, (m) => (m.charCodeAt(0) === 34 || m.replace(/[^\d]/g, '').length <= 15 ? m : `"${m}"`)),
  )
}
