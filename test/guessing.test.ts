// Catches a code or password that ten thousand addresses together can guess, and letters without end to whoever is asked about.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { hasCode, type SubjectId } from '@eaves/model'
import { openFamily, type FamilyHouse } from './family-house.ts'
import {
  openCrowd,
  rightAfter,
  stormCodes,
  stormLookups,
  stormPassword,
  stormRequests,
  stormSecond,
  victims,
  type Crowd,
} from './guessing.ts'

const seed = 20_261_129

describe('ten thousand addresses guess', () => {
  let crowd: Crowd
  before(async () => {
    crowd = await openCrowd()
    await victims(crowd, 1)
  })
  after(() => crowd?.end())

  test('the fifth guess at a code is the last that is compared, wherever the guesses come from and however many at once', async () => {
    for (const wrong of [0, 4]) assert.equal(await rightAfter(crowd, wrong), true, `after ${wrong}`)
    for (const wrong of [5, 6, 50, 500]) assert.equal(await rightAfter(crowd, wrong), false, `after ${wrong}`)
  })

  test('of codes out of a thousand, guessed at without end, no more are found than five guesses find', async (t) => {
    const few = await openCrowd({ few: true, seed })
    try {
      const storm = await stormCodes(few, { accounts: 8, rounds: 12, each: 40 }, seed)
      t.diagnostic(JSON.stringify(storm))
      assert.equal(storm.guesses, 3_840)
      const expected = (storm.codes * 5) / 1_000
      assert.ok(storm.hits <= expected + 6 * Math.sqrt(expected), `${storm.hits} found`)
      assert.ok(storm.latest < 5, `one was found at guess ${storm.latest + 1}`)
    } finally {
      await few.end()
    }
  })

  test('a password is compared fifty times a day, by a recovery code twenty, an app’s code thirty, whoever asks', async (t) => {
    const password = await stormPassword(crowd, 960, 'password')
    const recovery = await stormPassword(crowd, 960, 'recovery')
    const second = await stormSecond(crowd)
    t.diagnostic(JSON.stringify({ password, recovery, second }))
    assert.equal(password, 50)
    assert.equal(recovery, 20)
    assert.equal(second.compared, 30)
    assert.equal(second.perCode, 10)
  })

  test('one address gets at most twelve codes a day, however many ask from wherever', async (t) => {
    const { toOne } = await stormRequests(crowd, 1_440, 0)
    t.diagnostic(`${toOne} sent`)
    assert.ok(toOne > 5 && toOne <= 12, `${toOne} sent`)
  })
})

describe('ten thousand addresses guess at a home', () => {
  let family: FamilyHouse
  before(async () => {
    family = await openFamily()
  })
  after(() => family?.end())

  test('at a panel’s code two thousand an hour are looked up and no more, and then the right one is refused too', async () => {
    const { house, home, owner, clock } = family
    const panel = await house.panels.add(home, owner.subject, { name: 'Hall' })
    clock.advance(3_600_000 - (clock.now() % 3_600_000))
    const { code } = await house.panels.renew(home, owner.subject, panel.id as SubjectId)
    assert.equal(
      await stormLookups(2_200, (guess, address) => house.panels.pair(guess.slice(0, 8), address)),
      2_000,
    )
    const isLate = (error: unknown) => hasCode(error, 'auth.too-many')
    await assert.rejects(house.panels.pair(code, '203.0.113.0'), isLate)
  })
})
