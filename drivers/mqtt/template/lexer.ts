/** Why a template cannot be evaluated: outside the subset, or malformed. */
export class TemplateError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'TemplateError'
  }
}

export type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'mark'; readonly value: string }

/** A template cut into plain text, `{{ … }}` and `{% … %}`. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print' | 'tag'; readonly tokens: readonly Token[] }

const marks = [
  '==',
  '!=',
  '<=',
  '>=',
  '//',
  '**',
  '|',
  '~',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '.',
  '=',
  '<',
  '>',
]
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

export function cut(source: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let trimsNext = false
  while (at < source.length) {
    const open = nextOpen(source, at)
    const text = source.slice(at, open ?? source.length)
    const kept = trimsNext ? text.trimStart() : text
    if (open === undefined) {
      if (kept !== '') pieces.push({ kind: 'text', text: kept })
      break
    }
    const isTrimmed = source[open + 2] === '-'
    const plain = isTrimmed ? kept.trimEnd() : kept
    if (plain !== '') pieces.push({ kind: 'text', text: plain })
    const kind = source[open + 1]
    const end = closeOf(source, open + 2, kind === '{' ? '}}' : kind === '%' ? '%}' : '#}')
    const inside = source.slice(open + 2 + (isTrimmed ? 1 : 0), end)
    trimsNext = inside.endsWith('-')
    if (kind !== '#')
      pieces.push({
        kind: kind === '{' ? 'print' : 'tag',
        tokens: lex(trimsNext ? inside.slice(0, -1) : inside),
      })
    at = end + 2
    // Jinja drops one line break after a tag only with trim_blocks, which is off here; the text stays.
  }
  return pieces
}

function nextOpen(source: string, from: number): number | undefined {
  for (let at = source.indexOf('{', from); at !== -1; at = source.indexOf('{', at + 1))
    if ('{%#'.includes(source[at + 1] ?? ' ')) return at
  return undefined
}
/** The closing mark outside of strings. */
function closeOf(source: string, from: number, close: string): number {
  let quote = ''
  let braces = 0
  for (let at = from; at < source.length; at++) {
    const char = source[at]!
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (close !== '#}' && (char === '"' || char === "'")) quote = char
    else if (braces === 0 && source.startsWith(close, at)) return at
    else if (char === '{') braces++
    // The end of an object inside an expression looks like the end of the expression.
    else if (char === '}' && braces > 0) braces--
  }
  throw new TemplateError('a bracket is not closed')
}

function lex(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const char = source[at]!
    if (/\s/.test(char)) {
      at++
      continue
    }
    const number = /^\d[\d_]*(\.\d+)?(e[-+]?\d+)?/i.exec(source.slice(at, at + 32))
    if (number !== null) {
      tokens.push({ kind: 'number', value: Number(number[0].replaceAll('_', '')) })
      at += number[0].length
      continue
    }
    if (char === '"' || char === "'") {
      const [value, next] = readString(source, at)
      tokens.push({ kind: 'string', value })
      at = next
      continue
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(source.slice(at, at + 128))
    if (name !== null) {
      tokens.push({ kind: 'name', value: name[0] })
      at += name[0].length
      continue
    }
    const mark = marks.find((other) => source.startsWith(other, at))
    if (mark === undefined) throw new TemplateError(`"${char}" is not understood`)
    tokens.push({ kind: 'mark', value: mark })
    at += mark.length
  }
  return tokens
}

function readString(source: string, from: number): readonly [string, number] {
  const quote = source[from]
  let value = ''
  for (let at = from + 1; at < source.length; at++) {
    const char = source[at]!
    if (char === quote) return [value, at + 1]
    if (char === '\\') {
      at++
      const escaped = source[at] ?? ''
      value += escapes[escaped] ?? `\\${escaped}`
    } else value += char
  }
  throw new TemplateError('a string is not closed')
}
