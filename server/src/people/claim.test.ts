// Catches a server that can be claimed twice, guessed at for ever, or claimed without the two acts.
import assert from 'node:assert/strict'
import { hasCode, newId, type ErrorCode, type SubjectId } from '@eaves/model'
import { clause, optionalPurposes } from '@eaves/policy'
import { onBothDialects, type TestStores } from '../store/testing.ts'
import { giveHome, here, openPeople } from './testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const system = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const

async function counts({ stores }: TestStores) {
  const db = stores.facts.as(system)
  const of = async (
    table: 'account' | 'agreement' | 'consent_event' | 'session' | 'recovery_code' | 'sign_in_flow' | 'token',
  ) => (await db.selectFrom(table).selectAll().execute()).length
  return {
    account: await of('account'),
    agreement: await of('agreement'),
    consent: await of('consent_event'),
    session: await of('session'),
    recovery: await of('recovery_code'),
    flow: await of('sign_in_flow'),
    token: await of('token'),
  }
}
const nothing = { account: 0, agreement: 0, consent: 0, session: 0, recovery: 0, flow: 0, token: 0 }

onBothDialects(
  'of a hundred claims at once exactly one makes an owner and leaves no trace of the others',
  async (at) => {
    const t = await openPeople(at)
    const claim = (n: number) =>
      t.people.claim.claim({
        code: t.codes[0]!,
        identifier: { email: `p${n % 7}@example.org` },
        acts: t.acts(),
        surface: 'app',
        place: here,
      })
    const done = await Promise.allSettled(Array.from({ length: 100 }, (_each, n) => claim(n)))
    assert.equal(done.filter((each) => each.status === 'fulfilled').length, 1)
    assert.ok(done.every((each) => each.status === 'fulfilled' || hasCode(each.reason, 'claim.claimed')))
    assert.deepEqual(await counts(at), {
      account: 1,
      agreement: 2,
      consent: 2 * optionalPurposes.length,
      session: 1,
      recovery: 8,
      flow: 0,
      token: 0,
    })
  },
)

onBothDialects('claims that do not wait for each other still make one owner', async (at) => {
  // Two programs over one store: neither knows of the other's queue, so the row alone decides.
  const [a, b] = [await openPeople(at), await openPeople(at)]
  const claim = (t: typeof a, email: string) =>
    t.people.claim.claim({
      code: t.codes[0]!,
      identifier: { email },
      acts: t.acts(),
      surface: 'app',
      place: here,
    })
  const done = await Promise.allSettled([claim(a, 'a@example.org'), claim(b, 'b@example.org')])
  assert.equal(done.filter((each) => each.status === 'fulfilled').length, 1)
  assert.equal((await counts(at)).account, 1)
  assert.ok(a.people.isClaimed() && b.people.isClaimed())
  const led = await Promise.all(
    ['a@example.org', 'b@example.org'].map((email) => at.stores.vault.blind.find('email', email)),
  )
  assert.deepEqual(
    led.filter((each) => each !== undefined),
    [a.people.claimant()],
  )
})

onBothDialects('the tenth wrong try kills the code and announces another', async (at) => {
  const t = await openPeople(at)
  const [first] = t.codes
  for (let i = 0; i < 9; i++)
    assert.throws(() => t.people.claim.check('wrong-code'), refused('claim.code-wrong'))
  t.people.claim.check(first!.toUpperCase().replaceAll('-', ' '))
  assert.equal(t.codes.length, 1)
  assert.throws(() => t.people.claim.check('wrong-code'), refused('claim.code-wrong'))
  assert.equal(t.codes.length, 2)
  assert.throws(() => t.people.claim.check(first!), refused('claim.code-wrong'))
  t.people.claim.check(t.codes[1]!)
})

onBothDialects('a claim without the acts, or with forged ones, is refused and stores nothing', async (at) => {
  clause('sa.1')
  clause('sa.4')
  const t = await openPeople(at)
  const claim = (acts: ReturnType<typeof t.acts> | undefined) =>
    t.people.claim.claim({
      code: t.codes[0]!,
      identifier: { email: 'ada@example.org' },
      acts,
      surface: 'app',
      place: here,
    })
  await assert.rejects(claim(undefined), refused('policy.agreement-required'))
  const right = t.acts()
  for (const wrong of ['0'.repeat(64), right.agreement.sha256, t.acts('zh-Hans').privacy.sha256])
    await assert.rejects(
      claim({ ...right, privacy: { act: 'acknowledge', sha256: wrong } }),
      refused('policy.document-changed'),
    )
  assert.deepEqual(await counts(at), nothing)
  assert.equal(await at.stores.vault.blind.find('email', 'ada@example.org'), undefined)
})

onBothDialects(
  'reading the documents, the gate and the contact before declining leaves no trace',
  async (at) => {
    clause('sa.4')
    clause('fm.read')
    clause('sa.3')
    const t = await openPeople(at)
    for (const { document, version, locale } of t.privacy.documents())
      assert.ok(t.privacy.document(document, version, locale)!.sections.length > 5)
    t.privacy.gate('en', false)
    const { responsible, claimed } = await t.privacy.contact('en', false, false)
    assert.equal(claimed, false)
    assert.match(responsible, /claimed this home yet/)
    assert.deepEqual(await counts(at), nothing)
  },
)

onBothDialects('a claim cut short does not keep its address from the next one', async (at) => {
  const t = await openPeople(at)
  const left = newId<SubjectId>()
  await at.stores.vault.createKey({ subject: left })
  await at.stores.vault.blind.put('email', 'ada@example.org', left)
  const { subject } = await t.claimed()
  assert.equal(await at.stores.vault.blind.find('email', 'ada@example.org'), subject)
})

onBothDialects('a claim survives a restart and the code is gone', async (at) => {
  const t = await openPeople(at)
  const { secret, subject } = await t.claimed()
  await t.people.stop()
  await at.reopen()
  const again = await openPeople(at)
  assert.equal(again.people.isClaimed(), true)
  assert.equal(again.codes.length, 0)
  assert.equal(again.people.claimant(), subject)
  assert.equal((await again.people.authenticate({ cookie: secret }))?.subject, subject)
  assert.throws(() => again.people.claim.check(t.codes[0]!), refused('claim.claimed'))
})

onBothDialects(
  'a claim by the command line records the agreement with its surface and makes a token',
  async (at) => {
    const t = await openPeople(at)
    const homes: string[] = []
    const done = await t.people.claimByCli({
      owner: { email: 'ada@example.org' },
      locale: 'zh-Hans',
      region: 'CN',
      createHome: async (subject) => {
        const home = giveHome(t, subject)
        homes.push(home)
        return home
      },
    })
    assert.deepEqual(homes, [done.homeId])
    assert.deepEqual(
      (await t.privacy.acts(done.accountId))
        .map(({ act, surface, locale }) => `${act} ${surface} ${locale}`)
        .toSorted(),
      ['accept cli zh-Hans', 'acknowledge cli zh-Hans'],
    )
    const identity = await t.people.authenticate({ bearer: done.token })
    assert.deepEqual(
      [identity?.subject, identity?.homes, identity?.verbs],
      [done.accountId, new Set([done.homeId]), 'all'],
    )
    assert.deepEqual((await t.people.profile.read(done.accountId)).verified, { email: false, phone: false })
    await assert.rejects(
      t.people.claimByCli({
        owner: { email: 'b@example.org' },
        locale: 'en',
        region: 'other',
        createHome: async () => {
          throw new Error('must not be asked')
        },
      }),
      refused('claim.claimed'),
    )
  },
)
