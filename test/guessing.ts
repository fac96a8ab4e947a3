import assert from 'node:assert/strict'
import { hasCode } from '@eaves/model'
import { systemRandom, type Random } from '../server/src/people/secrets.ts'
import { appCode, halfOf, nobody, openPeople, type TestPeople } from '../server/src/people/testing.ts'
import { openTestStores, type TestClock, type TestStores } from '../server/src/store/testing.ts'
import { seeded } from './raw-http.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const attackers = 10_000
/** Codes are drawn from this many instead of a million, so that luck which is too good shows in a few hundred codes. */
const fewCodes = 1_000

/** The nth of ten thousand shortened addresses. */
export const from = (n: number): string =>
  `10.${Math.floor((n % attackers) / 256)}.${(n % attackers) % 256}.0`
const digits = (n: number): string => String(n).padStart(6, '0')

export interface Crowd {
  readonly t: TestPeople
  readonly clock: TestClock
  readonly end: () => Promise<void>
}
/** People and limits over real stores, with codes out of a thousand when they are few. */
export async function openCrowd({ few = false, seed = 1 } = {}): Promise<Crowd> {
  const at: TestStores = await openTestStores('sqlite')
  const pick = seeded(seed)
  const source: Random = (bytes) => {
    if (!few || bytes.length !== 4) return systemRandom(bytes)
    new DataView(bytes.buffer).setUint32(0, pick(fewCodes))
    return bytes
  }
  return {
    t: await openPeople(at, 'hosted', { source }),
    clock: at.options.clock as TestClock,
    end: () => at.end(),
  }
}

/** Accounts that are attacked; each signs up as people do. */
export async function victims({ t }: Crowd, count: number): Promise<readonly string[]> {
  const emails = Array.from({ length: count }, (_, n) => `victim${n}@example.org`)
  for (const [n, email] of emails.entries()) {
    const { flow } = await t.people.signIn.requestCode({
      identifier: { email },
      acts: t.acts(),
      register: true,
      address: from(n),
    })
    await t.people.signIn.byCode({ flow, code: t.drawn.at(-1)! }, { address: from(n) }, nobody)
  }
  await t.people.settled()
  return emails
}

export interface CodeStorm {
  readonly codes: number
  readonly guesses: number
  /** Guesses that were right and let in. */
  readonly hits: number
  /** How many guesses of one code were made before the latest that let in. */
  readonly latest: number
}
/** Every two hours a code for each account; ten thousand addresses guess at all of them at once, no guess twice. */
export async function stormCodes(
  crowd: Crowd,
  { accounts, rounds, each }: { readonly accounts: number; readonly rounds: number; readonly each: number },
  seed: number,
): Promise<CodeStorm> {
  const { t, clock } = crowd
  const emails = await victims(crowd, accounts)
  const pick = seeded(seed)
  let guesses = 0
  let codes = 0
  const ranks: number[] = []
  for (let round = 0; round < rounds; round++) {
    clock.advance(2 * hourMs)
    for (const [n, email] of emails.entries()) {
      const { flow } = await t.people.signIn.requestCode({ identifier: { email }, address: from(round + n) })
      codes += 1
      const first = pick(fewCodes)
      const tries = Array.from({ length: each }, (_, rank) => {
        const place = { address: from(guesses++) }
        return t.people.signIn
          .byCode({ flow, code: digits((first + rank) % fewCodes) }, place, nobody)
          .then(() => void ranks.push(rank), expected('auth.code-wrong'))
      })
      await Promise.all(tries)
    }
    await t.people.settled()
    await t.people.sweep()
  }
  return { codes, guesses, hits: ranks.length, latest: Math.max(-1, ...ranks) }
}

/** Refused as said, or for want of time; anything else is a fault. */
const expected =
  (...codes: readonly ('auth.code-wrong' | 'auth.password-wrong' | 'auth.not-found' | 'auth.too-many')[]) =>
  (error: unknown): void => {
    if (!codes.some((code) => hasCode(error, code))) throw error
  }

/** Whether the right code gets in after so many wrong guesses, all at once and each from elsewhere. */
export async function rightAfter({ t, clock }: Crowd, wrong: number): Promise<boolean> {
  clock.advance(2 * hourMs)
  const email = 'victim0@example.org'
  const { flow } = await t.people.signIn.requestCode({ identifier: { email }, address: from(wrong) })
  const right = t.drawn.at(-1)!
  const tries = Array.from({ length: wrong }, (_, n) =>
    t.people.signIn
      .byCode({ flow, code: digits((Number(right) + 1 + n) % 1_000_000) }, { address: from(n) }, nobody)
      .then(() => assert.fail('a wrong code let in'), expected('auth.code-wrong')),
  )
  const last = t.people.signIn.byCode({ flow, code: right }, { address: from(wrong) }, nobody)
  const [got] = await Promise.allSettled([last, ...tries])
  return got.status === 'fulfilled'
}

/** How many guesses of one password, by everybody together, are compared in the busiest day of so many guesses. */
export async function stormPassword(
  { t, clock }: Crowd,
  guesses: number,
  way: 'password' | 'recovery',
): Promise<number> {
  const identifier = { email: 'victim0@example.org' }
  clock.advance(2 * dayMs - (clock.now() % dayMs))
  const before = t.hashed()
  const steps = 96
  const each = Math.ceil(guesses / steps)
  for (let step = 0; step < steps; step++) {
    await Promise.all(
      Array.from({ length: each }, (_, n) => {
        const place = { address: from(step * each + n) }
        const tried =
          way === 'password'
            ? t.people.signIn.byPassword({ identifier, password: `guess ${step} ${n}` }, place, nobody)
            : t.people.signIn.byRecoveryCode(
                { identifier, password: `guess ${step} ${n}`, recoveryCode: 'aaaa-bbbb-cccc-dddd' },
                place,
                nobody,
              )
        return tried.then(
          () => assert.fail('a guess let in'),
          expected('auth.password-wrong', 'auth.code-wrong', 'auth.too-many'),
        )
      }),
    )
    clock.advance(15 * minuteMs)
  }
  await t.people.settled()
  return t.hashed() - before
}

/** Whoever has the password guesses at the app’s code for a day: the guesses that are compared, and the most for one code. */
export async function stormSecond({
  t,
  clock,
}: Crowd): Promise<{ readonly compared: number; readonly perCode: number }> {
  const { subject } = await t.claimed('second@example.org')
  await t.people.profile.setPassword(subject, 'correct horse battery', undefined)
  const { secret } = await t.people.totp.begin(subject, 'second@example.org')
  await t.people.totp.confirm(subject, appCode(secret, clock.now()))
  clock.advance(2 * dayMs - (clock.now() % dayMs))
  const first = { identifier: { email: 'second@example.org' }, password: 'correct horse battery' }
  let compared = 0
  let perCode = 0
  for (let step = 0; step < 96; step++) {
    let now = 0
    for (let flow = 0; flow < 3; flow++) {
      const half = await t.people.signIn
        .byPassword(first, { address: from(step * 3 + flow) }, nobody)
        .then(halfOf, expected('auth.too-many'))
      if (half === undefined) break
      const wrong = digits((Number(appCode(secret, clock.now())) + 500) % 1_000_000)
      const given = { flow: half.flow, second: { totp: wrong } }
      // Five of a flow are compared (server/src/people/second-factor.test.ts); here each that is refused as wrong was.
      const tries = Array.from({ length: 5 }, (_, n) =>
        t.people.signIn.second(given, { address: from(step * 15 + flow * 5 + n) }, nobody).then(
          () => assert.fail('a wrong code let in'),
          (error: unknown) => {
            expected('auth.code-wrong', 'auth.too-many')(error)
            if (hasCode(error, 'auth.code-wrong')) now += 1
          },
        ),
      )
      await Promise.all(tries)
    }
    compared += now
    perCode = Math.max(perCode, now)
    clock.advance(15 * minuteMs)
  }
  await t.people.settled()
  return { compared, perCode }
}

/** For a day everybody asks for codes: to one address, then to one each; how many letters with a code went out. */
export async function stormRequests(
  { t, clock }: Crowd,
  asked: number,
  others = asked,
): Promise<{ readonly toOne: number; readonly toAll: number }> {
  clock.advance(2 * dayMs - (clock.now() % dayMs))
  const codesSent = async (): Promise<number> => {
    await t.people.settled()
    return t.sent.length
  }
  const before = await codesSent()
  for (let minute = 0; minute < 24 * 60; minute += 10) {
    await Promise.all(
      Array.from({ length: Math.ceil(asked / 144) }, (_, n) =>
        t.people.signIn
          .requestCode({ identifier: { email: 'victim0@example.org' }, address: from(minute * 100 + n) })
          .then(() => undefined, expected('auth.too-many')),
      ),
    )
    clock.advance(10 * minuteMs)
  }
  const toOne = (await codesSent()) - before
  clock.advance(2 * dayMs - (clock.now() % dayMs))
  const again = await codesSent()
  for (let n = 0; n < others; n += 100) {
    const wishes = Array.from({ length: 100 }, (_, i) =>
      t.people.signIn
        .requestCode({ identifier: { email: `stranger${n + i}@example.org` }, address: from(n + i) })
        .then(() => undefined, expected('auth.too-many')),
    )
    await Promise.all(wishes)
  }
  return { toOne, toAll: (await codesSent()) - again }
}

/** So many guesses within one day at codes that are refused with 404 or 401 when wrong: how many were looked up at all. */
export async function stormLookups(
  guesses: number,
  look: (code: string, address: string) => Promise<unknown>,
): Promise<number> {
  const pick = seeded(guesses)
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  let looked = 0
  for (let n = 0; n < guesses; n += 500)
    await Promise.all(
      Array.from({ length: Math.min(500, guesses - n) }, (_, i) => {
        const code = Array.from({ length: 16 }, () => letters[pick(32)]).join('')
        return look(code, from(n + i)).then(
          () => assert.fail('a guess was right'),
          (error: unknown) => {
            expected('auth.not-found', 'auth.code-wrong', 'auth.too-many')(error)
            if (!hasCode(error, 'auth.too-many')) looked += 1
          },
        )
      }),
    )
  return looked
}
