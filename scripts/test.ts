// Runs the tests: npm test [-- path or part of a path …]. The bootstrap has installed and built what they need.
import { run } from 'node:test'
import { join } from 'node:path'
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
  files: readonly string[],
  limit: { runMs: number; fileMs: number; testMs: number },
  stop: AbortController,
): Promise<boolean> {
  const tally = createTally(root, say, () => performance.now())
  const giveUp = (late: readonly string[], limitMs: number): void => {
    say(`\nMore than ${limitMs / minuteMs} minutes: ${late.join(', ')}. The run ends here.`)
    stop.abort()
  }
  const overrun = setTimeout(() => giveUp(tally.unfinished(), limit.runMs), limit.runMs)
  const watch = setInterval(() => {
    const late = tally.unfinished(limit.fileMs)
    if (late.length > 0 && !stop.signal.aborted) giveUp(late, limit.fileMs)
  }, 1_000)
  const events = run({
    files: files.map((file) => join(root, file)),
    concurrency: 2,
    timeout: limit.testMs,
    signal: stop.signal,
  })
  for await (const event of events) tally.take(event)
  clearTimeout(overrun)
  clearInterval(watch)
  const { lines, isGreen } = tally.report()
  for (const line of lines) say(line)
  return isGreen && !stop.signal.aborted
}

async function main(): Promise<boolean> {
  const args = process.argv.slice(2)
  const isFull = args.includes('--full')
  const patterns = args.filter((arg) => !arg.startsWith('--'))
  const files = select(isFull, patterns)
  if (files.length === 0) {
    say(`No test file matches ${patterns.join(', ') || '**/*.test.ts'}.\n0 passed, 0 failed`)
    return false
  }
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  cleanEnvironment()
  const notRun = patterns.length === 0 ? prepareMachine(say) : []
  const cluster = await openPostgres(files)
  try {
    for (const line of notRun) say(line)
    return await runFiles(files, isFull ? limits.full : limits.short, stop)
  } finally {
    await cluster?.stop()
  }
}

process.exitCode = (await main()) ? 0 : 1
