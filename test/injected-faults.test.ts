// Catches an acceptance test that has become theatre: what it forbids is done to a copy of the source in memory, and it must fail.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faults, runWith, unseen } from './faults.ts'
import { root } from './server.ts'

const first = faults.filter(({ of }, i) => faults.findIndex((each) => each.of === of) === i)

describe(
  'each acceptance test finds a fault that is put into the program',
  { concurrency: 2, timeout: 110_000 },
  () => {
    for (const fault of first)
      test(`${fault.of}: ${fault.what}`, async () =>
        assert.equal(unseen(fault, await runWith(fault)), undefined))
  },
)

test('there is a fault for each acceptance test whose features exist', () => {
  assert.deepEqual(
    first.map(({ of }) => of),
    ['P1', 'P2', 'P3', 'P5', 'P6', 'P7', 'P8', 'P9', 'P11'],
  )
})

test('the list of acceptance tests names the test that each fault is meant for', () => {
  const lines = readFileSync(join(root, 'test/README.md'), 'utf8').split('\n')
  for (const { of, test: file } of faults)
    assert.ok(
      lines.some((line) => line.startsWith(`| ${of} |`) && line.includes(`\`${file}\``)),
      `${of}: ${file}`,
    )
})
