// Catches a way in whose answer tells by its words or its time whether somebody has an account, or something is there.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import { local, measure, openStrangers, type Strangers } from './enumeration.ts'

/** A hash or a key more or less is twice the time or worse; below this much it is the machine. */
const mostApart = 1.5
const noiseMs = 0.4
const isAlike = (times: readonly number[]): boolean => {
  const [least, most] = [Math.min(...times), Math.max(...times)]
  return most <= least * mostApart || most - least <= noiseMs
}

describe('a stranger asks at every way in', () => {
  let world: Strangers
  before(async () => {
    world = await openStrangers()
  })
  after(() => world?.family.end())

  test('and is answered in the same words and the same time, whether or not what is asked about is there', async (t) => {
    clause('pp.2.1.1')
    for (const door of world.doors) {
      const { tookMs, answers } = await measure(world, door)
      assert.equal(answers.size, 1, `${door.name}: ${[...answers].join('\n')}`)
      if (!door.isTimed) continue
      let shown = tookMs
      // What differs in the work differs again; what the machine did does not.
      for (let again = 0; again < 5 && !isAlike(Object.values(shown)); again++)
        shown = (await measure(world, door)).tookMs
      t.diagnostic(`${door.name}: ${JSON.stringify(shown)}`)
      assert.ok(isAlike(Object.values(shown)), `${door.name}: ${JSON.stringify(shown)}`)
    }
  })

  test('and a challenge for a passkey names nobody’s', async () => {
    const { call, signIn, owner } = world.family
    for (const cookie of [undefined, (await signIn(owner.subject)).cookie]) {
      const { json, text } = await call({
        method: 'POST',
        path: '/api/sign-in/passkeys',
        headers: local,
        cookie,
      })
      assert.deepEqual(Object.keys(json).toSorted(), ['flow', 'options'], text)
      assert.deepEqual(json.options.allowCredentials ?? [], [])
    }
  })
})
