// Catches a passkey that signs in twice with one answer, at another name, for another flow or person, or as a copy, and a handle that names somebody.
import assert from 'node:assert/strict'
import { hasCode, type ErrorCode, type SubjectId } from '@eaves/model'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { fakeAuthenticator, type Authenticator, type Behaviour } from './testing-authenticator.ts'
import { here, openPeople, site, type TestPeople } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const isRefused = refused('auth.passkey-wrong')
const elsewhere = { origin: 'https://home.example:8420', host: 'home.example' }

async function opened(at: Parameters<typeof openPeople>[0]) {
  const t = await openPeople(at)
  const { subject, secret } = await t.claimed()
  const session = (await t.people.authenticate({ cookie: secret }))!.session!
  await t.people.signIn.requestCode({ identifier: { email: 'ada@example.org' }, address: here.address })
  return { t, subject, secret, prover: { subject, session, address: here.address } }
}
async function added(
  { t, prover }: { t: TestPeople; prover: { subject: SubjectId; session: string; address: string } },
  how?: Behaviour,
): Promise<Authenticator> {
  const device = fakeAuthenticator(site)
  const asked = await t.people.passkeys.requestAdd(prover, site)
  await t.people.passkeys.add(
    prover,
    { flow: asked.flow, response: device.create(asked, how), name: 'My phone' },
    site,
  )
  return device
}
const signIn = async (t: TestPeople, device: Authenticator, how?: Behaviour, where = site) => {
  const asked = await t.people.passkeys.requestSignIn(site, here.address)
  return t.people.passkeys.signedIn({ flow: asked.flow, response: device.get(asked, how) }, where)
}

onBothDialects(
  'a passkey signs in its person, is listed, renamed and removed, and then signs in nobody',
  async (at) => {
    const world = await opened(at)
    const { t, subject } = world
    const device = await added(world)
    ;(at.options.clock as TestClock).advance(60_000)
    assert.equal((await signIn(t, device)).subject, subject)
    const [row] = await t.people.passkeys.list(subject)
    assert.deepEqual([row!.name, row!.host, row!.synced], ['My phone', 'localhost', false])
    assert.equal(Date.parse(row!.lastUsedAt!) - Date.parse(row!.createdAt), 60_000)
    assert.equal((await t.people.profile.read(subject)).passkeys, 1)
    await t.people.passkeys.rename(subject, row!.id, 'Ada’s phone')
    assert.equal((await t.people.passkeys.list(subject))[0]!.name, 'Ada’s phone')
    const other = 'z'.repeat(26) as SubjectId
    await at.stores.vault.createKey({ subject: other })
    await assert.rejects(t.people.passkeys.rename(other, row!.id, 'mine'), refused('auth.not-found'))
    await assert.rejects(t.people.passkeys.remove(other, row!.id), refused('auth.not-found'))
    await t.people.passkeys.remove(subject, row!.id)
    await assert.rejects(signIn(t, device), isRefused)
  },
)

onBothDialects(
  'an answer is taken once, within five minutes, for what its challenge was made',
  async (at) => {
    const world = await opened(at)
    const { t, prover } = world
    const device = await added(world)
    const { passkeys } = t.people
    const first = await passkeys.requestSignIn(site, here.address)
    const given = { flow: first.flow, response: device.get(first) }
    await passkeys.signedIn(given, site)
    await assert.rejects(passkeys.signedIn(given, site), isRefused)
    const second = await passkeys.requestSignIn(site, here.address)
    await assert.rejects(passkeys.signedIn({ ...given, flow: second.flow }, site), isRefused)
    const proof = await passkeys.requestProof(prover, site)
    await assert.rejects(
      passkeys.signedIn({ flow: proof.flow, response: device.get(proof) }, site),
      isRefused,
    )
    const forProof = await passkeys.requestSignIn(site, here.address)
    await assert.rejects(
      passkeys.proved(prover, { flow: forProof.flow, response: device.get(forProof) }, site),
      isRefused,
    )
    const moved = await passkeys.requestProof(prover, site)
    await assert.rejects(
      passkeys.proved({ ...prover, session: 'x' }, { flow: moved.flow, response: device.get(moved) }, site),
      isRefused,
    )
    const both = await passkeys.requestSignIn(site, here.address)
    const same = { flow: both.flow, response: device.get(both) }
    const two = await Promise.allSettled([passkeys.signedIn(same, site), passkeys.signedIn(same, site)])
    assert.equal(two.filter(({ status }) => status === 'fulfilled').length, 1)
    const late = await passkeys.requestSignIn(site, here.address)
    ;(at.options.clock as TestClock).advance(5 * 60_000)
    await assert.rejects(passkeys.signedIn({ flow: late.flow, response: device.get(late) }, site), isRefused)
  },
)

onBothDialects(
  'what was signed for another page, name, challenge or user, or without the user verified, is refused',
  async (at) => {
    const world = await opened(at)
    const { t } = world
    const device = await added(world)
    for (const how of [
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:9999' },
      { host: 'evil.example' },
      { challenge: 'A'.repeat(43) },
      { type: 'webauthn.create' },
      { verified: false },
      { userHandle: 'AAAA' },
      { synced: true },
    ] satisfies Behaviour[])
      await assert.rejects(signIn(t, device, how), isRefused, JSON.stringify(how))
    await assert.rejects(signIn(t, device, {}, elsewhere), isRefused)
    await assert.rejects(signIn(t, fakeAuthenticator(site)), isRefused)
    assert.ok(await signIn(t, device))
    const asked = await t.people.passkeys.requestAdd(world.prover, site)
    for (const how of [{ origin: 'https://evil.example' }, { verified: false }, { host: 'evil.example' }]) {
      const again = await t.people.passkeys.requestAdd(world.prover, site)
      await assert.rejects(
        t.people.passkeys.add(
          world.prover,
          { flow: again.flow, response: fakeAuthenticator(site).create(again, how) },
          site,
        ),
        isRefused,
        JSON.stringify(how),
      )
    }
    await assert.rejects(
      t.people.passkeys.add(
        { ...world.prover, session: 'x' },
        { flow: asked.flow, response: fakeAuthenticator(site).create(asked) },
        site,
      ),
      isRefused,
    )
    for (const host of ['127.0.0.1', '[::1]'])
      await assert.rejects(
        t.people.passkeys.requestSignIn({ origin: `http://${host}:8420`, host }, here.address),
        refused('auth.passkey-name'),
      )
  },
)

onBothDialects('a counter that does not rise is a copy: refused, and the person is told', async (at) => {
  const world = await opened(at)
  const { t, subject } = world
  const device = await added(world)
  const handle = at.stores.facts.as({
    scope: { person: subject },
    actor: { kind: 'system', part: 'start' },
    purpose: 'service.core',
  })
  await handle.updateTable('account').set({ email_verified_at: 1 }).execute()
  for (const counter of [5, 6]) await signIn(t, device, { counter })
  for (const counter of [6, 3, 0]) await assert.rejects(signIn(t, device, { counter }), isRefused)
  await t.people.settled()
  assert.match(t.sent.at(-1)!.text, /looks like a copy/)
  assert.ok(await signIn(t, device, { counter: 7 }))
})

onBothDialects(
  'authenticators keep the account under one random name that is not its id, and are asked not to make a second key',
  async (at) => {
    const world = await opened(at)
    const { t, subject, prover } = world
    const device = await added(world)
    const asked = await t.people.passkeys.requestAdd(prover, site)
    const { user, excludeCredentials } = asked.options as {
      user: { id: string; name: string }
      excludeCredentials: { id: string }[]
    }
    assert.match(user.id, /^[A-Za-z0-9_-]{43}$/)
    assert.ok(!Buffer.from(user.id, 'base64url').toString().includes(subject) && user.id !== subject)
    assert.deepEqual(
      excludeCredentials.map(({ id }) => id),
      [device.id],
    )
    const signInOptions = (await t.people.passkeys.requestSignIn(site, here.address)).options
    assert.equal(signInOptions.allowCredentials, undefined)
    assert.equal(signInOptions.userVerification, 'required')
  },
)

onBothDialects('the twenty-first passkey and one that stands already are refused', async (at) => {
  const world = await opened(at)
  const { t, prover } = world
  const device = await added(world)
  const asked = await t.people.passkeys.requestAdd(prover, site)
  await assert.rejects(
    t.people.passkeys.add(prover, { flow: asked.flow, response: device.create(asked) }, site),
    refused('input.conflict'),
  )
  for (let i = 1; i < 19; i++) await added(world)
  const both = await Promise.all([1, 2].map(() => t.people.passkeys.requestAdd(prover, site)))
  const done = await Promise.allSettled(
    both.map((each) => {
      const response = fakeAuthenticator(site).create(each)
      return t.people.passkeys.add(prover, { flow: each.flow, response }, site)
    }),
  )
  assert.equal(
    done.filter(({ status }) => status === 'fulfilled').length,
    1,
    'asked for before the first came',
  )
  await assert.rejects(t.people.passkeys.requestAdd(prover, site), refused('input.conflict'))
})

onBothDialects('a passkey proves again who is there', async (at) => {
  const world = await opened(at)
  const { t, prover, secret } = world
  const device = await added(world)
  ;(at.options.clock as TestClock).advance(6 * 60_000)
  const asked = await t.people.passkeys.requestProof(prover, site)
  const renewed = await t.people.proofs.prove(
    prover,
    { passkey: { flow: asked.flow, response: device.get(asked) } },
    site,
  )
  assert.equal((await t.people.authenticate({ cookie: renewed }))?.provedAt, at.options.clock.now())
  assert.equal(await t.people.authenticate({ cookie: secret }), undefined)
})
