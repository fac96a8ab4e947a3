// Everything that is checked without running the product. Prints a line per step, and its output only when it fails.
// npm run check -- --fix first lets the formatter and the linter mend what they can.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appLists, checkApp } from './check-app.ts'
import { checkBoundaries } from './check-boundaries.ts'
import { checkClauses } from './check-clauses.ts'
import { checkHygiene } from './check-hygiene.ts'
import { checkLock, productBudget } from './check-lock.ts'
import { gaps, keptIn } from './promises.ts'
import { root } from './tree.ts'
import { thawed, versionFiles } from './versions.ts'

interface Outcome {
  readonly isGood: boolean
  readonly output: string
  /** A fact worth a word beside the step's name. */
  readonly remark?: string
}

interface Step {
  readonly name: string
  readonly run: () => Promise<Outcome> | Outcome
}

const bin = (name: string): string => join(root, 'node_modules', name)

/** The tools first, as processes of their own, so that they work while our checks read files. */
const steps: readonly Step[] = [
  { name: 'types', run: () => tool(bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit') },
  {
    name: 'types of the app',
    run: () => tool(bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json', '--noEmit'),
  },
  { name: 'lint', run: () => tool(bin('oxlint/bin/oxlint')) },
  { name: 'format', run: () => tool(bin('oxfmt/bin/oxfmt'), '--list-different', '.') },
  { name: 'messages in every language', run: () => tool(join(root, 'web/scripts/messages.ts')) },
  { name: 'generated is fresh', run: () => tool(join(root, 'scripts/generate.ts'), '--check') },
  {
    name: 'clause comments',
    run: async () => list(checkClauses(root, new Set((await import('@eaves/policy')).clauseIds))),
  },
  {
    name: 'promises have lines and tests',
    run: async () => list(gaps(Object.values((await import('@eaves/policy')).clauses), keptIn(root))),
  },
  {
    name: 'the texts say what the program does',
    run: async () => {
      const { draftVersion, driftOf, lastPublished, promisedBy } = await import('@eaves/policy')
      const { mapFacts } = await import('../server/src/privacy/catalogue.ts')
      const [facts, draft] = [mapFacts(), draftVersion?.version]
      const frozen = draft === undefined ? versionFiles(lastPublished.version, promisedBy(facts), facts) : []
      return list([
        ...driftOf(lastPublished, promisedBy(facts), draft),
        ...thawed(frozen, (path) => readFileSync(join(root, path), 'utf8')),
      ])
    },
  },
  {
    name: 'what the app keeps and puts into addresses',
    run: async () => list(checkApp(root, await appLists())),
  },
  { name: 'boundaries', run: () => list(checkBoundaries(root)) },
  { name: 'lock', run: lockStep },
  { name: 'hygiene', run: () => list(checkHygiene(root, trackedFiles())) },
]

function lockStep(): Outcome {
  const { problems, productCount } = checkLock(root)
  return { ...list(problems), remark: `${productCount} of at most ${productBudget} packages in the product` }
}

function list(problems: readonly string[]): Outcome {
  return { isGood: problems.length === 0, output: problems.join('\n') }
}

function tool(script: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (text: string): void => {
      output += text
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.on('error', reject)
    child.on('close', (code) => resolve({ isGood: code === 0, output: output.trim() }))
  })
}

// Outside a clone (a tarball, a copy) there is nothing tracked and nothing to stray.
function trackedFiles(): string[] {
  const answer = spawnSync('git', ['ls-files', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return answer.status === 0 ? answer.stdout.split('\0').filter((path) => path !== '') : []
}

async function perform(step: Step): Promise<boolean> {
  const startMs = performance.now()
  const outcome = await attempt(step)
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  const remark = outcome.remark === undefined ? '' : `  (${outcome.remark})`
  console.log(`${outcome.isGood ? '✓' : '✗'} ${step.name}, ${seconds} s${remark}`)
  if (!outcome.isGood) console.log(`${outcome.output}\n`)
  return outcome.isGood
}

async function attempt(step: Step): Promise<Outcome> {
  try {
    return await step.run()
  } catch (error) {
    return { isGood: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function mend(): Promise<void> {
  await tool(bin('oxlint/bin/oxlint'), '--fix')
  await tool(bin('oxfmt/bin/oxfmt'), '--write', '.')
}

if (process.argv.includes('--fix')) await mend()
const results = await Promise.all(steps.map(perform))
const bad = results.filter((isGood) => !isGood).length
console.log(bad === 0 ? `All ${results.length} checks passed.` : `${bad} of ${results.length} checks failed.`)
process.exitCode = bad === 0 ? 0 : 1
