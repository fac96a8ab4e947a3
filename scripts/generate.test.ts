// Catches a generated page that was edited by hand or left behind by the code.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { staleFiles } from './generate.ts'
import { capabilities, capabilityIds } from '@eaves/model'
import {
  capabilityReference,
  dataMapReference,
  environmentReference,
  errorReference,
  glossary,
} from './reference.ts'
import { sqliteSchema } from './schema-dump.ts'
import { mapRows } from '../server/src/store/schema.ts'
import { plantTree } from './testing/sample-tree.ts'

const pages = [{ path: 'docs/reference/a.md', text: () => Promise.resolve('fresh\n') }]

async function judge(files: Record<string, string>): Promise<string[]> {
  const top = plantTree(files)
  try {
    return await staleFiles(top, pages)
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

test('a page that differs or is missing is stale, an equal one is not', async () => {
  assert.deepEqual(await judge({ 'docs/reference/a.md': 'stale\n' }), ['docs/reference/a.md'])
  assert.deepEqual(await judge({ 'docs/other.md': '' }), ['docs/reference/a.md'])
  assert.deepEqual(await judge({ 'docs/reference/a.md': 'fresh\n' }), [])
})

test('the pages say what their tables say', () => {
  assert.match(
    errorReference({ 'a.b': { status: 418, title: 'No.', todo: 'Tea | water.' } }),
    /\| `a\.b` \| 418 \| No\. \| Tea \\\| water\. \|/,
  )
  assert.match(
    environmentReference({ X: { help: 'a <b>' }, Y: { notBuilt: 'later' } }),
    /`X` \| a &lt;b&gt;[\s\S]*`Y` \| refused until it is built: later/,
  )
  assert.match(
    glossary('/**\n * Words.\n *\n * home  a place\n */\n'),
    /Words\.\n\n```text\nhome  a place\n```/,
  )
})

test('the page of capabilities has a section for each, with its ranges, arguments and events', () => {
  const text = capabilityReference(capabilities)
  assert.deepEqual(
    text.split('\n').flatMap((line) => (line.startsWith('## ') ? [line.slice(3)] : [])),
    capabilityIds,
  )
  assert.match(text, /## level\n\nBrightness[^\n]+\n\n[^\n]+\n[^\n]+\n\| `percent` \| 0 to 100 % \|/)
  assert.match(
    text,
    /`setLevel\(percent, transitionSeconds\?\)`\n\nArguments: `transitionSeconds` 0 to 3600 s/,
  )
  assert.match(text, /`code` text of at most 32 characters, \*secret\*/)
})

test('the page of the data map has a line for every column', () => {
  const rows = mapRows()
  const text = dataMapReference(rows, ({ keep }) => `kept ${keep}`)
  assert.equal(text.split('\n').filter((line) => line.startsWith('| `')).length, rows.length)
  assert.match(
    text,
    /\| `facts\.account` \| `email` \| personal, key of the person \| user\.contact\.email \| [^|]*\| kept P30D \|/,
  )
})

test('the schema dump is the same each time and leaves nothing behind', async () => {
  const first = await sqliteSchema()
  assert.match(first, /CREATE TABLE account/)
  assert.equal(await sqliteSchema(), first)
})
