// Catches what the reduced storm of guesses is too short for: a million guesses at codes, and the limits of everybody together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode } from '@eaves/model'
import { openFamily } from './family-house.ts'
import { openCrowd, stormCodes, stormLookups, stormPassword, stormRequests, victims } from './guessing.ts'

test('of a million guesses from ten thousand addresses no more are right than five for each code', async (t) => {
  const seed = Date.now() % 1_000_000
  t.diagnostic(`seed ${seed}`)
  const crowd = await openCrowd({ few: true, seed })
  try {
    const storm = await stormCodes(crowd, { accounts: 40, rounds: 50, each: 500 }, seed)
    t.diagnostic(JSON.stringify(storm))
    assert.equal(storm.guesses, 1_000_000)
    const expected = (storm.codes * 5) / 1_000
    assert.ok(storm.hits <= expected + 6 * Math.sqrt(expected), `${storm.hits} found`)
    assert.ok(storm.latest < 5, `one was found at guess ${storm.latest + 1}`)
  } finally {
    await crowd.end()
  }
})

test('a hundred thousand guesses at one password, and at one recovery, are compared fifty and twenty times a day', async () => {
  const crowd = await openCrowd()
  try {
    await victims(crowd, 1)
    assert.equal(await stormPassword(crowd, 100_000, 'password'), 50)
    assert.equal(await stormPassword(crowd, 100_000, 'recovery'), 20)
    const { toOne, toAll } = await stormRequests(crowd, 20_000)
    assert.ok(toOne > 5 && toOne <= 12, `${toOne} to one`)
    // Each address asks for 30 in a quarter of an hour; all together have 5,000 a day.
    assert.ok(toAll > 1_000 && toAll <= 5_000, `${toAll} to all`)
    const { sent, people } = crowd.t
    await people.signIn.requestCode({ identifier: { email: 'victim0@example.org' }, address: '203.0.113.0' })
    await people.settled()
    assert.equal(sent.at(-1)?.to.address, 'victim0@example.org', 'who has an account still gets a code')
  } finally {
    await crowd.end()
  }
})

test('of a hundred thousand guesses at invitations twenty thousand a day are looked up, and then not even the right one', async () => {
  const family = await openFamily()
  try {
    const { house, home, owner, clock } = family
    const { invitations } = house.family
    const { code } = await invitations.create(home, owner.subject, { role: 'guest', hours: 168 })
    clock.advance(86_400_000 - (clock.now() % 86_400_000))
    assert.equal(await stormLookups(100_000, (guess, address) => invitations.look(guess, address)), 20_000)
    await assert.rejects(invitations.look(code, '203.0.113.0'), (error) => hasCode(error, 'auth.too-many'))
    clock.advance(86_400_000)
    assert.equal((await invitations.look(code, '203.0.113.0')).role, 'guest')
  } finally {
    await family.end()
  }
})
