// Catches a query that reads, changes or adds rows outside its scope, its purpose or an append-only table's rules.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { hasCode, newId, type HomeId, type RoomId, type Sealed, type SubjectId } from '@eaves/model'
import { sql } from 'kysely'
import { onBothDialects } from './testing.ts'
import type { Stores } from './stores.ts'

const system = { kind: 'system', part: 'start' } as const
const ofAll = { scope: { instance: true }, actor: system, purpose: 'service.core' } as const
const ofHome = (home: HomeId) => ({ scope: { home }, actor: system, purpose: 'service.core' }) as const
const ofPerson = (person: SubjectId) =>
  ({ scope: { person }, actor: { kind: 'person', subject: person }, purpose: 'service.core' }) as const
const outside = /scoped query cannot have/

async function addHome({ facts, vault }: Stores, name: string, n: number): Promise<HomeId> {
  const home = newId<HomeId>()
  await vault.createKey({ home })
  const db = facts.as(ofHome(home))
  await db
    .insertInto('home')
    .values({
      home_id: home,
      tenant: 'main',
      n,
      name: await db.seal('home', 'name', home, name),
      zone: 'Europe/Berlin',
      created_at: 1,
    })
    .execute()
  return home
}
async function addRoom({ facts }: Stores, home: HomeId, name: string): Promise<RoomId> {
  const db = facts.as(ofHome(home))
  const id = newId<RoomId>()
  await db
    .insertInto('room')
    .values({ home_id: home, id, name: await db.seal('room', 'name', id, name), floor_id: null, position: 0 })
    .execute()
  return id
}
async function addPerson({ facts, vault }: Stores): Promise<SubjectId> {
  const subject = newId<SubjectId>()
  await vault.createKey({ subject })
  await facts
    .as(ofPerson(subject))
    .insertInto('account')
    .values({
      subject,
      tenant: 'main',
      email: null,
      phone: null,
      email_verified_at: null,
      phone_verified_at: null,
      password: null,
      locale: null,
      theme: 'system',
      region: 'EU',
      created_at: 1,
      closed_at: null,
    })
    .execute()
  return subject
}

onBothDialects('a home sees and changes its own rows only, however the query is put', async ({ stores }) => {
  clause('pp.5.1')
  const [one, two] = [await addHome(stores, 'One', 1), await addHome(stores, 'Two', 2)]
  const [mine, theirs] = [await addRoom(stores, one, 'Mine'), await addRoom(stores, two, 'Theirs')]
  const db = stores.facts.as(ofHome(one))
  const ids = (rows: readonly { id: RoomId }[]) => rows.map((row) => row.id)
  assert.deepEqual(ids(await db.selectFrom('room').select('id').execute()), [mine])
  assert.deepEqual(ids(await db.selectFrom('room').select('id').where('id', '=', theirs).execute()), [])
  assert.deepEqual(
    ids(await db.selectFrom('room').select('id').where('home_id', '=', two).clearWhere().execute()),
    [mine],
  )
  assert.deepEqual(
    ids(
      await db
        .selectFrom('room')
        .select('id')
        .where((eb) => eb.or([eb('home_id', '=', two), eb('position', '=', 0)]))
        .execute(),
    ),
    [mine],
  )
  assert.deepEqual(
    ids(
      await db
        .selectFrom('room as r')
        .select('r.id')
        .where('r.home_id', 'in', (eb) => eb.selectFrom('home').select('home.home_id'))
        .execute(),
    ),
    [mine],
  )
  assert.deepEqual(
    ids(
      (await db
        .selectFrom('home')
        .leftJoin('room', (join) => join.onTrue())
        .select('room.id as id')
        .execute()) as { id: RoomId }[],
    ),
    [mine],
  )
  assert.equal((await db.updateTable('room').set({ position: 5 }).execute())[0]?.numUpdatedRows, 1n)
  assert.equal((await db.deleteFrom('room').where('id', '=', theirs).execute())[0]?.numDeletedRows, 0n)
  assert.equal(
    (await stores.facts.as(ofHome(two)).selectFrom('room').select('position').executeTakeFirstOrThrow())
      .position,
    0,
  )
})

onBothDialects('rows of another scope cannot be added or moved', async ({ stores }) => {
  const [one, two] = [await addHome(stores, 'One', 1), await addHome(stores, 'Two', 2)]
  const room = await addRoom(stores, one, 'Mine')
  const db = stores.facts.as(ofHome(one))
  const { name } = await db.selectFrom('room').select('name').executeTakeFirstOrThrow()
  await assert.rejects(
    async () =>
      db.insertInto('room').values({ home_id: two, id: room, name, floor_id: null, position: 0 }).execute(),
    outside,
  )
  await assert.rejects(async () => db.updateTable('room').set({ home_id: two }).execute(), outside)
  await assert.rejects(
    async () =>
      db
        .insertInto('home')
        .values({ home_id: one, tenant: 'main', n: 1, name, zone: 'UTC', created_at: 1 })
        .onConflict((on) => on.column('n').doUpdateSet({ zone: 'UTC' }))
        .execute(),
    outside,
  )
  await assert.rejects(
    async () =>
      db
        .selectFrom('room')
        .select(sql<string>`(select max(subject) from account)`.as('leak'))
        .execute(),
    /raw SQL/,
  )
})

onBothDialects(
  'a purpose that the data map does not name for a table or column is refused',
  async ({ stores }) => {
    clause('pp.2.3.5')
    const home = await addHome(stores, 'One', 1)
    const person = await addPerson(stores)
    await assert.rejects(
      async () =>
        stores.facts
          .as({ ...ofHome(home), purpose: 'security' })
          .selectFrom('home')
          .selectAll()
          .execute(),
      (error) => hasCode(error, 'policy.purpose'),
    )
    const labels = stores.facts.as({ ...ofPerson(person), purpose: 'account.device-label' })
    await assert.rejects(
      async () => labels.selectFrom('session').selectAll().execute(),
      (error) => hasCode(error, 'policy.purpose'),
    )
    await assert.rejects(
      stores.facts.as(ofPerson(person)).seal('session', 'label', newId(), 'Phone'),
      (error) => hasCode(error, 'policy.purpose'),
    )
    assert.match(await labels.seal('session', 'label', newId(), 'Phone'), /^v1\./)
  },
)

onBothDialects('a person acts on nobody else, and only the system on the whole', async ({ stores }) => {
  const [ada, ben] = [await addPerson(stores), await addPerson(stores)]
  assert.throws(
    () =>
      stores.facts.as({
        scope: { person: ben },
        actor: { kind: 'person', subject: ada },
        purpose: 'service.core',
      }),
    (error) => hasCode(error, 'policy.purpose'),
  )
  const asIfSystem = {
    scope: { instance: true },
    actor: { kind: 'person', subject: ada },
    purpose: 'service.core',
  } as unknown as typeof ofAll
  assert.throws(
    () => stores.facts.as(asIfSystem),
    (error) => hasCode(error, 'policy.purpose'),
  )
  assert.equal((await stores.facts.as(ofPerson(ada)).selectFrom('account').selectAll().execute()).length, 1)
  assert.equal((await stores.facts.as(ofAll).selectFrom('account').selectAll().execute()).length, 2)
})

onBothDialects('agreements are added and never changed, whoever asks', async ({ stores }) => {
  clause('sa.1')
  const subject = await addPerson(stores)
  const row = {
    subject,
    id: newId(),
    document: 'agreement',
    version: '2.0',
    sha256: 'a',
    locale: 'en',
    region: 'EU',
    act: 'accept',
    at: 1,
    surface: 'app',
  } as const
  const db = stores.facts.as(ofPerson(subject))
  await db.insertInto('agreement').values(row).execute()
  const all = stores.facts.as(ofAll) as unknown as {
    updateTable(t: string): { set(v: object): { execute(): Promise<unknown> } }
    deleteFrom(t: string): { execute(): Promise<unknown> }
  }
  await assert.rejects(
    async () => all.updateTable('agreement').set({ act: 'refuse' }).execute(),
    /only ever added/,
  )
  await assert.rejects(async () => all.deleteFrom('agreement').execute(), /only ever added/)
  await assert.rejects(
    async () =>
      db
        .insertInto('agreement')
        .values(row)
        .onConflict((on) => on.columns(['subject', 'id']).doUpdateSet({ act: 'refuse' }))
        .execute(),
    /only ever added/,
  )
  assert.equal((await db.selectFrom('agreement').select('act').executeTakeFirstOrThrow()).act, 'accept')
})

onBothDialects('a sealed cell opens where it was sealed and nowhere else', async ({ stores }) => {
  clause('pp.5.1')
  const [one, two] = [await addHome(stores, 'One', 1), await addHome(stores, 'Two', 2)]
  const [a, b] = [await addRoom(stores, one, 'A'), await addRoom(stores, one, 'B')]
  const db = stores.facts.as(ofHome(one))
  const sealed = (await db.selectFrom('room').select('name').where('id', '=', a).executeTakeFirstOrThrow())
    .name
  assert.equal(await db.open('room', 'name', a, sealed), 'A')
  await assert.rejects(db.open('room', 'name', b, sealed), /could not be opened/)
  await assert.rejects(db.open('floor', 'name', a, sealed), /could not be opened/)
  await assert.rejects(stores.facts.as(ofHome(two)).open('room', 'name', a, sealed), /could not be opened/)
})

onBothDialects('a transaction is all or nothing and holds other handles off', async ({ stores }) => {
  const home = await addHome(stores, 'One', 1)
  const db = stores.facts.as(ofHome(home))
  await assert.rejects(
    db.transaction(async (tx) => {
      await tx.updateTable('home').set({ zone: 'UTC' }).execute()
      throw new Error('stop')
    }),
    /stop/,
  )
  assert.equal((await db.selectFrom('home').select('zone').executeTakeFirstOrThrow()).zone, 'Europe/Berlin')
  await assert.rejects(
    db.transaction(async () => db.selectFrom('home').selectAll().execute()),
    /only its own handle/,
  )
  await stores.facts.as(ofAll).transaction(async (tx) => {
    await tx.insertInto('instance').values({ key: 'claimed_at', value: '1' }).execute()
    await tx.within(ofHome(home)).updateTable('home').set({ zone: 'Asia/Shanghai' }).execute()
    await assert.rejects(
      async () => tx.within(ofHome(home)).updateTable('home').set({ home_id: newId<HomeId>() }).execute(),
      outside,
    )
  })
  assert.equal((await db.selectFrom('home').select('zone').executeTakeFirstOrThrow()).zone, 'Asia/Shanghai')
})

onBothDialects('a sealed value with a leaf outside the data map is refused', async ({ stores }) => {
  clause('pp.0')
  const home = await addHome(stores, 'One', 1)
  const db = stores.facts.as(ofHome(home))
  const shape = {
    nativeId: 'x',
    name: 'Lamp',
    kind: 'light',
    confirmable: true,
    parts: [
      {
        id: 'main',
        capabilities: { onOff: { attributes: ['on'], commands: ['toggle'], limits: { on: { min: 0 } } } },
        vendor: {},
      },
    ],
  } as const
  const id = newId()
  const sealed = await db.seal('device', 'details', id, { shape, name: 'Lamp' })
  assert.deepEqual(await db.open('device', 'details', id as never, sealed), { shape, name: 'Lamp' })
  await assert.rejects(
    db.seal('device', 'details', id, { shape: { ...shape, owner: 'Ada' } as never, name: 'Lamp' }),
    /no entry for the leaf "shape.owner"/,
  )
  await assert.rejects(
    db.seal('device', 'details', id, { shape, name: { nested: 1 } as never }),
    /name\.nested/,
  )
  await assert.rejects(
    db.seal('command', 'payload', id, {
      part: 'main',
      capability: 'level',
      command: 'setLevel',
      args: { percent: Number.NaN },
    }),
    /args\.percent/,
  )
})

onBothDialects(
  'staff reach one person’s rows with a case, read alone, open what the case is about, and find nobody who rests',
  async (at) => {
    clause('pp.5.1')
    clause('pp.4.4.c')
    const { facts, vault, stops } = at.stores
    const [ada, ben] = [await addPerson(at.stores), await addPerson(at.stores)]
    const staff = newId<SubjectId>()
    const by = (more: object = {}) =>
      ({ kind: 'staff', staff, case: newId(), categories: ['user.contact.email'], ...more }) as const
    const of = (person: SubjectId, more?: object) =>
      facts.as({ scope: { person }, actor: by(more), purpose: 'service.core' })
    const refused = { code: 'policy.purpose' }
    assert.throws(() => of(ada, { case: '' }), refused)
    const home = await addHome(at.stores, 'Elm Street', 1)
    assert.throws(() => facts.as({ scope: { home }, actor: by(), purpose: 'service.core' }), refused)
    const forAll = { scope: { instance: true }, actor: by(), purpose: 'service.core' }
    assert.throws(() => facts.as(forAll as never), refused)
    const found = async (person: SubjectId) =>
      (await of(person).selectFrom('account').select('subject').execute()).map(({ subject }) => subject)
    assert.deepEqual([await found(ada), await found(ben)], [[ada], [ben]])
    stops.set(ada, { restricted: true, objections: new Set() })
    assert.deepEqual([await found(ada), await found(ben)], [[], [ben]])
    assert.throws(() => of(ben).insertInto('support_case'), refused)
    assert.throws(() => of(ben).updateTable('account'), refused)
    assert.throws(() => of(ben).deleteFrom('account'), refused)
    const cell = { table: 'account', column: 'email', rowId: ben }
    const sealed = (await vault.seal({ subject: ben }, cell, 'ben@example.org')) as Sealed<string>
    assert.equal(await of(ben).open('account', 'email', ben, sealed as never), 'ben@example.org')
    await assert.rejects(of(ben).open('account', 'password', ben, sealed), refused)
    await assert.rejects(of(ben, { categories: [] }).open('account', 'email', ben, sealed), refused)
    // What is not sealed is not read beside the case either, nor by a query that does not say what it reads.
    const read = (column: 'email' | 'region' | 'created_at' | 'password') =>
      of(ben).selectFrom('account').select(column).execute()
    assert.equal((await read('email')).length, 1)
    for (const beside of ['region', 'created_at', 'password'] as const)
      await assert.rejects(read(beside), refused)
    await assert.rejects(of(ben).selectFrom('account').selectAll().execute(), /does not name/)
    const disguised = of(ben).selectFrom('account').select('region as email')
    await assert.rejects(disguised.execute(), /does not name/)
  },
)
