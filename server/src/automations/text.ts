import { Composer, Lexer, LineCounter, Parser, isAlias, isMap, isPair, isScalar, isSeq, visit } from 'yaml'
import type { CST, Document, Node, ParsedNode, YAMLMap } from 'yaml'
import type { AutomationTextFault } from '@eaves/model/api'

/** A text that was read, and where in it each thing stands. */
export interface ReadText {
  readonly document: Document.Parsed
  readonly placeOf: (path: readonly (string | number)[]) => { readonly line: number; readonly column: number }
}
/** As deep as an automation that may be saved goes, with some room; composing is recursive and must not go as deep as a text may. */
const deepest = 120
const mostNodes = 100_000
/** Words and signs that are read before it is clear what they make; each takes its time. */
const mostLexemes = 250_000
const mostDirectives = 10
const faultsTold = 20

/** Reads YAML (and so JSON) as data alone: no aliases, no depth without end, one document. */
export function readText(text: string): ReadText | readonly AutomationTextFault[] {
  const lines = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let [lexemes, directives] = [0, 0]
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token)
      if (token.type === 'directive') directives++
    }
    if (++lexemes > mostLexemes || directives > mostDirectives)
      return [{ path: '', code: 'text-too-big', line: text.slice(0, parser.offset).split('\n').length }]
    if (parser.stack.length > deepest)
      return [{ path: '', code: 'text-too-deep', line: text.slice(0, parser.offset).split('\n').length }]
  }
  for (const token of parser.end()) tokens.push(token)
  const documents = [
    ...new Composer({ version: '1.2', schema: 'core', merge: false, uniqueKeys: false }).compose(tokens),
  ]
  const [document] = documents
  if (document === undefined) return [{ path: '', code: 'text-empty' }]
  if (documents.length > 1) return [{ path: '', code: 'text-several' }]
  if (document.errors.length > 0)
    return document.errors.slice(0, faultsTold).map(({ code, pos }) => ({
      path: '',
      code: `yaml-${code.toLowerCase().replaceAll('_', '-')}`,
      ...place(pos[0]),
    }))
  const refused = refusedIn(document)
  if (refused !== undefined) return [{ path: '', code: refused.code, ...place(refused.at) }]
  return { document, placeOf: (path) => place(offsetOf(document.contents, path)) }
}

/** What a list of automations has no need of, and what others use to make much of little. */
function refusedIn(document: Document.Parsed): { readonly code: string; readonly at: number } | undefined {
  let found: { code: string; at: number } | undefined
  let nodes = 0
  visit(document, (_key, node) => {
    if (isMap(node)) {
      const twice = twiceIn(node)
      if (twice !== undefined) found = { code: 'yaml-duplicate-key', at: startOf(twice) }
    }
    if (isPair(node)) {
      if (isScalar(node.key) && node.key.value === '__proto__')
        found = { code: 'text-key', at: startOf(node.key) }
    } else if (isAlias(node)) found = { code: 'text-alias', at: startOf(node) }
    else if (++nodes > mostNodes) found = { code: 'text-too-big', at: startOf(node as Node) }
    else if (isScalar(node) && typeof node.value === 'bigint')
      found = { code: 'text-number', at: startOf(node) }
    return found === undefined ? undefined : visit.BREAK
  })
  return found
}

/** The first key that stands there already; looked up at once, however many there are. */
function twiceIn({ items }: YAMLMap): Node | undefined {
  const known = new Set<unknown>()
  for (const { key } of items) {
    if (!isScalar(key)) continue
    if (known.has(key.value)) return key
    known.add(key.value)
  }
  return undefined
}

const startOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0

/** Where what is at the path begins; of what is not there, that which it would stand in. */
function offsetOf(root: ParsedNode | null, path: readonly (string | number)[]): number {
  let node: Node | null = root
  let at = startOf(root)
  for (const key of path) {
    let next: unknown
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key))
      if (pair === undefined) return at
      at = startOf(pair.key as Node)
      next = pair.value
    } else if (isSeq(node)) {
      next = node.items[Number(key)]
      if (next === undefined) return at
      at = startOf(next as Node)
    } else return at
    node = (next ?? null) as Node | null
  }
  return at
}
