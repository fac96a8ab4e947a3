// Catches a dependency that is not what was decided: a range, another version, an address, a script, a licence.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLock } from './check-lock.ts'
import { withTree } from './testing/sample-tree.ts'

const good = { version: '1.2.3', integrity: 'sha512-x', license: 'MIT' }

function judge(entry: Record<string, unknown>, pin = '1.2.3'): string {
  const files = {
    'package.json': JSON.stringify({ name: 'sample', dependencies: { left: pin } }),
    'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/left': entry } }),
  }
  return withTree(files, checkLock).problems.join('\n')
}

test('an exact pin that the lock agrees with passes', () => {
  assert.equal(judge(good), '')
})

test('a range is refused', () => {
  assert.match(judge(good, '^1.2.3'), /left is "\^1\.2\.3", not an exact version/)
})

test('a lock that silently resolved to an older version is refused', () => {
  assert.match(judge({ ...good, version: '1.0.0' }), /pinned to 1\.2\.3 but the lock resolves it to 1\.0\.0/)
})

test('an address in the lock is refused', () => {
  assert.match(judge({ ...good, resolved: 'https://example.org/left.tgz' }), /carries an address/)
})

test('a missing integrity hash is refused', () => {
  assert.match(judge({ version: '1.2.3', license: 'MIT' }), /no integrity hash/)
})

test('a lock without the binary of another platform is refused', () => {
  assert.match(
    judge({ ...good, optionalDependencies: { 'left-darwin': '1.2.3' } }),
    /left needs left-darwin on some platform/,
  )
})

test('an install script in the product is refused', () => {
  assert.match(judge({ ...good, hasInstallScript: true }), /wants an install script/)
})

test('a licence off the list, or none, is refused, and an expression is read', () => {
  assert.match(judge({ ...good, license: 'GPL-3.0-only' }), /licence of left \(GPL-3\.0-only\)/)
  assert.match(judge({ version: '1.2.3', integrity: 'sha512-x' }), /none stated/)
  assert.match(judge({ ...good, license: 'MIT AND GPL-2.0-only' }), /not on the list/)
  assert.equal(judge({ ...good, license: '(MIT OR GPL-3.0-or-later)' }), '')
})

test('what only tests use may have another licence', () => {
  assert.equal(judge({ ...good, license: 'EUPL-1.2', dev: true }), '')
})
