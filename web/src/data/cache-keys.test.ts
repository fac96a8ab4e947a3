// Catches an answer about one home that is kept where another home's page would find it.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'

const src = join(import.meta.dirname, '..')
const sources = (folder: string): { readonly name: string; readonly text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

test('every answer about a home is kept under the id of that home', () => {
  clause('pp.5.1')
  let checked = 0
  for (const { name, text } of sources(join(src, 'data'))) {
    // From one key to the next: the key itself, and the query that fills it.
    for (const [part] of text.matchAll(/queryKey:(?:(?!queryKey:|mutationFn)[^])*/g)) {
      const key = /^queryKey:\s*([^\n]+)/.exec(part)![1]!
      const isFilling = /^queryKey:[^\n]+\n\s*queryFn/.test(part)
      if (!isFilling || !/at`\/api\/homes\/\$\{home\}/.test(part)) continue
      checked += 1
      assert.match(key, /\bhome\b/, `${name}: ${key}`)
    }
    for (const [, made] of text.matchAll(
      /[kK]ey = (\([^)]*\b(?:home|device|group)\b[^)]*\) => \[[^\]]+\])/g,
    )) {
      checked += 1
      assert.match(made!, /\[[^\]]*\bhome\b/, `${name}: ${made}`)
    }
  }
  assert.ok(checked > 20, `${checked} keys`)
})
