// Catches a route that lets in whom it should not: every entry crossed with every kind of caller and home, against a description of its own (test/cedar).
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newId, type HomeId } from '@eaves/model'
import { clause, roleVerbs, type Verb } from '@eaves/policy'
import { describeOnBothDialects } from '../server/src/store/testing.ts'
import { beforeClaim, bytes, freshProof, nameOf, runMatrix, verbOf } from './authorisation-matrix.ts'
import { openWorld, type World } from './authorisation-world.ts'
import { openInHouse, told } from './in-house.ts'

describeOnBothDialects('every entry', (dialect) => {
  let world: World
  before(async () => {
    world = await openWorld(dialect)
  })
  after(() => world?.end())

  test('every kind of caller at every entry and home gets what the description says, and a refusal changes nothing', async (t) => {
    clause('pp.5.1')
    clause('sa.1')
    const every = dialect === 'sqlite' ? 6 : 24
    const { made, of } = await runMatrix(world, every)
    t.diagnostic(
      `${made} of ${of} cells: ${world.callers.length} callers, ${world.house.entries.length} entries`,
    )
    assert.ok(of > 6000 && made > of / 30)
  })

  test('with one right too many the matrix fails', { skip: dialect === 'postgres' }, async () => {
    const guests = roleVerbs.get('guest') as Set<Verb>
    guests.add('history.read')
    try {
      await assert.rejects(
        runMatrix({ ...world, callers: world.callers.filter(({ name }) => name === 'guest') }, 1),
        /get \/api\/homes\/\{home\}\/history in own[\s\S]*422 !== 403/,
      )
    } finally {
      guests.delete('history.read')
    }
  })

  test('what stands in another home is, under one’s own, what never existed', async () => {
    const { house, own, foreign, callers } = world
    const owner = callers.find((each) => each.name === 'owner')!
    const [mine, theirs] = [world.inside(own), world.inside(foreign)]
    const inner = house.entries.filter(
      ({ path }) => /\{home\}.*\{(?!home)/.test(path) && !path.endsWith('/history'),
    )
    for (const entry of inner) {
      const before = [await world.mark(), told(world.driver)]
      const never = await world.ask(owner, entry, {
        ...mine,
        ...Object.fromEntries(Object.keys(theirs).map((key) => [key, newId()])),
        home: own,
      })
      const other = await world.ask(owner, entry, { ...theirs, home: own })
      assert.deepEqual([other.status, bytes(other)], [404, bytes(never)], nameOf(entry))
      assert.deepEqual([await world.mark(), told(world.driver)], before, nameOf(entry))
    }
    assert.ok(inner.length > 10)
    const own2 = { ...theirs, home: own }
    for (const entry of house.entries.filter(({ path }) => /^\/api\/me\/(sign-ins|tokens)\//.test(path)))
      assert.equal((await world.ask(owner, entry, own2)).status, 404, nameOf(entry))
    const value = { device: String(theirs.device), capability: 'onOff', attribute: 'on' }
    for (const path of ['history', 'history/statistics', 'history/export']) {
      const query = new URLSearchParams({ ...value, from: '2020-01-01T00:00:00.000Z' })
      const history = await world.call({
        method: 'GET',
        path: `/api/homes/${own}/${path}?${query.toString()}`,
        cookie: owner.cookie,
      })
      assert.equal(history.status, 404, path)
    }
    for (const path of ['import', 'import/preview']) {
      const brought = await world.call({
        method: 'POST',
        path: `/api/homes/${own}/history/${path}`,
        cookie: owner.cookie,
        body: { ...value, csv: 'at,value\n' },
      })
      assert.equal(brought.status, 404, path)
    }
    const moved = await world.call({
      method: 'PATCH',
      path: `/api/homes/${own}/devices/${mine.device}`,
      cookie: owner.cookie,
      body: { room: theirs.room },
    })
    assert.ok(moved.status === 404 || moved.status === 422, moved.text)
    const placed = await world.call({
      method: 'POST',
      path: `/api/homes/${own}/rooms`,
      cookie: owner.cookie,
      body: { name: 'x', floor: theirs.floor },
    })
    assert.ok(placed.status === 404 || placed.status === 422, placed.text)
  })

  test('no answer holds anything of a home that the caller does not belong to', async () => {
    const { house, own, lesser, foreign, callers } = world
    const ids = (home: HomeId) => {
      const {
        purpose: _p,
        document: _d,
        version: _v,
        locale: _l,
        address: _a,
        n: _n,
        // Four signs that stand in many a random id.
        recipient: _r,
        ...rest
      } = world.inside(home)
      return Object.values(rest)
    }
    const secret = [...ids(foreign), 'FOREIGN', 'foreign-lamp', 'stranger@example.org', 'foreign-lock']
    const others = [...ids(lesser).filter((each) => each !== lesser), 'lesser-lamp']
    const mine = world.inside(own)
    const reads = house.entries.filter(({ method, mediaType }) => method === 'get' && mediaType === undefined)
    let read = 0
    for (const caller of callers) {
      for (const entry of reads) {
        const query = /\/history(\/statistics)?$/.test(entry.path)
          ? `?device=${mine.device}&capability=onOff&attribute=on&from=2020-01-01T00:00:00.000Z`
          : ''
        const { status, text } = await world.ask(caller, entry, mine, query)
        if (status === 200) read += 1
        for (const each of secret)
          assert.ok(!text.includes(each), `${caller.name}: ${nameOf(entry)} shows ${each}`)
        if (entry.path.includes('{home}'))
          for (const each of others)
            assert.ok(!text.includes(each), `${caller.name}: ${nameOf(entry)} shows ${each} of another home`)
      }
    }
    assert.ok(read > 100, String(read))
    const list = await world.call({
      method: 'GET',
      path: '/api/homes',
      token: callers.find((each) => each.name === 'token for this home')!.token,
    })
    assert.deepEqual(
      (list.json as { id: string }[]).map(({ id }) => id),
      [own],
    )
    const guest = await world.call({
      method: 'GET',
      path: '/api/homes',
      cookie: callers.find((each) => each.name === 'ex-member')!.cookie,
    })
    assert.deepEqual(
      guest.json.map((each: { id: string; role: string }) => [each.id, each.role]),
      [[lesser, 'guest']],
    )
  })

  test('a child and a guest switch lights and never locks; nobody else’s token outgrows its maker', async () => {
    const { own, callers } = world
    const owner = callers.find((each) => each.name === 'owner')!
    const { json: devices } = await world.call({
      method: 'GET',
      path: `/api/homes/${own}/devices`,
      cookie: owner.cookie,
    })
    const of = (start: string) =>
      (devices as { id: string; name: string }[]).find((each) => each.name.startsWith(start))!.id
    const rows: Record<string, readonly [number, number]> = {
      owner: [202, 202],
      admin: [202, 202],
      adult: [202, 202],
      child: [202, 403],
      guest: [202, 403],
      'wall panel': [202, 403],
      'ex-member': [404, 404],
      'token for this home': [202, 202],
      'token for another home': [404, 404],
      'token with one verb': [403, 403],
      stranger: [401, 401],
    }
    for (const [name, [light, lock]] of Object.entries(rows)) {
      const caller = callers.find((each) => each.name === name)!
      const send = (device: string, capability: string, command: string) =>
        world.call({
          method: 'POST',
          path: `/api/homes/${own}/devices/${device}/commands`,
          cookie: caller.cookie,
          token: caller.token,
          body: { capability, command },
        })
      world.clock.advance(2000)
      const before = told(world.driver)
      const answers = [
        (await send(of('Lamp'), 'onOff', 'turnOn')).status,
        (await send(of('Lock'), 'lock', 'unlock')).status,
      ]
      assert.deepEqual(answers, [light, lock], name)
      assert.equal(told(world.driver) - before, answers.filter((status) => status === 202).length, name)
    }
  })
})

/** What each part of a home is guarded by: the beginning of every verb that stands on it. */
const guards: Readonly<Record<string, readonly string[]>> = {
  '': ['home.'],
  about: ['home.about', 'home.edit'],
  floors: ['home.read', 'floor.'],
  rooms: ['home.read', 'room.'],
  members: ['member.'],
  invitations: ['member.manage'],
  transfer: ['home.transfer', 'member.'],
  leave: ['member.self'],
  lock: ['home.lock'],
  panels: ['member.manage'],
  confirm: ['home.read', 'home.edit'],
  devices: ['device.', 'picture.read'],
  groups: ['device.'],
  bridges: ['connection.read', 'device.onboard'],
  joins: ['device.onboard'],
  maintenance: ['connection.read'],
  onboarding: ['device.onboard'],
  connections: ['connection.'],
  mqtt: ['credential.'],
  commands: ['command.'],
  scenes: ['scene.'],
  scene: ['scene.edit'],
  history: ['history.', 'device.edit'],
  automations: ['automation.'],
  energy: ['energy.'],
  calendars: ['automation.'],
  hooks: ['automation.read', 'hook.'],
  activity: ['history.'],
  modes: ['mode.'],
  mode: ['mode.'],
  presence: ['presence.', 'member.'],
  places: ['mode.'],
  alarm: ['alarm.', 'history.read'],
  vacation: ['vacation.'],
}

describe('the entries themselves', () => {
  test('exactly the weighty acts take a fresh proof', async () => {
    const inside = await openInHouse()
    try {
      const asking = inside.house.entries.filter(({ access }) => access.kind !== 'public' && access.stepUp)
      assert.deepEqual(asking.map(nameOf).toSorted(), [...freshProof].toSorted())
    } finally {
      await inside.end()
    }
  })

  test('each asks for a right to what it touches, and what changes something never for the right to read', async () => {
    const inside = await openInHouse()
    try {
      for (const entry of inside.house.entries.filter(({ path }) => path.includes('{home}'))) {
        const [, part = ''] = /\/\{home\}\/(\w+)/.exec(entry.path) ?? []
        const verb = verbOf(entry)
        assert.ok(
          guards[part]?.some((start) => verb.startsWith(start)),
          `${nameOf(entry)} asks for ${verb}`,
        )
        if (entry.method === 'get') assert.match(verb, /\.(read|about|manage|onboard|self)$/, nameOf(entry))
        else assert.doesNotMatch(verb, /\.(read|list|about)$/, nameOf(entry))
        if (entry.path.endsWith('{home}'))
          assert.equal(
            verb,
            { get: 'home.read', patch: 'home.edit', delete: 'home.delete' }[entry.method as 'get'],
            nameOf(entry),
          )
      }
    } finally {
      await inside.end()
    }
  })
})

describe('before the claim', () => {
  test('only the closed list answers, whatever is sent along', async () => {
    const inside = await openInHouse()
    try {
      for (const entry of inside.house.entries) {
        for (const with_ of [{}, { cookie: 'A'.repeat(43) }, { token: `eaves_pat_${'A'.repeat(43)}` }]) {
          const path = entry.path.replaceAll(/\{(\w+)\}/g, () => newId())
          const { json } = await inside.call({
            method: entry.method.toUpperCase(),
            path: `${path}?nobodyKnowsThis=1`,
            ...with_,
          })
          if (!beforeClaim.has(nameOf(entry)))
            assert.deepEqual([json?.code, json?.status], ['server.unclaimed', 503], nameOf(entry))
          else assert.notEqual(json?.code, 'server.unclaimed', nameOf(entry))
        }
      }
      for (const path of ['/api', '/api/nope', '/api/homes/x/y/z', '/metrics', '/api/restore', '/api/backup'])
        assert.ok([503, 404].includes((await inside.call({ method: 'POST', path })).status), path)
    } finally {
      await inside.end()
    }
  })
})
