import type { ASTNode } from '@marcbachmann/cel-js'
import type { VendorValue } from '@eaves/model'
import type { Cell } from '../../homes/homes.ts'
import type { Test } from './sets.ts'
import { minutesWhere, type Week } from './week.ts'

/** What an expression says, as far as it can be read without working it out. */
export type Said =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly [Said, Said] }
  | { readonly kind: 'not'; readonly part: Said }
  | { readonly kind: 'value'; readonly cells: readonly Cell[]; readonly test: Test; readonly isNot: boolean }
  | { readonly kind: 'week'; readonly week: Week }
  | { readonly kind: 'words'; readonly words: string }
export interface CelAim {
  readonly device: string
  readonly part: string | undefined
  readonly capability: string
  readonly attribute: string
}
interface Reading {
  readonly cel: string
  readonly cellsOf: (aim: CelAim) => readonly Cell[]
}
type Node = Pick<ASTNode, 'op'> & {
  readonly args: unknown
  readonly start?: number
  readonly end?: number
}
const turned: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

export function readCel(node: Node, reading: Reading): Said {
  const { op, args } = node
  if (op === '&&' || op === '||') {
    const [left, right] = args as [Node, Node]
    return { kind: op === '&&' ? 'all' : 'any', parts: [readCel(left, reading), readCel(right, reading)] }
  }
  if (op === '!_') return { kind: 'not', part: readCel(args as Node, reading) }
  const opaque: Said = { kind: 'words', words: reading.cel.slice(node.start, node.end) }
  if (Object.hasOwn(turned, op)) {
    const [left, right] = args as [Node, Node]
    return (
      compared(left, op, constant(right), reading) ??
      compared(right, turned[op]!, constant(left), reading) ??
      opaque
    )
  }
  return compared(node, '==', true, reading) ?? opaque
}

function constant({ op, args }: Node): VendorValue | undefined {
  if (op === '-_') {
    const of = constant(args as Node)
    return typeof of === 'number' ? -of : undefined
  }
  if (op !== 'value') return undefined
  if (typeof args === 'bigint') return Number(args)
  return typeof args === 'number' || typeof args === 'string' || typeof args === 'boolean' ? args : undefined
}

/** A value or a time held against something that is written there. */
function compared(
  node: Node,
  op: string,
  to: VendorValue | undefined,
  { cellsOf }: Reading,
): Said | undefined {
  if (to === undefined) return undefined
  if (node.op === 'call') {
    const [name, words] = node.args as [string, readonly Node[]]
    if (name !== 'value') return undefined
    const [device, capability, attribute, part] = words.map(constant) as string[]
    const cells = cellsOf({ device: device!, part, capability: capability!, attribute: attribute! })
    const test = testOf(op, to)
    return cells.length === 0 || test === undefined ? undefined : { kind: 'value', cells, ...test }
  }
  if (node.op !== '.' || typeof to !== 'number') return undefined
  const [of, field] = node.args as [Node, string]
  const holds = (value: number): boolean => isSo(value, op, to)
  if (of.op !== 'id' || of.args !== 'time') return undefined
  const week = minutesWhere(field, holds)
  return week === undefined ? undefined : { kind: 'week', week }
}

function testOf(op: string, to: VendorValue): { readonly test: Test; readonly isNot: boolean } | undefined {
  if (op === '==' || op === '!=') return { test: { is: to }, isNot: op === '!=' }
  if (typeof to !== 'number') return undefined
  // What is not at most so much is above it.
  if (op === '>' || op === '<=') return { test: { above: to }, isNot: op === '<=' }
  return { test: { below: to }, isNot: op === '>=' }
}

function isSo(value: number, op: string, to: number): boolean {
  switch (op) {
    case '<':
      return value < to
    case '<=':
      return value <= to
    case '>':
      return value > to
    case '>=':
      return value >= to
    case '==':
      return value === to
    default:
      return value !== to
  }
}
