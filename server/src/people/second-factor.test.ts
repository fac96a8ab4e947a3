// Catches a second factor that can be skipped, replayed or guessed, and a recovery that is a weaker way in than the one it replaces.
import assert from 'node:assert/strict'
import { hasCode, type ErrorCode } from '@eaves/model'
import { clause } from '@eaves/policy'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { appCode, halfOf, here, nobody, openPeople, site, whole } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const isWrong = refused('auth.code-wrong')
const email = 'ada@example.org'
const password = 'correct horse battery'
const stepMs = 30_000

/** Ada with a verified address, a password unless told otherwise, and an authenticator app. */
async function guarded(at: Parameters<typeof openPeople>[0], { hasPassword = true, app = true } = {}) {
  const t = await openPeople(at)
  const clock = at.options.clock as TestClock
  const { subject, secret: cookie, recoveryCodes } = await t.claimed(email)
  const { flow } = await t.people.signIn.requestCode({ identifier: { email }, address: here.address })
  whole(await t.people.signIn.byCode({ flow, code: await t.lastCode() }, here, nobody))
  if (hasPassword) await t.people.profile.setPassword(subject, password, undefined)
  const { secret } = await t.people.totp.begin(subject, email)
  if (app) {
    await t.people.totp.confirm(subject, appCode(secret, clock.now()))
    clock.advance(stepMs * 2)
  }
  const enterPassword = () => t.people.signIn.byPassword({ identifier: { email }, password }, here, nobody)
  const code = () => appCode(secret, clock.now())
  return { t, clock, subject, cookie, secret, recoveryCodes, enterPassword, code }
}

onBothDialects(
  'an app that is not confirmed asks nothing, and one that is on is not replaced unseen',
  async (at) => {
    const { t, clock, subject, secret, enterPassword } = await guarded(at, { app: false })
    whole(await enterPassword())
    assert.equal((await t.people.profile.read(subject)).authenticator, false)
    const again = await t.people.totp.begin(subject, email)
    assert.notEqual(again.secret, secret)
    assert.match(again.uri, /^otpauth:\/\/totp\/Eaves:ada%40example\.org\?issuer=Eaves&secret=[A-Z2-7]{32}&/)
    await assert.rejects(t.people.totp.confirm(subject, appCode(secret, clock.now())), isWrong)
    await t.people.totp.confirm(subject, appCode(again.secret, clock.now()))
    assert.equal((await t.people.profile.read(subject)).authenticator, true)
    await assert.rejects(t.people.totp.begin(subject, email), refused('input.conflict'))
    await t.people.totp.remove(subject)
    whole(await enterPassword())
  },
)

onBothDialects(
  'by password or code alone nobody gets in; with the app’s code they do, and each code works once',
  async (at) => {
    const { t, clock, subject, enterPassword, code } = await guarded(at)
    const signIns = async () => (await t.people.sessions.list(subject, undefined)).length
    const before = await signIns()
    const first = halfOf(await enterPassword())
    assert.deepEqual(first.ways, ['totp', 'recovery'])
    assert.equal(await signIns(), before)
    const used = code()
    const done = await t.people.signIn.second({ flow: first.flow, second: { totp: used } }, here, nobody)
    assert.equal(done.subject, subject)
    await assert.rejects(
      t.people.signIn.second({ flow: first.flow, second: { totp: code() } }, here, nobody),
      isWrong,
    )
    const replay = halfOf(await enterPassword())
    await assert.rejects(
      t.people.signIn.second({ flow: replay.flow, second: { totp: used } }, here, nobody),
      isWrong,
    )
    clock.advance(60_000)
    const { flow } = await t.people.signIn.requestCode({ identifier: { email }, address: here.address })
    const byCode = halfOf(await t.people.signIn.byCode({ flow, code: await t.lastCode() }, here, nobody))
    const both = { flow: byCode.flow, second: { totp: code() } }
    const two = await Promise.allSettled([
      t.people.signIn.second(both, here, nobody),
      t.people.signIn.second(both, here, nobody),
    ])
    assert.equal(two.filter(({ status }) => status === 'fulfilled').length, 1)
  },
)

onBothDialects(
  'the second factor cannot be guessed: five tries, at once or not, five minutes, and a limit a day',
  async (at) => {
    const { t, clock, enterPassword, code } = await guarded(at)
    const wrong = (i: number) => String((Number(code()) + 500 + i) % 1_000_000).padStart(6, '0')
    const half = halfOf(await enterPassword())
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        t.people.signIn.second(
          { flow: half.flow, second: { totp: wrong(i) } },
          { address: `198.51.${i}.0` },
          nobody,
        ),
      ),
    )
    assert.ok(tries.every(({ status }) => status === 'rejected'))
    await assert.rejects(
      t.people.signIn.second({ flow: half.flow, second: { totp: code() } }, here, nobody),
      isWrong,
    )
    const late = halfOf(await enterPassword())
    clock.advance(5 * 60_000)
    await assert.rejects(
      t.people.signIn.second({ flow: late.flow, second: { totp: code() } }, here, nobody),
      isWrong,
    )
    let compared = 5
    for (let hour = 0; hour < 20; hour++) {
      clock.advance(60 * 60_000)
      const next = halfOf(await enterPassword())
      for (let i = 0; i < 5; i++)
        await t.people.signIn
          .second({ flow: next.flow, second: { totp: wrong(i) } }, { address: `198.51.${hour}.0` }, nobody)
          .catch((error: unknown) => (compared += hasCode(error, 'auth.code-wrong') ? 1 : 0))
    }
    assert.ok(compared <= 30 * 2, String(compared))
  },
)

onBothDialects(
  'with the app on, a fresh proof asks for it too, and the app alone or a recovery code beside the password suffices',
  async (at) => {
    const { t, subject, recoveryCodes, code } = await guarded(at)
    const made = await t.people.signIn.known(subject, here, nobody)
    const other = await t.people.signIn.known(subject, here, nobody)
    const prover = { subject, session: made.session.row.id, address: here.address }
    const { proofs } = t.people
    await assert.rejects(proofs.prove(prover, { password }, site), refused('auth.second-factor'))
    await assert.rejects(proofs.prove(prover, { password, second: { totp: '000000' } }, site), isWrong)
    const secret = await proofs.prove(prover, { totp: code() }, site)
    assert.ok(await t.people.authenticate({ cookie: secret }))
    assert.ok(await t.people.authenticate({ cookie: other.session.secret }))
    const renewed = await proofs.prove(
      prover,
      { password, second: { recoveryCode: recoveryCodes[0]! } },
      site,
    )
    assert.ok(await t.people.authenticate({ cookie: renewed }))
    assert.equal(await t.people.authenticate({ cookie: other.session.secret }), undefined)
  },
)

onBothDialects('without an app a code from one proves nothing', async (at) => {
  const { t, subject, secret, clock } = await guarded(at, { app: false })
  const made = await t.people.signIn.known(subject, here, nobody)
  const prover = { subject, session: made.session.row.id, address: here.address }
  await assert.rejects(t.people.proofs.prove(prover, { totp: appCode(secret, clock.now()) }, site), isWrong)
})

for (const [hasPassword, app] of [
  [true, false],
  [true, true],
  [false, true],
] as const)
  onBothDialects(
    `a recovery code alone does not get past ${hasPassword ? 'a password' : 'no password'} and ${app ? 'an app' : 'no app'}, and is not spent by trying`,
    async (at) => {
      clause('pp.4.3')
      const { t, clock, subject, recoveryCodes, code } = await guarded(at, { hasPassword, app })
      const use = (more: { password?: string; totp?: string }, recoveryCode = recoveryCodes[0]!) =>
        t.people.signIn.byRecoveryCode({ identifier: { email }, recoveryCode, ...more }, here, nobody)
      const proof = () => (app ? { totp: code() } : { password })
      await assert.rejects(use({}), isWrong)
      await assert.rejects(use({ password: 'not the password', totp: '000000' }), isWrong)
      await assert.rejects(use(proof(), 'aaaa-bbbb-cccc-dddd'), isWrong)
      assert.equal((await t.people.profile.read(subject)).recoveryCodesLeft, 8)
      clock.advance(stepMs * 2)
      assert.equal((await use(proof())).subject, subject)
      assert.equal((await t.people.profile.read(subject)).recoveryCodesLeft, 7)
    },
  )

onBothDialects(
  'after a recovery every other sign-in has ended and every verified address knows',
  async (at) => {
    clause('pp.4.3')
    const { t, cookie, recoveryCodes, enterPassword } = await guarded(at)
    const half = halfOf(await enterPassword())
    const done = await t.people.signIn.second(
      { flow: half.flow, second: { recoveryCode: recoveryCodes[0]! } },
      here,
      nobody,
    )
    assert.equal(await t.people.authenticate({ cookie }), undefined)
    assert.ok(await t.people.authenticate({ cookie: done.session.secret }))
    await t.people.settled()
    const told = t.sent.filter(({ subject }) => subject === 'Eaves: A recovery code was used')
    assert.deepEqual(
      told.map(({ to }) => to.address),
      [email],
    )
  },
)

onBothDialects(
  'recovery answers alike for an account with a password, one without, and none, in text and in work',
  async (at) => {
    const { t, recoveryCodes } = await guarded(at, { app: false })
    const attempts = [
      { identifier: { email }, recoveryCode: recoveryCodes[0]! },
      { identifier: { email }, recoveryCode: 'aaaa-bbbb-cccc-dddd' },
      { identifier: { email: 'eve@example.org' }, recoveryCode: recoveryCodes[0]! },
    ]
    for (const given of attempts) {
      const before = t.hashed()
      const error: unknown = await t.people.signIn
        .byRecoveryCode(given, here, nobody)
        .catch((thrown: unknown) => thrown)
      assert.ok(hasCode(error, 'auth.code-wrong'))
      assert.equal(t.hashed() - before, 1)
    }
  },
)
