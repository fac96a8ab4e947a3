import { capabilities, isCapability, mostTableRows, tableHead, type FieldError } from '@eaves/model'
import { largestNumber } from '../homes/homes.ts'
import { isoMs } from './instants.ts'
import type { SeriesKind } from './kinds.ts'

export interface Row {
  readonly ts: number
  readonly value: number | boolean | string
}
export interface CsvRead {
  readonly rows: readonly Row[]
  /** Line by line, the first of them. */
  readonly errors: readonly FieldError[]
  /** How many lines have something wrong. */
  readonly faulty: number
  /** Lines that say again what a line before said. */
  readonly repeated: number
}
interface Rules {
  readonly path: string
  readonly kind: SeriesKind
  /** Earlier than this nothing is kept, later than that nothing has happened yet. */
  readonly earliest: number
  readonly latest: number
  /** Whether a counter may begin anew, as one does that was exchanged. */
  readonly resets: boolean
}

const longestErrors = 20
/** So many lines are read in a few milliseconds. */
const turnLines = 2_000
const counters = new Set([
  'kilowattHours',
  'producedKilowattHours',
  'waterCubicMeters',
  'gasCubicMeters',
  'pulses',
])

/** Reads a table of instants and values as the export writes it, in short turns; what cannot be meant is named by its line. */
export async function readCsv(text: string, rules: Rules): Promise<CsvRead> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const errors: FieldError[] = headFaults(lines, rules)
  if (errors.length > 0) return { rows: [], errors, faulty: errors.length, repeated: 0 }
  const known = new Map<number, Told>()
  let [repeated, faulty] = [0, 0]
  const say = (line: number, code: string): void => {
    faulty++
    if (errors.length < longestErrors) errors.push({ path: `line ${line}`, code })
  }
  for (const [index, line] of lines.entries()) {
    if (index % turnLines === turnLines - 1) await new Promise((resolve) => setImmediate(resolve))
    if (index === 0 || line.trim() === '') continue
    const row = rowOf(line, rules)
    if (typeof row === 'string') {
      say(index + 1, row)
      continue
    }
    const before = known.get(row.ts)
    if (before === undefined) known.set(row.ts, { ...row, line: index + 1 })
    else if (before.value === row.value) repeated++
    else say(index + 1, 'twice')
  }
  const told = [...known.values()].toSorted((a, b) => a.ts - b.ts)
  if (faulty === 0 && !rules.resets && counters.has(rules.path.split('/').at(-1)!))
    for (const [i, { line, value }] of told.entries())
      if (i > 0 && value < told[i - 1]!.value) say(line, 'counter-backwards')
  return { rows: told.map(({ ts, value }) => ({ ts, value })), errors, faulty, repeated }
}

interface Told extends Row {
  readonly line: number
}

function headFaults(lines: readonly string[], { kind }: Rules): FieldError[] {
  const head = cellsOf(lines[0] ?? '')
  const errors: FieldError[] = []
  if (head?.[0] !== 'at' || !head[1]?.startsWith('value')) errors.push({ path: 'line 1', code: 'header' })
  else if (head[1] !== tableHead(kind.unit)[1]) errors.push({ path: 'line 1', code: 'unit' })
  if (lines.length - 1 > mostTableRows + 1)
    errors.push({ path: `line ${mostTableRows + 2}`, code: 'too-many-rows' })
  return errors
}

/** A row, or what is wrong with it. */
function rowOf(line: string, rules: Rules): Row | string {
  const cells = cellsOf(line)
  if (cells?.length !== 2) return 'columns'
  const ts = isoMs(cells[0]!)
  if (ts === undefined || !cells[0]!.includes('T')) return 'not-an-instant'
  if (ts > rules.latest) return 'in-the-future'
  if (ts < rules.earliest) return 'too-old'
  const value = valueOf(cells[1]!, rules)
  return value === undefined ? 'value' : value === 'out-of-range' ? value : { ts, value: value.is }
}

function valueOf(
  text: string,
  { path, kind }: Rules,
): { readonly is: Row['value'] } | 'out-of-range' | undefined {
  const [, capability = '', attribute = ''] = path.split('/')
  const spec = isCapability(capability) ? capabilities[capability].attributes[attribute] : undefined
  if (kind.type === 'boolean') return /^(true|false)$/.test(text) ? { is: text === 'true' } : undefined
  if (kind.type === 'choice') {
    const plain = text.replace(/^'(?=[=+\-@\t\r])/, '')
    const isOne = spec?.type !== 'enum' || spec.values.includes(plain)
    return plain.length > 0 && plain.length <= 120 && isOne ? { is: plain } : undefined
  }
  const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(number)) return undefined
  const isFar =
    Math.abs(number) > largestNumber || (spec?.type === 'number' && (number < spec.min || number > spec.max))
  return isFar ? 'out-of-range' : { is: number }
}

/** The cells of one line as RFC 4180 has them; undefined when its quotes do not close. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = []
  for (let at = 0; ;) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(line.slice(at, at + 1_000))
    const plain = /^[^",]*(?=,|$)/.exec(line.slice(at, at + 1_000))
    const found = quoted ?? plain
    if (found === null) return undefined
    cells.push(quoted ? quoted[1]!.replaceAll('""', '"') : found[0].trim())
    at += found[0].length
    if (at >= line.length || cells.length > 4) return cells
    at++
  }
}
