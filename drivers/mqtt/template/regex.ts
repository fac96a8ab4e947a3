import { TemplateError } from './lexer.ts'

/** Longest text that a pattern is tried on, and the steps one use may take: a pattern out of the air may be of the exponential kind. */
const longestSubject = 500
const mostSteps = 20_000
const mostRepeats = 500
const deepestGroup = 20

export interface Found {
  readonly start: number
  readonly end: number
  /** Texts of the groups; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[]
}
type Then = (at: number) => number
/** Tries to match from a place, and goes on with what follows; the place where all has matched, or -1. */
type Step = (at: number, then: Then) => number

interface State {
  text: string
  steps: number
  starts: number[]
  ends: number[]
}

/** A pattern of Python's kind, run by a matcher of our own that counts its steps: no host expression is made of text out of the air. */
export class Pattern {
  readonly names: ReadonlyMap<string, number>
  readonly groupCount: number
  readonly #run: Step
  readonly #state: State

  private constructor(names: ReadonlyMap<string, number>, groupCount: number, run: Step, state: State) {
    this.names = names
    this.groupCount = groupCount
    this.#run = run
    this.#state = state
  }
  static compile(source: string, ignoreCase = false): Pattern {
    if (source.length > 512) throw new TemplateError('the pattern is too long')
    const state: State = { text: '', steps: 0, starts: [], ends: [] }
    const parser = new PatternParser(source, state, ignoreCase)
    const run = parser.whole()
    return new Pattern(parser.names, parser.groups, run, state)
  }
  /** The first place at or after `from` where the pattern matches; only `from` itself when it is anchored. */
  find(text: string, from: number, isAnchored = false): Found | undefined {
    if (text.length > longestSubject) throw new TemplateError('the text is too long for a pattern')
    const state = this.#state
    state.text = text
    if (from === 0) state.steps = 0
    for (let start = from; start <= text.length; start++) {
      state.starts = []
      state.ends = []
      const end = this.#try(start)
      if (end >= 0) {
        const groups = Array.from({ length: this.groupCount }, (_, at) =>
          state.ends[at + 1] === undefined ? undefined : text.slice(state.starts[at + 1], state.ends[at + 1]),
        )
        return { start, end, groups }
      }
      if (isAnchored) return undefined
    }
    return undefined
  }
  #try(start: number): number {
    try {
      return this.#run(start, (at) => at)
    } catch (error) {
      // Groups within groups over a long text go deeper than the stack does.
      throw error instanceof TemplateError ? error : new TemplateError('a pattern takes too long')
    }
  }
  all(text: string): readonly Found[] {
    const found: Found[] = []
    for (let at = 0; at <= text.length;) {
      const one = this.find(text, at)
      if (one === undefined) break
      found.push(one)
      at = one.end > one.start ? one.end : one.end + 1
    }
    return found
  }
}

type Test = (char: string) => boolean
const isDigit: Test = (char) => char >= '0' && char <= '9'
const isWord: Test = (char) => isDigit(char) || char === '_' || char.toLowerCase() !== char.toUpperCase()
const isSpace: Test = (char) => ' \t\n\r\f\v'.includes(char)
const not =
  (test: Test): Test =>
  (char) =>
    !test(char)
const classes: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
}
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

class PatternParser {
  readonly names = new Map<string, number>()
  groups = 0
  #at = 0
  #depth = 0
  readonly #source: string
  readonly #state: State
  readonly #ignoreCase: boolean

  constructor(source: string, state: State, ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase || source.startsWith('(?i)')
    this.#source = source.startsWith('(?i)') ? source.slice(4) : source
    this.#state = state
  }
  whole(): Step {
    const run = this.#choice()
    if (this.#at < this.#source.length) throw new TemplateError('a pattern has a bracket too many')
    return run
  }

  #choice(): Step {
    if (++this.#depth > deepestGroup) throw new TemplateError('a pattern nests too deep')
    const ways = [this.#sequence()]
    while (this.#take('|')) ways.push(this.#sequence())
    this.#depth--
    if (ways.length === 1) return ways[0]!
    return (at, then) => {
      for (const way of ways) {
        // What may match nothing burns nothing by itself: thirty empty choices in a row are a thousand million ways.
        this.#burn()
        const end = way(at, then)
        if (end >= 0) return end
      }
      return -1
    }
  }
  #sequence(): Step {
    const steps: Step[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!))
      steps.push(this.#repeated(this.#atom()))
    return steps.reduceRight<Step>(
      (rest, step) => (at, then) => step(at, (next) => rest(next, then)),
      (at, then) => then(at),
    )
  }
  #repeated(step: Step): Step {
    const [least, most] = this.#range() ?? [1, 1]
    if (least === 1 && most === 1) return step
    const isLazy = this.#take('?')
    const again = (count: number, at: number, then: Then): number => {
      this.#burn()
      const more = (): number =>
        count >= most
          ? -1
          : // A round that took nothing would go on for ever.
            step(at, (next) => (next === at && count >= least ? -1 : again(count + 1, next, then)))
      if (count < least) return more()
      if (isLazy) {
        const end = then(at)
        return end >= 0 ? end : more()
      }
      const end = more()
      return end >= 0 ? end : then(at)
    }
    return (at, then) => again(0, at, then)
  }
  #range(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, mostRepeats]
    if (this.#take('+')) return [1, mostRepeats]
    if (this.#take('?')) return [0, 1]
    const braces = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (braces === null) return undefined
    this.#at += braces[0].length
    const least = Number(braces[1])
    return [least, braces[2] === undefined ? least : braces[3] === '' ? mostRepeats : Number(braces[3])]
  }
  #atom(): Step {
    const char = this.#source[this.#at++]!
    if (char === '(') return this.#group()
    if (char === '^') return (at, then) => (at === 0 ? then(at) : -1)
    if (char === '$') return (at, then) => (at === this.#state.text.length ? then(at) : -1)
    if (char === '.') return this.#one((c) => c !== '\n')
    if (char === '[') return this.#one(this.#set())
    if ('*+?'.includes(char)) throw new TemplateError('a pattern repeats nothing')
    if (char !== '\\') return this.#one(this.#same(char))
    const escaped = this.#source[this.#at++]
    if (escaped === undefined) throw new TemplateError('a pattern ends in the middle')
    if (escaped === 'b' || escaped === 'B') return this.#edge(escaped === 'b')
    if (/[1-9AZ]/.test(escaped)) throw new TemplateError('a pattern refers back, which is not supported')
    return this.#one(classes[escaped] ?? this.#same(controls[escaped] ?? escaped))
  }
  #group(): Step {
    const opened = /^\?(:|=|!|P?<([A-Za-z_]\w{0,31})>)/.exec(this.#source.slice(this.#at, this.#at + 40))
    if (opened === null && this.#source[this.#at] === '?')
      throw new TemplateError('a pattern has a group of an unknown kind')
    this.#at += opened?.[0].length ?? 0
    const kind = opened?.[1]
    const number = kind === ':' || kind === '=' || kind === '!' ? 0 : ++this.groups
    if (opened?.[2] !== undefined) this.names.set(opened[2], number)
    const inner = this.#choice()
    if (!this.#take(')')) throw new TemplateError('a pattern has an open group')
    if (kind === ':') return inner
    if (kind === '=' || kind === '!')
      return (at, then) => (inner(at, (next) => next) >= 0 === (kind === '=') ? then(at) : -1)
    return (at, then) => this.#captured(number, inner, at, then)
  }
  #captured(number: number, inner: Step, at: number, then: Then): number {
    const { starts, ends } = this.#state
    const [start, end] = [starts[number], ends[number]]
    const found = inner(at, (next) => {
      const before = [starts[number], ends[number]] as const
      starts[number] = at
      ends[number] = next
      const result = then(next)
      if (result < 0) [starts[number], ends[number]] = before as [number, number]
      return result
    })
    if (found < 0) [starts[number], ends[number]] = [start, end] as [number, number]
    return found
  }
  #set(): Test {
    const isNot = this.#take('^')
    const tests: Test[] = []
    for (let isFirst = true; isFirst || this.#source[this.#at] !== ']'; isFirst = false) {
      const low = this.#member()
      if (typeof low === 'function') tests.push(low)
      else if (this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']') {
        this.#at++
        const high = this.#member()
        if (typeof high === 'function' || high < low) throw new TemplateError('a pattern has a wrong range')
        tests.push((char) => this.#either(char, (one) => one >= low && one <= high))
      } else tests.push(this.#same(low))
    }
    this.#at++
    return (char) => tests.some((test) => test(char)) !== isNot
  }
  #member(): string | Test {
    const char = this.#source[this.#at++]
    if (char === undefined) throw new TemplateError('a pattern has an open set')
    if (char !== '\\') return char
    const escaped = this.#source[this.#at++] ?? ''
    return classes[escaped] ?? controls[escaped] ?? escaped
  }
  #either(char: string, test: Test): boolean {
    return test(char) || (this.#ignoreCase && (test(char.toLowerCase()) || test(char.toUpperCase())))
  }
  #same(wanted: string): Test {
    return (char) => this.#either(char, (one) => one === wanted)
  }
  #one(test: Test): Step {
    return (at, then) => {
      this.#burn()
      const char = this.#state.text[at]
      return char !== undefined && test(char) ? then(at + 1) : -1
    }
  }
  #edge(isEdge: boolean): Step {
    return (at, then) => {
      const { text } = this.#state
      const side = (place: number): boolean => text[place] !== undefined && isWord(text[place])
      return (side(at - 1) !== side(at)) === isEdge ? then(at) : -1
    }
  }
  #burn(): void {
    if (++this.#state.steps > mostSteps) throw new TemplateError('a pattern takes too long')
  }
  #take(char: string): boolean {
    if (this.#source[this.#at] !== char) return false
    this.#at++
    return true
  }
}
