// Catches an address that changes without its proof, tells who else has an account, leaves the old one in the dark, or cannot be undone.
import assert from 'node:assert/strict'
import { hasCode, newId, type ErrorCode, type HomeId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { fakeAuthenticator } from './testing-authenticator.ts'
import { email, hourMs, opened, phone } from './testing-addresses.ts'
import { halfOf, here, nobody, openPeople, site, whole } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)

onBothDialects(
  'both addresses stand beside each other, each is a way in, and the last proved one stays',
  async (at) => {
    clause('pp.2.1.1')
    const { t, subject, prover, signIn, change, read } = await opened(at)
    await assert.rejects(t.people.addresses.remove(prover, 'email', site), refused('auth.last-address'))
    await assert.rejects(t.people.addresses.remove(prover, 'phone', site), refused('auth.not-found'))
    await change({ phone })
    const me = await read()
    assert.deepEqual([me.email, me.phone, me.verified], [email, phone, { email: true, phone: true }])
    assert.equal(whole(await signIn({ email })).subject, subject)
    await t.people.addresses.remove(prover, 'email', site)
    assert.equal((await read()).email, undefined)
    await assert.rejects(t.people.addresses.remove(prover, 'phone', site), refused('auth.last-address'))
    assert.equal(await at.stores.vault.blind.find('email', email), undefined)
  },
)

onBothDialects(
  'a change needs the code of the new address, in the sign-in that asked, and tells both ends',
  async (at) => {
    clause('pp.4.3')
    const { t, clock, prover, change, read } = await opened(at)
    const next = 'ada@new.example.org'
    const { flow } = await t.people.addresses.request(prover, { identifier: { email: next } })
    const code = await t.lastCode()
    assert.equal(t.sent.find(({ text }) => text.includes(code))!.to.address, next)
    const other = { ...prover, session: 'b'.repeat(26) }
    await assert.rejects(t.people.addresses.confirm(other, { flow, code }, site), refused('auth.code-wrong'))
    await assert.rejects(t.people.signIn.byCode({ flow, code }, here, nobody), refused('auth.code-wrong'))
    await assert.rejects(t.people.proofs.prove(prover, { flow, code }, site), refused('auth.code-wrong'))
    assert.equal((await read()).email, email)
    await t.people.settled()
    const before = t.sent.length
    await change({ email: 'ada@newer.example.org' })
    assert.deepEqual(
      t.sent
        .slice(before)
        .filter(({ text }) => !/^ {4}\d{6}$/m.test(text))
        .map(({ to, subject }) => `${to.address}: ${subject}`)
        .toSorted(),
      [
        `${email}: Eaves: This is no longer your e-mail address in Eaves`,
        'ada@newer.example.org: Eaves: E-mail address set',
      ],
    )
    assert.equal(await at.stores.vault.blind.find('email', email), undefined)
    clock.advance(61_000)
  },
)

onBothDialects(
  'an address of somebody else gets the same answer, no code, and is told so itself',
  async (at) => {
    clause('pp.2.1.1')
    const { t, clock, prover, read } = await opened(at)
    const { flow } = await t.people.signIn.requestCode({
      identifier: { email: 'ben@example.org' },
      acts: t.acts(),
      register: true,
      address: here.address,
    })
    whole(await t.people.signIn.byCode({ flow, code: await t.lastCode() }, here, nobody))
    clock.advance(61_000)
    const taken = await t.people.addresses.request(prover, { identifier: { email: 'ben@example.org' } })
    const code = t.drawn.at(-1)!
    const free = await t.people.addresses.request(prover, { identifier: { email: 'free@example.org' } })
    assert.deepEqual(Object.keys(taken), Object.keys(free))
    assert.equal(taken.flow.length, free.flow.length)
    await t.people.settled()
    const told = t.sent.filter(({ to }) => to.address === 'ben@example.org').at(-1)!
    assert.match(told.subject, /belongs to an Eaves account already/)
    assert.doesNotMatch(told.text, /\d{6}/)
    await assert.rejects(
      t.people.addresses.confirm(prover, { flow: taken.flow, code }, site),
      refused('auth.code-wrong'),
    )
    assert.equal((await read()).email, email)
  },
)

onBothDialects(
  'the old address undoes the change once, within three days, and whatever let in the other hand is gone',
  async (at) => {
    clause('pp.4.3')
    const { t, clock, subject, prover, change, read, link } = await opened(at)
    const { token } = await t.people.tokens.create(
      subject,
      { name: 'script', homes: 'all', verbs: 'all', days: 30 },
      'app',
    )
    await change({ email: 'thief@example.org' })
    const device = fakeAuthenticator(site)
    const asked = await t.people.passkeys.requestAdd(prover, site)
    await t.people.passkeys.add(prover, { flow: asked.flow, response: device.create(asked) }, site)
    await t.people.profile.setPassword(subject, 'the thief’s password', prover.session)
    await change({ email: 'thief2@example.org' })
    const first = t.sent.flatMap(({ to, text }) =>
      to.address === email ? (/undo#([a-z2-7]+)/.exec(text)?.[1] ?? []) : [],
    )[0]!
    await assert.rejects(t.people.addresses.undo('a'.repeat(32), here.address), refused('auth.code-wrong'))
    clock.advance(71 * hourMs)
    const second = link()
    const { session } = await t.people.signIn.known(subject, here, nobody)
    assert.ok(await t.people.authenticate({ cookie: session.secret }))
    await t.people.addresses.undo(first, here.address)
    const me = await read()
    assert.deepEqual(
      [me.email, me.verified.email, me.hasPassword, me.passkeys, me.recoveryCodesLeft],
      [email, true, false, 0, 0],
    )
    assert.equal(await t.people.authenticate({ cookie: session.secret }), undefined)
    assert.equal(await t.people.authenticate({ bearer: token }), undefined)
    for (const code of [first, second])
      await assert.rejects(t.people.addresses.undo(code, here.address), refused('auth.code-wrong'))
    assert.equal(await at.stores.vault.blind.find('email', 'thief2@example.org'), undefined)
  },
)

onBothDialects('after three days there is no way back', async (at) => {
  const { t, clock, change, link } = await opened(at)
  await change({ email: 'ada@new.example.org' })
  const code = link()
  clock.advance(72 * hourMs)
  await assert.rejects(t.people.addresses.undo(code, here.address), refused('auth.code-wrong'))
})

onBothDialects('a number that changed within seven days does not let in by itself', async (at) => {
  clause('pp.4.3')
  const { t, clock, subject, signIn, change, recoveryCodes } = await opened(at)
  await change({ phone })
  const half = halfOf(await signIn({ phone }))
  assert.deepEqual(half.ways, ['recovery'])
  await assert.rejects(
    t.people.signIn.second({ flow: half.flow, second: { totp: '000000' } }, here, nobody),
    refused('auth.code-wrong'),
  )
  const done = await t.people.signIn.second(
    { flow: half.flow, second: { recoveryCode: recoveryCodes[0]! } },
    here,
    nobody,
  )
  assert.equal(done.subject, subject)
  clock.advance(7 * 24 * hourMs)
  whole(await signIn({ phone }))
})

onBothDialects('one person cannot make the server write to any number of strangers', async (at) => {
  const { t, prover } = await opened(at)
  for (let i = 0; i < 10; i++)
    await t.people.addresses.request(prover, { identifier: { email: `stranger${i}@example.org` } })
  await assert.rejects(
    t.people.addresses.request(prover, { identifier: { email: 'stranger@example.org' } }),
    refused('auth.too-many'),
  )
})

onBothDialects(
  'a code to a number is counted where it was asked for, and as entered when it is',
  async (at) => {
    const { t, clock, prover, asked } = await opened(at)
    const given = await asked({ phone })
    assert.equal(t.sent.find(({ to }) => to.address === phone)?.askedFrom, here.address)
    await t.people.addresses.confirm(prover, given, site)
    assert.deepEqual(t.entered, [phone])
    clock.advance(61_000)
    const { flow } = await t.people.proofs.requestCode(prover, { to: 'phone' })
    await assert.rejects(t.people.proofs.prove(prover, { flow, code: '0000' }, site))
    assert.deepEqual(t.entered, [phone])
    clock.advance(7 * 24 * hourMs)
    const again = {
      ...prover,
      session: (await t.people.signIn.known(prover.subject, here, nobody)).session.row.id,
    }
    const proof = await t.people.proofs.requestCode(again, { to: 'phone' })
    await t.people.proofs.prove(again, { flow: proof.flow, code: await t.lastCode() }, site)
    assert.deepEqual(t.entered, [phone, phone])
  },
)

onBothDialects(
  'what people of a home are told goes to an address that they have proved, and to no other',
  async (at) => {
    clause('pp.2.1.1')
    const t = await openPeople(at)
    const { subject } = await t.claimed(email)
    t.people.contacts.tell(subject, 'joined')
    await t.people.settled()
    assert.equal(t.sent.length, 0)
    const { session } = await t.people.signIn.known(subject, here, nobody)
    const prover = { subject, session: session.row.id, address: here.address }
    const { flow } = await t.people.addresses.request(prover, { identifier: { phone } })
    await t.people.addresses.confirm(prover, { flow, code: await t.lastCode() }, site)
    await t.people.settled()
    t.sent.length = 0
    t.people.contacts.tell(subject, 'joined')
    await t.people.settled()
    assert.deepEqual(
      t.sent.map(({ to }) => to.address),
      [phone],
    )
  },
)

onBothDialects(
  'text messages that invite are counted by the person who invites, in whichever home',
  async (at) => {
    const { t, subject } = await opened(at)
    const letter = { link: 'http://localhost:8420/join#x', code: 'abcd-efgh-ijkl-mnop', hours: 72 }
    for (const home of [newId<HomeId>(), newId<HomeId>()])
      await t.people.contacts.invite({ phone }, { home, by: subject, locale: undefined }, letter)
    await t.people.settled()
    const asked = t.sent.filter(({ sms }) => sms?.template === 'invitation').map(({ askedFrom }) => askedFrom)
    assert.equal(asked.length, 2)
    assert.deepEqual([...new Set(asked)], [`person:${subject}`])
  },
)
