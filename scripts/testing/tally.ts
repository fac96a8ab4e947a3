// Turns the runner's events into what a person reads: a line per file, what tests counted and failures in full at the end, one closing line.
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'
import type { Batch } from './batches.ts'

interface FileRecord {
  readonly startMs: number
  endMs?: number
  /** Of one that shares a process what its tests took. */
  tookMs?: number
  tests: number
  failed: number
  output: string
  /** What its tests measured or counted, in their own words. */
  readonly said: string[]
}

interface Failure {
  readonly file: string
  readonly name: string
  readonly text: string
}

export interface Tally {
  readonly take: (event: TestEvent) => void
  /** The files still running that began at least so many milliseconds ago. */
  readonly unfinished: (sinceMs?: number) => string[]
  readonly report: () => { lines: string[]; isGreen: boolean }
}

type Complete = Extract<TestEvent, { type: 'test:complete' }>['data']

/** Collects one run; `say` prints progress as files end. What files of `batches` do counts for each by its own name. */
export function createTally(
  top: string,
  say: (line: string) => void,
  nowMs: () => number,
  batches: readonly Batch[] = [],
): Tally {
  const files = new Map<string, FileRecord>()
  const membersOf = new Map(batches.map(({ file, members }) => [file, members]))
  const batchOf = new Map(
    batches.flatMap(({ file, members }) => members.map((each) => [each, file] as const)),
  )
  const outputOf = (file: string): string => files.get(batchOf.get(file) ?? file)?.output.trim() ?? ''
  const failures: Failure[] = []
  const count = { passed: 0, failed: 0, skipped: 0 }

  const fail = (file: string, name: string, text: string): void => {
    count.failed += 1
    const record = files.get(file)
    if (record !== undefined) record.failed += 1
    failures.push({ file, name, text })
  }

  const begin = (file: string): void => {
    files.set(file, { startMs: nowMs(), tests: 0, failed: 0, output: '', said: [] })
  }

  /** The file that something of `entry` belongs to: of a batch the member where it stands. */
  const within = (entry: string, data: { readonly file?: string | undefined }): string => {
    const own = relative(top, data.file ?? '')
    return membersOf.get(entry)?.includes(own) === true ? own : entry
  }

  const endTest = (entry: string, data: Complete): void => {
    const file = within(entry, data)
    const record = files.get(file)
    if (record !== undefined && file !== entry && data.nesting === 0)
      record.tookMs = (record.tookMs ?? 0) + data.details.duration_ms
    if (data.details.type === 'suite') return
    if (record !== undefined) record.tests += 1
    if (data.todo !== undefined) fail(file, data.name, 'is marked as still to do')
    else if (data.skip !== undefined) count.skipped += 1
    else if (data.details.error === undefined) count.passed += 1
    else fail(file, data.name, describe(data.details.error))
  }

  const endFile = (file: string, data: Complete): void => {
    const record = files.get(file)
    if (record === undefined) return
    const error = data.details.error
    const members = membersOf.get(file)
    if (error !== undefined && !isEcho(error)) fail(file, 'the file itself', describe(error))
    else if (record.tests === 0 && members === undefined) fail(file, 'the file itself', 'holds no test')
    record.endMs = nowMs()
    if (members === undefined) return sayEnd(file, record, record.endMs - record.startMs)
    for (const member of members) {
      const own = files.get(member)!
      if (own.tests === 0) fail(member, 'the file itself', 'holds no test')
      own.endMs = own.startMs + (own.tookMs ?? 0)
      sayEnd(member, own, own.tookMs ?? 0)
    }
  }

  const sayEnd = (file: string, { failed, tests }: FileRecord, tookMs: number): void =>
    say(`${failed > 0 ? '✗' : '✓'} ${file}  ${tests} ${tests === 1 ? 'test' : 'tests'}, ${seconds(tookMs)} s`)

  const take = (event: TestEvent): void => {
    if (event.type === 'test:dequeue' && isFileEvent(event.data)) {
      const file = relative(top, event.data.name)
      for (const each of [file, ...(membersOf.get(file) ?? [])]) begin(each)
    } else if (event.type === 'test:complete') {
      const file = relative(top, entryFile(event.data))
      if (isFileEvent(event.data)) endFile(file, event.data)
      else endTest(file, event.data)
    } else if (event.type === 'test:diagnostic') {
      files.get(relative(top, event.data.file ?? ''))?.said.push(event.data.message)
    } else if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      const record = files.get(relative(top, event.data.file ?? ''))
      if (record !== undefined && record.output.length < 100_000) record.output += event.data.message
    }
  }

  const unfinished = (sinceMs = 0): string[] =>
    [...files]
      .filter(([, record]) => record.endMs === undefined && nowMs() - record.startMs >= sinceMs)
      .map(([file]) => file)
  const report = (): { lines: string[]; isGreen: boolean } => {
    const isGreen = count.failed === 0 && count.passed > 0
    return {
      lines: [...saidLines(files), ...failureLines(failures, outputOf), ...slowLines(files), closing(count)],
      isGreen,
    }
  }
  return { take, unfinished, report }
}

// A test may be declared by a helper in another file; the file that was run is the one that counts.
function entryFile(data: Complete): string {
  const entry = 'entryFile' in data ? data.entryFile : undefined
  return typeof entry === 'string' ? entry : (data.file ?? data.name)
}

function isFileEvent(data: { name: string; file?: string | undefined; nesting: number }): boolean {
  return data.nesting === 0 && data.name === data.file
}

// A parent fails because a child did: the child has already been counted and told.
function isEcho(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed'
}

function describe(error: Error): string {
  return inspect(error.cause ?? error, { depth: 6 })
}

function saidLines(files: ReadonlyMap<string, FileRecord>): string[] {
  const lines = [...files].flatMap(([file, { said }]) => said.map((line) => `${file}: ${line}`))
  return lines.length === 0 ? [] : ['\nCounted and measured:', ...lines]
}

function failureLines(failures: readonly Failure[], outputOf: (file: string) => string): string[] {
  const lines = failures.map((failure) => `\n✗ ${failure.file} › ${failure.name}\n${indent(failure.text)}`)
  for (const file of new Set(failures.map((failure) => failure.file))) {
    const output = outputOf(file)
    if (output !== '') lines.push(`\nOutput of ${file}:\n${indent(output)}`)
  }
  return lines
}

function slowLines(files: ReadonlyMap<string, FileRecord>): string[] {
  const timed = [...files]
    .filter(([file]) => file.endsWith('.test.ts'))
    .map(([file, record]) => ({
      file,
      tookMs: (record.endMs ?? record.startMs) - record.startMs,
    }))
  const slowest = timed.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, 10)
  return [
    '\nSlowest files:',
    ...slowest.map(({ file, tookMs }) => `${seconds(tookMs).padStart(7)} s  ${file}`),
    '',
  ]
}

function closing(count: { passed: number; failed: number; skipped: number }): string {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  return `${count.passed} passed, ${count.failed} failed${skipped}`
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
