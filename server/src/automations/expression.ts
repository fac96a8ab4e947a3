import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import type { DeviceId, VendorValue } from '@eaves/model'
import { altitudeAt } from './sun.ts'
import type { Known, Scalar } from './worth.ts'
import { dayOf, minuteOf, weekdayOf } from './wall.ts'

/** What an expression may ask. */
export interface Asked {
  readonly value: (
    device: DeviceId,
    capability: string,
    attribute: string,
    part?: string,
  ) => VendorValue | undefined
  readonly online: (device: DeviceId) => boolean | undefined
  readonly zone: string
  readonly now: number
  /** What the run knows of itself; nothing where no run is. */
  readonly own?: Readonly<Record<OwnName, ReadonlyMap<string, Known>>> | undefined
}
const ownNames = ['trigger', 'waited', 'vars'] as const
type OwnName = (typeof ownNames)[number]
/** A value that the expression names. */
export interface Named {
  readonly device: string
  readonly capability?: string
  readonly attribute?: string
  readonly part?: string
}
interface Read {
  readonly names: readonly Named[]
  /** It asks what the run knows of itself. */
  readonly isOwn: boolean
  /** What it wants remembered, by name. */
  readonly vars: readonly string[]
  /** It may come true by the passing of time alone. */
  readonly isTimely: boolean
  /** As it was read. */
  readonly ast: ASTNode
}
export interface Expression extends Read {
  /** Throws when it cannot be worked out. */
  readonly holds: (asked: Asked) => boolean
}
/** An expression that answers a number, a text, or yes or no. */
export interface Worth extends Read {
  readonly value: (asked: Asked) => Scalar
}
export type ExpressionFault = 'syntax' | 'type' | 'function' | 'too-deep' | 'not-a-name'
export class BadExpression extends Error {
  readonly code: ExpressionFault
  constructor(code: ExpressionFault) {
    super(code)
    this.code = code
  }
}

// The expression is total: what could go on for long (macros over lists, patterns) is no part of it, so its length bounds its time.
const limits = { maxAstNodes: 200, maxDepth: 24, maxListElements: 50, maxMapEntries: 10, maxCallArguments: 5 }
const functions = new Set([
  'value',
  'online',
  'int',
  'double',
  'string',
  'size',
  'contains',
  'startsWith',
  'endsWith',
])
const timely = /\b(?:time|sun)\b/

let current: Asked | undefined
function asked(): Asked {
  if (current === undefined) throw new Error('Nothing is being worked out.')
  return current
}
function valueOf(device: string, capability: string, attribute: string, part?: string): unknown {
  const value = asked().value(device as DeviceId, capability, attribute, part)
  if (value === undefined || value === null) throw new Error('The value is not known.')
  return value
}
function onlineOf(device: string): boolean {
  const online = asked().online(device as DeviceId)
  if (online === undefined) throw new Error('The device is not there.')
  return online
}

const environment = mixedNumbers(
  new Environment({ limits, homogeneousAggregateLiterals: false })
    .registerVariable('time', 'map')
    .registerVariable('sun', 'map')
    .registerVariable('trigger', 'map')
    .registerVariable('waited', 'map')
    .registerVariable('vars', 'map')
    .registerFunction('value(string, string, string): dyn', valueOf)
    .registerFunction('value(string, string, string, string): dyn', valueOf)
    .registerFunction('online(string): bool', onlineOf),
)

/** A reported number is a fraction to CEL and a written one is whole; people mean the same by both. */
function mixedNumbers(made: Environment): Environment {
  const sums = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => {
      if (b === 0) throw new Error('Nothing is divided by zero.')
      return a / b
    },
  }
  for (const [sign, sum] of Object.entries(sums))
    for (const types of ['double int', 'int double'])
      made.registerOperator(`${types.split(' ').join(` ${sign} `)}: double`, (a: unknown, b: unknown) =>
        sum(Number(a), Number(b)),
      )
  return made
}

/** Longer texts are not made: one that is put to itself again and again stays short. */
const longestText = 256

export function readExpression(cel: string): Expression {
  const { work, ...read } = readAny(cel, ['bool', 'dyn'])
  const holds = (about: Asked): boolean => {
    const answer = work(about)
    if (typeof answer !== 'boolean') throw new BadExpression('type')
    return answer
  }
  return { ...read, holds }
}

export function readWorth(cel: string): Worth {
  const { work, ...read } = readAny(cel, ['bool', 'dyn', 'int', 'double', 'string'])
  return { ...read, value: (about) => scalarOf(work(about)) }
}

function scalarOf(answer: unknown): Scalar {
  const plain = typeof answer === 'bigint' ? Number(answer) : answer
  if (typeof plain === 'boolean' || (typeof plain === 'number' && Number.isFinite(plain))) return plain
  if (typeof plain === 'string' && plain.length <= longestText) return plain
  throw new BadExpression('type')
}

function readAny(cel: string, types: readonly string[]): Read & { readonly work: (asked: Asked) => unknown } {
  let parsed: ReturnType<Environment['parse']>
  try {
    parsed = environment.parse(cel)
  } catch (error) {
    throw new BadExpression((error as { code?: unknown }).code === 'limit_exceeded' ? 'too-deep' : 'syntax')
  }
  const names = namesIn(parsed.ast)
  const checked = parsed.check()
  if (!checked.valid || !types.includes(String(checked.type))) throw new BadExpression('type')
  const work = (about: Asked): unknown => {
    const before = current
    current = about
    try {
      const { trigger, waited, vars } = about.own ?? nothingOwn
      return parsed({ time: timeOf(about), sun: sunOf(about), trigger, waited, vars })
    } finally {
      current = before
    }
  }
  return { names, ...ownIn(parsed.ast), isTimely: timely.test(cel), ast: parsed.ast, work }
}
const nothingOwn = { trigger: new Map(), waited: new Map(), vars: new Map() }

/** Whether it asks what the run knows of itself, and for what that was remembered. */
function ownIn(root: ASTNode): Pick<Read, 'isOwn' | 'vars'> {
  const vars = new Set<string>()
  let isOwn = false
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null || !('op' in node)) return
    const { op, args } = node as { op: string; args: unknown }
    if (op === 'id' && ownNames.some((each) => each === args)) isOwn = true
    const [of, field] = (op === '.' ? args : []) as [{ op?: unknown; args?: unknown }?, unknown?]
    if (of?.op === 'id' && of.args === 'vars') vars.add(String(field))
    visit(args)
  }
  visit(root)
  return { isOwn, vars: [...vars] }
}

function timeOf({ zone, now }: Asked) {
  const minutes = minuteOf(zone, now)
  return {
    hour: BigInt(Math.floor(minutes / 60)),
    minute: BigInt(minutes % 60),
    minutes: BigInt(minutes),
    weekday: BigInt(weekdayOf(dayOf(zone, now))),
  }
}

function sunOf({ zone, now }: Asked) {
  return {
    get altitude() {
      return altitudeAt(zone, now)
    },
  }
}

/** The values that are named, each by words that stand there; refuses whatever is no part of the language here. */
function namesIn(root: ASTNode): Named[] {
  const found: Named[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null || !('op' in node)) return
    const { op, args } = node as { op: string; args: unknown }
    if (op === 'call' || op === 'rcall') {
      const [name, ...rest] = args as [string, ...unknown[]]
      if (!functions.has(name)) throw new BadExpression('function')
      if (name === 'value' || name === 'online') found.push(named(rest))
    }
    visit(args)
  }
  visit(root)
  return found
}

function named(args: readonly unknown[]): Named {
  const words = (args.at(-1) as readonly { op?: unknown; args?: unknown }[]).map((each) => {
    if (each.op !== 'value' || typeof each.args !== 'string') throw new BadExpression('not-a-name')
    return each.args
  })
  const [device = '', capability, attribute, part] = words
  return {
    device,
    ...(capability === undefined ? {} : { capability }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(part === undefined ? {} : { part }),
  }
}
