// Catches acts on other texts than the ones shown, choices that are not a fold of the ledger, and notices that drift from the data map.
import assert from 'node:assert/strict'
import { hasCode, newId, type ErrorCode, type SubjectId } from '@eaves/model'
import { choiceRow, contact, documentText, gate, receipt } from '@eaves/model/api'
import { clause, currentVersion, optionalPurposes, purposes, tableWords } from '@eaves/policy'
import { openPeople } from '../people/testing.ts'
import { onBothDialects, type TestClock } from '../store/testing.ts'

const refused = (code: ErrorCode) => (error: unknown) => hasCode(error, code)
const system = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const
const hourMs = 3_600_000

onBothDialects(
  'the documents are published by the hash of what is shown, once for each language',
  async (at) => {
    clause('fm.date')
    const t = await openPeople(at)
    const entries = t.privacy.documents()
    assert.equal(entries.length, 4)
    assert.equal(new Set(entries.map(({ sha256 }) => sha256)).size, 4)
    for (const entry of entries) {
      const shown = documentText.parse(t.privacy.document(entry.document, entry.version, entry.locale))
      assert.deepEqual([shown.sha256, shown.title], [entry.sha256, entry.title])
    }
    assert.equal(t.privacy.document('agreement', '1.0.0', 'en'), undefined)
    const rows = await at.stores.facts.as(system).selectFrom('policy_version').selectAll().execute()
    assert.deepEqual(
      rows.map(({ sha256 }) => sha256).toSorted(),
      entries.map(({ sha256 }) => sha256).toSorted(),
    )
    await t.privacy.start()
    assert.equal(
      (await at.stores.facts.as(system).selectFrom('policy_version').selectAll().execute()).length,
      4,
    )
  },
)

onBothDialects(
  'the gate asks in both languages for the optional purposes and fields of the data map, with what follows from a no',
  async (at) => {
    clause('pp.lb.3')
    clause('pp.lb.4')
    const t = await openPeople(at)
    for (const locale of ['en', 'zh-Hans'] as const) {
      const shown = gate.parse(t.privacy.gate(locale, false))
      assert.deepEqual(
        shown.documents.map((each) => [each.document, each.locale]),
        [
          ['agreement', locale],
          ['privacy', locale],
        ],
      )
      assert.deepEqual(
        shown.purposes.map(({ purpose }) => purpose),
        Object.entries(purposes)
          .filter(([, { optional, recipient }]) => optional && recipient === undefined)
          .map(([id]) => id),
      )
      assert.deepEqual(
        shown.notices.map(({ field }) => field),
        ['email', 'phone', 'password', 'device', 'activity', 'activity-address'],
      )
      // Beside each field stands whether it is needed, as the data map has it.
      assert.deepEqual(
        shown.notices.map(({ mandatory }) => mandatory.startsWith(tableWords.optional[locale])),
        [true, true, true, true, false, false],
      )
      // A table that is for one choice ends by its own period too, and the switch must say so.
      const searches = shown.purposes.find(({ purpose }) => purpose === 'account.search-history')
      assert.match(searches?.keptFor ?? '', /\b30\b/)
      for (const text of [
        ...shown.notices.flatMap((each) => [each.category, each.mandatory, each.why, each.keptFor]),
        ...shown.purposes.flatMap((each) => [each.name, each.what, each.why, each.effectOfNo, each.keptFor]),
      ]) {
        assert.ok(text.length > 2)
        assert.equal(/\p{Script=Han}/u.test(text), locale === 'zh-Hans', text)
      }
    }
  },
)

onBothDialects(
  'a refusal is recorded for somebody with an account and ends the agreement until they agree again',
  async (at) => {
    clause('sa.1')
    clause('sa.4')
    const t = await openPeople(at)
    const { subject } = await t.claimed()
    assert.equal(await t.privacy.agreementCurrent(subject), true)
    await t.privacy.refuse(subject, 'en', 'EU', 'app')
    await t.privacy.refuse(subject, 'en', 'EU', 'app')
    assert.equal(await t.privacy.agreementCurrent(subject), false)
    await assert.rejects(
      t.privacy.act(subject, { ...t.acts(), privacy: { act: 'acknowledge', sha256: 'a'.repeat(64) } }, 'app'),
      refused('policy.document-changed'),
    )
    assert.equal(await t.privacy.agreementCurrent(subject), false)
    await t.privacy.act(subject, t.acts('zh-Hans'), 'app')
    await t.privacy.act(subject, t.acts('zh-Hans'), 'app')
    assert.equal(await t.privacy.agreementCurrent(subject), true)
    assert.deepEqual((await t.privacy.acts(subject)).map(({ act }) => act).toSorted(), [
      'accept',
      'accept',
      'acknowledge',
      'acknowledge',
      'refuse',
      'refuse',
    ])
  },
)

onBothDialects(
  'an agreement to another text of the version, or to an older major version, is not current; a later minor version is',
  async (at) => {
    clause('sa.1')
    const t = await openPeople(at)
    const cases = [
      [currentVersion, '0'.repeat(64), false],
      ['1.9', '0'.repeat(64), false],
      ['2.99', '0'.repeat(64), true],
    ] as const
    for (const [version, sha256, current] of cases) {
      const subject = newId<SubjectId>()
      const rows = (['agreement', 'privacy'] as const).map((document) => ({
        subject,
        id: newId(),
        document,
        version,
        sha256,
        locale: 'en' as const,
        region: 'EU' as const,
        act: document === 'agreement' ? ('accept' as const) : ('acknowledge' as const),
        at: 1,
        surface: 'app',
      }))
      await at.stores.facts.as(system).insertInto('agreement').values(rows).execute()
      assert.equal(await t.privacy.agreementCurrent(subject), current, version)
    }
    const half = newId<SubjectId>()
    await at.stores.facts
      .as(system)
      .insertInto('agreement')
      .values({
        subject: half,
        id: newId(),
        document: 'agreement',
        version: currentVersion,
        sha256: t.acts().agreement.sha256,
        locale: 'en',
        region: 'EU',
        act: 'accept',
        at: 1,
        surface: 'app',
      })
      .execute()
    assert.equal(await t.privacy.agreementCurrent(half), false)
  },
)

onBothDialects(
  'a choice is the fold of its events, is silent when repeated, and has a receipt',
  async (at) => {
    clause('pp.2.2.2')
    clause('pp.lb.1')
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    const { subject } = await t.claimed()
    const set = (given: boolean) => t.privacy.setChoice(subject, 'account.device-label', given, 'app')
    assert.equal((await t.privacy.choices(subject))[0]?.given, false)
    await set(false)
    for (const given of [true, true, false, true]) {
      assert.equal((await set(given)).given, given)
      assert.equal(await t.privacy.has(subject, 'account.device-label'), given)
    }
    const [row] = await t.privacy.choices(subject)
    assert.deepEqual(
      choiceRow.parse(row).events.map(({ event }) => event),
      ['shown', 'refused', 'given', 'withdrawn', 'given'],
    )
    clock.advance(hourMs)
    const proof = receipt.parse(await t.privacy.receipt(subject, 'account.device-label'))
    assert.deepEqual(
      [
        proof.state,
        proof.header.pii_principal_id,
        proof.processing.lawful_basis,
        proof.processing.pii_controller,
      ],
      ['given', subject, 'GDPR 6(1)(a), ePrivacy 5(3)', 'household'],
    )
    assert.equal(proof.events.length, 5)
    assert.equal(await t.privacy.has(subject, 'service.core'), true)
  },
)

onBothDialects('only a registered optional purpose can be chosen', async (at) => {
  clause('pp.2.3.5')
  const t = await openPeople(at)
  const { subject } = await t.claimed()
  for (const purpose of ['service.core', 'security', 'marketing', '__proto__', 'toString'])
    await assert.rejects(t.privacy.setChoice(subject, purpose, true, 'app'), refused('auth.not-found'))
  assert.equal(
    (await at.stores.facts.as(system).selectFrom('consent_event').selectAll().execute()).length,
    2 * optionalPurposes.length,
  )
})

onBothDialects(
  'the contact names nobody to a stranger, the claiming person to a member, and always where to complain',
  async (at) => {
    clause('pp.9')
    clause('sa.3')
    clause('fm.controller')
    const t = await openPeople(at)
    await t.claimed()
    const stranger = contact.parse(await t.privacy.contact('en', true, false))
    assert.match(stranger.responsible, /person who claimed this home/)
    assert.doesNotMatch(JSON.stringify(stranger), /example\.org/)
    assert.deepEqual(
      stranger.complaints.map(({ region }) => region),
      ['EU', 'CN', 'US', 'other'],
    )
    assert.equal((await t.privacy.contact('zh-Hans', true, true)).address, 'ada@example.org')
  },
)
