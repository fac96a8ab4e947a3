// Catches a PIN that can be guessed: tries that are not counted, counted after the comparison, or forgotten with a restart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type AppError, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { createPasswords } from '../people/passwords.ts'
import { internalsOf } from '../store/internals.ts'
import { onBothDialects, openTestStores, testClock, type TestStores } from '../store/testing.ts'
import { insertHome } from './store.ts'
import { endPlaces } from './member-store.ts'
import { Pins } from './pins.ts'

const hashing = createPasswords({ memoryKibibytes: 64, passes: 1 })
async function opened({ stores }: TestStores) {
  const clock = testClock()
  const [home, subject] = [newId<HomeId>(), newId<SubjectId>()]
  await insertHome(stores.facts, stores.vault, {
    id: home,
    tenant: 'main',
    name: 'Elm Street',
    zone: 'UTC',
    owner: subject,
    at: clock.now(),
  })
  const pins = () => new Pins({ facts: stores.facts, hashing, now: clock.now })
  await pins().set(home, subject, '4711')
  const outcome = async (pin: string, who = subject) => {
    try {
      await pins().check(home, who, pin)
      return 'right'
    } catch (error) {
      const { code, triesLeft, retryAfterSeconds } = error as AppError
      return `${code} ${triesLeft ?? retryAfterSeconds ?? ''}`.trim()
    }
  }
  return { clock, home, subject, pins: pins(), outcome, facts: stores.facts }
}

onBothDialects(
  'five wrong tries and then nothing for a quarter of an hour, not even the right one',
  async (at) => {
    clause('pp.5.1')
    const { clock, outcome, subject, pins, home, facts } = await opened(at)
    assert.equal(await outcome('4711', newId<SubjectId>()), 'home.confirm-required')
    for (const left of [4, 3, 2, 1]) assert.equal(await outcome('0000'), `home.pin-wrong ${left}`)
    assert.equal(await outcome('4711'), 'right')
    for (const left of [4, 3, 2, 1]) assert.equal(await outcome('0000'), `home.pin-wrong ${left}`)
    assert.equal(await outcome('0000'), 'home.pin-locked 900')
    clock.advance(15 * 60_000 - 1)
    assert.equal(await outcome('4711'), 'home.pin-locked 1')
    clock.advance(1)
    assert.equal(await outcome('4711'), 'right')
    await endPlaces(facts, home, [subject])
    assert.equal(await pins.has(home, subject), false, 'who leaves leaves no PIN')
  },
)

onBothDialects('tries at once count as many as they are', async (at) => {
  const { outcome, clock } = await opened(at)
  const guesses = Array.from({ length: 40 }, (_, i) => (i === 39 ? '4711' : String(i).padStart(4, '0')))
  const answers = await Promise.all(guesses.map((guess) => outcome(guess)))
  const compared = answers.filter((each) => !each.startsWith('home.pin-locked'))
  assert.ok(compared.length <= 5, answers.join('; '))
  assert.equal(await outcome('4711'), 'home.pin-locked 900')
  clock.advance(-3 * 3_600_000)
  assert.equal(await outcome('4711'), 'right', 'a clock that was set back')
})

test('what is stored of a PIN is sealed', async () => {
  const at = await openTestStores('sqlite')
  try {
    await opened(at)
    const [row] = internalsOf(at.stores).factsFile!.all<{ pin: string }>('SELECT pin FROM member_pin')
    assert.doesNotMatch(row!.pin, /4711|argon2/)
  } finally {
    await at.end()
  }
})
