// Catches a large change that binds somebody who has not agreed to it, passes for a small one, or takes effect before its notice has ended.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consent, contract, type Bases } from '@eaves/model'
import { clause } from '../clauses.ts'
import { compareVersions, isCovered, standingOf, type AgreedFacts } from './agreed.ts'
import { changeWords } from './change-words.ts'
import { driftOf } from './drift.ts'
import { opensWhenLimited } from './limited.ts'
import { earliestEffect } from './notice-rules.ts'
import { EffectTooEarly, publicationOf } from './publication.ts'
import type { Promised, PromisedUse } from './promised.ts'
import { lastPublished } from './published.ts'

const dayMs = 86_400_000
const published = lastPublished.promised
const bases: Bases = { EU: consent('a'), CN: consent('b'), US: consent('c'), other: consent('d') }
const email = published.uses['user.contact.email']!['service.core']!
const withUse = (category: string, purpose: string, use: Partial<PromisedUse>): Promised => ({
  ...published,
  uses: {
    ...published.uses,
    [category]: { ...published.uses[category], [purpose]: { ...email, ...use } },
  },
})
const marketing = { ...published.purposes, marketing: { optional: true, bases } }
const onlyMarketing: Promised = {
  ...withUse('user.contact.email', 'marketing', { mandatory: false, recipients: ['sms-service'] }),
  purposes: marketing,
}
const { complain: _gone, ...fewerRights } = published.rights

/** Everything that P6 injects: what changes, its clause, the use that must find nobody, and where whoever has not agreed ends up. */
const injected: readonly {
  readonly name: string
  readonly after: Promised
  readonly clauses: readonly string[]
  readonly use?: { readonly purpose: string; readonly category?: string }
  readonly ends: 'old_terms' | 'limited'
}[] = [
  {
    name: 'a new purpose that is a choice',
    after: onlyMarketing,
    clauses: ['pp.7.4.1', 'pp.7.4.3'],
    use: { purpose: 'marketing', category: 'user.contact.email' },
    ends: 'old_terms',
  },
  {
    name: 'a new purpose that is none',
    after: { ...published, purposes: { ...marketing, marketing: { optional: false, bases } } },
    clauses: ['pp.7.4.1'],
    use: { purpose: 'marketing' },
    ends: 'limited',
  },
  {
    name: 'a new recipient',
    after: withUse('user.contact.email', 'service.core', {
      recipients: [...email.recipients, 'push-service'],
    }),
    clauses: ['pp.7.4.3'],
    use: { purpose: 'service.core', category: 'user.contact.email' },
    ends: 'limited',
  },
  {
    name: 'another basis in one region',
    after: {
      ...published,
      purposes: {
        ...published.purposes,
        'account.search-history': {
          ...published.purposes['account.search-history']!,
          bases: { ...published.purposes['account.search-history']!.bases, CN: contract('z') },
        },
      },
    },
    clauses: ['pp.7.4.1'],
    use: { purpose: 'account.search-history' },
    ends: 'limited',
  },
  {
    name: 'a longer time',
    after: withUse('user.contact.email', 'service.core', {
      kept: Object.fromEntries(Object.keys(email.kept).map((event) => [event, 'P9Y'])),
    }),
    clauses: ['pp.7.4.1'],
    use: { purpose: 'service.core', category: 'user.contact.email' },
    ends: 'limited',
  },
  {
    name: 'a right less',
    after: { ...published, rights: fewerRights },
    clauses: ['pp.7.4.4'],
    ends: 'old_terms',
  },
  {
    name: 'a right that asks for more proof',
    after: {
      ...published,
      rights: { ...published.rights, receipt: { ...published.rights.receipt!, proof: 'fresh' } },
    },
    clauses: ['pp.7.4.4'],
    ends: 'limited',
  },
  {
    name: 'another contact',
    after: { ...published, contacts: { ...published.contacts, hosted: 'nobody' } },
    clauses: ['pp.7.4.5'],
    ends: 'limited',
  },
  {
    name: 'somebody else in charge',
    after: { ...published, control: { ...published.control, hosted: 'a buyer' } },
    clauses: ['pp.7.4.2'],
    ends: 'limited',
  },
  {
    name: 'a high risk',
    after: { ...published, assessments: { ...published.assessments, accounts: 'high' } },
    clauses: ['pp.7.4.6'],
    ends: 'limited',
  },
]

const facts = (after: Promised, atMs: number, more: Partial<AgreedFacts> = {}): AgreedFacts => ({
  agreed: { version: '2.0', promised: published },
  isExact: false,
  isRefused: false,
  now: { version: '2.1', promised: after, effectiveAt: 30 * dayMs, isRaised: false },
  atMs,
  ...more,
})

for (const { name, after, clauses, use, ends } of injected) {
  test(`${name} is a large change, is announced, and touches nobody who has not agreed`, () => {
    clause('pp.5.6')
    clause('pp.7.3')
    const { changes, isLarge, effectiveAt, noticeDays } = publicationOf(published, after, 0)
    assert.deepEqual([...new Set(changes.map((change) => change.clause))].toSorted(), clauses)
    assert.deepEqual([isLarge, noticeDays, effectiveAt], [true, 30, 30 * dayMs])
    // There is no way to call it small: a wish only raises.
    assert.equal(publicationOf(published, after, 0, { raise: false }).isLarge, true)
    assert.throws(() => publicationOf(published, after, 0, { effectiveAt: 30 * dayMs - 1 }), EffectTooEarly)
    assert.equal(publicationOf(published, after, 0, { effectiveAt: 40 * dayMs }).effectiveAt, 40 * dayMs)
    assert.equal(standingOf(facts(after, 30 * dayMs - 1)), 'notice_pending')
    assert.equal(standingOf(facts(after, 30 * dayMs)), ends)
    assert.equal(
      standingOf(facts(after, 31 * dayMs, { agreed: { version: '2.1', promised: after }, isExact: true })),
      'current',
    )
    if (use !== undefined) {
      assert.equal(isCovered(published, after, use), false)
      assert.equal(isCovered(after, after, use), true)
    }
    // What did not change goes on for everybody.
    assert.equal(isCovered(published, after, { purpose: 'account.device-label' }), true)
    for (const locale of ['en', 'zh-Hans'] as const)
      for (const change of changes)
        assert.equal(/\p{Script=Han}/u.test(changeWords(change, locale)), locale === 'zh-Hans')
  })

  test(`${name} in the program alone is found by the drift gate`, () => {
    clause('pp.0')
    const found = driftOf(lastPublished, after, undefined)
    for (const id of clauses)
      assert.ok(
        found.some((line) => line.startsWith(`${id}: `)),
        id,
      )
    assert.deepEqual(driftOf(lastPublished, after, '2.1'), [])
  })
}

test('the gate also finds what only gets narrower, and lets pass what is the same', () => {
  clause('pp.0')
  assert.deepEqual(driftOf(lastPublished, published, undefined), [])
  assert.match(driftOf(lastPublished, { ...published, uses: {} }, undefined)[0] ?? '', /^pp\.0: /)
})

test('a small change binds at once and asks nobody, unless the operator calls it large', () => {
  clause('pp.7.1')
  const small: Promised = { ...published, uses: {} }
  assert.deepEqual(publicationOf(published, small, 5), {
    effectiveAt: 5,
    noticeDays: 0,
    isLarge: false,
    changes: [],
  })
  assert.equal(publicationOf(published, small, 5, { raise: true }).effectiveAt, 5 + 30 * dayMs)
  assert.equal(standingOf(facts(small, 0)), 'current')
  const raised = { version: '2.1', promised: small, effectiveAt: 30 * dayMs, isRaised: true }
  assert.equal(standingOf(facts(small, 0, { now: raised })), 'notice_pending')
  assert.equal(standingOf(facts(small, 30 * dayMs, { now: raised })), 'limited')
})

test('without acts, after a refusal, and under another text of the same version nothing is agreed', () => {
  clause('sa.1')
  clause('sa.4')
  const now = { version: '2.1', promised: published, effectiveAt: 0, isRaised: false }
  const agreed = { version: '2.1', promised: published }
  assert.equal(standingOf(facts(published, 1, { now, agreed, isExact: true })), 'current')
  assert.equal(standingOf(facts(published, 1, { now, agreed, isExact: false })), 'none')
  assert.equal(standingOf(facts(published, 1, { now, agreed: undefined })), 'none')
  assert.equal(standingOf(facts(published, 1, { now, agreed, isExact: true, isRefused: true })), 'leaving')
  assert.equal(standingOf(facts(published, 1, { now, agreed: { ...agreed, version: '1.9' } })), 'none')
  assert.equal(standingOf(facts(published, 1, { now, agreed: { ...agreed, version: '2.10' } })), 'current')
  assert.ok(compareVersions('2.10', '2.9') > 0 && compareVersions('2.1+abc', '2.1') === 0)
})

test('the notice follows the rule of its day, and the longest one under a clock before all rules', () => {
  clause('pp.7.3')
  const rules = [
    { effectiveFrom: '2027-01-01', largeDays: 60, smallDays: 7 },
    { effectiveFrom: '2026-01-01', largeDays: 30, smallDays: 0 },
  ]
  const days = (at: string, isLarge: boolean) => earliestEffect(Date.parse(at), isLarge, rules).days
  assert.deepEqual(
    [days('2026-12-31', true), days('2027-01-01', true), days('2027-01-01', false)],
    [30, 60, 7],
  )
  assert.deepEqual([days('1970-01-01', true), days('1970-01-01', false)], [60, 0])
})

test('the limited state leaves what is one’s own, every right and switching what is there, and nothing that adds', () => {
  clause('pp.7.2')
  const open = (verb: Parameters<typeof opensWhenLimited>[0]['verb'], way: string) =>
    opensWhenLimited({ verb, way }, [published])
  for (const verb of ['self.read', 'home.read', 'device.read', 'device.command'] as const)
    assert.ok(open(verb, 'get /x'), verb)
  for (const { ways } of Object.values(published.rights))
    for (const way of ways) assert.ok(open('home.edit', way), way)
  for (const verb of ['device.onboard', 'member.manage', 'token.manage', 'home.edit', 'self.edit'] as const)
    assert.equal(open(verb, 'post /x'), false, verb)
})
