// Catches a child whose account works without the adult who answers for it, a child who approves itself, and an age that is tried until it fits.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { asPerson, eventsOf } from '../server/src/privacy/store.ts'
import { removeRows } from '../server/src/rights/places.ts'
import { openFamily, type FamilyHouse, type Someone } from './family-house.ts'

const dayMs = 86_400_000

async function opened(t: { after: (fn: () => Promise<void>) => void }): Promise<FamilyHouse> {
  clause('pp.6')
  const family = await openFamily()
  t.after(() => family.end())
  return family
}
/** A child of the home that hangs on an adult, and has said how old it is. */
async function withChild(family: FamilyHouse, guardian: Someone): Promise<Someone> {
  const child = await family.somebody('kim', 'child', { guardian: guardian.subject })
  await family.house.privacy.minors.stateOwnAge(child.subject, '13')
  return child
}
const place = (family: FamilyHouse, child: Someone) =>
  `/api/homes/${family.home}/members/${child.subject}/guardian`
async function consent(family: FamilyHouse, by: Someone, child: Someone) {
  const { json } = await by.ask('GET', '/api/notices/guardian?locale=en')
  return by.ask('PUT', place(family, child), { given: true, sha256: json.sha256, locale: 'en' })
}
const devices = (family: FamilyHouse, who: Someone) => who.ask('GET', `/api/homes/${family.home}/devices`)
const codeOf = ({ json }: { readonly json: any }): string => json?.code

test('a child reaches nothing until its guardian has agreed to the exact text', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await withChild(family, ada)
  const closed = await devices(family, child)
  assert.deepEqual([closed.status, codeOf(closed)], [451, 'policy.guardian-required'])
  for (const path of ['/api/homes', '/api/me/activity', '/api/me/choices'])
    assert.equal((await child.ask('GET', path)).status, 451, path)
  assert.equal((await child.ask('GET', '/api/me')).status, 200)
  assert.deepEqual((await child.ask('GET', '/api/me/guardian')).json, {
    age: '13',
    need: 'consent',
    state: 'missing',
    linked: true,
  })
  const other = await ada.ask('PUT', place(family, child), {
    given: true,
    sha256: 'a'.repeat(64),
    locale: 'en',
  })
  assert.deepEqual([other.status, codeOf(other)], [409, 'policy.document-changed'])
  assert.equal((await devices(family, child)).status, 451)
  assert.equal((await consent(family, ada, child)).json.state, 'given')
  assert.equal((await devices(family, child)).status, 200)
  assert.deepEqual(
    (await ada.ask('GET', '/api/me/children')).json.map((each: any) => [each.subject, each.state]),
    [[child.subject, 'given']],
  )
})

test('taking the consent back closes the account with the very next request', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await withChild(family, ada)
  await consent(family, ada, child)
  assert.equal((await devices(family, child)).status, 200)
  assert.equal((await ada.ask('PUT', place(family, child), { given: false })).json.state, 'missing')
  assert.equal((await devices(family, child)).status, 451)
})

test('a guardian who leaves, is removed, or is replaced takes the consent along', async (t) => {
  const family = await opened(t)
  const { home, owner } = family
  for (const end of ['leaves', 'removed', 'replaced'] as const) {
    const adult = await family.somebody('adult', 'adult')
    const child = await withChild(family, adult)
    await consent(family, adult, child)
    assert.equal((await devices(family, child)).status, 200)
    const done =
      end === 'leaves'
        ? await adult.ask('POST', `/api/homes/${home}/leave`)
        : end === 'removed'
          ? await owner.ask('DELETE', `/api/homes/${home}/members/${adult.subject}`)
          : await owner.ask('PATCH', `/api/homes/${home}/members/${child.subject}`, {
              guardian: owner.subject,
            })
    assert.ok(done.status < 300, `${end}: ${done.text}`)
    const after = await devices(family, child)
    assert.deepEqual([after.status, codeOf(after)], [451, 'policy.guardian-required'], end)
  }
})

test('nobody but the adult the child hangs on agrees: not the child, another adult, an owner or a token', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const ben = await family.somebody('ben', 'adult')
  const child = await withChild(family, ada)
  assert.equal((await consent(family, ben, child)).status, 404)
  assert.equal((await consent(family, family.owner, child)).status, 404)
  const own = await child.ask('PUT', place(family, child), {
    given: true,
    sha256: 'a'.repeat(64),
    locale: 'en',
  })
  assert.equal(own.status, 451)
  await consent(family, ada, child)
  // Once let in it cannot give, take back or answer for itself either.
  const again = await child.ask('PUT', place(family, child), { given: false })
  assert.equal(again.status, 403)
  const itself = await family.owner.ask('PATCH', `/api/homes/${family.home}/members/${child.subject}`, {
    guardian: child.subject,
  })
  assert.equal(itself.status, 422)
  const token = await family.byToken(ada)
  assert.equal((await token('PUT', place(family, child), { given: false })).status, 403)
  assert.equal((await devices(family, child)).status, 200)
})

test('a child that another member hung on somebody is not let in by that member', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await withChild(family, ada)
  const moved = await family.owner.ask('PATCH', `/api/homes/${family.home}/members/${child.subject}`, {
    guardian: family.owner.subject,
  })
  assert.equal(moved.status, 200)
  assert.equal((await consent(family, ada, child)).status, 404)
  assert.equal((await devices(family, child)).status, 451)
})

test('a minor is no guardian, whatever the home says of it', async (t) => {
  const family = await opened(t)
  const teen = await family.somebody('teen', 'adult')
  const child = await withChild(family, teen)
  await family.house.privacy.minors.stateOwnAge(teen.subject, '16-17')
  const refused = await consent(family, teen, child)
  assert.deepEqual([refused.status, codeOf(refused)], [403, 'policy.guardian-adult'])
  assert.equal((await devices(family, child)).status, 451)
})

test('an age raised after a refusal is not taken for ninety days, and each refusal begins them anew', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await withChild(family, ada)
  const older = () => child.ask('PUT', '/api/me/age', { age: '18-plus' })
  assert.equal(codeOf(await older()), 'policy.age-cooling')
  await consent(family, ada, child)
  const decides = await older()
  assert.deepEqual([decides.status, codeOf(decides)], [403, 'policy.guardian-decides'])
  family.clock.advance(60 * dayMs)
  await ada.ask('PUT', place(family, child), { given: false })
  family.clock.advance(60 * dayMs)
  assert.equal(codeOf(await older()), 'policy.age-cooling')
  // Saying it younger is always taken, and is no way around.
  assert.equal((await child.ask('PUT', '/api/me/age', { age: 'under-13' })).status, 200)
  family.clock.advance(89 * dayMs)
  assert.equal(codeOf(await older()), 'policy.age-cooling')
  family.clock.advance(2 * dayMs)
  assert.equal((await older()).json.state, 'not-needed')
})

test('sixteen does not become eighteen by saying so: what is locked for minors is not opened with a click', async (t) => {
  const family = await opened(t)
  const teen = await family.somebody('teen', 'adult')
  const say = (age: string) => teen.ask('PUT', '/api/me/age', { age })
  const search = () => teen.ask('PUT', '/api/me/choices/account.search-history', { given: true })
  await family.house.privacy.minors.stateOwnAge(teen.subject, '16-17')
  assert.equal(codeOf(await search()), 'policy.minor')
  assert.equal(codeOf(await say('18-plus')), 'policy.age-cooling')
  assert.equal(codeOf(await search()), 'policy.minor')
  family.clock.advance(91 * dayMs)
  assert.equal((await say('18-plus')).json.age, '18-plus')
  assert.equal((await search()).status, 200)
})

test('of somebody who decides alone nobody else learns the age, and nobody agrees for them', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const grown = await family.somebody('kim', 'child', { guardian: ada.subject })
  await family.house.privacy.minors.stateOwnAge(grown.subject, '18-plus')
  const seen = await ada.ask('GET', place(family, grown))
  assert.deepEqual([seen.status, seen.json.need, seen.json.age], [200, 'none', undefined])
  const [listed] = (await ada.ask('GET', '/api/me/children')).json
  assert.deepEqual([listed.subject, listed.age], [grown.subject, undefined])
  assert.equal(codeOf(await consent(family, ada, grown)), 'input.conflict')
  assert.deepEqual(
    (await eventsOf(asPerson(family.house.stores.facts, grown.subject))).filter(
      ({ guardian }) => guardian !== null,
    ),
    [],
  )
})

test('whoever comes of age is asked to agree in person, and then needs nobody', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await withChild(family, ada)
  await consent(family, ada, child)
  family.clock.advance(1_000)
  const grown = await ada.ask('PUT', `${place(family, child)}/age`, { age: '16-17' })
  assert.equal(grown.json.state, 'not-needed')
  assert.equal(codeOf(await devices(family, child)), 'policy.agreement-required')
  family.clock.advance(1_000)
  const acts = family.house.privacy.currentActs('en', 'EU')
  assert.equal((await child.ask('POST', '/api/me/agreements', { acts })).json.current, true)
  assert.equal((await devices(family, child)).status, 200)
  // What was said of age in that act changes nothing that is stated already.
  assert.equal((await child.ask('GET', '/api/me/guardian')).json.age, '16-17')
})

test('what is locked for minors stays off with the guardian’s consent, also when it was chosen before', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await family.somebody('kim', 'child', { guardian: ada.subject })
  const choice = (given: boolean) => child.ask('PUT', '/api/me/choices/account.search-history', { given })
  assert.equal((await choice(true)).status, 200)
  const has = () => family.house.privacy.has(child.subject, 'account.search-history')
  assert.equal(await has(), true)
  await family.house.privacy.minors.stateOwnAge(child.subject, '14-15')
  await consent(family, ada, child)
  assert.equal(await has(), false)
  assert.equal(codeOf(await choice(true)), 'policy.minor')
  assert.equal((await choice(false)).status, 200)
  const naming = await child.ask('PUT', '/api/me/choices/account.device-label', { given: true })
  assert.equal(naming.status, 200)
  assert.equal(codeOf(await child.ask('POST', '/api/homes', { name: 'Den', zone: 'UTC' })), 'policy.minor')
})

test('the address of the adult, with a tag too, makes no second account for a child', async (t) => {
  const family = await opened(t)
  const { house, owner, call } = family
  const made = await owner.ask('POST', `/api/homes/${family.home}/invitations`, {
    role: 'child',
    guardian: owner.subject,
  })
  assert.equal(made.status, 201, made.text)
  const asked = await call({
    method: 'POST',
    path: '/api/sign-in/codes',
    body: {
      identifier: { email: 'owner+kim@example.org' },
      register: true,
      acts: { ...house.privacy.currentActs('en', 'EU'), age: 'under-13' },
      invitation: made.json.code,
    },
  })
  assert.equal(asked.status, 200)
  const code = (await family.letters()).map((letter) => /\b(\d{6})\b/.exec(letter)?.[1]).findLast(Boolean)
  const entered = await call({
    method: 'POST',
    path: '/api/sign-in/code',
    body: { flow: asked.json.flow, code },
  })
  assert.equal(entered.json.accountId, owner.subject, entered.text)
  assert.equal((await owner.ask('GET', '/api/me/guardian')).json.age, '18-plus')
  assert.equal((await owner.ask('POST', '/api/invitations/accept', { code: made.json.code })).status, 409)
})

test('signing up takes an age group, and a server is not claimed by somebody who needs a guardian', async (t) => {
  const family = await opened(t)
  const { house, call } = family
  const { age: _age, ...acts } = house.privacy.currentActs('en', 'EU')
  const asked = await call({
    method: 'POST',
    path: '/api/sign-in/codes',
    body: { identifier: { email: 'new@example.org' }, register: true, acts },
  })
  assert.deepEqual([asked.status, codeOf(asked)], [422, 'policy.age-required'])
})

test('a guardian acts for the child they answer for and for nobody else, in that child’s own rows', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const ben = await family.somebody('ben', 'adult')
  const child = await withChild(family, ada)
  const { minors } = family.house.privacy
  const { facts } = family.house.stores
  const actor = minors.asGuardian(ada.subject, child.subject)
  const rows = await facts
    .as({ scope: { person: child.subject }, actor, purpose: 'service.core' })
    .selectFrom('account')
    .select('subject')
    .execute()
  assert.deepEqual(
    rows.map(({ subject }) => subject),
    [child.subject],
  )
  assert.throws(() => facts.as({ scope: { person: ben.subject }, actor, purpose: 'service.core' }))
  assert.throws(() => facts.as({ scope: { home: family.home }, actor, purpose: 'service.core' }))
  assert.throws(() => minors.asGuardian(ben.subject, child.subject), { code: 'auth.not-found' })
  assert.throws(() => minors.asGuardian(child.subject, child.subject), { code: 'auth.not-found' })
})

test('the consent of an adult who is erased ends with them, and no earlier one stands up again', async (t) => {
  const family = await opened(t)
  const ada = await family.somebody('ada', 'adult')
  const child = await withChild(family, ada)
  await consent(family, ada, child)
  await removeRows(family.house.stores.expiry, ada.subject)
  family.house.privacy.minors.forget(child.subject)
  assert.equal((await family.house.privacy.minors.state(child.subject)).state, 'missing')
  const events = await eventsOf(asPerson(family.house.stores.facts, child.subject))
  assert.deepEqual(
    events.filter(({ event }) => event === 'guardian_given').map(({ guardian }) => guardian),
    [null],
  )
})
