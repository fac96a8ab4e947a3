// Catches a copy that cannot be taken to another server, comes twice, brings what it must not, or breaks the server it is brought to.
import assert from 'node:assert/strict'
import { crc32, deflateRawSync } from 'node:zlib'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { Archive } from '../server/src/rights/archive.ts'
import { ask as inStore } from '../server/src/rights/testing.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, told, type FamilyHouse, type Someone } from './family-house.ts'
import { cookieName } from './in-house.ts'
import { unzip } from './unzip.ts'

async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const parts: Buffer[] = []
  const archive = new Archive(async (bytes) => void parts.push(bytes), Date.UTC(2026, 0))
  for (const [name, text] of Object.entries(files)) await archive.add(name, text)
  await archive.end()
  return Buffer.concat(parts)
}
const bring = (who: Someone, archive: Buffer, dryRun = false) =>
  who.ask('POST', '/api/me/import', { archive: archive.toString('base64'), dryRun })

/** The portable copy as its person downloads it. */
async function copyOf({ house, origins }: FamilyHouse, who: Someone): Promise<Buffer> {
  const { id } = assertOk(await who.ask('POST', '/api/me/requests', { kind: 'portability' }), 201)
  await house.rights.run()
  const { link } = assertOk(await who.ask('POST', `/api/me/requests/${id}/links`), 201)
  const { secret } = await house.people.sessions.open(who.subject, { address: '192.0.2.0' })
  const answer = await house
    .app(() => origins, { name: cookieName, secure: false })
    .request(`http://127.0.0.1:8420${link}`, {
      headers: { host: '127.0.0.1:8420', cookie: `${cookieName}=${secret}` },
    })
  assert.equal(answer.status, 200)
  return Buffer.from(await answer.arrayBuffer())
}
const dataIn = (archive: Buffer) => JSON.parse(unzip(archive).get('data.json')!)

/** What the copy says of one home, without the ids and instants of the server it stands on. */
function homeIn(data: any, name: string) {
  const { tables } = data
  const home = tables.home.find((each: any) => each.name === name)
  const within = (table: string) =>
    (tables[table] ?? [])
      .filter((each: any) => each.home_id === home.home_id)
      .toSorted((a: any, b: any) => a.position - b.position)
  const floors = within('floor')
  return {
    ...home,
    home_id: '',
    created_at: 0,
    tenant: '',
    floors: floors.map(({ name: called, position }: any) => ({ called, position })),
    rooms: within('room').map(({ name: called, position, floor_id: floor }: any) => ({
      called,
      position,
      floor: floors.find((each: any) => each.id === floor)?.name ?? null,
    })),
    about: within('home_about').map((each: any) => ({ ...each, home_id: '' })),
  }
}

/** A household with floors, rooms and what is noted about it, and a home of somebody else. */
async function furnished(house: FamilyHouse): Promise<void> {
  const { owner, home } = house
  const at = `/api/homes/${home}`
  const floor = assertOk(await owner.ask('POST', `${at}/floors`, { name: 'Upstairs' }), 201)
  assertOk(await owner.ask('POST', `${at}/rooms`, { name: 'Bedroom', floor: floor.id }), 201)
  assertOk(await owner.ask('POST', `${at}/rooms`, { name: 'Kitchen' }), 201)
  assertOk(
    await owner.ask('PATCH', `${at}/about`, {
      floorAreaM2: 84.5,
      familyStatus: 'family',
      address: '1 Elm Street',
    }),
  )
  assertOk(await owner.ask('PUT', `${at}/confirm`, { who: 'everybody' }))
  assertOk(await owner.ask('PATCH', '/api/me', { locale: 'zh-Hans', theme: 'dark', insights: false }))
}

onBothDialects('a copy goes to a clean server and gives the same copy there', async (_at, dialect) => {
  clause('pp.4.4.c')
  const [old, clean] = [await openFamily(dialect), await openFamily(dialect)]
  try {
    await furnished(old)
    const ben = await old.somebody('ben')
    const theirs = await old.house.createHome(ben.subject, { name: 'Oak Lane', zone: 'UTC' })
    await old.join(theirs, old.owner.subject, 'adult')
    const archive = await copyOf(old, old.owner)
    const { owner } = clean
    const before = assertOk(await owner.ask('GET', '/api/homes')).length
    const dry = assertOk(await bring(owner, archive, true))
    assert.equal(dry.applied, false)
    assert.equal(assertOk(await owner.ask('GET', '/api/homes')).length, before)
    const done = assertOk(await bring(owner, archive))
    assert.deepEqual([done.applied, done.items, done.left], [true, dry.items, dry.left])
    const word = ({ kind, name, does, why }: any) => [kind, name, does, why].filter(Boolean).join(' ')
    for (const each of ['preferences comes', 'home Elm Street comes', 'floor Upstairs comes', 'about comes'])
      assert.ok(done.items.map(word).includes(each), each)
    assert.ok(done.items.map(word).includes('home Oak Lane stays not-owner'))
    const left = new Map(done.left.map(({ table, why }: any) => [table, why]))
    assert.deepEqual(
      ['agreement', 'member', 'device', 'connection'].map((table) => left.get(table) ?? 'none'),
      ['agreement', 'others', 'device', 'way-in'],
    )
    const me = assertOk(await owner.ask('GET', '/api/me'))
    assert.deepEqual(
      [me.locale, me.theme, me.insights, me.email],
      ['zh-Hans', 'dark', false, 'owner@example.org'],
    )
    // The clean server's own home was there first; what came is the one with rooms.
    const again = dataIn(await copyOf(clean, owner))
    const [mine] = again.tables.home.filter((each: any) =>
      again.tables.floor.some((f: any) => f.home_id === each.home_id),
    )
    again.tables.home = [mine]
    assert.deepEqual(homeIn(again, 'Elm Street'), homeIn(dataIn(archive), 'Elm Street'))
    // No id of the archive's choice is taken.
    assert.notEqual(mine.home_id, old.home)
    const twice = assertOk(await bring(owner, archive))
    assert.ok(twice.items.some((each: any) => each.name === 'Elm Street' && each.why === 'here-already'))
    assert.equal(assertOk(await owner.ask('GET', '/api/homes')).length, before + 1)
    // Removed and brought again it is a new one, for what was removed stays removed.
    assertOk(await owner.ask('DELETE', `/api/homes/${mine.home_id}`), 204)
    assertOk(await bring(owner, archive))
    const now = assertOk(await owner.ask('GET', '/api/homes'))
    assert.deepEqual([now.length, now.some(({ id }: any) => id === mine.home_id)], [before + 1, false])
  } finally {
    await old.end()
    await clean.end()
  }
})

test('two windows bring the same copy at once, and it comes once', async () => {
  const [old, clean] = [await openFamily(), await openFamily()]
  try {
    await furnished(old)
    const archive = await copyOf(old, old.owner)
    const before = assertOk(await clean.owner.ask('GET', '/api/homes')).length
    const answers = await Promise.all([bring(clean.owner, archive), bring(clean.owner, archive)])
    assert.ok(answers.every(({ status }) => status === 200 || status === 409))
    const homes = assertOk(await clean.owner.ask('GET', '/api/homes'))
    assert.equal(homes.length, before + 1)
    for (const { id } of homes)
      assert.equal((await clean.owner.ask('GET', `/api/homes/${id}/about`)).status, 200)
  } finally {
    await old.end()
    await clean.end()
  }
})

test('whoever may make no home brings preferences alone, and a child’s are no exception', async () => {
  const house = await openFamily()
  try {
    await furnished(house)
    const archive = await copyOf(house, house.owner)
    const ben = await house.somebody('ben', 'guest')
    const { items } = assertOk(await bring(ben, archive))
    assert.deepEqual(
      items.filter(({ kind }: any) => kind === 'home').map(({ does, why }: any) => [does, why]),
      [['stays', 'may-not-make-home']],
    )
    assert.equal(assertOk(await ben.ask('GET', '/api/me')).theme, 'dark')
    // And back on again.
    assert.equal(assertOk(await ben.ask('PATCH', '/api/me', { insights: true })).insights, true)
    const token = await house.byToken(house.owner)
    const body = { archive: archive.toString('base64'), dryRun: true }
    assert.equal((await token('POST', '/api/me/import', body)).status, 403)
  } finally {
    await house.end()
  }
})

/** A ZIP of one file whose head says what it likes. */
function handmade(name: string, packed: Buffer, size: number, crc: number): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(Buffer.byteLength(name), 26)
  const list = Buffer.alloc(46)
  list.writeUInt32LE(0x02014b50, 0)
  list.writeUInt16LE(8, 10)
  list.writeUInt32LE(crc, 16)
  list.writeUInt32LE(packed.length, 20)
  list.writeUInt32LE(size, 24)
  list.writeUInt16LE(Buffer.byteLength(name), 28)
  const body = Buffer.concat([head, Buffer.from(name), packed])
  const tail = Buffer.alloc(22)
  tail.writeUInt32LE(0x06054b50, 0)
  tail.writeUInt16LE(1, 10)
  tail.writeUInt32LE(body.length, 16)
  return Buffer.concat([body, list, Buffer.from(name), tail])
}

test('an archive that is broken, hostile or of another kind is refused with what is wrong, and nothing changes', async () => {
  const house = await openFamily()
  try {
    await furnished(house)
    const { owner } = house
    const good = await copyOf(house, owner)
    const data = dataIn(good)
    const json = (change: object) => zipOf({ 'data.json': JSON.stringify({ ...data, ...change }) })
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
    const text = Buffer.from('{}')
    const cases: readonly (readonly [string, Buffer, string])[] = [
      ['no archive', Buffer.from('hello'), 'archive not-an-archive'],
      ['nothing', Buffer.alloc(0), 'archive not-an-archive'],
      ['cut off at its end', good.subarray(0, -40), 'archive not-an-archive'],
      ['cut off at its beginning', good.subarray(500), 'archive broken'],
      [
        'a path that leads out',
        await zipOf({ '../../etc/x.json': '{}', 'data.json': '{}' }),
        'archive unsafe-name',
      ],
      ['a path from the root', await zipOf({ '/etc/x.json': '{}' }), 'archive unsafe-name'],
      ['a bomb that says so', handmade('data.json', bomb, 64 * 1024 * 1024, 0), 'archive too-large'],
      ['a bomb that lies', handmade('data.json', bomb, 100, 0), 'archive broken'],
      [
        'another checksum',
        handmade('data.json', deflateRawSync(text), 2, (crc32(text) ^ 1) >>> 0),
        'archive broken',
      ],
      ['other files alone', await zipOf({ 'tables/home.csv': 'x' }), 'archive no-data'],
      ['no JSON', await zipOf({ 'data.json': '{"format":' }), 'archive not-a-copy'],
      [
        'a prototype',
        await zipOf({ 'data.json': '{"__proto__":{"format":"eaves-copy-1"}}' }),
        'archive not-a-copy',
      ],
      ['a later version', await json({ format: 'eaves-copy-2' }), 'archive other-version'],
      [
        'tables of another form',
        await json({ tables: { home: [{ home_id: 'x' }] } }),
        'tables.home.0.home_id invalid-format',
      ],
      [
        'a home twice',
        await json({ tables: { home: [data.tables.home[0], data.tables.home[0]] } }),
        'archive not-a-copy',
      ],
      [
        'a name that turns words around',
        await json({ tables: { home: [{ ...data.tables.home[0], name: 'a\u202eb' }] } }),
        'tables.home.0.name invalid-format',
      ],
    ]
    const before = await house.mark()
    for (const [what, archive, says] of cases) {
      const answer = told(await bring(owner, archive))
      assert.ok(answer.startsWith(`422 input.archive ${says}`), `${what}: ${answer}`)
    }
    const huge = await owner.ask('POST', '/api/me/import', {
      archive: 'A'.repeat(13 * 1024 * 1024),
      dryRun: true,
    })
    assert.equal(huge.status, 413)
    assert.equal(await house.mark(), before)
  } finally {
    await house.end()
  }
})

test('when a home cannot be written nothing came at all, and the next time it does', async () => {
  const [old, clean] = [await openFamily(), await openFamily()]
  try {
    await furnished(old)
    const archive = await copyOf(old, old.owner)
    const { owner, house } = clean
    const { factsFile } = (await import('../server/src/store/internals.ts')).internalsOf(house.stores)
    factsFile!.run("CREATE TRIGGER no_rooms BEFORE INSERT ON room BEGIN SELECT RAISE(ABORT, 'no'); END")
    const before = assertOk(await owner.ask('GET', '/api/homes')).length
    const keys = () =>
      inStore(house.stores, { store: 'vault' }, "SELECT id FROM key WHERE owner_kind = 'home'")
    const keysBefore = await keys()
    assert.equal((await bring(owner, archive)).status, 500)
    assert.deepEqual(await keys(), keysBefore)
    const { theme, insights } = assertOk(await owner.ask('GET', '/api/me'))
    assert.deepEqual([theme, insights], ['system', true])
    assert.equal(assertOk(await owner.ask('GET', '/api/homes')).length, before)
    factsFile!.run('DROP TRIGGER no_rooms')
    assertOk(await bring(owner, archive))
    assert.equal(assertOk(await owner.ask('GET', '/api/homes')).length, before + 1)
  } finally {
    await old.end()
    await clean.end()
  }
})
