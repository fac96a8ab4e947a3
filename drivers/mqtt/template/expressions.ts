import { memberOf, slice } from './access.ts'
import { filters, functions, methods, parameters } from './filters.ts'
import { TemplateError, type Token } from './lexer.ts'
import { itemsOf } from './list-filters.ts'
import { askedWith, predicates } from './predicates.ts'
import { burn, type Call, type Expression } from './scope.ts'
import {
  arithmetic,
  bounded,
  compare,
  contains,
  dictionary,
  isList,
  Space,
  textOfWorth,
  truth,
  type Worth,
} from './values.ts'

export const deepest = 48

/** Arguments of a call: by place and by name. */
interface Args {
  readonly placed: readonly Expression[]
  readonly named: ReadonlyMap<string, Expression>
}
const nothing: Expression = () => undefined
const constant =
  (value: Worth): Expression =>
  () =>
    value

/** Reads expressions; `known` are the names that the template may see at that place. */
export class ExpressionParser {
  readonly known: Set<string>
  #tokens: readonly Token[] = []
  #token = 0
  #depth = 0

  constructor(known: Iterable<string>) {
    this.known = new Set(known)
  }
  /** One expression that takes all tokens from a place on. */
  whole(tokens: readonly Token[], from: number): Expression {
    this.#tokens = tokens
    this.#token = from
    this.#depth = 0
    const run = this.#tuple()
    if (this.#token < tokens.length)
      throw new TemplateError(`"${String(tokens[this.#token]!.value).slice(0, 32)}" is not expected there`)
    return run
  }

  /** `a, b` without brackets is a list of both. */
  #tuple(): Expression {
    const first = this.#expression()
    if (this.#peekMark() !== ',') return first
    const items = [first]
    while (this.#mark(',') !== undefined) {
      if (this.#token >= this.#tokens.length || this.#peekMark() === ')') break
      items.push(this.#expression())
    }
    return (scope) => items.map((item) => burn(scope, item))
  }
  #expression(): Expression {
    this.#deeper()
    const value = this.#or()
    this.#depth--
    if (!this.#word('if')) return value
    const when = this.#or()
    const otherwise: Expression = this.#word('else') ? this.#expression() : nothing
    return (scope) => (truth(burn(scope, when)) ? burn(scope, value) : burn(scope, otherwise))
  }
  #deeper(): void {
    if (++this.#depth > deepest) throw new TemplateError('the template nests too deep')
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
    this.#deeper()
    const value = this.#not()
    this.#depth--
    return (scope) => !truth(burn(scope, value))
  }
  #comparison(): Expression {
    let left = this.#sum()
    let last = left
    for (let isChained = false; ; isChained = true) {
      const [before, a] = [left, last]
      // 1 < x < 5 compares both neighbours.
      const both = (run: Expression): Expression =>
        isChained
          ? (scope) => {
              const so = burn(scope, before)
              return truth(so) ? burn(scope, run) : so
            }
          : run
      const operator = this.#mark('==', '!=', '<=', '>=', '<', '>')
      if (operator !== undefined) {
        const b = (last = this.#sum())
        left = both((scope) => compare(operator, burn(scope, a), burn(scope, b)))
      } else if (this.#word('in')) {
        const b = (last = this.#sum())
        left = both((scope) => contains(burn(scope, b), burn(scope, a)))
      } else if (this.#peekName() === 'not' && this.#peekName(1) === 'in') {
        this.#token += 2
        const b = (last = this.#sum())
        left = both((scope) => !contains(burn(scope, b), burn(scope, a)))
      } else return left
    }
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
    let left = this.#power()
    for (
      let operator = this.#mark('*', '//', '/', '%');
      operator !== undefined;
      operator = this.#mark('*', '//', '/', '%')
    ) {
      const [a, b, sign] = [left, this.#power(), operator]
      left = (scope) => {
        const [x, y] = [burn(scope, a), burn(scope, b)]
        // A text before "%" is a pattern to be filled.
        return sign === '%' && typeof x === 'string'
          ? filters.get('format')!(x, isList(y) ? y : [y], scope)
          : arithmetic(sign, x, y)
      }
    }
    return left
  }
  #power(): Expression {
    let left = this.#unary(true)
    while (this.#mark('**') !== undefined) {
      const [a, b] = [left, this.#unary(true)]
      left = (scope) => arithmetic('**', burn(scope, a), burn(scope, b))
    }
    return left
  }
  /** In Jinja a filter takes the sign with it: -1 | abs is 1. */
  #unary(takesFilters: boolean): Expression {
    const sign = this.#mark('-', '+')
    if (sign === undefined) return this.#postfix(this.#primary(), takesFilters)
    this.#deeper()
    const value = this.#unary(false)
    this.#depth--
    const signed: Expression = sign === '-' ? (scope) => arithmetic('-', 0, burn(scope, value)) : value
    return this.#postfix(signed, takesFilters)
  }
  #postfix(start: Expression, takesFilters: boolean): Expression {
    let value = start
    for (;;) {
      const mark = this.#mark('.', '[')
      if (mark === '.') value = this.#dot(value)
      else if (mark === '[') value = this.#index(value)
      else if (takesFilters && this.#mark('|') !== undefined) value = this.#filter(value)
      else if (takesFilters && this.#word('is')) value = this.#test(value)
      else return value
    }
  }
  #test(value: Expression): Expression {
    const isNot = this.#word('not')
    const name = this.#peekName()?.toLowerCase() ?? this.#peekMark() ?? ''
    const test = predicates.get(name)
    if (test === undefined) throw new TemplateError(`the test "${name.slice(0, 32)}" is not supported`)
    this.#token++
    let args: readonly Expression[] = []
    if (this.#peekMark() === '(') args = this.#args().placed
    else if (askedWith.has(name)) args = [this.#primary()]
    return (scope) =>
      test(
        burn(scope, value),
        args.map((arg) => burn(scope, arg)),
        scope,
      ) !== isNot
  }
  #dot(value: Expression): Expression {
    const token = this.#tokens[this.#token++]
    if (token?.kind !== 'name') throw new TemplateError('a name is expected after "."')
    const key = token.value
    if (this.#peekMark() !== '(') return (scope) => memberOf(burn(scope, value), key)
    const call = methods.get(key)
    if (call === undefined) throw new TemplateError(`the method "${key.slice(0, 32)}" is not supported`)
    return called(call, value, placedOf(key, this.#args()))
  }
  #index(value: Expression): Expression {
    const isEmpty = (): boolean => this.#peekMark() === ':' || this.#peekMark() === ']'
    const from = isEmpty() ? nothing : this.#expression()
    if (this.#mark(':') === undefined) {
      if (this.#mark(']') === undefined) throw new TemplateError('"]" is missing')
      return (scope) => memberOf(burn(scope, value), burn(scope, from))
    }
    const to = isEmpty() ? nothing : this.#expression()
    const step = this.#mark(':') !== undefined && !isEmpty() ? this.#expression() : nothing
    if (this.#mark(']') === undefined) throw new TemplateError('"]" is missing')
    return (scope) => slice(burn(scope, value), burn(scope, from), burn(scope, to), burn(scope, step))
  }
  #filter(value: Expression): Expression {
    const token = this.#tokens[this.#token++]
    const name = token?.kind === 'name' ? token.value : ''
    const call = filters.get(name)
    if (call === undefined)
      throw new TemplateError(`the filter "${String(token?.value ?? '').slice(0, 32)}" is not supported`)
    const next = this.#tokens[this.#token + 1]
    const args = this.#peekMark() === '(' ? this.#args() : none
    // map('int') runs another filter over each; map(attribute='x') looks up.
    if (name === 'map' && args.placed.length > 0) {
      const inner = next?.kind === 'string' ? filters.get(next.value) : undefined
      if (inner === undefined) throw new TemplateError('"map" needs the name of a supported filter')
      return called(
        (item, rest, scope) => itemsOf(item, scope).map((one) => inner(one, rest, scope)),
        value,
        args.placed.slice(1),
      )
    }
    return called(call, value, placedOf(name, args))
  }
  #args(): Args {
    this.#mark('(')
    const placed: Expression[] = []
    const named = new Map<string, Expression>()
    while (this.#mark(')') === undefined) {
      const name = this.#peekName()
      const after = this.#tokens[this.#token + 1]
      if (name !== undefined && after?.kind === 'mark' && after.value === '=') {
        this.#token += 2
        named.set(name, this.#expression())
      } else placed.push(this.#expression())
      if (this.#mark(',') === undefined && this.#peekMark() !== ')') throw new TemplateError('")" is missing')
    }
    return { placed, named }
  }
  #primary(): Expression {
    const token = this.#tokens[this.#token++]
    if (token === undefined) throw new TemplateError('a value is missing')
    if (token.kind === 'string') return constant(this.#joined(token.value))
    if (token.kind === 'number') return constant(token.value)
    if (token.kind === 'name') return this.#name(token.value)
    if (token.value === '(') {
      if (this.#mark(')') !== undefined) return constant([])
      const value = this.#tuple()
      if (this.#mark(')') === undefined) throw new TemplateError('")" is missing')
      return value
    }
    if (token.value === '[') return this.#list()
    if (token.value === '{') return this.#object()
    throw new TemplateError(`"${token.value}" is not expected there`)
  }
  /** Texts side by side are one text. */
  #joined(first: string): string {
    let text = first
    for (let next = this.#tokens[this.#token]; next?.kind === 'string'; next = this.#tokens[this.#token]) {
      text += next.value
      this.#token++
    }
    return text
  }
  #list(): Expression {
    const items: Expression[] = []
    while (this.#mark(']') === undefined) {
      items.push(this.#expression())
      if (this.#mark(',') === undefined && this.#peekMark() !== ']') throw new TemplateError('"]" is missing')
    }
    return (scope) => items.map((item) => burn(scope, item))
  }
  #object(): Expression {
    const entries: (readonly [Expression, Expression])[] = []
    while (this.#mark('}') === undefined) {
      const key = this.#expression()
      if (this.#mark(':') === undefined) throw new TemplateError('":" is missing')
      entries.push([key, this.#expression()])
      if (this.#mark(',') === undefined && this.#peekMark() !== '}') throw new TemplateError('"}" is missing')
    }
    return (scope) =>
      dictionary(entries.map(([key, value]) => [burn(scope, key), burn(scope, value)] as const))
  }
  #name(name: string): Expression {
    if (literals.has(name)) return constant(literals.get(name))
    if (name === 'dict' && this.#peekMark() === '.' && this.#peekName(1) === 'from_keys') {
      this.#token += 2
      return this.#function('dict.from_keys')
    }
    if (this.#peekMark() === '(') return this.#function(name)
    if (name === 'this' && this.#peekMark() === '.' && this.#peekName(1) === 'entity_id') {
      this.#token += 2
      return (scope) => scope.names.get('entity_id')
    }
    if (!this.known.has(name)) throw new TemplateError(`the name "${name.slice(0, 32)}" is not supported`)
    return (scope) => scope.names.get(name)
  }
  #function(name: string): Expression {
    if (name === 'namespace' || name === 'dict') {
      const entries = [...this.#args().named]
      return (scope) => {
        const made = entries.map(([key, value]) => [key, burn(scope, value)] as const)
        return name === 'dict' ? dictionary(made) : new Space(new Map(made))
      }
    }
    const call = functions.get(name)
    if (call === undefined) throw new TemplateError(`the function "${name.slice(0, 32)}" is not supported`)
    const args = this.#args()
    const [first = nothing, ...placed] = args.placed
    return called(call, first, placedOf(name, { placed, named: args.named }))
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

const none: Args = { placed: [], named: new Map() }
/** Puts what was said by name in its place. */
function placedOf(name: string, { placed, named }: Args): readonly Expression[] {
  if (named.size === 0) return placed
  const all: Expression[] = [...placed]
  for (const [key, value] of named) {
    const at = parameters.get(name)?.indexOf(key) ?? -1
    if (at < 0) throw new TemplateError(`"${name}" takes no "${key.slice(0, 32)}"`)
    while (all.length < at) all.push(nothing)
    all[at] = value
  }
  return all
}
function called(call: Call, value: Expression, args: readonly Expression[]): Expression {
  return (scope) =>
    call(
      burn(scope, value),
      args.map((arg) => burn(scope, arg)),
      scope,
    )
}
export const literals: ReadonlyMap<string, Worth> = new Map<string, Worth>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])
