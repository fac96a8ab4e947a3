// Catches a retention that fails and takes rights, safety or a sign-in from people along with what it may not take in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { closedBy, retentionRules } from '../server/src/privacy/retention-rules.ts'
import { dataMap } from '../server/src/store/schema.ts'
import { assertOk, openFamily } from './family-house.ts'

const { rules } = retentionRules(dataMap)

test('while nothing old can be removed a person takes a yes back, locks somebody out and is erased', async () => {
  clause('pp.ret.1')
  const family = await openFamily()
  try {
    const { house, home, owner } = family
    const ada = await family.somebody('ada', 'adult')
    const ben = await family.somebody('ben', 'adult')
    const choose = (given: boolean) => ada.ask('PUT', '/api/me/choices/account.search-history', { given })
    assertOk(await choose(true))
    house.stores.intake.close(closedBy(rules))
    assertOk(await choose(false))
    assertOk(await owner.ask('PATCH', `/api/homes/${home}/members/${ben.subject}`, { role: 'guest' }))
    for (const kind of ['access', 'erasure'])
      assertOk(await ada.ask('POST', '/api/me/requests', { kind }), 201)
    await house.rights.erasePerson(ben.subject)
    assert.equal(await house.stores.vault.hasKey({ subject: ben.subject }), false)
    // What is no right of anybody waits.
    const home2 = await owner.ask('POST', '/api/homes', { name: 'Den', zone: 'UTC' })
    assert.equal(home2.json.code, 'policy.retention-failing')
  } finally {
    await family.end()
  }
})
