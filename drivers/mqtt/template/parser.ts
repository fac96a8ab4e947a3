import { deepest, ExpressionParser, literals } from './expressions.ts'
import { cut, TemplateError, type Piece, type Token } from './lexer.ts'
import { itemsOf } from './list-filters.ts'
import { burn, spend, type Expression, type Scope } from './scope.ts'
import { bounded, isList, Space, textOfWorth, truth, type Worth } from './values.ts'

/** A template compiled: what it prints, joined. A template that is one expression keeps that expression's type. */
export interface Compiled {
  readonly run: (scope: Scope) => Worth
  /** Set when the whole is `{{ name }}` or `{{ name.a.b }}`: looked up without any of this. */
  readonly path: readonly (string | number)[] | undefined
}

/** Compiles a template; throws TemplateError with the reason when it is outside the subset. */
export function compile(source: string, known: readonly string[]): Compiled {
  if (source.length > 8192) throw new TemplateError('the template is too long')
  const body = new BlockParser(cut(source.trim()), known).body()
  const printed = body.filter((node) => node.print !== undefined || node.text !== '')
  const only = printed.length === 1 ? printed[0] : undefined
  // What only sets names before it prints is still one expression.
  const isOne =
    only?.print !== undefined && body.every((node) => node === only || node.isSilent || node.text === '')
  const run = isOne
    ? (scope: Scope): Worth => {
        for (const node of body) if (node !== only) node.run(scope)
        return only.print!(scope)
      }
    : (scope: Scope): Worth => join(body, scope).trim()
  return { run, path: body.length === 1 ? only?.path : undefined }
}

interface Node {
  /** Plain text, known beforehand; blank when it is only space between blocks. */
  readonly text?: string
  readonly print?: Expression
  readonly path?: readonly (string | number)[]
  readonly isSilent?: boolean
  /** What it prints. */
  readonly run: (scope: Scope) => string
}
function join(nodes: readonly Node[], scope: Scope): string {
  let out = ''
  for (const node of nodes) out = bounded(out + node.run(scope))
  spend(scope, out.length >> 6)
  return out
}
/** How `break` and `continue` leave the body of a loop. */
class Leave extends Error {
  readonly ends: boolean
  readonly printed: string
  constructor(ends: boolean, printed: string) {
    super('leave')
    this.ends = ends
    this.printed = printed
  }
}

class BlockParser {
  readonly #pieces: readonly Piece[]
  readonly #expressions: ExpressionParser
  #at = 0
  #depth = 0
  #loops = 0

  constructor(pieces: readonly Piece[], known: readonly string[]) {
    this.#pieces = pieces
    this.#expressions = new ExpressionParser(known)
  }
  body(...ends: readonly string[]): readonly Node[] {
    const nodes: Node[] = []
    for (; this.#at < this.#pieces.length;) {
      const piece = this.#pieces[this.#at]!
      if (piece.kind === 'text') nodes.push({ text: piece.text.trim(), run: () => piece.text })
      else if (piece.kind === 'print') nodes.push(this.#print(piece.tokens))
      else {
        const word = piece.tokens[0]?.kind === 'name' ? piece.tokens[0].value : ''
        if (ends.includes(word)) return nodes
        nodes.push(this.#tag(word, piece.tokens))
        continue
      }
      this.#at++
    }
    if (ends.length > 0) throw new TemplateError(`"${ends.at(-1)}" is missing`)
    return nodes
  }
  #print(tokens: readonly Token[]): Node {
    const print = this.#expressions.whole(tokens, 0)
    const path = pathOf(tokens)
    return {
      print,
      run: (scope) => textOfWorth(burn(scope, print)),
      ...(path === undefined ? {} : { path }),
    }
  }
  #tag(word: string, tokens: readonly Token[]): Node {
    if (word === 'set') return this.#set(tokens)
    if (word === 'if') return this.#nested(() => this.#if())
    if (word === 'for') return this.#nested(() => this.#for(tokens))
    if ((word === 'break' || word === 'continue') && this.#loops > 0) return this.#leave(word === 'break')
    throw new TemplateError(`"{% ${word.slice(0, 32)} %}" is not supported`)
  }
  #nested(read: () => Node): Node {
    if (++this.#depth > deepest) throw new TemplateError('the template nests too deep')
    const node = read()
    this.#depth--
    return node
  }
  #leave(ends: boolean): Node {
    this.#at++
    return {
      run: () => {
        throw new Leave(ends, '')
      },
    }
  }
  #set(tokens: readonly Token[]): Node {
    const [, name, mark, key, equals] = tokens
    if (name?.kind !== 'name' || reserved.has(name.value))
      throw new TemplateError('"set" needs a name and a value')
    this.#at++
    if (mark?.value === '.' && key?.kind === 'name' && equals?.value === '=')
      return this.#setHeld(name.value, key.value, this.#expressions.whole(tokens, 5))
    if (mark === undefined) return this.#setBlock(name.value)
    if (mark.value !== '=') throw new TemplateError('"set" needs a name and a value')
    const run = this.#expressions.whole(tokens, 3)
    this.#expressions.known.add(name.value)
    return silent((scope) => scope.names.set(name.value, burn(scope, run)))
  }
  #setHeld(name: string, key: string, run: Expression): Node {
    return silent((scope) => {
      const space = scope.names.get(name)
      if (!(space instanceof Space)) throw new TemplateError('only a namespace can be changed')
      if (space.held.size >= 100 && !space.held.has(key)) throw new TemplateError('the namespace is full')
      space.held.set(key, burn(scope, run))
    })
  }
  #setBlock(name: string): Node {
    const inner = this.body('endset')
    this.#at++
    this.#expressions.known.add(name)
    return silent((scope) => scope.names.set(name, join(inner, scope)))
  }
  #if(): Node {
    const branches: { readonly when: Expression; readonly then: readonly Node[] }[] = []
    let rest: readonly Node[] = []
    for (;;) {
      const piece = this.#pieces[this.#at]
      if (piece?.kind !== 'tag') throw new TemplateError('"endif" is missing')
      const word = piece.tokens[0]?.value
      this.#at++
      if (word === 'endif') break
      if (word === 'else') rest = this.body('endif')
      else
        branches.push({
          when: this.#expressions.whole(piece.tokens, 1),
          then: this.body('elif', 'else', 'endif'),
        })
    }
    return {
      run: (scope) => {
        for (const { when, then } of branches) if (truth(burn(scope, when))) return printed(then, scope)
        return printed(rest, scope)
      },
    }
  }
  #for(tokens: readonly Token[]): Node {
    const names: string[] = []
    let at = 1
    for (
      ;
      tokens[at]?.kind === 'name' && tokens[at]!.value !== 'in';
      at += tokens[at + 1]?.value === ',' ? 2 : 1
    )
      names.push(String(tokens[at]!.value))
    if (tokens[at]?.value !== 'in' || names.length === 0 || names.some((name) => reserved.has(name)))
      throw new TemplateError('"for" needs a name and a list')
    const list = this.#expressions.whole(tokens, at + 1)
    for (const name of [...names, 'loop']) this.#expressions.known.add(name)
    this.#at++
    this.#loops++
    const inner = this.body('else', 'endfor')
    this.#loops--
    const hasElse = this.#pieces[this.#at]?.kind === 'tag' && this.#word() === 'else'
    if (hasElse) this.#at++
    const rest = hasElse ? this.body('endfor') : []
    this.#at++
    return {
      run: (scope) => {
        const items = itemsOf(burn(scope, list), scope)
        return items.length === 0 ? join(rest, scope) : loop(items, names, inner, scope)
      },
    }
  }
  #word(): string {
    const piece = this.#pieces[this.#at]
    return piece?.kind === 'tag' ? String(piece.tokens[0]?.value) : ''
  }
}
const silent = (run: (scope: Scope) => unknown): Node => ({
  isSilent: true,
  run: (scope) => {
    spend(scope, 1)
    run(scope)
    return ''
  },
})
/** A body that may be left by `break` or `continue`: what it has printed before is kept. */
function printed(nodes: readonly Node[], scope: Scope): string {
  let out = ''
  for (const node of nodes) {
    try {
      out = bounded(out + node.run(scope))
    } catch (error) {
      throw error instanceof Leave ? new Leave(error.ends, out + error.printed) : error
    }
  }
  spend(scope, out.length >> 6)
  return out
}
/** What is set in a loop is forgotten after each round, as in Jinja; only namespaces carry over. */
function loop(
  items: readonly Worth[],
  names: readonly string[],
  inner: readonly Node[],
  scope: Scope,
): string {
  let out = ''
  for (const [index, item] of items.entries()) {
    spend(scope, 2 + scope.names.size)
    const own: Scope = { ...scope, names: new Map(scope.names) }
    if (names.length === 1) own.names.set(names[0]!, item)
    else names.forEach((name, at) => own.names.set(name, isList(item) ? item[at] : undefined))
    own.names.set('loop', {
      index: index + 1,
      index0: index,
      first: index === 0,
      last: index === items.length - 1,
      length: items.length,
    })
    try {
      out = bounded(out + printed(inner, own))
    } catch (error) {
      if (!(error instanceof Leave)) throw error
      out = bounded(out + error.printed)
      if (error.ends) break
    }
  }
  return out
}

const reserved = new Set([
  'if',
  'else',
  'elif',
  'endif',
  'not',
  'and',
  'or',
  'in',
  'is',
  'set',
  'for',
  ...literals.keys(),
])

/** `value_json.a['b'][0]` as a list of keys. */
function pathOf(tokens: readonly Token[]): readonly (string | number)[] | undefined {
  const [root] = tokens
  if (root?.kind !== 'name' || literals.has(root.value)) return undefined
  const path: (string | number)[] = [root.value]
  for (let at = 1; at < tokens.length;) {
    const [mark, key, close] = [tokens[at], tokens[at + 1], tokens[at + 2]]
    if (mark?.kind !== 'mark' || key === undefined) return undefined
    if (mark.value === '.' && key.kind === 'name') at += 2
    else if (mark.value === '[' && (key.kind === 'string' || key.kind === 'number') && close?.value === ']')
      at += 3
    else return undefined
    path.push(key.value)
  }
  return path
}
