// Catches a worker that keeps what the server answers, or that hides the server behind a page of the app.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planFor } from './plan.ts'

const origin = 'https://eaves.local:8420'
const files = ['/', '/assets/index-abc.js', '/icon.svg', '/api/trap']
const plan = (path: string, mode = 'cors', method = 'GET') =>
  planFor({ method, mode, url: path.startsWith('http') ? path : origin + path }, origin, files)

test('answers of the server pass through untouched, whatever asks for them', () => {
  for (const path of [
    '/api/homes',
    '/api/me/export',
    '/api/trap',
    '/health',
    '/metrics',
    '/phone',
    '/eaves-hub.crt',
    '/worker.js',
  ])
    for (const mode of ['cors', 'navigate', 'no-cors'])
      assert.equal(plan(path, mode), 'pass', `${path} ${mode}`)
})
test('each way into the app gets its one page', () => {
  for (const path of ['/', '/homes/abc/devices/def', '/me/phone?x=1', '/sign-in'])
    assert.equal(plan(path, 'navigate'), 'page', path)
})
test('files of the app come from the cache, those not fetched beforehand once they were used', () => {
  assert.deepEqual(
    ['/assets/index-abc.js', '/icon.svg', '/assets/other-def.js', '/other.svg'].map((path) => plan(path)),
    ['kept', 'kept', 'used', 'pass'],
  )
})
test('what changes something, or is elsewhere, is none of its business', () => {
  assert.equal(plan('/', 'navigate', 'POST'), 'pass')
  assert.equal(plan('/assets/index-abc.js', 'cors', 'HEAD'), 'pass')
  assert.equal(plan('https://evil.example/assets/index-abc.js'), 'pass')
  assert.equal(plan('http://eaves.local:8420/', 'navigate'), 'pass')
})
