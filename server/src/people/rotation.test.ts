// Catches a secret of a sign-in that lives on after it was replaced, a copied one that goes unnoticed, and one that a stranger chose.
import assert from 'node:assert/strict'
import { hasCode } from '@eaves/model'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { asSelf } from './store.ts'
import { here, nobody, openPeople } from './testing.ts'

const hourMs = 3_600_000
const email = 'ada@example.org'

async function opened(at: Parameters<typeof openPeople>[0]) {
  const t = await openPeople(at)
  const clock = at.options.clock as TestClock
  const { subject, secret } = await t.claimed(email)
  const { flow } = await t.people.signIn.requestCode({ identifier: { email }, address: here.address })
  await t.people.signIn.byCode({ flow, code: await t.lastCode() }, here, nobody)
  const session = (await t.people.authenticate({ cookie: secret }))!.session!
  const who = async (cookie: string) => (await t.people.authenticate({ cookie }))?.session
  const use = async (cookie: string, hours: number) => {
    for (let hour = 0; hour < hours; hour += 10) {
      await who(cookie)
      clock.advance(10 * hourMs)
    }
  }
  const renew = async (cookie: string) => (await t.people.renew(subject, session, cookie))?.secret
  return { t, clock, subject, secret, session, who, use, renew }
}

onBothDialects(
  'a secret is replaced after a day, and the old one is taken only until the new one is seen',
  async (at) => {
    const { t, clock, secret, session, who, use, renew } = await opened(at)
    assert.equal(await renew(secret), undefined)
    await use(secret, 30)
    const next = (await renew(secret))!
    assert.equal(await renew(secret), undefined)
    // The answer may still be under way, for as long as it takes; a proof it is not.
    clock.advance(5 * 60_000)
    assert.equal((await t.people.authenticate({ cookie: secret }))?.provedAt, 0)
    assert.equal(await who(next), session)
    clock.advance(59_000)
    assert.equal(await who(secret), session)
  },
)

onBothDialects(
  'a replaced secret seen later ends the sign-in for both hands, and the person is told',
  async (at) => {
    const { t, clock, secret, session, who, use, renew } = await opened(at)
    await use(secret, 30)
    const second = (await renew(secret))!
    assert.equal(await who(second), session)
    clock.advance(61_000)
    await use(second, 30)
    const third = (await renew(second))!
    assert.equal(await who(third), session)
    clock.advance(2 * 60_000 + 1)
    const heard: string[] = []
    t.people.onRevoked((revoked) => heard.push(revoked.session ?? ''))
    // The first one, two generations old, gives it away all the same.
    assert.equal(await who(secret), undefined)
    assert.equal(await who(third), undefined)
    assert.deepEqual(heard, [session])
    await t.people.settled()
    assert.ok(
      t.sent.some(({ subject, to }) => subject === 'Eaves: A sign-in was ended' && to.address === email),
    )
  },
)

onBothDialects(
  'a secret whose answer was lost changes nothing for who goes on with the one before, and another is made',
  async (at) => {
    const { t, clock, secret, session, who, use, renew } = await opened(at)
    await use(secret, 30)
    const lost = (await renew(secret))!
    await use(secret, 30)
    assert.equal(await who(secret), session)
    const lostToo = (await renew(secret))!
    await use(secret, 30)
    const next = (await renew(secret))!
    assert.equal(await who(next), session)
    clock.advance(2 * 60_000 + 1)
    const heard: string[] = []
    t.people.onRevoked((revoked) => heard.push(revoked.session ?? ''))
    // Whoever has one of the lost answers all the same gives themselves away.
    assert.equal(await who(lostToo), undefined)
    assert.deepEqual(heard, [session])
    for (const each of [secret, lost, next]) assert.equal(await who(each), undefined)
  },
)

onBothDialects(
  'the secret before is of no use in a sign-in that nobody has used for twelve hours',
  async (at) => {
    const { clock, secret, session, who, use, renew } = await opened(at)
    await use(secret, 30)
    await renew(secret)
    assert.equal(await who(secret), session)
    clock.advance(12 * hourMs)
    assert.equal(await who(secret), undefined)
  },
)

onBothDialects('what is remembered of secrets goes with the sign-in', async (at) => {
  const { t, subject, secret, use, renew } = await opened(at)
  await use(secret, 30)
  await renew(secret)
  const remembered = () =>
    asSelf(at.stores.facts, subject, 'security').selectFrom('replaced_secret').select('id').execute()
  await t.people.sweep()
  assert.equal((await remembered()).length, 1)
  await t.people.sessions.end(subject)
  await t.people.sweep()
  assert.deepEqual(await remembered(), [])
})

onBothDialects('two requests at once make one new secret', async (at) => {
  const { secret, session, who, use, renew } = await opened(at)
  await use(secret, 30)
  const both = await Promise.all([renew(secret), renew(secret)])
  assert.equal(both.filter((each) => each !== undefined).length, 1)
  const made = both.find((each) => each !== undefined)!
  assert.equal(await who(made), session)
})

onBothDialects(
  'after a proof the secret before opens nothing, and used again it ends the sign-in',
  async (at) => {
    const { t, clock, subject, secret, session, who } = await opened(at)
    const next = (await t.people.sessions.prove(subject, session))!
    assert.equal(await who(secret), undefined)
    assert.equal(await who(next), session)
    clock.advance(61_000)
    assert.equal(await who(secret), undefined)
    assert.equal(await who(next), undefined)
  },
)

onBothDialects('a secret that a stranger chose is nobody’s, before a sign-in and after it', async (at) => {
  const { t, subject, who } = await opened(at)
  const planted = 'a'.repeat(52)
  assert.equal(await who(planted), undefined)
  const { session } = await t.people.signIn.known(subject, here, nobody)
  assert.notEqual(session.secret, planted)
  assert.equal(await who(planted), undefined)
})

onBothDialects(
  'with a live invitation somebody signs up in a household; a dead one or none is answered alike',
  async (at) => {
    const asked: string[] = []
    const t = await openPeople(at, 'household', {
      isInvited: async (code) => {
        asked.push(code)
        return code === 'live'
      },
    })
    await t.claimed(email)
    const request = (address: string, invitation?: string) =>
      t.people.signIn.requestCode({
        identifier: { email: address },
        acts: t.acts(),
        register: true,
        address: here.address,
        ...(invitation === undefined ? {} : { invitation }),
      })
    const answers = [await request('eve@example.org', 'dead'), await request('mel@example.org')]
    const drawn = t.drawn.slice(-2)
    const live = await request('ben@example.org', 'live')
    const liveCode = await t.lastCode()
    const beside = await request('zoe@example.org', 'live')
    const besideCode = await t.lastCode()
    assert.deepEqual(asked, ['dead', 'live', 'live'])
    for (const [i, { flow, ...rest }] of answers.entries()) {
      assert.equal(flow.length, live.flow.length)
      assert.deepEqual(rest, { expiresInSeconds: 300, resendAfterSeconds: 60 })
      await assert.rejects(t.people.signIn.byCode({ flow, code: drawn[i]! }, here, nobody))
    }
    const done = await t.people.signIn.byCode({ flow: live.flow, code: liveCode }, here, nobody)
    assert.ok('subject' in done && done.recoveryCodes?.length === 8)
    assert.equal(
      await t.privacy.agreementCurrent('subject' in done ? done.subject : t.people.claimant()!),
      true,
    )
    await t.people.settled()
    assert.deepEqual([...new Set(t.sent.map(({ to }) => to.address))], ['ben@example.org', 'zoe@example.org'])
    // It has made its account: asked for before or after, it makes no other.
    await assert.rejects(
      t.people.signIn.byCode({ flow: beside.flow, code: besideCode }, here, nobody),
      (error) => hasCode(error, 'auth.code-wrong'),
    )
    await request('kim@example.org', 'live')
    await t.people.settled()
    assert.equal(
      t.sent.some(({ to }) => to.address === 'kim@example.org'),
      false,
    )
    await assert.rejects(
      t.people.signIn.requestCode({
        identifier: { email: 'kim@example.org' },
        register: true,
        invitation: 'live',
        address: here.address,
      }),
    )
  },
)
