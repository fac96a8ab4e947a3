// Catches a way back that leaves the other hand a way in, locks out whom it is for, goes to whoever changed the address, or does not survive a stop.
import assert from 'node:assert/strict'
import { hasCode, type ErrorCode } from '@eaves/model'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { asSignIn } from './store.ts'
import { fakeAuthenticator } from './testing-authenticator.ts'
import { email, hourMs, opened, phone } from './testing-addresses.ts'
import { appCode, here, nobody, openPeople, site, whole } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const thief = 'thief@example.org'
const thiefsPhone = '+4915198765432'

onBothDialects(
  'undoing takes a phone number away that came with the change, before it or after it',
  async (at) => {
    clause('pp.4.3')
    const { t, clock, change, read, waysBack } = await opened(at)
    clock.advance(11 * hourMs)
    await change({ phone: thiefsPhone })
    await change({ email: thief })
    const [code] = waysBack(email)
    await t.people.addresses.undo(code!, here.address)
    const me = await read()
    assert.deepEqual([me.email, me.phone], [email, undefined])
    for (const [kind, value] of [
      ['phone', thiefsPhone],
      ['email', thief],
    ] as const)
      assert.equal(await at.stores.vault.blind.find(kind, value), undefined)
  },
)

onBothDialects(
  'a number that was changed as well comes back with the address, as old as it was',
  async (at) => {
    clause('pp.4.3')
    const { t, clock, subject, again, change, read, signIn, waysBack } = await opened(at)
    await change({ phone })
    clock.advance(8 * 24 * hourMs)
    const other = await again()
    await change({ phone: thiefsPhone }, other)
    await change({ email: thief }, other)
    await change({ phone: '+4915198765433' }, other)
    await t.people.addresses.undo(waysBack(email)[0]!, here.address)
    const me = await read()
    assert.deepEqual([me.email, me.phone, me.verified], [email, phone, { email: true, phone: true }])
    assert.equal(whole(await signIn({ phone })).subject, subject)
    // What the numbers got is spent with it: neither takes anything back again.
    for (const code of [...waysBack(phone), ...waysBack(thiefsPhone)])
      await assert.rejects(t.people.addresses.undo(code, here.address), refused('auth.code-wrong'))
    assert.equal((await read()).email, email)
  },
)

onBothDialects('whoever changed the address twice cannot spend the way back of the first one', async (at) => {
  clause('pp.4.3')
  const { t, change, read, waysBack } = await opened(at)
  await change({ email: thief })
  await change({ email: 'thief2@example.org' })
  await t.people.addresses.undo(waysBack(thief)[0]!, here.address)
  assert.equal((await read()).email, thief)
  await t.people.addresses.undo(waysBack(email)[0]!, here.address)
  assert.equal((await read()).email, email)
})

onBothDialects(
  'an app that was begun long before and turned on with the change asks nothing any more',
  async (at) => {
    clause('pp.4.3')
    const { t, clock, subject, again, change, signIn, waysBack } = await opened(at)
    const { secret } = await t.people.totp.begin(subject, email)
    clock.advance(25 * hourMs)
    const other = await again()
    await t.people.totp.confirm(subject, appCode(secret, clock.now()))
    await change({ email: thief }, other)
    await t.people.addresses.undo(waysBack(email)[0]!, here.address)
    assert.equal(whole(await signIn({ email })).subject, subject)
  },
)

onBothDialects('what was let in before the undoing and comes after it does nothing', async (at) => {
  clause('pp.4.3')
  const { t, subject, prover, change, asked, read, waysBack } = await opened(at)
  await change({ email: thief })
  const late = await asked({ email: 'thief2@example.org' })
  const device = fakeAuthenticator(site)
  const challenge = await t.people.passkeys.requestAdd(prover, site)
  const { addresses, passkeys, profile } = t.people
  await addresses.undo(waysBack(email)[0]!, here.address)
  for (const act of [
    () => addresses.confirm(prover, late, site),
    () => addresses.remove(prover, 'email', site),
    () => passkeys.add(prover, { flow: challenge.flow, response: device.create(challenge) }, site),
    () => profile.setPassword(subject, 'the thief’s password', prover.session),
    () => profile.renewRecoveryCodes(subject, prover.session),
  ])
    await assert.rejects(act(), refused('auth.required'))
  const me = await read()
  assert.deepEqual([me.email, me.passkeys, me.hasPassword, me.recoveryCodesLeft], [email, 0, false, 0])
})

onBothDialects('a way back that could not be gone is still there', async (at) => {
  const { t, clock, change, read, waysBack } = await opened(at)
  await change({ email: thief })
  const [code] = waysBack(email)
  // The mailbox has an account of its own in the meantime: nothing is taken from it.
  clock.advance(61_000)
  const { flow } = await t.people.signIn.requestCode({
    identifier: { email },
    acts: t.acts(),
    register: true,
    address: here.address,
  })
  const made = whole(await t.people.signIn.byCode({ flow, code: await t.lastCode() }, here, nobody))
  await assert.rejects(t.people.addresses.undo(code!, here.address), refused('auth.code-wrong'))
  assert.equal((await read()).email, thief)
  await at.stores.vault.blind.remove(made.subject)
  await asSignIn(at.stores.facts).deleteFrom('account').where('subject', '=', made.subject).execute()
  await t.people.addresses.undo(code!, here.address)
  assert.equal((await read()).email, email)
})

onBothDialects(
  'a number that was taken off gets a code that somebody can type, and it brings the number back',
  async (at) => {
    clause('pp.4.3')
    const { t, clock, subject, prover, again, change, read, signIn, waysBack } = await opened(at)
    await change({ phone })
    await t.people.addresses.remove(prover, 'email', site)
    clock.advance(8 * 24 * hourMs)
    await change({ phone: thiefsPhone }, await again())
    const [code] = waysBack(phone)
    assert.match(code!, /^(?:[a-z2-7]{4}-){3}[a-z2-7]{4}$/)
    await t.people.addresses.undo(` ${code!.toUpperCase().replaceAll('-', ' ')} `, here.address)
    assert.equal((await read()).phone, phone)
    assert.equal(whole(await signIn({ phone })).subject, subject)
  },
)

onBothDialects('two removals at once leave one proved address', async (at) => {
  clause('pp.2.1.1')
  const { t, prover, change, read } = await opened(at)
  await change({ phone })
  const done = await Promise.allSettled([
    t.people.addresses.remove(prover, 'email', site),
    t.people.addresses.remove(prover, 'phone', site),
  ])
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1)
  const { email: left, phone: right, verified } = await read()
  assert.equal(
    Number(left !== undefined && verified.email) + Number(right !== undefined && verified.phone),
    1,
  )
})

/** What the stores see of a program that ends: no more calls. */
const stopped = new Error('The program ended here.')

onBothDialects(
  'a change that a stop cut short before its rows leads nobody astray after the next start',
  async (at) => {
    clause('pp.2.1.1')
    const { t, subject, asked, prover } = await opened(at)
    const { blind } = at.stores.vault
    const given = await asked({ email: 'new@example.org' })
    const kept = { ...blind }
    // The new address leads to the account, and then nothing more happens.
    blind.put = async (column, value, who) => {
      const done = await kept.put(column, value, who)
      if (value !== 'new@example.org') return done
      blind.put = async () => Promise.reject(stopped)
      blind.remove = async () => Promise.reject(stopped)
      throw stopped
    }
    await assert.rejects(t.people.addresses.confirm(prover, given, site), stopped)
    Object.assign(blind, kept)
    assert.equal(await blind.find('email', email), subject)
    assert.equal(await blind.find('email', 'new@example.org'), subject)
    const next = await openPeople(at, 'hosted')
    await next.people.settled()
    assert.equal(await blind.find('email', email), subject)
    assert.equal(await blind.find('email', 'new@example.org'), undefined)
  },
)

onBothDialects(
  'one that was cut short after its rows is finished, and the old address told, with the next start',
  async (at) => {
    clause('pp.4.3')
    const { t, subject, asked, prover, read } = await opened(at)
    const { blind } = at.stores.vault
    const given = await asked({ email: 'new@example.org' })
    const kept = { ...blind }
    let seen = false
    blind.put = async (column, value, who) => {
      if (seen) throw stopped
      seen = value === 'new@example.org'
      return kept.put(column, value, who)
    }
    blind.remove = async () => Promise.reject(stopped)
    await assert.rejects(t.people.addresses.confirm(prover, given, site), stopped)
    Object.assign(blind, kept)
    assert.equal(await blind.find('email', email), subject)
    assert.equal((await read()).email, 'new@example.org')
    const next = await openPeople(at, 'hosted')
    await next.people.settled()
    assert.equal(await blind.find('email', email), undefined)
    assert.equal(await blind.find('email', 'new@example.org'), subject)
    const told = next.sent.filter(({ to }) => to.address === email)
    assert.equal(told.length, 1)
    const code = /^ {4}((?:[a-z2-7]{4}-){3}[a-z2-7]{4})$/m.exec(told[0]!.text)?.[1]
    const again = await openPeople(at, 'hosted')
    await again.people.settled()
    assert.deepEqual(again.sent, [], 'it is told once')
    await next.people.addresses.undo(code!, here.address)
    assert.equal((await read()).email, email)
  },
)
