// Catches a version whose notice or weight a later one takes away, and a yes to the old text that is taken for one to the new.
import assert from 'node:assert/strict'
import { hasCode, type ErrorCode } from '@eaves/model'
import { clause, type Promised } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import type { TextVersion } from './catalogue.ts'
import { nothingShared } from './privacy.ts'
import { careless, caughtEgress, maker } from './testing.ts'
import { added, as, before, changed, contacts, dayMs, small } from './testing/changed.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const search = 'account.search-history'
const sharing = 'sharing.manufacturer-quality'
const renamed = (version: string, from: TextVersion): TextVersion => as(version, from.promised)

onBothDialects('a small version in the notice of a large one does not cut the notice short', async (at) => {
  clause('pp.7.3')
  const { subject, clock, open } = await changed(at, contacts)
  await (await open()).stand(subject)
  clock.advance(10 * dayMs)
  const privacy = await open({ versions: [...contacts, renamed('7.2', contacts[1]!)] })
  assert.equal(privacy.version(), '7.2')
  assert.equal((await privacy.stand(subject)).standing, 'notice_pending')
  clock.advance(20 * dayMs - 10_000)
  assert.equal((await privacy.stand(subject)).standing, 'notice_pending')
  clock.advance(20_000)
  assert.equal((await privacy.stand(subject)).standing, 'limited')
})

onBothDialects('a clock that stands before the day of a text takes nothing off its notice', async (at) => {
  clause('pp.7.3')
  const { subject, clock, open } = await changed(at, [added[0]!, as('7.1', added[1]!.promised, '2026-03-01')])
  const { notice } = await (await open()).agreementState(subject, 'en')
  assert.equal(notice?.effectiveAt.slice(0, 10), '2026-03-31')
  // Set right, and started again.
  clock.advance(60 * dayMs)
  const again = await open()
  assert.equal((await again.agreementState(subject, 'en')).notice?.effectiveAt, notice?.effectiveAt)
  assert.equal((await again.stand(subject)).standing, 'notice_pending')
})

onBothDialects('what the operator raised stays raised under the versions after it', async (at) => {
  clause('pp.7.3')
  const { subject, clock, open } = await changed(at, small)
  await open({ wish: { raise: true } })
  const privacy = await open({ versions: [...small, renamed('7.2', small[1]!)] })
  assert.equal((await privacy.stand(subject)).standing, 'notice_pending')
  clock.advance(31 * dayMs)
  assert.equal((await privacy.stand(subject)).standing, 'limited')
  await privacy.act(subject, privacy.currentActs('en', 'EU'), 'app')
  assert.equal((await privacy.stand(subject)).standing, 'current')
})

/** As if searches had been kept for a day only. */
const briefly: Promised = {
  ...before.promised,
  uses: Object.fromEntries(
    Object.entries(before.promised.uses).map(([category, uses]) => [
      category,
      Object.fromEntries(
        Object.entries(uses).map(([purpose, use]) => [
          purpose,
          purpose === search
            ? { ...use, kept: Object.fromEntries(Object.keys(use.kept).map((event) => [event, 'PT1H'])) }
            : use,
        ]),
      ),
    ]),
  ),
}

onBothDialects(
  'a yes to a purpose as it was is none to the purpose as it is, also after agreeing to the text that names it',
  async (at) => {
    clause('pp.5.6')
    clause('pp.4.4.e')
    const { subject, clock, first, open } = await changed(at, [
      as('7.0', briefly),
      as('7.1', before.promised),
    ])
    const given = async (privacy: typeof first) =>
      (await privacy.choices(subject)).find(({ purpose }) => purpose === search)
    await first.setChoice(subject, search, true, 'app')
    await first.setChoice(subject, 'account.device-label', true, 'app')
    assert.deepEqual([await first.has(subject, search), await first.mayUse(subject, search)], [true, true])
    clock.advance(1000)
    const privacy = await open()
    const uses = async () => [
      await privacy.has(subject, search),
      await privacy.mayUse(subject, search),
      (await given(privacy))?.given,
    ]
    // Announced: the program already does it the new way, so it rests.
    assert.deepEqual(await uses(), [false, false, false])
    assert.equal(await privacy.mayUse(subject, 'account.device-label'), true)
    clock.advance(31 * dayMs)
    // In effect and not agreed to: no choice is acted on.
    assert.equal(await privacy.mayUse(subject, 'account.device-label'), false)
    await privacy.act(subject, privacy.currentActs('en', 'EU'), 'app')
    assert.deepEqual(await uses(), [false, false, false])
    assert.equal(await privacy.mayUse(subject, 'account.device-label'), true)
    // What was kept by the old yes stays until the person says no.
    assert.equal(await privacy.isChosen(subject, search), true)
    const old = (await privacy.receipt(subject, search))!
    assert.deepEqual([old.state, old.processing.policy_version], ['not-given', '7.0'])
    await privacy.setChoice(subject, search, true, 'app')
    assert.deepEqual(await uses(), [true, true, true])
    const now = (await privacy.receipt(subject, search))!
    assert.deepEqual(
      [now.state, now.processing.policy_version, now.events.at(-1)?.event_type],
      ['given', '7.1', 'renewed'],
    )
    await privacy.setChoice(subject, search, false, 'app')
    assert.equal((await given(privacy))?.events.at(-1)?.event, 'withdrawn')
    assert.equal(await privacy.isChosen(subject, search), false)
  },
)

onBothDialects(
  'nothing is shared, nor newly chosen, about somebody who was not told of it or whose agreement rests; a no is always taken',
  async (at) => {
    clause('pp.5.6')
    clause('pp.7.3')
    clause('pp.3.1.1')
    const { [sharing]: _sharing, ...without } = before.promised.purposes
    const versions = [
      as('7.0', { ...before.promised, purposes: without }),
      as('7.1', before.promised),
      contacts[1]!,
    ]
    const { subject, clock, open } = await changed(at, versions.slice(0, 2))
    const out = caughtEgress()
    const sharingDeps = {
      ...nothingShared(at.stores.jobs),
      recipients: [maker('acme', 'https://acme.test/')],
      egress: out,
      sources: { [sharing]: async () => careless },
    }
    const server = (which: readonly TextVersion[]) => open({ versions: which, sharing: sharingDeps })
    const choose = async (privacy: Awaited<ReturnType<typeof open>>, given: boolean) => {
      const { recipients } = await privacy.sharing.mine(subject, { locale: 'en', gpc: false })
      return privacy.sharing.choose(
        subject,
        'acme',
        {
          purpose: sharing,
          locale: 'en',
          noticeSha256: recipients[0]!.sharing[0]!.notice.sha256,
          choices: [{ category: 'device.use', given }],
        },
        { surface: 'app', gpc: false },
      )
    }
    const run = async (privacy: Awaited<ReturnType<typeof open>>) => {
      await privacy.sharing.daily()
      await privacy.sharing.drain()
      return out.bodies.length
    }
    const announced = await server(versions.slice(0, 2))
    await assert.rejects(choose(announced, true), refused('policy.agreement-required'))
    await choose(announced, false)
    clock.advance(1000)
    await announced.act(subject, announced.currentActs('en', 'EU'), 'app')
    await choose(announced, true)
    assert.equal(await run(announced), 1)
    // Another contact, in effect and not agreed to: what was chosen rests.
    clock.advance(dayMs)
    const later = await server([...versions.slice(0, 2), as('7.2', versions[2]!.promised)])
    assert.equal(await run(later), 2)
    clock.advance(31 * dayMs)
    assert.equal((await later.stand(subject)).standing, 'limited')
    assert.equal(await run(later), 2)
    await assert.rejects(choose(later, true), refused('policy.agreement-required'))
    await choose(later, false)
    await later.act(subject, later.currentActs('en', 'EU'), 'app')
    assert.equal(await run(later), 2)
  },
)
