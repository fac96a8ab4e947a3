/** One line of a calendar file: `DTSTART;TZID=Europe/Berlin:20260301T090000`. */
export interface Line {
  readonly name: string
  readonly params: ReadonlyMap<string, string>
  readonly value: string
}

/** The lines of a calendar file, those that were folded put together. What is no line is left out. */
export function* linesOf(text: string): Generator<Line> {
  for (const each of unfolded(text)) {
    const line = lineOf(each)
    if (line !== undefined) yield line
  }
}

function* unfolded(text: string): Generator<string> {
  let held = ''
  let from = 0
  while (from <= text.length) {
    const end = text.indexOf('\n', from)
    const raw = text.slice(from, end === -1 ? text.length : end)
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line.startsWith(' ') || line.startsWith('\t')) held += line.slice(1)
    else {
      if (held !== '') yield held
      held = line
    }
    if (end === -1) break
    from = end + 1
  }
  if (held !== '') yield held
}

/** A colon within quotes belongs to a parameter. */
function lineOf(text: string): Line | undefined {
  let isQuoted = false
  let colon = -1
  for (let i = 0; i < text.length && colon === -1; i++) {
    const c = text[i]
    if (c === '"') isQuoted = !isQuoted
    else if (c === ':' && !isQuoted) colon = i
  }
  if (colon <= 0) return undefined
  const [name = '', ...rest] = text.slice(0, colon).split(';')
  const params = rest.map((each): [string, string] => {
    const at = each.indexOf('=')
    return [each.slice(0, Math.max(0, at)).toUpperCase(), each.slice(at + 1).replaceAll('"', '')]
  })
  return { name: name.toUpperCase(), params: new Map(params), value: text.slice(colon + 1) }
}

/** A text as people read it: one line, no control characters, no longer than a title. */
export function wordsOf(value: string, most: number): string {
  return value
    .slice(0, most * 4)
    .replaceAll(/\\[nN]/g, ' ')
    .replaceAll(/\\([\\;,])/g, '$1')
    .replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, most)
}
