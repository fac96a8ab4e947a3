// Catches what does not belong in the repository. Offending words are put together here, or the check would find them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkHygiene } from './check-hygiene.ts'
import { withTree } from './testing/sample-tree.ts'

const judge = (path: string, text: string): string =>
  withTree({ [path]: text }, (top) => checkHygiene(top)).join('\n')

test('the path of one machine is refused', () => {
  for (const place of [
    ['', 'work', 'main'],
    ['', 'root', '.cache'],
    ['', 'home', 'ada', 'code'],
  ]) {
    assert.match(
      judge('docs/a.md', `see ${place.join('/')}\n`),
      /docs\/a\.md:1: names the path of one machine/,
    )
  }
})

test('routes and addresses that only look like such a path pass', () => {
  assert.equal(
    judge('docs/a.md', 'GET /api/homes/x, ./root/of/tree, https://example.org/work/here, /home\n'),
    '',
  )
})

test('a registry host is refused', () => {
  assert.match(judge('a.json', `"https://registry.${'npmjs'}.org/left"`), /names a registry host/)
})

test('a half-done marker in source is refused', () => {
  for (const marker of [
    ['TO', 'DO'],
    ['FIX', 'ME'],
    ['XX', 'X'],
  ]) {
    assert.match(judge('server/src/a.ts', `// ${marker.join('')} later\n`), /finish it, or leave it out/)
  }
})

test('a file that outgrew its reader is refused, tables of words are not', () => {
  const long = 'export const a = 1\n'.repeat(401)
  assert.match(judge('server/src/a.ts', long), /401 lines; a file ends at 400/)
  assert.equal(judge('server/src/store/migrations/a.ts', long), '')
})

test('committed packages are refused', () => {
  const said = withTree({ 'a.ts': '' }, (top) => checkHygiene(top, ['server/node_modules/x/index.js']))
  assert.match(said.join(), /installed packages are not committed/)
})
