// Which lines keep each promise and which tests show it: the report, and what is missing from it.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Clause, ClauseId } from '@eaves/policy'
import { expand, inCalls, inComments } from './check-clauses.ts'
import { page, tableOf } from './reference.ts'
import { isSource, listFiles } from './tree.ts'

/** Files by name, in order: where lines name a clause outside tests, and which tests call it. */
export interface Kept {
  readonly lines: readonly string[]
  readonly tests: readonly string[]
}
/** What a test that named a clause came to. */
export interface Shown {
  readonly id: string
  readonly file: string
  readonly test: string
  readonly isShown: boolean
}

const isTest = (path: string): boolean =>
  /\.test\.tsx?$|(^|\/)testing(\/|\.ts)|^(test|scripts|bench)\//.test(path)

/** Every clause that a source under `top` names, with where. */
export function keptIn(top: string): ReadonlyMap<string, Kept> {
  const found = new Map<string, { readonly lines: Set<string>; readonly tests: Set<string> }>()
  const of = (id: string) => {
    const known = found.get(id) ?? { lines: new Set<string>(), tests: new Set<string>() }
    found.set(id, known)
    return known
  }
  for (const path of listFiles(top).filter(isSource)) {
    const text = readFileSync(join(top, path), 'utf8')
    if (/\.test\.tsx?$/.test(path)) for (const { clause } of inCalls(text)) of(clause).tests.add(path)
    if (isTest(path)) continue
    for (const { clause } of inComments(text)) for (const id of expand(clause)) of(id).lines.add(path)
  }
  return new Map(
    [...found].map(([id, { lines, tests }]) => [
      id,
      { lines: [...lines].toSorted(), tests: [...tests].toSorted() },
    ]),
  )
}

/** One sentence for each executable promise that no line keeps or no test shows. `shown`: what a run of the tests came to. */
export function gaps(
  clauses: readonly Clause[],
  kept: ReadonlyMap<string, Kept>,
  shown?: readonly Shown[],
): string[] {
  return clauses.flatMap(({ id, kind }) => {
    if (kind.is !== 'executable') return []
    const { lines, tests } = kept.get(id) ?? { lines: [], tests: [] }
    if (lines.length === 0)
      return [`${id}: no line outside tests names it. Keep it, or register it as later.`]
    if (tests.length === 0) return [`${id}: no test names it.`]
    if (shown === undefined) return []
    const own = shown.filter((each) => each.id === id)
    const failed = own.filter((each) => !each.isShown)
    if (failed.length > 0)
      return failed.map(
        ({ file, test }) => `${id}: not shown by ${file} › ${test}, which failed or was skipped.`,
      )
    return own.length === 0 ? [`${id}: no test that names it was run.`] : []
  })
}

/** What the tests of a run noted, one line each; files as seen from `top`. */
export function readShown(place: string, top: string): Shown[] {
  if (!existsSync(place)) return []
  return readFileSync(place, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Shown)
    .map((each) => ({ ...each, file: relative(top, each.file) }))
}

/** How many promises are kept in which way. */
export function countOf(clauses: readonly Clause[]): Readonly<Record<Clause['kind']['is'], number>> {
  const of = (is: Clause['kind']['is']) => clauses.filter(({ kind }) => kind.is === is).length
  return { executable: of('executable'), declaratory: of('declaratory'), later: of('later') }
}

/** One line for each promise, for a terminal. */
export function promiseLines(
  clauses: readonly Clause[],
  kept: ReadonlyMap<string, Kept>,
  shown: readonly Shown[],
): string[] {
  const passed = (id: ClauseId) => shown.filter((each) => each.id === id && each.isShown)
  return clauses.flatMap(({ id, title, kind }) => {
    if (kind.is === 'declaratory') return [`${id}  ${title}`, `    declaratory: ${kind.reason}`]
    if (kind.is === 'later')
      return [`${id}  ${title}`, `    later: ${kind.missing} Until then: ${kind.refused}`]
    return [
      `${id}  ${title}`,
      ...(kept.get(id)?.lines ?? []).map((file) => `    kept by  ${file}`),
      ...passed(id).map(({ file, test }) => `    shown by ${file} › ${test}`),
    ]
  })
}

/** docs/reference/promises.md. */
export function promiseReference(clauses: readonly Clause[], kept: ReadonlyMap<string, Kept>): string {
  const list = (files: readonly string[]) => files.map((file) => `\`${file}\``).join('<br>')
  const rows = clauses.map(({ id, title, summary, kind }) => [
    `\`${id}\``,
    `**${title}.** ${summary}`,
    kind.is === 'executable'
      ? list(kept.get(id)?.lines ?? [])
      : kind.is === 'later'
        ? `Later: ${kind.missing}`
        : `Nothing can execute it: ${kind.reason}`,
    kind.is === 'later' ? `Until then: ${kind.refused}` : list(kept.get(id)?.tests ?? []),
  ])
  const { executable, declaratory, later } = countOf(clauses)
  const intro = `Every promise of the source policy by its permanent id, in our own words, with the files whose lines keep it and the tests that show it. ${executable} are kept by code, ${declaratory} cannot be executed, ${later} come later and are not promised by the published text. \`npm run promises\` runs the tests that name a promise and says, line by line, which passed; a promise with neither line nor passing test fails. The documents people agree to are in \`policy/src/documents/\`.`
  return page('Promises', [intro, '', ...tableOf(['Clause', 'Promise', 'Kept by', 'Shown by'], rows)])
}

/** What the server shows beside each clause; a line each, so that two changes meet seldom. */
export function keptFile(kept: ReadonlyMap<string, Kept>): string {
  const lines = [...kept]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([id, { lines: keptBy, tests }]) =>
        `  ${JSON.stringify(id)}: ${JSON.stringify({ lines: keptBy, tests })}`,
    )
  return `{\n${lines.join(',\n')}\n}\n`
}
