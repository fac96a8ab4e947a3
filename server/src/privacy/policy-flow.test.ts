// Catches a new version of the texts that binds, limits or uses somebody before its time, that reaches nobody, or that loses the text before it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, locales, type SubjectId } from '@eaves/model'
import { agreementState, documentText, versionChanges, versionEntry } from '@eaves/model/api'
import {
  canonicalText,
  clause,
  documentIds,
  documentsOf,
  publishedVersions,
  withCollection,
} from '@eaves/policy'
import { openPeople } from '../people/testing.ts'
import { onBothDialects, quietLog, type TestClock } from '../store/testing.ts'
import { sha256 } from './catalogue.ts'
import { PolicyNotices } from './policy-notices.ts'
import { createPrivacy, nothingShared } from './privacy.ts'
import { asGate } from './store.ts'
import { added, as, before, changed, contacts, dayMs, small } from './testing/changed.ts'

const route = (verb: 'self.read' | 'device.command' | 'device.onboard' | 'self.edit', way: string) => ({
  verb,
  way,
})

onBothDialects(
  'a new choice is announced for its days, finds nobody without a yes to the text, and the old terms go on',
  async (at) => {
    clause('pp.5.6')
    clause('pp.7.3')
    clause('sa.1')
    const { subject, clock, open } = await changed(at, added)
    const privacy = await open()
    const state = agreementState.parse({ ...(await privacy.agreementState(subject, 'zh-Hans')), acts: [] })
    assert.deepEqual([state.standing, state.current], ['notice_pending', true])
    assert.deepEqual(
      [state.notice?.from, state.notice?.version, state.notice?.changes[0]?.clause],
      ['7.0', '7.1', 'pp.7.4.1'],
    )
    assert.match(state.notice?.changes[0]?.text ?? '', /新增用途：记住您搜索过的内容/)
    const days = (Date.parse(state.notice!.effectiveAt) - Date.parse(state.notice!.publishedAt)) / dayMs
    assert.equal(days, 30)
    for (const standing of ['notice_pending', 'old_terms'] as const) {
      assert.equal((await privacy.stand(subject)).standing, standing)
      assert.equal(await privacy.has(subject, 'account.search-history'), false)
      assert.equal(await privacy.has(subject, 'service.core'), true)
      await assert.rejects(privacy.setChoice(subject, 'account.search-history', true, 'app'), (error) =>
        hasCode(error, 'policy.agreement-required'),
      )
      await privacy.setChoice(subject, 'account.search-history', false, 'app')
      assert.equal(await privacy.agreementOpens(subject, route('device.onboard', 'post /api/x')), true)
      clock.advance(31 * dayMs)
    }
    await privacy.act(subject, privacy.currentActs('en', 'EU'), 'app')
    assert.equal((await privacy.agreementState(subject, 'en')).notice, undefined)
    await privacy.setChoice(subject, 'account.search-history', true, 'app')
    assert.equal(await privacy.has(subject, 'account.search-history'), true)
  },
)

onBothDialects(
  'what cannot be withheld limits whoever has not agreed once it is in effect: own data, rights and control stay',
  async (at) => {
    clause('pp.7.2')
    clause('pp.7.3')
    clause('pp.7.4.5')
    const { subject, clock, first, open } = await changed(at, contacts)
    await first.setChoice(subject, 'account.device-label', true, 'app')
    const privacy = await open()
    const opens = (...asked: Parameters<typeof route>) => privacy.agreementOpens(subject, route(...asked))
    assert.equal(await opens('device.onboard', 'post /api/x'), true)
    clock.advance(30 * dayMs)
    const state = await privacy.agreementState(subject, 'en')
    assert.deepEqual([state.standing, state.current], ['limited', false])
    assert.equal(await privacy.agreementCurrent(subject), true)
    assert.equal(await opens('device.onboard', 'post /api/x'), false)
    assert.equal(await opens('self.edit', 'post /api/me/tokens'), false)
    assert.equal(await opens('self.read', 'get /api/me'), true)
    assert.equal(await opens('device.command', 'post /api/x'), true)
    assert.equal(await opens('self.edit', 'put /api/me/choices/{purpose}'), true)
    // What was chosen rests, and stays chosen.
    assert.equal(await privacy.has(subject, 'account.device-label'), false)
    assert.equal(await privacy.isChosen(subject, 'account.device-label'), true)
    await privacy.refuse(subject, 'en', 'EU', 'app')
    assert.equal((await privacy.stand(subject)).standing, 'leaving')
    assert.equal(await opens('self.read', 'get /api/me'), false)
    clock.advance(1)
    await privacy.act(subject, privacy.currentActs('en', 'EU'), 'app')
    assert.equal((await privacy.stand(subject)).standing, 'current')
    assert.equal(await privacy.has(subject, 'account.device-label'), true)
  },
)

onBothDialects(
  'a small change binds at once and asks nobody; the operator may call it large, and may not shorten the notice',
  async (at) => {
    clause('pp.7.1')
    clause('pp.7.3')
    const { subject, clock, open } = await changed(at, small)
    const tooEarly = { effectiveAt: clock.now() + 30 * dayMs - 1 }
    await assert.rejects(
      open({ versions: contacts, wish: tooEarly }),
      /EAVES_POLICY_EFFECTIVE is too early.*at the earliest/s,
    )
    const rows = await asGate(at.stores.facts).selectFrom('policy_version').select('version').execute()
    assert.ok(rows.every(({ version }) => version !== '7.1'))
    const privacy = await open()
    assert.equal((await privacy.stand(subject)).standing, 'current')
  },
)
onBothDialects('a raised change is noticed and outlives a restart without the wish', async (at) => {
  clause('pp.7.3')
  const { subject, clock, open } = await changed(at, small)
  const raised = await open({ wish: { raise: true } })
  assert.equal((await raised.stand(subject)).standing, 'notice_pending')
  clock.advance(29 * dayMs)
  assert.equal((await (await open()).stand(subject)).standing, 'notice_pending')
  clock.advance(dayMs)
  assert.equal((await (await open()).stand(subject)).standing, 'limited')
})

onBothDialects('another controller or contact in operator.json is a large change of its own', async (at) => {
  clause('pp.7.4.2')
  clause('pp.7.4.5')
  const operator = {
    controller: { name: 'Elm Hosting', address: 'Elm Street 1' },
    privacyContact: 'privacy@elm.example',
    dataProtectionOfficer: { notRequired: 'fewer than twenty people' },
    euRepresentative: { notRequired: 'established in the Union' },
    complaintChannel: 'complaints@elm.example',
    affiliatesUrl: { notRequired: 'there are no affiliates' },
  }
  const t = await openPeople(at)
  const { subject } = await t.claimed()
  const { facts, vault, stops, jobs } = at.stores
  const sharing = nothingShared(jobs)
  const clock = at.options.clock as TestClock
  const hosted = async (own: typeof operator) => {
    const privacy = createPrivacy({
      facts,
      role: 'hosted',
      clock,
      log: quietLog,
      activity: t.activity,
      vault,
      stops,
      sharing,
      operator: own,
      versions: [as('7.0', before.promised)],
    })
    await privacy.start()
    clock.advance(1000)
    return privacy
  }
  const first = await hosted(operator)
  await first.act(subject, first.currentActs('en', 'EU'), 'app')
  const same = await hosted(operator)
  assert.deepEqual([same.version(), (await same.stand(subject)).standing], ['7.0', 'current'])
  for (const [own, version, clauses] of [
    [{ ...operator, complaintChannel: 'desk@elm.example' }, '7.0.1', ['pp.7.4.5']],
    [{ ...operator, controller: { name: 'Oak Hosting', address: 'Oak Street 1' } }, '7.0.2', ['pp.7.4.2']],
  ] as const) {
    const other = await hosted(own)
    const state = await other.agreementState(subject, 'en')
    assert.deepEqual([other.version(), state.standing], [version, 'notice_pending'])
    assert.deepEqual(
      state.notice?.changes.map((change) => change.clause),
      clauses,
    )
    assert.equal((await hosted(own)).version(), version)
  }
  assert.deepEqual(
    (await hosted({ ...operator, controller: { name: 'Oak Hosting', address: 'Oak Street 1' } }))
      .versions('en')
      .map(({ version }) => version),
    ['7.0.2', '7.0.1', '7.0', '1.0.0'],
  )
})

onBothDialects('everybody whom it waits for is told once, and nobody else', async (at) => {
  clause('pp.7.3')
  const { subject, clock, open } = await changed(at, contacts)
  const privacy = await open()
  const told: SubjectId[] = []
  const notices = () =>
    new PolicyNotices({
      stores: at.stores,
      clock,
      log: quietLog,
      version: () => '7.1',
      awaits: async (each) => (await privacy.agreementState(each, 'en')).notice !== undefined,
      tell: (each) => told.push(each),
    })
  assert.equal(await notices().run(), 1)
  assert.equal(await notices().run(), 0)
  assert.deepEqual(told, [subject])
  const rows = await asGate(at.stores.facts).selectFrom('policy_notice').selectAll().execute()
  assert.deepEqual(
    rows.map((row) => [row.subject, row.version]),
    [[subject, '7.1']],
  )
})

onBothDialects(
  'every version stays readable word for word, with what changed and when it takes effect, down to the source by its hash',
  async (at) => {
    clause('fm.date')
    clause('pp.7.1')
    clause('pp.7.2')
    const { subject, open } = await changed(at, added)
    const privacy = await open()
    const [act] = await privacy.acts(subject)
    for (const each of (await privacy.acts(subject)).filter(({ version }) => version === '7.0'))
      assert.equal(privacy.document(each.document, '7.0', each.locale)?.sha256, each.sha256)
    // Of a version that this program has no words for, the text that was published here.
    const kept = documentText.parse(privacy.document(act!.document, act!.version, act!.locale))
    assert.equal(kept.sha256, act!.sha256)
    for (const locale of ['en', 'zh-Hans'] as const) {
      const versions = privacy.versions(locale).map((each) => versionEntry.parse(each))
      assert.deepEqual(
        versions.map(({ version, standing }) => [version, standing]),
        [
          ['7.1', 'announced'],
          ['7.0', 'past'],
          ['1.0.0', 'source'],
        ],
      )
      assert.equal(versions[0]?.noticeDays, 30)
      assert.ok(versions[0].changes.some(({ kind }) => kind === 'purpose-added'))
      assert.match(versions[2]?.sha256 ?? '', /^[0-9a-f]{64}$/)
      assert.deepEqual(versions[2]?.documents, [])
      const source = versionChanges.parse(privacy.changes('1.0.0', '7.1', locale))
      assert.equal(source.clauses.length, 85)
      for (const { title, was } of source.clauses)
        assert.equal(/\p{Script=Han}/u.test(title + was), locale === 'zh-Hans', title)
      assert.equal(versionChanges.parse(privacy.changes('7.0', '7.1', locale)).changes.length > 0, true)
      assert.equal(privacy.promises(locale).length, 85)
    }
    assert.throws(
      () => privacy.changes('7.1', '6.0', 'en'),
      (error) => hasCode(error, 'auth.not-found'),
    )
    const published = privacy.promises('en').find(({ clause: id }) => id === 'fm.date')!
    assert.ok(published.lines.some((file) => file.endsWith('privacy/publish.ts')))
    assert.equal(published.evidence[0]?.kind, 'published')
  },
)

/** The hashes of each published version; whoever publishes one writes down here what people are shown. */
const pinned: Readonly<Record<string, readonly string[]>> = {
  '2.0': ['d3bc31dd8308f013', '405afcafcc184a8a', '75adef584355badd', '33fe39bfb6d9692f'],
  '2.1': ['55ffbe25d113b2d6', 'ebc98daf8060839f', 'fb770af7a8455dca', '235a09180e005a94'],
  '2.2': ['327a38c770f32c6f', '90b071d15e7cef9d', '7c0259ff070ed833', '1e68ad77d0569f72'],
}

test('the texts of every published version are the ones that were shown, word for word', () => {
  clause('fm.date')
  for (const { version, facts } of publishedVersions) {
    const texts = documentIds.flatMap((id) => locales.map((locale) => documentsOf(version)[id][locale]))
    assert.deepEqual(
      texts.map((text) => sha256(canonicalText(withCollection(text, facts))).slice(0, 16)),
      pinned[version],
      `version ${version}`,
    )
  }
})
