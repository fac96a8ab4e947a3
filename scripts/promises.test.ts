// Catches a promise that nothing keeps or shows, and a failed or skipped test that counts as a proof.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { clauses, type Clause } from '@eaves/policy'
import { gaps, keptIn, promiseReference, readShown } from './promises.ts'
import { withTree } from './testing/sample-tree.ts'
import { root } from './tree.ts'

const one = clauses['sa.1']
const planned: Clause = {
  ...clauses['pp.5.3'],
  kind: { is: 'later', missing: 'The incident machine.', refused: 'People are told by hand.' },
}
const call = 'clause'
const named = { 'server/src/a.ts': 'const a = 1 // sa.1\n', 'test/a.test.ts': `${call}('sa.1')\n` }

test('a promise with a line outside tests and a test that names it has no gap', () => {
  withTree(named, (top) => assert.deepEqual(gaps([one, planned], keptIn(top)), []))
})

test('a line in a test keeps nothing, and a comment in a test shows nothing', () => {
  withTree({ 'test/a.test.ts': `${call}('sa.1') // sa.1\n` }, (top) =>
    assert.match(gaps([one], keptIn(top)).join(), /^sa\.1: no line outside tests/),
  )
  withTree({ ...named, 'test/a.test.ts': '// sa.1\n' }, (top) =>
    assert.match(gaps([one], keptIn(top)).join(), /^sa\.1: no test names it/),
  )
})

test('a test that failed, was skipped or was not run shows nothing', () => {
  const source = (body: string) =>
    `import { test } from 'node:test'
     import { clause } from '${join(root, 'policy/src/clauses.ts')}'
     ${body}`
  const bodies = {
    passes: `test('x', () => void clause('sa.1'))`,
    fails: `test('x', () => { clause('sa.1'); throw new Error('no') })`,
    'fails later': `test('x', async () => { clause('sa.1'); await null; throw new Error('no') })`,
    skips: `test('x', (t) => { clause('sa.1'); t.skip() })`,
    'is not run': `test('x', { skip: true }, () => void clause('sa.1'))`,
    'names it outside': `clause('sa.1'); test('x', () => {})`,
  }
  const folder = mkdtempSync(join(tmpdir(), 'eaves-shown-'))
  const verdicts = Object.entries(bodies).map(([name, body], index) => {
    const file = join(folder, `${index}.test.ts`)
    const place = join(folder, `${index}.shown`)
    writeFileSync(file, source(body))
    spawnSync(process.execPath, ['--import', join(root, 'scripts/testing/clause-hook.ts'), file], {
      env: { ...process.env, NODE_TEST_CONTEXT: undefined, EAVES_TEST_PROMISES: place },
    })
    const shown = readShown(place, folder)
    return [name, withTree(named, (top) => gaps([one], keptIn(top), shown)).length === 0]
  })
  rmSync(folder, { recursive: true, force: true })
  assert.deepEqual(verdicts, [
    ['passes', true],
    ['fails', false],
    ['fails later', false],
    ['skips', false],
    ['is not run', false],
    ['names it outside', false],
  ])
})

test('the report says of a later promise what is missing and what is refused until then', () => {
  const text = promiseReference(
    [one, planned],
    new Map([['sa.1', { lines: ['a.ts'], tests: ['b.test.ts'] }]]),
  )
  assert.match(text, /Later: The incident machine\. .*Until then: People are told by hand\./)
  assert.match(text, /`a\.ts` .*`b\.test\.ts`/)
  assert.match(text, /1 are kept by code, 0 cannot be executed, 1 come later/)
})
