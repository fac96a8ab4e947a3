// Catches a refusal of the texts that keeps somebody from what is theirs: seeing it, a copy, an end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { assertOk, openFamily, told } from './family-house.ts'

test('whoever refuses the texts still sees what is held, follows a request, and can leave; nothing else opens', async () => {
  clause('sa.1')
  clause('pp.7.2')
  clause('pp.8')
  const house = await openFamily()
  try {
    const ben = await house.somebody('ben', 'adult')
    assertOk(await ben.ask('POST', '/api/me/agreements', { refuse: true, locale: 'en' }))
    for (const path of ['/api/me', '/api/homes', '/api/me/choices'])
      assert.equal(told(await ben.ask('GET', path)), '451 policy.agreement-required', path)
    assert.ok(assertOk(await ben.ask('GET', '/api/me/held')))
    for (const kind of ['access', 'restriction', 'erasure'] as const) {
      const made = await ben.ask('POST', '/api/me/requests', { kind })
      assert.equal(made.status, 201, `${kind}: ${told(made)}`)
      assertOk(await ben.ask('GET', `/api/me/requests/${made.json.id}`))
    }
    const list = assertOk(await ben.ask('GET', '/api/me/requests')) as { kind: string; id: string }[]
    const erasure = list.find(({ kind }) => kind === 'erasure')!
    assertOk(await ben.ask('DELETE', `/api/me/requests/${erasure.id}`))
  } finally {
    await house.end()
  }
})
