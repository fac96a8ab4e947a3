// Catches an erasure that leaves something, takes what is others', is said to be done when it is not, or ends with a crash.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { erasureSteps } from '../server/src/rights/erasure.ts'
import { personPlaces, removeRows } from '../server/src/rights/places.ts'
import { checkSigned, createSigner } from '../server/src/privacy/privacy.ts'
import { ask, plantEverywhere } from '../server/src/rights/testing.ts'
import { dataMap, type StoreMap } from '../server/src/store/schema.ts'
import { openSqlite } from '../server/src/store/sqlite/database.ts'
import { onBothDialects, openTestStores, type Dialect } from '../server/src/store/testing.ts'
import { digestsOf, filesBelow, formsOf, hits } from './residue-scan.ts'
import { assertOk, openFamily, told, type FamilyHouse } from './family-house.ts'

const keysOf = ({ house }: FamilyHouse) => createSigner(house.stores.vault).keys()
/** What a certificate says, if this server signed it. */
async function read(house: FamilyHouse, certificate: string): Promise<any> {
  const checked = checkSigned('eaves-erasure', certificate, await keysOf(house))
  return 'payload' in checked ? checked.payload : undefined
}

const hourMs = 3_600_000

/** A house in which somebody has lived with every table, and somebody else beside them. */
async function lived(dialect: Dialect = 'sqlite', onErasureStep?: (step: string) => void) {
  const house = await openFamily(dialect, undefined, onErasureStep === undefined ? {} : { onErasureStep })
  const { home, owner } = house
  const { stores } = house.house
  const ben = await house.somebody('ben', 'adult')
  await plantEverywhere(stores, { tag: 'ada', subject: owner.subject, home, other: ben.subject }, 'person')
  await plantEverywhere(stores, { tag: 'ben', subject: ben.subject, home, other: owner.subject }, 'person')
  await plantEverywhere(stores, { tag: 'home', subject: owner.subject, home }, 'home')
  await ask(stores, { store: 'facts' }, 'UPDATE account SET email_verified_at = 1')
  return { house, ben }
}

async function leftOf({ house }: FamilyHouse, subject: SubjectId): Promise<string[]> {
  const { stores } = house
  const found: string[] = []
  for (const store of ['facts', 'vault'] as const)
    for (const [table, { columns }] of Object.entries(dataMap[store] as StoreMap))
      for (const column of Object.keys(columns)) {
        if (['erasure', 'tombstone'].includes(table)) continue
        const rows = await ask(
          stores,
          { store },
          `SELECT 1 FROM "${table}" WHERE CAST("${column}" AS text) = ?`,
          [subject],
        )
        if (rows.length > 0) found.push(`${store}.${table}.${column}`)
      }
  return found
}

const snapshotOf = async ({ house }: FamilyHouse, subject: SubjectId) => {
  const rows: Record<string, readonly object[]> = {}
  for (const [table, { path }] of Object.entries(dataMap.facts as StoreMap))
    if (path.to === 'subject')
      rows[table] = await ask(
        house.stores,
        { store: 'facts' },
        `SELECT * FROM "${table}" WHERE subject = ? ORDER BY 2`,
        [subject],
      )
  return rows
}

const copied = (rows: readonly object[]) => rows.map((row) => ({ ...row }))
const goneFrom = (table: string, column: string): '' | null => {
  const field = (dataMap.facts as StoreMap)[table]?.columns[column]
  return field?.class === 'reference' && field.erased === 'blank' ? '' : null
}
/** The rows with this person's id gone from them, and nothing else. */
const without = (subject: SubjectId, rows: readonly object[], table: string) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        value === subject ? goneFrom(table, column) : value,
      ]),
    ),
  )

async function erase(
  house: FamilyHouse,
  ask_: (method: string, path: string, body?: unknown) => Promise<any>,
) {
  const asked = assertOk(await ask_('POST', '/api/me/requests', { kind: 'erasure' }), 201)
  house.clock.advance(72 * hourMs)
  await house.house.rights.run()
  return asked
}

onBothDialects(
  'after an erasure no row names the person, the other person is untouched, and the home goes on',
  async (_at, dialect) => {
    clause('pp.4.2.1')
    clause('pp.4.4.a')
    clause('pp.8')
    const { house, ben } = await lived(dialect)
    try {
      const { owner, home } = house
      const before = await snapshotOf(house, ben.subject)
      const { cookie } = await house.signIn(owner.subject)
      await erase(house, owner.ask)
      assert.deepEqual(await leftOf(house, owner.subject), [])
      const after = await snapshotOf(house, ben.subject)
      for (const [table, rows] of Object.entries(before))
        if (!['session', 'activity_log'].includes(table))
          assert.deepEqual(copied(after[table] ?? []), without(owner.subject, rows, table), table)
      // The other adult owns the home now, and it works.
      assert.equal(house.roleOf(ben), 'owner')
      assert.equal((await ben.ask('GET', `/api/homes/${home}/devices`)).status, 200)
      const commands = await ask(house.house.stores, { store: 'facts' }, 'SELECT actor_subject FROM command')
      assert.ok(commands.length >= 2 && commands.some(({ actor_subject: who }) => who === null))
      assert.equal(house.house.people.claimant(), ben.subject)
      // Closed for good: neither the sign-in that was open nor the address leads anywhere.
      assert.equal((await house.call({ method: 'GET', path: '/api/me', cookie })).status, 401)
      assert.equal(await house.house.stores.vault.blind.find('email', owner.email), undefined)
    } finally {
      await house.end()
    }
  },
)

test('of the erased no byte is left in any file, in ten encodings, nor a hash of their address', async () => {
  clause('pp.4.4.a')
  clause('pp.ret.2')
  const { house, ben } = await lived()
  try {
    const { owner } = house
    const { key } = await withKey(house, owner.subject)
    // What an update has put aside holds the same.
    for (const name of ['eaves.db', 'history.db', 'vault.db'])
      await ask(
        house.house.stores,
        { store: name === 'eaves.db' ? 'facts' : name === 'vault.db' ? 'vault' : 'history' },
        `VACUUM INTO '${join(house.dir, 'data', `${name}.before-2`)}'`,
      )
    await erase(house, owner.ask)
    const files = filesBelow(house.dir)
    for (const name of [...files.keys()]) if (name.includes('data.outbox')) files.delete(name)
    const secrets = new Map<string, ReadonlyMap<string, Buffer>>([
      ['address', new Map([...formsOf(owner.email), ...digestsOf(owner.email)])],
      ['words', formsOf('ada-')],
      ['key', new Map([['as it was wrapped', Buffer.from(key)]])],
    ])
    assert.deepEqual(hits(files, secrets), [])
    // The scan finds what is there.
    assert.ok(hits(files, new Map([['other', new Map([['id', Buffer.from(ben.subject)]])]])).length > 0)
    const letters = await house.letters()
    assert.ok(letters.some((each) => each.includes('is being erased now') && each.includes(owner.email)))
  } finally {
    await house.end()
  }
})

async function withKey(house: FamilyHouse, subject: SubjectId) {
  const [row] = await ask(
    house.house.stores,
    { store: 'vault' },
    'SELECT wrapped FROM "key" WHERE owner = ?',
    [subject],
  )
  return { key: String(row!.wrapped) }
}

for (const broken of erasureSteps)
  test(`an erasure that ends before "${broken}" goes on with the next start and leaves nothing`, async () => {
    clause('pp.4.2.1')
    clause('pp.4.2.2')
    clause('pp.4.2.3')
    let kills = 1
    const { house } = await lived('sqlite', (step) => {
      if (step === broken && kills-- > 0) throw new Error('killed')
    })
    try {
      const { owner } = house
      await owner.ask('POST', '/api/me/requests', { kind: 'erasure' })
      house.clock.advance(72 * hourMs)
      await assert.rejects(house.house.rights.run())
      await house.reopen()
      await house.house.rights.run()
      assert.deepEqual(await leftOf(house, owner.subject), [])
      const [row] = await ask(house.house.stores, { store: 'facts' }, 'SELECT id, finished_at FROM erasure')
      assert.ok(row!.finished_at)
      const done = assertOk(await house.call({ method: 'GET', path: `/api/erasures/${String(row!.id)}` }))
      assert.ok(await read(house, done.certificate))
      // One letter, or where that was not noted two the same; the link leads there.
      const letters = (await house.letters()).filter((each) => each.includes('is being erased now'))
      assert.equal(letters.length, broken === 'close' ? 2 : 1)
      for (const letter of letters) assert.ok(letter.replace(/=\r?\n/g, '').includes(String(row!.id)), letter)
    } finally {
      await house.end()
    }
  })

test('the certificate says the honest day, names nobody, and is good for nobody else’s words', async () => {
  clause('pp.4.4.a')
  clause('pp.ret.2')
  const { house } = await lived()
  try {
    const { owner } = house
    await erase(house, owner.ask)
    const [row] = await ask(house.house.stores, { store: 'facts' }, 'SELECT id FROM erasure')
    const answer = await house.call({ method: 'GET', path: `/api/erasures/${String(row!.id)}` })
    const { certificate, state } = assertOk(answer)
    assert.equal(state, 'closed')
    const says = await read(house, certificate)
    assert.equal(Date.parse(says.unrecoverableAt) - Date.parse(says.keyDestroyedAt), 7 * 24 * hourMs)
    assert.equal(Date.parse(says.keyDestroyedAt), house.clock.now())
    for (const { place, result } of says.places) assert.ok(['verified', 'kept'].includes(result), place)
    const all = personPlaces().map(({ place, column }) => `${place.store}.${place.table}.${column}`)
    const named = new Set(says.places.map(({ place }: { place: string }) => place))
    for (const place of ['vault.key', 'facts.instance.value', ...all]) assert.ok(named.has(place), place)
    for (const word of [owner.subject, owner.email, house.home])
      assert.equal(answer.text.includes(word), false)
    const [head, body, signature] = certificate.split('.') as [string, string, string]
    const other = Buffer.from(JSON.stringify({ ...says, unrecoverableAt: says.keyDestroyedAt })).toString(
      'base64url',
    )
    assert.equal(await read(house, `${head}.${other}.${signature}`), undefined)
    assert.equal(await read(house, `${head}.${body}.${signature.slice(0, -4)}AAAA`), undefined)
    assert.deepEqual(checkSigned('eaves-erasure', certificate, []), { fault: 'unknown-key' })
    assert.deepEqual((await house.house.privacy.contact('en', true, false)).keys, await keysOf(house))
  } finally {
    await house.end()
  }
})

test('while a reader holds an old copy it is not finished, and says so; afterwards it is', async () => {
  clause('pp.4.4.a')
  const { house } = await lived()
  try {
    const { owner } = house
    await owner.ask('POST', '/api/me/requests', { kind: 'erasure' })
    house.clock.advance(72 * hourMs)
    const reader = openSqlite(join(house.dir, 'data', 'eaves.db'), { synchronous: 'FULL' })
    reader.exec('BEGIN')
    reader.get('SELECT count(*) FROM account')
    await assert.rejects(house.house.rights.run())
    const [row] = await ask(house.house.stores, { store: 'facts' }, 'SELECT id, finished_at FROM erasure')
    assert.equal(row!.finished_at, null)
    const open = assertOk(await house.call({ method: 'GET', path: `/api/erasures/${String(row!.id)}` }))
    assert.deepEqual([open.state, open.certificate], ['executing', undefined])
    reader.exec('COMMIT')
    reader.close()
    await house.house.rights.run()
    const done = assertOk(await house.call({ method: 'GET', path: `/api/erasures/${String(row!.id)}` }))
    assert.equal(done.state, 'closed')
  } finally {
    await house.end()
  }
})

test('it can be taken back for three days, of which every verified address is told; with any ground or none', async () => {
  clause('pp.4.2.1')
  clause('pp.4.2.2')
  clause('pp.4.2.3')
  const house = await openFamily()
  try {
    const { clock } = house
    for (const ground of [undefined, 'unlawful', 'no-consent', 'breach'] as const) {
      const person = await house.somebody(`p-${ground ?? 'none'}`)
      const body = { kind: 'erasure', ...(ground === undefined ? {} : { ground }) }
      const first = assertOk(await person.ask('POST', '/api/me/requests', body), 201)
      assert.equal(Date.parse(first.runAt) - clock.now(), 72 * hourMs)
      assert.ok(first.runAt < first.dueAt)
      assert.equal(assertOk(await person.ask('POST', '/api/me/requests', body), 201).id, first.id)
      assert.ok(
        (await house.letters()).some(
          (each) => each.includes('asked to erase') && each.includes(person.email),
        ),
      )
      clock.advance(72 * hourMs - 1)
      await house.house.rights.run()
      assert.equal((await person.ask('GET', '/api/me')).status, 200)
      const taken = assertOk(await person.ask('DELETE', `/api/me/requests/${first.id}`))
      assert.equal(taken.state, 'withdrawn')
      clock.advance(hourMs)
      await house.house.rights.run()
      assert.equal((await person.ask('GET', '/api/me')).status, 200)
      assert.equal(told(await person.ask('DELETE', `/api/me/requests/${first.id}`)), '409 input.conflict')
      await erase(house, person.ask)
      assert.deepEqual(await leftOf(house, person.subject), [])
    }
    const cases = assertOk(await house.owner.ask('GET', '/api/instance/cases'))
    assert.deepEqual(cases.map(({ ground }: any) => ground).toSorted(), ['breach', 'no-consent', 'unlawful'])
    assert.equal(JSON.stringify(cases).includes('example.org'), false)
  } finally {
    await house.end()
  }
})

test('with its last adult a home goes, children and all; a server without anybody can be claimed again', async () => {
  clause('pp.4.4.a')
  const house = await openFamily()
  try {
    const { owner, home } = house
    const child = await house.somebody('kim', 'child')
    const guest = await house.somebody('gil', 'guest')
    const codes = house.codes.length
    await erase(house, owner.ask)
    assert.equal(house.house.homes.find(home), undefined)
    assert.equal(await house.house.stores.vault.hasKey({ home }), false)
    assert.deepEqual([house.roleOf(child), house.roleOf(guest)], [undefined, undefined])
    assert.equal((await child.ask('GET', '/api/me')).json?.code, 'server.unclaimed')
    assert.equal(house.codes.length, codes + 1)
    const [row] = await ask(house.house.stores, { store: 'facts' }, 'SELECT certificate FROM erasure')
    assert.equal((await read(house, String(row!.certificate))).homesEnded, 1)
  } finally {
    await house.end()
  }
})

onBothDialects(
  'erasing and reading one person goes by indexes in every place',
  async ({ stores }, dialect) => {
    clause('pp.4.4.a')
    // Small tables are read through whatever indexes they have; the planner must not want to.
    if (dialect === 'postgres') await ask(stores, { store: 'facts' }, 'SET enable_seqscan = off')
    const scans: string[] = []
    for (const { place, column } of personPlaces()) {
      const plan = await stores.expiry.planOf(place, column, newId())
      if (!/SEARCH .* USING (.*INDEX|PRIMARY KEY)|Index (Only )?Scan|Bitmap Index Scan/.test(plan))
        scans.push(`${place.table}.${column}: ${plan}`)
    }
    assert.deepEqual(scans, [])
  },
)

test('the time of an erasure goes by the person’s own rows, not by those of everybody', async () => {
  clause('pp.4.4.a')
  const at = await openTestStores('sqlite')
  try {
    const [home, subject] = [newId<HomeId>(), newId<SubjectId>()]
    const insert = async (rows: number, who: () => string, from: number) => {
      await ask(
        at.stores,
        { store: 'facts' },
        `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + rows - 1})
         INSERT INTO command (home_id, id, device_id, status, confirmable, accepted_at, actor_subject, payload)
         SELECT '${home}', 'c' || i, 'd', 'sent', 0, i, '${who()}' , 'p' FROM n`,
      )
      await ask(
        at.stores,
        { store: 'facts' },
        `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + rows - 1})
         INSERT INTO activity_log (subject, id, at, kind, surface)
         SELECT '${who()}', 'a' || i, i, 'sign-in', 'app' FROM n`,
      )
    }
    const timed = async () => {
      const began = performance.now()
      await removeRows(at.stores.expiry, subject)
      return performance.now() - began
    }
    await insert(500, () => subject, 0)
    const alone = await timed()
    await insert(100_000, () => newId(), 1_000_000)
    await insert(500, () => subject, 5_000_000)
    const among = await timed()
    assert.ok(
      among < alone * 3 + 100,
      `${among.toFixed()} ms among 200,000 rows, ${alone.toFixed()} ms alone`,
    )
  } finally {
    await at.end()
  }
})
