// Catches a route of accounts or privacy that is open, or free of the agreement, without standing on the closed list.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claim, codeRequest } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { privacyEntries } from '../privacy/privacy.ts'
import { onBothDialects } from '../store/testing.ts'
import { peopleEntries } from './people.ts'
import { openPeople } from './testing.ts'

const beforeClaim = [
  'get /api/contact',
  'get /api/documents',
  'get /api/documents/changes',
  'get /api/documents/history',
  'get /api/documents/promises',
  'get /api/documents/{document}/{version}/{locale}',
  'get /api/gate',
  'post /api/claim',
  'post /api/claim/check',
]
const open = [
  'get /api/recipients',
  'post /api/sign-in/code',
  'post /api/sign-in/codes',
  'post /api/sign-in/link',
  'post /api/sign-in/passkey',
  'post /api/sign-in/passkeys',
  'post /api/sign-in/password',
  'post /api/sign-in/recovery',
  'post /api/sign-in/second-factor',
  'post /api/undo',
]
const withoutAgreement = [
  'get /api/me/agreements',
  'post /api/me/agreements',
  'post /api/sign-out',
  'post /api/sign-out/everywhere',
]

onBothDialects(
  'only the closed lists are open before the claim, to strangers, and without the agreement',
  async (at) => {
    clause('sa.1')
    clause('sa.4')
    const { people, privacy } = await openPeople(at)
    const entries = [...peopleEntries(people), ...privacyEntries({ privacy, claimed: people.isClaimed })]
    const names = (which: (entry: (typeof entries)[number]) => boolean) =>
      entries
        .filter(which)
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted()
    assert.deepEqual(
      names(({ access }) => access.kind === 'public' && access.beforeClaim),
      beforeClaim,
    )
    assert.deepEqual(
      names(({ access }) => access.kind === 'public' && !access.beforeClaim),
      open,
    )
    assert.deepEqual(
      names(({ access }) => access.kind === 'self' && access.withoutAgreement !== undefined),
      withoutAgreement,
    )
    assert.ok(entries.every(({ access }) => access.kind === 'public' || access.kind === 'self'))
  },
)

test('signing up asks for an e-mail address or a phone number and for nothing else', () => {
  clause('pp.2.1.1')
  for (const identifier of [{ email: 'ada@example.org' }, { phone: '+4915123456789' }]) {
    assert.equal(codeRequest.safeParse({ identifier }).success, true)
    assert.equal(claim.safeParse({ code: 'x', identifier }).success, true)
  }
  for (const extra of [
    { name: 'Ada' },
    { birthday: '2000-01-01' },
    { identifier: { email: 'a@example.org', phone: '+4915123456789' } },
    { identifier: {} },
  ]) {
    for (const form of [codeRequest, claim])
      assert.equal(
        form.safeParse({ code: 'x', identifier: { email: 'ada@example.org' }, ...extra }).success,
        false,
      )
  }
})

onBothDialects(
  'a token says where it counts, what it may do and for how long, or is not made',
  async (at) => {
    const { people } = await openPeople(at)
    const { body } = peopleEntries(people).find(
      ({ method, path }) => method === 'post' && path === '/api/me/tokens',
    )!
    const wish = { name: 'script', homes: 'all', verbs: ['device.read'], days: 30 }
    const wrong = (changed: object) =>
      body!.safeParse({ ...wish, ...changed }).error?.issues.map(({ path }) => path.join('.'))
    assert.equal(wrong({}), undefined)
    for (const part of ['homes', 'verbs', 'days']) assert.deepEqual(wrong({ [part]: undefined }), [part])
    for (const part of ['homes', 'verbs']) assert.deepEqual(wrong({ [part]: [] }), [part])
  },
)
