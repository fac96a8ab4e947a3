// Catches sign-outs that do not sign out, tokens that outgrow their maker, and device names kept without a choice.
import assert from 'node:assert/strict'
import { hasCode, newId, type ErrorCode, type HomeId } from '@eaves/model'
import { clause, unnarrowed } from '@eaves/policy'
import { createLog } from '../log.ts'
import { may } from '../privacy/privacy.ts'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import type { Revoked } from './people.ts'
import { giveHome, here, nobody, openPeople, type TestPeople } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const system = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const
const hourMs = 3_600_000

async function signIn(t: TestPeople, recoveryCode: string, device?: string) {
  const done = await t.people.signIn.byRecoveryCode(
    { identifier: { email: 'ada@example.org' }, recoveryCode },
    { ...here, device },
    nobody,
  )
  return done.session
}

onBothDialects(
  'signing out everywhere ends every sign-in at once, says so, and keeps tokens unless asked',
  async (at) => {
    const t = await openPeople(at)
    const { subject, secret } = await t.claimed()
    const other = (await t.people.signIn.known(subject, here, nobody)).session
    const { token } = await t.people.tokens.create(
      subject,
      { name: 'script', homes: 'all', verbs: 'all', days: 1 },
      'app',
    )
    for (const cookie of [secret, other.secret])
      assert.equal((await t.people.authenticate({ cookie }))?.subject, subject)
    const ticket = t.people.tickets.issue((await t.people.authenticate({ cookie: secret }))!)
    const heard: Revoked[] = []
    t.people.onRevoked((revoked) => heard.push(revoked))
    await t.people.sessions.end(subject)
    for (const cookie of [secret, other.secret])
      assert.equal(await t.people.authenticate({ cookie }), undefined)
    assert.equal(heard.length, 2)
    assert.equal(t.people.tickets.redeem(ticket), undefined)
    assert.equal((await t.people.authenticate({ bearer: token }))?.subject, subject)
    await t.people.tokens.end(subject)
    assert.equal(await t.people.authenticate({ bearer: token }), undefined)
    assert.equal(heard.length, 3)
  },
)

onBothDialects('a look-up that began before the end of a sign-in is not believed after it', async (at) => {
  const t = await openPeople(at)
  const { subject, secret } = await t.claimed()
  // Two minutes on, the look-up also notes the use, and so ends after the sign-in has.
  ;(at.options.clock as TestClock).advance(2 * 60_000)
  const racing = t.people.authenticate({ cookie: secret })
  await t.people.sessions.end(subject)
  await racing
  assert.equal(await t.people.authenticate({ cookie: secret }), undefined)
})

onBothDialects('a sign-in ends after twelve idle hours and after ninety days of use', async (at) => {
  const t = await openPeople(at)
  const clock = at.options.clock as TestClock
  const { secret, recoveryCodes } = await t.claimed()
  clock.advance(11 * hourMs)
  assert.ok(await t.people.authenticate({ cookie: secret }))
  clock.advance(11 * hourMs)
  assert.ok(await t.people.authenticate({ cookie: secret }))
  clock.advance(12 * hourMs)
  assert.equal(await t.people.authenticate({ cookie: secret }), undefined)
  const long = await signIn(t, recoveryCodes[0]!)
  for (let hours = 0; hours < 90 * 24; hours += 10) {
    assert.ok(await t.people.authenticate({ cookie: long.secret }))
    clock.advance(10 * hourMs)
  }
  assert.equal(await t.people.authenticate({ cookie: long.secret }), undefined)
})

onBothDialects(
  'signing in again in the same browser replaces its sign-in and never reuses a secret',
  async (at) => {
    const t = await openPeople(at)
    const { subject, secret, recoveryCodes } = await t.claimed()
    const before = (await t.people.authenticate({ cookie: secret }))!
    const again = await t.people.signIn.byRecoveryCode(
      { identifier: { email: 'ada@example.org' }, recoveryCode: recoveryCodes[0]! },
      here,
      before,
    )
    assert.notEqual(again.session.secret, secret)
    assert.equal(await t.people.authenticate({ cookie: secret }), undefined)
    assert.equal((await t.people.sessions.list(subject, undefined)).length, 1)
  },
)

onBothDialects('a cookie is no token, a token no cookie, and neither stands in the store', async (at) => {
  const t = await openPeople(at)
  const { subject, secret } = await t.claimed()
  const { token } = await t.people.tokens.create(
    subject,
    { name: 'script', homes: 'all', verbs: 'all', days: 1 },
    'app',
  )
  assert.match(token, /^eaves_pat_[a-z2-7]{52}$/)
  assert.equal(await t.people.authenticate({ bearer: secret }), undefined)
  assert.equal(await t.people.authenticate({ cookie: token }), undefined)
  assert.equal(await t.people.authenticate({ bearer: 'eaves_pat_' }), undefined)
  assert.equal(await t.people.authenticate({}), undefined)
  const db = at.stores.facts.as(system)
  const kept = JSON.stringify([
    await db.selectFrom('session').selectAll().execute(),
    await db.selectFrom('token').selectAll().execute(),
  ])
  for (const text of [secret, token, token.slice(10), 'script', here.address])
    assert.ok(!kept.includes(text), text)
})

onBothDialects(
  'the device is named only while its purpose is chosen, and withdrawing erases every name at once',
  async (at) => {
    clause('pp.2.2.2')
    clause('pp.4.4.e')
    clause('pp.2.2.3')
    const t = await openPeople(at)
    const { subject, recoveryCodes } = await t.claimed()
    const labels = async () =>
      (await at.stores.facts.as(system).selectFrom('session').select('label').execute()).filter(
        ({ label }) => label !== null,
      ).length
    await signIn(t, recoveryCodes[0]!, 'Pixel 9')
    assert.equal(await labels(), 0)
    await t.privacy.setChoice(subject, 'account.device-label', true, 'app')
    const named = await signIn(t, recoveryCodes[1]!, 'Pixel 9')
    const shown = (await t.people.sessions.list(subject, named.row.id)).find(({ current }) => current)
    assert.deepEqual([shown?.device, shown?.address], ['Pixel 9', here.address])
    const after = await t.privacy.setChoice(subject, 'account.device-label', false, 'app')
    assert.equal(await labels(), 0)
    assert.deepEqual(
      after.events.map(({ event }) => event),
      ['shown', 'refused', 'given', 'withdrawn'],
    )
    assert.ok(
      (await t.people.sessions.list(subject, named.row.id)).every(({ device }) => device === undefined),
    )
  },
)

onBothDialects(
  'a token never exceeds its maker: foreign and unknown homes and verbs are refused alike, and its roles are the maker’s of the moment',
  async (at) => {
    clause('pp.5.1')
    const t = await openPeople(at)
    const { subject } = await t.claimed()
    const own = giveHome(t, subject)
    const foreign = newId<HomeId>()
    const create = (homes: readonly string[], verbs: readonly string[] | 'all') =>
      t.people.tokens.create(subject, { name: 'script', days: 30, homes, verbs }, 'app')
    for (const [homes, verbs] of [
      [[foreign], 'all'],
      [[own, newId()], 'all'],
      [[own], ['home.burn']],
    ] as const)
      await assert.rejects(create(homes, verbs), refused('input.invalid'))
    const { token, expiresAt } = await create([own], ['home.read', 'device.read'])
    const identity = (await t.people.authenticate({ bearer: token }))!
    const context = { operatingRole: 'household' } as const
    const principal = (roles: ReadonlyMap<HomeId, 'owner'>) =>
      ({
        kind: 'token',
        subject,
        roles,
        limits: unnarrowed,
        homes: identity.homes!,
        verbs: identity.verbs!,
      }) as const
    const owner = principal(
      new Map([
        [own, 'owner'],
        [foreign, 'owner'],
      ]),
    )
    assert.equal(may(owner, 'home.read', { kind: 'home', home: own }, context).allow, true)
    assert.equal(may(owner, 'home.delete', { kind: 'home', home: own }, context).allow, false)
    assert.equal(may(owner, 'home.read', { kind: 'home', home: foreign }, context).allow, false)
    assert.equal(may(owner, 'token.manage', { kind: 'self', subject }, context).allow, false)
    assert.equal(may(principal(new Map()), 'home.read', { kind: 'home', home: own }, context).allow, false)
    ;(at.options.clock as TestClock).advance(30 * 24 * hourMs)
    assert.ok(Date.parse(expiresAt) <= at.options.clock.now())
    assert.equal(await t.people.authenticate({ bearer: token }), undefined)
  },
)

onBothDialects('a ticket opens once, for thirty seconds', async (at) => {
  const t = await openPeople(at)
  const { secret } = await t.claimed()
  const identity = (await t.people.authenticate({ cookie: secret }))!
  const ticket = t.people.tickets.issue(identity)
  assert.equal(t.people.tickets.redeem(ticket)?.session, identity.session)
  assert.equal(t.people.tickets.redeem(ticket), undefined)
  const late = t.people.tickets.issue(identity)
  ;(at.options.clock as TestClock).advance(30_000)
  assert.equal(t.people.tickets.redeem(late), undefined)
})

onBothDialects(
  'new recovery codes end the old ones, and the proof of the sign-in does not get fresher by it',
  async (at) => {
    const t = await openPeople(at)
    const { subject, secret, recoveryCodes } = await t.claimed()
    const { session, provedAt } = (await t.people.authenticate({ cookie: secret }))!
    ;(at.options.clock as TestClock).advance(60_000)
    assert.equal((await t.people.profile.renewRecoveryCodes(subject, session)).length, 8)
    await assert.rejects(signIn(t, recoveryCodes[0]!), refused('auth.code-wrong'))
    const renewed = await t.people.profile.setPassword(subject, 'long enough text', session)
    assert.equal((await t.people.authenticate({ cookie: renewed }))?.provedAt, provedAt)
  },
)

onBothDialects('a device’s name that comes without the choice is let fall and counted', async (at) => {
  clause('pp.2.2.2')
  const lines: string[] = []
  const t = await openPeople(at, 'household', { log: createLog('debug', (line) => lines.push(line)) })
  const { recoveryCodes } = await t.claimed()
  const forged = 'SN-4711\n{"event":"forged"}'
  for (const code of recoveryCodes.slice(0, 2)) await signIn(t, code, forged)
  const kept = await at.stores.facts.as(system).selectFrom('session').selectAll().execute()
  assert.deepEqual(
    kept.map(({ label }) => label),
    [null],
  )
  assert.deepEqual(
    lines
      .map((line) => JSON.parse(line) as { event: string; count?: number })
      .filter(({ event }) => event === 'device label dropped')
      .map(({ count }) => count),
    [1, 2],
  )
  assert.ok(!lines.join('').includes('4711'))
})
