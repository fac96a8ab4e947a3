// Catches a copy that misses something, shows another person, is fetched twice or by somebody else, or outlives its week.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import type { Connection, PushDevice } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { namedRecipients } from '../server/src/house-recipients.ts'
import { isWithheld } from '../server/src/rights/belongings.ts'
import { ask, canaryOf, facts, plantEverywhere } from '../server/src/rights/testing.ts'
import { internalsOf } from '../server/src/store/internals.ts'
import { onBothDialects, type Dialect } from '../server/src/store/testing.ts'
import { bytesAt, copyOf } from './copies.ts'
import { assertOk, openFamily, told } from './family-house.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Faults of a value against a schema of the few words that ours is written in. */
function faults(schema: any, value: any, at = '$'): string[] {
  if ('const' in schema) return value === schema.const ? [] : [`${at} is not ${schema.const}`]
  if ('enum' in schema) return schema.enum.includes(value) ? [] : [`${at} is none of ${schema.enum}`]
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  const types = [schema.type].flat()
  if (!types.includes(kind) && !(kind === 'number' && types.includes('integer') && Number.isInteger(value)))
    return [`${at} is ${kind}, not ${types.join(' or ')}`]
  if (kind === 'array')
    return schema.items === undefined
      ? []
      : value.flatMap((each: any, i: number) => faults(schema.items, each, `${at}[${i}]`))
  if (kind !== 'object' || schema.properties === undefined) return []
  return [
    ...(schema.required ?? [])
      .filter((key: string) => !(key in value))
      .map((key: string) => `${at}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, each]) =>
      key in schema.properties
        ? faults(schema.properties[key], each, `${at}.${key}`)
        : schema.additionalProperties === false
          ? [`${at}.${key} is not in the schema`]
          : [],
    ),
  ]
}

test('recipients are told by their names, brokers to those alone who may know them', async () => {
  clause('pp.4.4.a')
  const [mine, guests] = [newId<HomeId>(), newId<HomeId>()]
  const name = namedRecipients({
    config: { smtp: { url: 'smtps://mail.example.org:465', from: 'x@example.org' }, sms: undefined },
    connections: { list: (home) => [{ name: home === mine ? 'broker.lan' : 'secret.lan' } as Connection] },
    notifications: { list: async () => [{ service: 'push.example' } as PushDevice] },
  })
  const home = (id: HomeId, sees: boolean) => ({ home: id, role: 'x', sees: () => sees, devices: undefined })
  assert.deepEqual(await name(newId<SubjectId>(), [home(mine, true), home(guests, false)]), [
    { recipient: 'mail-service', name: 'mail.example.org' },
    { recipient: 'push-service', name: 'push.example' },
    { recipient: 'linked-broker', name: 'broker.lan' },
  ])
})

async function planted(dialect: Dialect) {
  const house = await openFamily(dialect)
  const { home, owner } = house
  const { stores } = house.house
  const ben = await house.somebody('ben', 'adult')
  const [mine, his] = [
    await plantEverywhere(stores, { tag: 'ada', subject: owner.subject, home, other: ben.subject }, 'person'),
    await plantEverywhere(stores, { tag: 'ben', subject: ben.subject, home, other: owner.subject }, 'person'),
  ]
  await plantEverywhere(stores, { tag: 'home', subject: owner.subject, home }, 'home')
  return { house, ben, mine, his }
}

onBothDialects(
  'the copy holds all that is held of its person, nothing of another, and fits its schema',
  async (_at, dialect) => {
    clause('pp.4.4.a')
    clause('pp.4.4.c')
    clause('pp.4.4.f')
    const { house, ben, mine, his } = await planted(dialect)
    try {
      const { devices } = house
      const { lamp } = await devices()
      await house.house.stores.history
        .as({
          scope: { home: house.home },
          actor: { kind: 'system', part: 'runtime' },
          purpose: 'service.core',
        })
        .append([
          { device: lamp as never, path: 'main/level/percent', ts: 1_000, value: 40 },
          { device: lamp as never, path: 'main/level/percent', ts: 2_000, value: 55 },
        ])
      const { files } = await copyOf(house, house.owner, 'access')
      const data = JSON.parse(files.get('data.json')!)
      assert.deepEqual(faults(JSON.parse(files.get('schema.json')!), data), [])
      const all = [...files.values()].join('\n')
      for (const [word, field] of mine)
        assert.equal(
          all.includes(word),
          !isWithheld(field) && !/-(invitation|request_package)-/.test(word),
          word,
        )
      for (const word of [...his.keys(), ben.email, ben.subject])
        assert.equal(all.includes(word), false, word)
      for (const [table, { columns }] of Object.entries(facts))
        if ('subject' in columns) assert.equal(all.includes(`ben-${table}-`), false, table)
      for (const word of [
        canaryOf('home', 'connection', 'config'),
        canaryOf('home', 'room', 'name'),
        house.owner.email,
      ])
        assert.ok(all.includes(word), word)
      const series = data.histories.find(
        (each: any) => each.device === lamp && each.path === 'main/level/percent',
      )
      assert.deepEqual(
        files.get(series.file),
        'at,value\r\n1970-01-01T00:00:01.000Z,40\r\n1970-01-01T00:00:02.000Z,55\r\n',
      )
      assert.match(files.get('tables/account.csv')!, new RegExp(house.owner.email))
      const { information } = data
      assert.deepEqual(
        information.complaints.map((each: any) => each.region),
        ['EU'],
      )
      const email = information.categories.find((each: any) => each.category === 'user.contact.email')
      assert.ok(
        email.purposes.length > 0 &&
          email.kept.length > 0 &&
          email.recipients.length > 0 &&
          email.source.words,
      )
      assert.deepEqual(information.recipients, [{ recipient: 'linked-broker', name: '127.0.0.1:1' }])
      const portable = JSON.parse((await copyOf(house, house.owner, 'portability')).files.get('data.json')!)
      assert.equal(portable.information, undefined)
      // Kept for an interest, not for the contract: no part of what one takes along.
      assert.equal(portable.tables.activity_log, undefined)
      assert.ok(data.tables.activity_log.length > 0 && portable.tables.account.length === 1)
    } finally {
      await house.end()
    }
  },
)

test('a link is good once, for its person, for a day; the copy is gone after a week', async () => {
  clause('pp.4.3')
  clause('pp.4.4.c')
  const house = await openFamily()
  try {
    const { owner, clock } = house
    const ben = await house.somebody('ben', 'adult')
    const { id, link } = await copyOf(house, owner, 'access')
    assert.equal((await bytesAt(house, owner, link)).status, 404)
    const again = () => owner.ask('POST', `/api/me/requests/${id}/links`)
    const shared = assertOk(await again(), 201)
    assert.equal((await bytesAt(house, ben, shared.link)).status, 404)
    // Whoever tried in vain has not used it up.
    assert.equal((await bytesAt(house, owner, shared.link)).status, 200)
    const late = assertOk(await again(), 201)
    clock.advance(dayMs)
    assert.equal((await bytesAt(house, owner, late.link)).status, 404)
    const fresh = assertOk(await again(), 201)
    const found = await Promise.all([bytesAt(house, owner, fresh.link), bytesAt(house, owner, fresh.link)])
    assert.deepEqual(
      found.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 404],
    )
    clock.advance(6 * dayMs - 1)
    assert.equal((await again()).status, 201)
    clock.advance(1)
    assert.equal((await again()).status, 404)
    const { state } = assertOk(await owner.ask('GET', `/api/me/requests/${id}`))
    assert.equal(state, 'closed')
    const rows = () => ask(house.house.stores, { store: 'facts' }, 'SELECT bytes FROM request_package')
    assert.ok((await rows()).length > 0)
    assert.equal(JSON.stringify(await rows()).includes(owner.email), false)
    await house.house.retention.run()
    assert.equal((await rows()).length, 0)
  } finally {
    await house.end()
  }
})

test('a copy is asked for with a fresh proof, by a person and never by a token, and only ten times a day', async () => {
  clause('pp.4.3')
  const house = await openFamily()
  try {
    const { owner, clock, home } = house
    const token = await house.byToken(owner)
    for (const kind of ['access', 'portability', 'erasure'])
      assert.equal((await token('POST', '/api/me/requests', { kind })).status, 403)
    const old = await house.signIn(owner.subject)
    clock.advance(6 * 60_000)
    for (const kind of ['access', 'portability', 'erasure']) {
      const answer = await house.call({
        method: 'POST',
        path: '/api/me/requests',
        cookie: old.cookie,
        body: { kind },
      })
      assert.equal(told(answer), '403 auth.step-up-required', kind)
    }
    // What only narrows takes none.
    const restricted = {
      method: 'POST',
      path: '/api/me/requests',
      cookie: old.cookie,
      body: { kind: 'restriction' },
    }
    assert.equal((await house.call(restricted)).status, 201)
    const wrong = [
      [{ kind: 'access', ground: 'unlawful' }, '422 input.invalid ground not-here'],
      [{ kind: 'access', purpose: 'security' }, '422 input.invalid purpose not-here'],
      [{ kind: 'objection' }, '422 input.invalid purpose not-to-be-refused'],
      [{ kind: 'objection', purpose: 'service.core' }, '422 input.invalid purpose not-to-be-refused'],
    ] as const
    for (const [body, says] of wrong)
      assert.equal(told(await owner.ask('POST', '/api/me/requests', body)), says)
    for (let i = 0; i < 9; i++) {
      assert.equal((await owner.ask('POST', '/api/me/requests', { kind: 'access' })).status, 201)
      await house.house.rights.run()
    }
    assert.equal((await owner.ask('POST', '/api/me/requests', { kind: 'access' })).status, 429)
    assert.ok(home)
  } finally {
    await house.end()
  }
})

test('the part of another cannot be read with it: each is sealed under its own person’s key', async () => {
  clause('pp.4.4.c')
  const house = await openFamily()
  try {
    const ben = await house.somebody('ben', 'adult')
    const { id } = await copyOf(house, house.owner, 'access')
    const { factsFile } = internalsOf(house.house.stores)
    factsFile!.run('UPDATE request_package SET subject = ? WHERE request = ?', ben.subject, id)
    factsFile!.run('UPDATE request SET subject = ? WHERE id = ?', ben.subject, id)
    const { link } = assertOk(await ben.ask('POST', `/api/me/requests/${id}/links`), 201)
    assert.equal((await bytesAt(house, ben, link)).status, 500)
  } finally {
    await house.end()
  }
})
