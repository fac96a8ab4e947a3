// Runs the tests: npm test [-- path or part of a path …]. The bootstrap has installed and built what they need.
// A run of all of them ends with the promises that were not shown; --promises (npm run promises) runs those that name one and says each.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { countOf, gaps, keptIn, promiseLines, readShown } from './promises.ts'
import { batchesOf } from './testing/batches.ts'
import { postgresFolder, prepareMachine } from './testing/machine.ts'
import { startPostgres, type PostgresCluster } from './testing/postgres.ts'
import { createTally } from './testing/tally.ts'
import { listFiles, root } from './tree.ts'

const minuteMs = 60_000
// A test that is over its time fails; a file that stays after its tests (a forgotten timer) ends the run.
const limits = {
  short: { runMs: 12 * minuteMs, fileMs: 4 * minuteMs, testMs: 2 * minuteMs },
  full: { runMs: 90 * minuteMs, fileMs: 60 * minuteMs, testMs: 55 * minuteMs },
}

// A third of a browser's journey is waiting, so that most run three at a time on two processors. These compare times, or what was
// done in one: they run before, two at a time.
const timed = ['durability', 'enumeration', 'fan-out-rights', 'offline', 'speed']

const say = (line: string): void => console.log(line)

function select(isFull: boolean, patterns: readonly string[]): string[] {
  const wanted = patterns.map((pattern) => pattern.replace(/^\.\//, ''))
  return listFiles(root).filter((file) => {
    if (!file.endsWith('.test.ts') || (!isFull && file.endsWith('.full.test.ts'))) return false
    return wanted.length === 0 || wanted.some((pattern) => file.includes(pattern))
  })
}

// What surrounds a developer's own instance must not leak into servers that tests start.
function cleanEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('EAVES_') && !name.startsWith('EAVES_TEST_')) delete process.env[name]
  }
}

async function openPostgres(files: readonly string[]): Promise<PostgresCluster | undefined> {
  const folder = postgresFolder()
  const isNeeded = files.some((file) => /^(server|test)\//.test(file))
  if (!isNeeded || folder === undefined || process.env.EAVES_TEST_POSTGRES_URL !== undefined) return undefined
  const cluster = await startPostgres(folder)
  process.env.EAVES_TEST_POSTGRES_URL = cluster.url
  return cluster
}

async function runFiles(
  { batches, alone }: ReturnType<typeof batchesOf>,
  limit: { runMs: number; fileMs: number; testMs: number },
  stop: AbortController,
  judge: () => Promise<boolean>,
): Promise<boolean> {
  const tally = createTally(root, say, () => performance.now(), batches)
  const giveUp = (late: readonly string[], limitMs: number): void => {
    say(`\nMore than ${limitMs / minuteMs} minutes: ${late.join(', ')}. The run ends here.`)
    stop.abort()
  }
  const overrun = setTimeout(() => giveUp(tally.unfinished(), limit.runMs), limit.runMs)
  const watch = setInterval(() => {
    const late = tally.unfinished(limit.fileMs)
    if (late.length > 0 && !stop.signal.aborted) giveUp(late, limit.fileMs)
  }, 1_000)
  const all = [...alone, ...batches.map(({ file }) => file)]
  const isTimed = (file: string): boolean => timed.some((name) => file.endsWith(`/${name}.test.ts`))
  for (const { files, concurrency } of [
    { files: all.filter(isTimed), concurrency: 2 },
    { files: all.filter((file) => !isTimed(file)), concurrency: 3 },
  ]) {
    if (files.length === 0 || stop.signal.aborted) continue
    const events = run({
      files: files.map((file) => join(root, file)),
      concurrency,
      timeout: limit.testMs,
      signal: stop.signal,
      // What a file imports is found as in the program.
      execArgv: [join(root, 'server/src/resolve.mjs'), join(root, 'scripts/testing/clause-hook.ts')].flatMap(
        (file) => ['--import', file],
      ),
    })
    for await (const event of events) tally.take(event)
  }
  clearTimeout(overrun)
  clearInterval(watch)
  const { lines, isGreen } = tally.report()
  for (const line of lines.slice(0, -1)) say(line)
  const areKept = await judge()
  // The count comes last, for whoever reads only that.
  for (const line of lines.slice(-1)) say(line)
  return isGreen && areKept && !stop.signal.aborted
}

/** What the tests that were run say of the promises; `isTold`: each promise in full. */
async function judgePromises(place: string, isTold: boolean): Promise<boolean> {
  const { clauses } = await import('@eaves/policy')
  const all = Object.values(clauses)
  const kept = keptIn(root)
  const shown = readShown(place, root)
  if (isTold) for (const line of promiseLines(all, kept, shown)) say(line)
  const missing = gaps(all, kept, shown)
  const { executable, declaratory, later } = countOf(all)
  for (const line of missing) say(`✗ ${line}`)
  say(
    `Promises: ${executable} kept by code, ${declaratory} declaratory, ${later} later; ${missing.length} gaps\n`,
  )
  return missing.length === 0
}

async function main(): Promise<boolean> {
  const args = process.argv.slice(2)
  const isFull = args.includes('--full')
  const areAsked = args.includes('--promises')
  const patterns = args.filter((arg) => !arg.startsWith('--'))
  const naming = areAsked ? new Set([...keptIn(root).values()].flatMap(({ tests }) => tests)) : undefined
  // Those of the whole program take longest: begun first, none of them is waited for alone at the end.
  const isWhole = (file: string): number => Number(file.startsWith('test/'))
  const files = select(isFull, patterns)
    .filter((file) => naming?.has(file) ?? true)
    .toSorted((a, b) => isWhole(b) - isWhole(a))
  if (files.length === 0) {
    say(`No test file matches ${patterns.join(', ') || '**/*.test.ts'}.\n0 passed, 0 failed`)
    return false
  }
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  cleanEnvironment()
  // Each file is a process of its own, which would read most of the server anew.
  process.env.NODE_COMPILE_CACHE ??= join(root, '.cache', 'compile')
  // Tests that have a larger form take it.
  if (isFull) process.env.EAVES_TEST_WHOLE = '1'
  const notRun = patterns.length === 0 ? prepareMachine(say) : []
  const cluster = await openPostgres(files)
  const folder = mkdtempSync(join(tmpdir(), 'eaves-promises-'))
  const place = join(folder, 'shown')
  process.env.EAVES_TEST_PROMISES = place
  try {
    for (const line of notRun) say(line)
    return await runFiles(
      batchesOf(root, '.cache/tests', files),
      isFull ? limits.full : limits.short,
      stop,
      () => (patterns.length === 0 ? judgePromises(place, areAsked) : Promise.resolve(true)),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await cluster?.stop()
  }
}

process.exitCode = (await main()) ? 0 : 1
