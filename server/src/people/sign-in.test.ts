// Catches codes that can be guessed, reused or asked for without end, and answers that tell who has an account.
import assert from 'node:assert/strict'
import { hasCode, type ErrorCode } from '@eaves/model'
import { clause } from '@eaves/policy'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { here, nobody, openPeople, whole, type TestPeople } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const system = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const
const hourMs = 3_600_000
const place = (n: number) => `198.51.${n % 256}.0`
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const ask = (t: TestPeople, email: string, address = here.address) =>
  t.people.signIn.requestCode({ identifier: { email }, address })
const enter = async (t: TestPeople, flow: string, code: string, address = here.address) =>
  whole(await t.people.signIn.byCode({ flow, code }, { address }, nobody))

onBothDialects(
  'a code signs in once, proves the address, and goes to the address as it was stored',
  async (at) => {
    clause('pp.2.1.1')
    const t = await openPeople(at)
    const { subject } = await t.claimed('Ada@example.org')
    const { flow, expiresInSeconds, resendAfterSeconds } = await ask(t, 'ADA+other@example.org')
    assert.deepEqual([expiresInSeconds, resendAfterSeconds], [300, 60])
    const code = await t.lastCode()
    assert.equal(t.sent.length, 1)
    assert.equal(t.sent[0]!.to.address, 'Ada@example.org')
    assert.doesNotMatch(t.sent[0]!.text, /https?:/)
    const done = await enter(t, flow, ` ${code.slice(0, 3)} ${code.slice(3)} `)
    assert.equal(done.subject, subject)
    assert.equal((await t.people.profile.read(subject)).verified.email, true)
    await assert.rejects(enter(t, flow, code), refused('auth.code-wrong'))
  },
)

onBothDialects(
  'two hundred tries at once on one code count as two hundred, and the right one comes too late',
  async (at) => {
    const t = await openPeople(at)
    await t.claimed()
    const { flow } = await ask(t, 'ada@example.org')
    const code = await t.lastCode()
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_each, n) =>
        enter(t, flow, String(n).padStart(6, '0') === code ? '999999' : String(n).padStart(6, '0'), place(n)),
      ),
    )
    assert.ok(tries.every((each) => each.status === 'rejected' && hasCode(each.reason, 'auth.code-wrong')))
    await assert.rejects(enter(t, flow, code), refused('auth.code-wrong'))
    const row = await at.stores.facts
      .as(system)
      .selectFrom('sign_in_flow')
      .select('tries')
      .where('id', '=', flow)
      .executeTakeFirstOrThrow()
    assert.equal(Number(row.tries), 201)
  },
)

onBothDialects('of many entries of the right code at once one signs in', async (at) => {
  const t = await openPeople(at)
  await t.claimed()
  const { flow } = await ask(t, 'ada@example.org')
  const code = await t.lastCode()
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => enter(t, flow, code)))
  assert.equal(tries.filter((each) => each.status === 'fulfilled').length, 1)
})

onBothDialects(
  'a code dies after five minutes, works for its own flow only, and the fifth try is the last',
  async (at) => {
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    await t.claimed()
    const first = await ask(t, 'ada@example.org')
    const old = await t.lastCode()
    clock.advance(5 * 60_000)
    await assert.rejects(enter(t, first.flow, old), refused('auth.code-wrong'))
    const second = await ask(t, 'ada@example.org')
    const code = await t.lastCode()
    if (old !== code) await assert.rejects(enter(t, second.flow, old), refused('auth.code-wrong'))
    for (let i = 0; i < (old === code ? 3 : 2); i++)
      await assert.rejects(enter(t, second.flow, wrong(code)), refused('auth.code-wrong'))
    await assert.rejects(enter(t, second.flow, wrong(wrong(code))), refused('auth.code-wrong'))
    await assert.rejects(enter(t, second.flow, wrong(code)), refused('auth.code-wrong'))
    await assert.rejects(enter(t, second.flow, code), refused('auth.code-wrong'))
    clock.advance(hourMs)
    await t.people.sweep()
    assert.deepEqual(await at.stores.facts.as(system).selectFrom('sign_in_flow').select('id').execute(), [])
  },
)

onBothDialects('asking is limited by identifier and by address, with the time to wait', async (at) => {
  const t = await openPeople(at)
  const clock = at.options.clock as TestClock
  await t.claimed()
  await ask(t, 'ada@example.org')
  await assert.rejects(
    ask(t, 'ada+x@EXAMPLE.org', place(9)),
    (error) =>
      hasCode(error, 'auth.too-many') &&
      (error.retryAfterSeconds ?? 0) > 0 &&
      (error.retryAfterSeconds ?? 0) <= 60,
  )
  clock.advance(60_000)
  await ask(t, 'ada@example.org')
  clock.advance(24 * hourMs)
  for (let i = 0; i < 30; i++) await ask(t, `n${i}@example.org`, place(1))
  await assert.rejects(ask(t, 'n31@example.org', place(1)), refused('auth.too-many'))
  await ask(t, 'n31@example.org', place(2))
})

onBothDialects(
  'in a household a stranger gets the same answer in the same time, no message, and no trace of the address',
  async (at) => {
    clause('pp.2.1.1')
    clause('sa.4')
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    await t.claimed()
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    for (let i = 0; i < 240; i++) {
      for (const who of i % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const start = performance.now()
        const answer = await ask(
          t,
          who === 'known' ? 'ada@example.org' : `stranger${i}@example.org`,
          place(i),
        )
        times[who].push(performance.now() - start)
        assert.equal(
          JSON.stringify({ ...answer, flow: answer.flow.length }),
          '{"flow":26,"expiresInSeconds":300,"resendAfterSeconds":60}',
        )
      }
      await t.people.settled()
      clock.advance(2 * hourMs)
    }
    const middle = (samples: number[]) => samples.toSorted((a, b) => a - b)[samples.length >> 1]!
    const gap = Math.abs(middle(times.known) - middle(times.unknown))
    assert.ok(gap < 2, `medians differ by ${gap.toFixed(2)} ms`)
    assert.ok(t.sent.every(({ to }) => to.address === 'ada@example.org'))
    const rows = await at.stores.facts.as(system).selectFrom('account').select('subject').execute()
    assert.equal(rows.length, 1)
    assert.equal(await at.stores.vault.blind.find('email', 'stranger1@example.org'), undefined)
  },
)

onBothDialects(
  'in a household a stranger with the acts and even the right code does not get in',
  async (at) => {
    const t = await openPeople(at)
    await t.claimed()
    const { flow } = await t.people.signIn.requestCode({
      identifier: { email: 'eve@example.org' },
      acts: t.acts(),
      register: true,
      address: here.address,
    })
    await t.people.settled()
    assert.equal(t.sent.length, 0)
    await assert.rejects(enter(t, flow, t.drawn.at(-1)!), refused('auth.code-wrong'))
  },
)

onBothDialects(
  'signing up without the acts is refused whatever the address, and an unknown address is told so by message only',
  async (at) => {
    clause('sa.1')
    const t = await openPeople(at, 'hosted')
    await t.claimed()
    for (const email of ['ada@example.org', 'new@example.org'])
      await assert.rejects(
        t.people.signIn.requestCode({ identifier: { email }, register: true, address: here.address }),
        refused('policy.agreement-required'),
      )
    const forged = { ...t.acts(), agreement: { act: 'accept' as const, sha256: 'f'.repeat(64) } }
    await assert.rejects(
      t.people.signIn.requestCode({
        identifier: { email: 'new@example.org' },
        acts: forged,
        address: here.address,
      }),
      refused('policy.document-changed'),
    )
    const { flow } = await ask(t, 'new@example.org')
    await t.people.settled()
    assert.match(t.sent.at(-1)!.subject, /No Eaves account/)
    await assert.rejects(enter(t, flow, t.drawn.at(-1)!), refused('auth.code-wrong'))
  },
)

onBothDialects(
  'in hosted the code makes the account with its acts, and two codes for one address make one account',
  async (at) => {
    const t = await openPeople(at, 'hosted')
    const clock = at.options.clock as TestClock
    await t.claimed()
    const register = () =>
      t.people.signIn.requestCode({
        identifier: { email: 'new@example.org' },
        acts: t.acts('zh-Hans'),
        choices: { 'account.device-label': true },
        register: true,
        address: here.address,
      })
    const first = await register()
    const firstCode = await t.lastCode()
    assert.match(t.sent.at(-1)!.subject, /验证码/)
    clock.advance(60_000)
    const second = await register()
    const secondCode = await t.lastCode()
    const [one, two] = await Promise.all([enter(t, first.flow, firstCode), enter(t, second.flow, secondCode)])
    assert.equal(one.subject, two.subject)
    assert.equal([one, two].filter(({ recoveryCodes }) => recoveryCodes?.length === 8).length, 1)
    assert.equal(await t.privacy.agreementCurrent(one.subject), true)
    assert.equal(await t.privacy.has(one.subject, 'account.device-label'), true)
    const rows = await at.stores.facts.as(system).selectFrom('account').selectAll().execute()
    assert.equal(rows.length, 2)
  },
)

onBothDialects('a code that is never entered leaves neither account nor key', async (at) => {
  const t = await openPeople(at, 'hosted')
  await t.claimed()
  const { flow } = await t.people.signIn.requestCode({
    identifier: { email: 'new@example.org' },
    acts: t.acts(),
    address: here.address,
  })
  const row = await at.stores.facts
    .as(system)
    .selectFrom('sign_in_flow')
    .select('subject')
    .where('id', '=', flow)
    .executeTakeFirstOrThrow()
  assert.equal(await at.stores.vault.hasKey({ subject: row.subject }), true)
  ;(at.options.clock as TestClock).advance(hourMs)
  await t.people.sweep()
  assert.equal(await at.stores.vault.hasKey({ subject: row.subject }), false)
})

onBothDialects('a recovery code works once and only for its person', async (at) => {
  const t = await openPeople(at)
  const { subject, recoveryCodes } = await t.claimed()
  assert.equal(new Set(recoveryCodes).size, 8)
  const use = (email: string, recoveryCode: string) =>
    t.people.signIn.byRecoveryCode({ identifier: { email }, recoveryCode }, here, nobody)
  await assert.rejects(use('eve@example.org', recoveryCodes[0]!), refused('auth.code-wrong'))
  const both = await Promise.allSettled([
    use('ada@example.org', recoveryCodes[0]!.toUpperCase()),
    use('ada@example.org', recoveryCodes[0]!),
  ])
  assert.equal(both.filter((each) => each.status === 'fulfilled').length, 1)
  assert.equal((await t.people.profile.read(subject)).recoveryCodesLeft, 7)
})

onBothDialects('a password signs in, a wrong one and an unknown address get the same refusal', async (at) => {
  const t = await openPeople(at)
  const { subject, secret } = await t.claimed()
  const use = async (email: string, password: string) =>
    whole(await t.people.signIn.byPassword({ identifier: { email }, password }, here, nobody))
  const session = (await t.people.authenticate({ cookie: secret }))!.session
  const renewed = await t.people.profile.setPassword(subject, 'correct horse battery', session)
  assert.equal(await t.people.authenticate({ cookie: secret }), undefined)
  assert.equal((await t.people.authenticate({ cookie: renewed }))?.session, session)
  assert.equal((await use('ada@example.org', 'correct horse battery')).subject, subject)
  await assert.rejects(use('ada@example.org', 'correct horse batterie'), refused('auth.password-wrong'))
  await assert.rejects(use('eve@example.org', 'correct horse battery'), refused('auth.password-wrong'))
  for (let i = 0; i < 8; i++) await use('ada@example.org', 'wrong one').catch(() => undefined)
  await assert.rejects(use('ada@example.org', 'correct horse battery'), refused('auth.too-many'))
})
