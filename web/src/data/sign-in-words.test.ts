// Catches an address read as the wrong kind, a way out of the app through "next", a claim code that is lost, and a label that says too much.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { codeInFragment } from './claim-code.ts'
import { deviceWords } from './device-label.ts'
import { kindOf, likelyCountry, readIdentifier } from './identifier.ts'
import { safeNext } from './next.ts'

test('the one field tells an address from a number', async () => {
  clause('pp.2.1.1')
  assert.deepEqual(['', '  ', 'ada', 'ada@example.org', '+49 170 1234567', '138 0013 8000'].map(kindOf), [
    undefined,
    undefined,
    'email',
    'email',
    'phone',
    'phone',
  ])
  assert.deepEqual(await readIdentifier(' ada@example.org ', undefined), { email: 'ada@example.org' })
  assert.deepEqual(await readIdentifier('138 0013 8000', 'CN'), { phone: '+8613800138000' })
  assert.deepEqual(await readIdentifier('+49 170 1234567', undefined), { phone: '+491701234567' })
  for (const wrong of ['ada', 'ada@', '@example.org', 'a b@example.org', '12', ''])
    assert.equal(await readIdentifier(wrong, undefined), undefined, wrong)
})
test('the country of a bare number comes from the languages, if they name one', () => {
  assert.deepEqual([likelyCountry(['en', 'zh-CN']), likelyCountry(['en'])], ['CN', undefined])
})
test('the code of a claim link stands after the # and nowhere else', () => {
  assert.deepEqual(
    ['#abc-def', 'abc-def', ' abc ', '#', '', `#${'x'.repeat(65)}`, '#%'].map(codeInFragment),
    ['abc-def', 'abc-def', 'abc', undefined, undefined, undefined, undefined],
  )
})
test('"next" leads within the app or to its start', () => {
  assert.deepEqual(
    [
      '/me/tokens?a=1#b',
      '/',
      undefined,
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      'me',
    ].map(safeNext),
    ['/me/tokens?a=1#b', '/', '/', '/', '/', '/', '/', '/'],
  )
})
test('a label names make and model and nothing finer', () => {
  clause('pp.2.2.2')
  const words = (agent: string) => deviceWords(`Mozilla/5.0 (${agent}`)
  assert.equal(
    words(
      'Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    ),
    'Pixel 8 · Chrome',
  )
  assert.equal(
    words(
      'Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    ),
    'Android · Chrome',
  )
  assert.equal(
    words(
      'iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ),
    'iPhone · Safari',
  )
  assert.equal(
    words('Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'),
    'Windows · Firefox',
  )
  assert.ok((words(`Linux; Android 15; ${'x'.repeat(200)}) Chrome/1`) ?? '').length <= 60)
  assert.equal(deviceWords('curl/8'), undefined)
})
