// Catches a program that shows another text, or another table, under the name of a published version.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause, lastPublished } from '@eaves/policy'
import { root } from './tree.ts'
import { thawed, versionFiles } from './versions.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

test('one fact more, though the promise is the same, is found in what was frozen', () => {
  clause('fm.date')
  clause('pp.0')
  const { version, promised, facts } = lastPublished
  assert.deepEqual(thawed(versionFiles(version, promised, facts), read), [])
  const [first] = facts
  // A shorter time beside a longer one: the promise names the longest, the table both.
  const shorter = { ...first!, retention: { ...first!.retention, keep: 'PT1H' } } as const
  const found = thawed(versionFiles(version, promised, [...facts, shorter]), read)
  assert.equal(found.length, 1)
  assert.match(found[0]!, /2\.\d+\.facts\.json: frozen/)
})
