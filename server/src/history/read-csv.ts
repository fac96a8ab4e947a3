import { capabilities, isCapability, type FieldError } from '@eaves/model'
import { unitIn } from './export.ts'
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
export const longestRows = 100_000
const counters = new Set([
  'kilowattHours',
  'producedKilowattHours',
  'waterCubicMeters',
  'gasCubicMeters',
  'pulses',
])

/** Reads a table of instants and values as the export writes it; what cannot be meant is named by its line. */
export function readCsv(text: string, rules: Rules): CsvRead {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const head = cellsOf(lines[0] ?? '')
  const wanted = `value${unitIn(rules.kind.unit)}`
  const errors: FieldError[] = []
  const say = (line: number, code: string) => void errors.push({ path: `line ${line}`, code })
  if (head?.[0] !== 'at' || !head[1]?.startsWith('value')) say(1, 'header')
  else if (head[1] !== wanted) say(1, 'unit')
  if (lines.length - 1 > longestRows + 1) say(longestRows + 2, 'too-many-rows')
  if (errors.length > 0) return { rows: [], errors, repeated: 0 }
  const known = new Map<number, Row['value']>()
  let repeated = 0
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    if (errors.length >= longestErrors) break
    const row = rowOf(line, rules)
    if (typeof row === 'string') say(index + 1, row)
    else if (known.has(row.ts)) {
      if (known.get(row.ts) === row.value) repeated++
      else say(index + 1, 'twice')
    } else known.set(row.ts, row.value)
  }
  const rows = [...known].map(([ts, value]) => ({ ts, value })).toSorted((a, b) => a.ts - b.ts)
  if (errors.length === 0 && !rules.resets && counters.has(rules.path.split('/').at(-1)!))
    for (const [i, { ts, value }] of rows.entries())
      if (i > 0 && value < rows[i - 1]!.value && errors.length < longestErrors)
        errors.push({ path: new Date(ts).toISOString(), code: 'counter-backwards' })
  return { rows, errors, repeated }
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
  const isFar = spec?.type === 'number' && (number < spec.min || number > spec.max)
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
