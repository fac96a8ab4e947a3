// Catches an answer about one home that is kept where another home's page would find it, and a store of the browser that nobody wrote down.
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

test('what the browser keeps is written down for those who use it', () => {
  clause('pp.0')
  const page = readFileSync(join(src, '..', '..', 'docs', 'guide', 'privacy.md'), 'utf8')
  const appearance = readFileSync(join(src, '..', 'public', 'appearance.js'), 'utf8')
  const keys = new Set(
    [...sources(src).map(({ text }) => text), appearance].flatMap((text) =>
      [...text.matchAll(/'(eaves\.[a-z-]+)'/g)].map(([, key]) => key!),
    ),
  )
  assert.ok(keys.size >= 5)
  for (const key of keys)
    assert.ok(page.includes(`| \`${key}\` |`), `docs/guide/privacy.md does not name ${key}`)
  // The last look at a home and the app's own files; stored.test.ts holds what stands in them.
  const kept = ['data/kept-store.ts', 'worker/worker.ts', 'data/stored.ts']
  for (const { name, text } of sources(src).filter((source) => !kept.includes(source.name)))
    assert.doesNotMatch(text, /sessionStorage|indexedDB|document\.cookie|caches\./, name)
})
