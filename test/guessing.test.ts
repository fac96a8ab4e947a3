// Catches a code or password that ten thousand addresses together can guess, letters without end to whoever is asked about, and a stranger beside the household who keeps it out.
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
import { openInHouse, type InHouse } from './in-house.ts'

const seed = 20_261_129
const isWhole = process.env.EAVES_TEST_WHOLE !== undefined

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
      const rounds = isWhole ? 12 : 6
      const storm = await stormCodes(few, { accounts: 8, rounds, each: 40 }, seed)
      t.diagnostic(JSON.stringify(storm))
      assert.equal(storm.guesses, 8 * 40 * rounds)
      const expected = (storm.codes * 5) / 1_000
      assert.ok(storm.hits <= expected + 6 * Math.sqrt(expected), `${storm.hits} found`)
      assert.ok(storm.latest < 5, `one was found at guess ${storm.latest + 1}`)
    } finally {
      await few.end()
    }
  })

  test('a password is compared fifty times a day, by a recovery code twenty, an app’s code thirty, whoever asks', async (t) => {
    const guesses = isWhole ? 960 : 384
    const password = await stormPassword(crowd, guesses, 'password')
    const recovery = await stormPassword(crowd, guesses, 'recovery')
    const second = await stormSecond(crowd)
    t.diagnostic(JSON.stringify({ password, recovery, second }))
    assert.equal(password, 50)
    assert.equal(recovery, 20)
    assert.equal(second.compared, 30)
    assert.equal(second.perCode, 10)
  })

  test('one address gets at most twelve codes a day, however many ask from wherever', async (t) => {
    const { toOne } = await stormRequests(crowd, isWhole ? 1_440 : 432, 0)
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

describe('one device in the house’s network tries without end', () => {
  let inside: InHouse, cookie: string
  before(async () => {
    inside = await openInHouse()
    const { subject } = await inside.house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'ada@example.org' },
      acts: inside.house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.168.1.0' },
    })
    cookie = (await inside.signIn(subject)).cookie
  })
  after(() => inside?.end())
  const name = { host: 'localhost:8420', origin: 'http://localhost:8420' }
  const post = async (from: string, path: string, body?: unknown, signedIn = false) => {
    const { status } = await inside.call({
      method: 'POST',
      path,
      from,
      headers: name,
      ...(body === undefined ? {} : { body }),
      ...(signedIn ? { cookie } : {}),
    })
    return status
  }
  const wrong = { flow: 'x'.repeat(26), code: '000000' }
  const spend = async (from: string) => {
    for (let n = 0; n < 70; n++) {
      await post(from, '/api/sign-in/passkeys')
      await post(from, '/api/sign-in/code', wrong)
      await post(from, '/api/sign-in/codes', { identifier: { email: `nobody${n}@example.org` } })
    }
    assert.equal(await post(from, '/api/sign-in/passkeys'), 429)
    assert.equal(await post(from, '/api/sign-in/code', wrong), 429)
  }
  const ways = async (from: string) => [
    await post(from, '/api/sign-in/passkeys'),
    await post(from, '/api/sign-in/code', wrong),
    await post(from, '/api/sign-in/codes', { identifier: { email: 'ada@example.org' } }),
  ]
  const proofs = async (from: string) => [
    await post(from, '/api/me/proofs/passkeys', undefined, true),
    await post(from, '/api/me/proofs/codes', { to: 'email' }, true),
    await post(from, '/api/me/proofs', wrong, true),
  ]

  test('the others sign in as before, and who is signed in proves who they are, even from that device', async () => {
    for (const [stranger, resident] of [
      ['192.168.1.66', '192.168.1.20'],
      ['fd00::66', 'fd00::20'],
    ] as const) {
      await spend(stranger)
      assert.deepEqual(await ways(resident), [200, 401, 200], resident)
      assert.deepEqual(await proofs(resident), [200, 200, 401])
      inside.clock.advance(60_000)
      assert.deepEqual(await proofs(stranger), [200, 200, 401])
      inside.clock.advance(24 * 3_600_000)
      cookie = (await inside.signIn(inside.house.people.claimant()!)).cookie
    }
  })

  test('on the internet a network counts as one, and a prefix of IPv6 too', async () => {
    for (const [stranger, neighbour] of [
      ['198.51.100.66', '198.51.100.20'],
      ['2001:db8:1:2::66', '2001:db8:1:3::20'],
    ] as const) {
      await spend(stranger)
      assert.deepEqual((await ways(neighbour)).slice(0, 2), [429, 429])
      assert.deepEqual((await ways('203.0.113.5')).slice(0, 2), [200, 401])
      inside.clock.advance(3_600_000)
    }
  })
})
