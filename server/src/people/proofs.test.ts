// Catches a fresh proof that can be guessed, moved to another sign-in or purpose, or that leaves the old secret alive.
import assert from 'node:assert/strict'
import { hasCode, type ErrorCode } from '@eaves/model'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { here, nobody, openPeople, site, type TestPeople } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const minuteMs = 60_000
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

async function claimed(t: TestPeople, clock: TestClock) {
  const { subject, secret } = await t.claimed()
  const identity = (await t.people.authenticate({ cookie: secret }))!
  clock.advance(6 * minuteMs)
  return { subject, secret, prover: { subject, session: identity.session!, address: here.address } }
}

onBothDialects('a code to one’s own address proves again, once, and changes the secret', async (at) => {
  const t = await openPeople(at)
  const clock = at.options.clock as TestClock
  const { subject, secret, prover } = await claimed(t, clock)
  const { flow } = await t.people.proofs.requestCode(prover, { to: 'email' })
  const code = await t.lastCode()
  assert.equal(t.sent.at(-1)!.to.address, 'ada@example.org')
  assert.match(t.sent.at(-1)!.subject, /confirmation code/)
  await assert.rejects(
    t.people.proofs.prove(prover, { flow, code: wrong(code) }, site),
    refused('auth.code-wrong'),
  )
  const renewed = await t.people.proofs.prove(prover, { flow, code }, site)
  assert.equal(await t.people.authenticate({ cookie: secret }), undefined)
  const identity = (await t.people.authenticate({ cookie: renewed }))!
  assert.deepEqual([identity.session, identity.provedAt], [prover.session, clock.now()])
  await assert.rejects(t.people.proofs.prove(prover, { flow, code }, site), refused('auth.code-wrong'))
  assert.equal((await t.people.profile.read(subject)).verified.email, true)
  await assert.rejects(t.people.proofs.requestCode(prover, { to: 'phone' }), refused('input.invalid'))
})

onBothDialects(
  'a code made to prove signs nobody in, proves nothing in another sign-in, and a sign-in code proves nothing',
  async (at) => {
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    const { prover } = await claimed(t, clock)
    const { flow } = await t.people.proofs.requestCode(prover, { to: 'email' })
    const code = await t.lastCode()
    await assert.rejects(t.people.signIn.byCode({ flow, code }, here, nobody), refused('auth.code-wrong'))
    const other = { ...prover, session: 'b'.repeat(26) }
    await assert.rejects(t.people.proofs.prove(other, { flow, code }, site), refused('auth.code-wrong'))
    clock.advance(minuteMs)
    const signIn = await t.people.signIn.requestCode({
      identifier: { email: 'ada@example.org' },
      address: here.address,
    })
    const signInCode = await t.lastCode()
    await assert.rejects(
      t.people.proofs.prove(prover, { flow: signIn.flow, code: signInCode }, site),
      refused('auth.code-wrong'),
    )
  },
)

onBothDialects('of many tries at once with one code five are compared', async (at) => {
  const t = await openPeople(at)
  const { prover } = await claimed(t, at.options.clock as TestClock)
  const { flow } = await t.people.proofs.requestCode(prover, { to: 'email' })
  const code = await t.lastCode()
  const tries = await Promise.allSettled(
    Array.from({ length: 28 }, (_, i) =>
      t.people.proofs.prove(
        { ...prover, address: `198.51.${i}.0` },
        { flow, code: String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0') },
        site,
      ),
    ),
  )
  assert.ok(tries.every(({ status }) => status === 'rejected'))
  await assert.rejects(t.people.proofs.prove(prover, { flow, code }, site), refused('auth.code-wrong'))
})

onBothDialects('a sign-in that was taken over cannot guess the password without end', async (at) => {
  const t = await openPeople(at)
  const { subject, secret, prover } = await claimed(t, at.options.clock as TestClock)
  await assert.rejects(
    t.people.proofs.prove(prover, { password: 'correct horse battery' }, site),
    refused('auth.password-wrong'),
  )
  const renewed = await t.people.profile.setPassword(subject, 'correct horse battery', prover.session)
  assert.notEqual(renewed, secret)
  for (let i = 0; i < 8; i++)
    await assert.rejects(
      t.people.proofs.prove(prover, { password: `guess ${i}` }, site),
      refused('auth.password-wrong'),
    )
  assert.ok(await t.people.proofs.prove(prover, { password: 'correct horse battery' }, site))
  await assert.rejects(
    t.people.proofs.prove(prover, { password: 'correct horse battery' }, site),
    refused('auth.too-many'),
  )
})

onBothDialects('a sign-in that has ended proves nothing', async (at) => {
  const t = await openPeople(at)
  const { subject, prover } = await claimed(t, at.options.clock as TestClock)
  await t.people.profile.setPassword(subject, 'correct horse battery', undefined)
  await assert.rejects(
    t.people.proofs.prove(prover, { password: 'correct horse battery' }, site),
    refused('auth.required'),
  )
})
