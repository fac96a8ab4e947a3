import { filters, functions, methods, tests } from './filters.ts'
import { cut, TemplateError, type Piece, type Token } from './lexer.ts'
import { arithmetic, bounded, compare, contains, member, textOfWorth, truth, type Worth } from './values.ts'

/** One evaluation: the names it may see and the steps it may still take. */
export interface Scope {
  readonly names: Map<string, Worth>
  fuel: number
}
export type Expression = (scope: Scope) => Worth
/** A template compiled: what it prints, joined. A template that is one expression keeps that expression's type. */
export interface Compiled {
  readonly run: (scope: Scope) => Worth
  /** Set when the whole is `{{ name }}` or `{{ name.a.b }}`: looked up without any of this. */
  readonly path: readonly (string | number)[] | undefined
}

const deepest = 48

/** Compiles a template; throws TemplateError with the reason when it is outside the subset. */
export function compile(source: string, known: readonly string[]): Compiled {
  if (source.length > 8192) throw new TemplateError('the template is too long')
  const parser = new Parser(cut(source.trim()), known)
  const body = parser.body()
  const only = body.length === 1 ? body[0] : undefined
  const run =
    only !== undefined && only.isPrint ? only.run : (scope: Scope): Worth => join(body, scope).trim()
  return { run, path: only?.path }
}

interface Node {
  readonly isPrint: boolean
  readonly run: Expression
  readonly path?: readonly (string | number)[]
}
function join(nodes: readonly Node[], scope: Scope): string {
  let out = ''
  for (const node of nodes) out = bounded(out + textOfWorth(burn(scope, node.run)))
  return out
}
function burn(scope: Scope, run: Expression): Worth {
  if (--scope.fuel < 0) throw new TemplateError('the template takes too long')
  return run(scope)
}
class Parser {
  readonly #pieces: readonly Piece[]
  readonly #known: Set<string>
  #at = 0
  #tokens: readonly Token[] = []
  #token = 0
  #depth = 0

  constructor(pieces: readonly Piece[], known: readonly string[]) {
    this.#pieces = pieces
    this.#known = new Set(known)
  }

  body(...ends: readonly string[]): readonly Node[] {
    const nodes: Node[] = []
    for (; this.#at < this.#pieces.length;) {
      const piece = this.#pieces[this.#at]!
      if (piece.kind === 'text') nodes.push({ isPrint: false, run: () => piece.text })
      else if (piece.kind === 'print') nodes.push(this.#print(piece.tokens))
      else {
        const first = piece.tokens[0]
        const word = first?.kind === 'name' ? first.value : ''
        if (ends.includes(word)) return nodes
        nodes.push(this.#tag(word, piece.tokens))
        continue
      }
      this.#at++
    }
    if (ends.length > 0) throw new TemplateError('"endif" is missing')
    return nodes
  }
  #print(tokens: readonly Token[]): Node {
    const run = this.#whole(tokens, 0)
    const path = pathOf(tokens)
    return { isPrint: true, run, ...(path === undefined ? {} : { path }) }
  }
  #tag(word: string, tokens: readonly Token[]): Node {
    if (word === 'set') return this.#set(tokens)
    if (word === 'if') return this.#if()
    throw new TemplateError(
      word === 'for' ? 'loops are not supported' : `"{% ${word.slice(0, 32)} %}" is not supported`,
    )
  }
  #set(tokens: readonly Token[]): Node {
    const [, name, equals] = tokens
    if (name?.kind !== 'name' || equals?.value !== '=' || reserved.has(name.value))
      throw new TemplateError('"set" needs a name and a value')
    const run = this.#whole(tokens, 3)
    this.#known.add(name.value)
    this.#at++
    return { isPrint: false, run: (scope) => void scope.names.set(name.value, burn(scope, run)) }
  }
  #if(): Node {
    if (++this.#depth > deepest) throw new TemplateError('the template nests too deep')
    const branches: { readonly when: Expression; readonly then: readonly Node[] }[] = []
    let rest: readonly Node[] = []
    for (;;) {
      const piece = this.#pieces[this.#at]
      if (piece?.kind !== 'tag') throw new TemplateError('"endif" is missing')
      const word = piece.tokens[0]?.value
      this.#at++
      if (word === 'endif') break
      if (word === 'else') rest = this.body('endif')
      else branches.push({ when: this.#whole(piece.tokens, 1), then: this.body('elif', 'else', 'endif') })
    }
    this.#depth--
    return {
      isPrint: false,
      run: (scope) => {
        for (const { when, then } of branches) if (truth(burn(scope, when))) return join(then, scope)
        return join(rest, scope)
      },
    }
  }

  #whole(tokens: readonly Token[], from: number): Expression {
    this.#tokens = tokens
    this.#token = from
    const run = this.#expression()
    if (this.#token < tokens.length)
      throw new TemplateError(`"${String(tokens[this.#token]!.value).slice(0, 32)}" is not expected there`)
    return run
  }
  #expression(): Expression {
    if (++this.#depth > deepest) throw new TemplateError('the template nests too deep')
    const value = this.#or()
    this.#depth--
    if (!this.#word('if')) return value
    const when = this.#or()
    const otherwise: Expression = this.#word('else') ? this.#expression() : () => undefined
    return (scope) => (truth(burn(scope, when)) ? burn(scope, value) : burn(scope, otherwise))
  }
  #or(): Expression {
    let left = this.#and()
    while (this.#word('or')) {
      const [a, b] = [left, this.#and()]
      left = (scope) => {
        const first = burn(scope, a)
        return truth(first) ? first : burn(scope, b)
      }
    }
    return left
  }
  #and(): Expression {
    let left = this.#not()
    while (this.#word('and')) {
      const [a, b] = [left, this.#not()]
      left = (scope) => {
        const first = burn(scope, a)
        return truth(first) ? burn(scope, b) : first
      }
    }
    return left
  }
  #not(): Expression {
    if (!this.#word('not')) return this.#comparison()
    if (++this.#depth > deepest) throw new TemplateError('the template nests too deep')
    const value = this.#not()
    this.#depth--
    return (scope) => !truth(burn(scope, value))
  }
  #comparison(): Expression {
    let left = this.#sum()
    for (;;) {
      const a = left
      const operator = this.#mark('==', '!=', '<=', '>=', '<', '>')
      if (operator !== undefined) {
        const b = this.#sum()
        left = (scope) => compare(operator, burn(scope, a), burn(scope, b))
      } else if (this.#word('is')) left = this.#test(a)
      else if (this.#word('in')) {
        const b = this.#sum()
        left = (scope) => contains(burn(scope, b), burn(scope, a))
      } else if (this.#peekName() === 'not' && this.#peekName(1) === 'in') {
        this.#token += 2
        const b = this.#sum()
        left = (scope) => !contains(burn(scope, b), burn(scope, a))
      } else return left
    }
  }
  #test(value: Expression): Expression {
    const isNot = this.#word('not')
    const name = this.#peekName()
    const test = name === undefined ? undefined : tests.get(name.toLowerCase())
    if (test === undefined) throw new TemplateError(`the test "${name ?? ''}" is not supported`)
    this.#token++
    return (scope) => test(burn(scope, value)) !== isNot
  }
  #sum(): Expression {
    let left = this.#product()
    for (
      let operator = this.#mark('+', '-', '~');
      operator !== undefined;
      operator = this.#mark('+', '-', '~')
    ) {
      const [a, b, sign] = [left, this.#product(), operator]
      left =
        sign === '~'
          ? (scope) => bounded(textOfWorth(burn(scope, a)) + textOfWorth(burn(scope, b)))
          : (scope) => arithmetic(sign, burn(scope, a), burn(scope, b))
    }
    return left
  }
  #product(): Expression {
    let left = this.#unary()
    for (
      let operator = this.#mark('*', '//', '/', '%');
      operator !== undefined;
      operator = this.#mark('*', '//', '/', '%')
    ) {
      const [a, b, sign] = [left, this.#unary(), operator]
      left = (scope) => arithmetic(sign, burn(scope, a), burn(scope, b))
    }
    return left
  }
  #unary(): Expression {
    const sign = this.#mark('-', '+')
    if (sign === undefined) return this.#power()
    if (++this.#depth > deepest) throw new TemplateError('the template nests too deep')
    const value = this.#unary()
    this.#depth--
    return sign === '-' ? (scope) => arithmetic('-', 0, burn(scope, value)) : value
  }
  #power(): Expression {
    const left = this.#postfix()
    if (this.#mark('**') === undefined) return left
    const right = this.#unary()
    return (scope) => arithmetic('**', burn(scope, left), burn(scope, right))
  }
  #postfix(): Expression {
    let value = this.#primary()
    for (;;) {
      const mark = this.#mark('.', '[', '|')
      if (mark === undefined) return value
      value = mark === '|' ? this.#filter(value) : mark === '.' ? this.#dot(value) : this.#index(value)
    }
  }
  #dot(value: Expression): Expression {
    const token = this.#tokens[this.#token++]
    if (token?.kind !== 'name') throw new TemplateError('a name is expected after "."')
    const key = token.value
    if (this.#peekMark() !== '(') return (scope) => member(burn(scope, value), key)
    const call = methods.get(key)
    if (call === undefined) throw new TemplateError(`the method "${key}" is not supported`)
    const args = this.#args()
    return (scope) =>
      call(
        burn(scope, value),
        args.map((arg) => burn(scope, arg)),
      )
  }
  #index(value: Expression): Expression {
    const key = this.#expression()
    if (this.#mark(']') === undefined) throw new TemplateError('"]" is missing')
    return (scope) => member(burn(scope, value), burn(scope, key))
  }
  #filter(value: Expression): Expression {
    const token = this.#tokens[this.#token++]
    const call = token?.kind === 'name' ? filters.get(token.value) : undefined
    if (call === undefined)
      throw new TemplateError(`the filter "${String(token?.value ?? '')}" is not supported`)
    const args = this.#peekMark() === '(' ? this.#args() : []
    return (scope) =>
      call(
        burn(scope, value),
        args.map((arg) => burn(scope, arg)),
      )
  }
  #args(): readonly Expression[] {
    this.#mark('(')
    return this.#list(')')
  }
  #list(close: string): readonly Expression[] {
    const items: Expression[] = []
    while (this.#mark(close) === undefined) {
      // A named argument such as default=0 stands for its place.
      if (
        this.#peekName() !== undefined &&
        this.#tokens[this.#token + 1]?.value === '=' &&
        this.#tokens[this.#token + 1]?.kind === 'mark'
      )
        this.#token += 2
      items.push(this.#expression())
      if (this.#mark(',') === undefined && this.#peekMark() !== close)
        throw new TemplateError(`"${close}" is missing`)
    }
    return items
  }
  #primary(): Expression {
    const token = this.#tokens[this.#token++]
    if (token === undefined) throw new TemplateError('a value is missing')
    if (token.kind === 'number' || token.kind === 'string') return constant(token.value)
    if (token.kind === 'name') return this.#name(token.value)
    if (token.value === '(') {
      const value = this.#expression()
      if (this.#mark(')') === undefined) throw new TemplateError('")" is missing')
      return value
    }
    if (token.value === '[') {
      const items = this.#list(']')
      return (scope) => items.map((item) => burn(scope, item))
    }
    if (token.value === '{') return this.#object()
    throw new TemplateError(`"${token.value}" is not expected there`)
  }
  #object(): Expression {
    const entries: (readonly [Expression, Expression])[] = []
    while (this.#mark('}') === undefined) {
      const key = this.#expression()
      if (this.#mark(':') === undefined) throw new TemplateError('":" is missing')
      entries.push([key, this.#expression()])
      if (this.#mark(',') === undefined && this.#peekMark() !== '}') throw new TemplateError('"}" is missing')
    }
    // fromEntries defines own properties, so that even "__proto__" is a key like any other.
    return (scope) =>
      Object.fromEntries(entries.map(([key, value]) => [textOfWorth(burn(scope, key)), burn(scope, value)]))
  }
  #name(name: string): Expression {
    const literal = literals.get(name)
    if (literals.has(name)) return constant(literal)
    if (this.#peekMark() === '(') {
      const call = functions.get(name)
      if (call === undefined) throw new TemplateError(`the function "${name}" is not supported`)
      const args = this.#args()
      return (scope) => {
        const [first, ...rest] = args.map((arg) => burn(scope, arg))
        return call(first, rest)
      }
    }
    if (!this.#known.has(name)) throw new TemplateError(`the name "${name}" is not supported`)
    return (scope) => scope.names.get(name)
  }

  #word(word: string): boolean {
    if (this.#peekName() !== word) return false
    this.#token++
    return true
  }
  #mark(...wanted: readonly string[]): string | undefined {
    const mark = this.#peekMark()
    if (mark === undefined || !wanted.includes(mark)) return undefined
    this.#token++
    return mark
  }
  #peekMark(): string | undefined {
    const token = this.#tokens[this.#token]
    return token?.kind === 'mark' ? token.value : undefined
  }
  #peekName(ahead = 0): string | undefined {
    const token = this.#tokens[this.#token + ahead]
    return token?.kind === 'name' ? token.value : undefined
  }
}

const literals: ReadonlyMap<string, Worth> = new Map<string, Worth>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])
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
  ...literals.keys(),
])
const constant =
  (value: Worth): Expression =>
  () =>
    value

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
