// Catches a test run that looks green while something failed, hung, was left to do or never ran.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { batchesOf } from './batches.ts'

const head = `import { test } from 'node:test'\nimport assert from 'node:assert/strict'\n`

// A runner refuses to run inside a runner, so each tally is taken in a process of its own.
function program(folder: string, names: readonly string[], doShare: boolean): string {
  const files = names.filter((name) => name.endsWith('.test.ts'))
  const { batches, alone } = doShare ? batchesOf(folder, 'shared', files) : { batches: [], alone: files }
  const paths = [...alone, ...batches.map(({ file }) => file)].map((name) => join(folder, name))
  return `import { run } from 'node:test'
    import { createTally } from ${JSON.stringify(new URL('./tally.ts', import.meta.url).href)}
    const tally = createTally(${JSON.stringify(folder)}, line => console.log(line), () => performance.now(), ${JSON.stringify(batches)})
    for await (const event of run({ files: ${JSON.stringify(paths)}, concurrency: 2 })) tally.take(event)
    const { lines, isGreen } = tally.report()
    for (const line of lines) console.log(line)
    process.exitCode = isGreen ? 0 : 1`
}

function tallyOf(files: Record<string, string>, doShare = false): { text: string; isGreen: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'eaves-tally-'))
  try {
    for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, name), head + body)
    const env = { ...process.env }
    delete env.NODE_TEST_CONTEXT
    writeFileSync(join(folder, 'taker.ts'), program(folder, Object.keys(files), doShare))
    const done = spawnSync(process.execPath, [join(folder, 'taker.ts')], { env, encoding: 'utf8' })
    return { text: done.stdout.trimEnd(), isGreen: done.status === 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('counts passed, failed and skipped and ends with the closing line', () => {
  const { text, isGreen } = tallyOf({
    'a.test.ts': `test('good', () => {})\ntest('bad', () => assert.equal(1, 2))\ntest.skip('not here', () => {})\n`,
    'b.test.ts': `test('also good', () => {})\n`,
  })
  assert.equal(isGreen, false)
  assert.match(text, /\n2 passed, 1 failed, 1 skipped$/)
  assert.match(text, /a\.test\.ts › bad/)
})

test('a file that cannot be loaded counts as a failure and shows its output', () => {
  const { text, isGreen } = tallyOf({ 'broken.test.ts': `import './missing.ts'\ntest('never', () => {})\n` })
  assert.equal(isGreen, false)
  assert.match(text, /broken\.test\.ts › the file itself/)
  assert.match(text, /missing\.ts/)
})

test('a file without a test and a test left to do are failures', () => {
  const { text, isGreen } = tallyOf({
    'empty.test.ts': 'assert.ok(true)\n',
    'later.test.ts': `test.todo('one day')\n`,
  })
  assert.equal(isGreen, false)
  assert.match(text, /holds no test/)
  assert.match(text, /is marked as still to do/)
  assert.match(text, /\n0 passed, 2 failed$/)
})

test('a test declared by a helper counts for the file that was run', () => {
  const { text } = tallyOf({
    'helper.ts': `export const both = () => test('from afar', () => assert.fail('here'))\n`,
    'a.test.ts': `import { both } from './helper.ts'\nboth()\nassert.ok(test)\n`,
  })
  assert.match(text, /a\.test\.ts › from afar/)
  assert.match(text, /\n0 passed, 1 failed$/)
})

test('a run in which everything is skipped is not green', () => {
  const { isGreen } = tallyOf({ 'skipped.test.ts': `test.skip('not here', () => {})\n` })
  assert.equal(isGreen, false)
})

test('what a test counted is said at the end, under the name of its file', () => {
  const { text } = tallyOf({
    'a.test.ts': `test('good', (t) => t.diagnostic('12 cells'))\n`,
    'b.test.ts': `test('good', (t) => t.test('part', (t) => t.diagnostic('3 frames')))\n`,
  })
  assert.match(text, /^Counted and measured:$/m)
  assert.match(text, /^a\.test\.ts: 12 cells$/m)
  assert.match(text, /^b\.test\.ts: 3 frames$/m)
})

test('files that share a process count, fail and speak by their own names', () => {
  const { text, isGreen } = tallyOf(
    {
      'a.test.ts': `test('good', (t) => t.diagnostic('12 cells'))\n`,
      'b.test.ts': `console.log('heard')\ntest('bad', () => assert.equal(1, 2))\n`,
      'broken.test.ts': `import './missing.ts'\ntest('never', () => {})\n`,
      'c.test.ts': `if (assert === undefined)\ntest('never', () => {})\n`,
      'd.test.ts': `test('last', () => {})\n`,
    },
    true,
  )
  assert.equal(isGreen, false)
  assert.match(text, /^a\.test\.ts: 12 cells$/m)
  assert.match(text, /^✓ a\.test\.ts  1 test,/m)
  assert.match(text, /b\.test\.ts › bad/)
  assert.match(text, /Output of b\.test\.ts:\n +heard/)
  assert.match(text, /broken\.test\.ts cannot be read/)
  assert.match(text, /c\.test\.ts › the file itself\n +holds no test/)
  assert.match(text, /^✓ d\.test\.ts  1 test,/m)
})

test('what changes its process has one of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eaves-batches-'))
  try {
    const files = {
      'a.test.ts': `test('plain', () => {})\n`,
      'b.test.ts': `process.env.X = '1'\ntest('sets', () => {})\n`,
      'c.test.ts': `after(() => {})\ntest('ends', () => {})\n`,
      'd.test.ts': `import { both } from './helper.ts'\nboth()\n`,
    }
    for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, name), body)
    const { batches, alone } = batchesOf(folder, 'shared', Object.keys(files))
    assert.deepEqual(alone, ['b.test.ts', 'c.test.ts', 'd.test.ts'])
    assert.deepEqual(
      batches.flatMap(({ members }) => members),
      ['a.test.ts'],
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
