// Catches a route that lets in whom it should not: every entry crossed with every kind of caller and home, against a table of its own.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newId, type HomeId, type HomeRole } from '@eaves/model'
import { clause } from '@eaves/policy'
import type { Entry } from '../server/src/http/entry.ts'
import { postgresUrl } from '../server/src/store/testing.ts'
import { openWorld, type Caller, type World } from './authorisation-world.ts'
import { openInHouse, told, type Answer } from './in-house.ts'

/** What each role may do in its home: written here from the roles' descriptions, not read from the program. */
const reading = ['home.read', 'device.read', 'device.command']
const staying = [...reading, 'member.self']
const living = [...staying, 'member.read', 'history.read', 'command.read']
const arranging = [...living, 'picture.read', 'device.edit', 'room.edit', 'connection.read', 'home.about']
const keeping = [
  ...arranging,
  'home.edit',
  'floor.edit',
  'device.remove',
  'device.onboard',
  'connection.manage',
  'credential.manage',
  'member.manage',
]
const allowed: Readonly<Record<HomeRole, ReadonlySet<string>>> = {
  kiosk: new Set(reading),
  guest: new Set(staying),
  child: new Set(living),
  adult: new Set(arranging),
  admin: new Set(keeping),
  owner: new Set([...keeping, 'home.delete', 'home.transfer', 'home.lock']),
}
/** What an unclaimed server answers, and what a signed-in person may do without the current agreement. */
const beforeClaim = new Set([
  'get /health',
  'get /api/documents',
  'get /api/documents/{document}/{version}/{locale}',
  'get /api/gate',
  'get /api/contact',
  'post /api/claim',
  'post /api/claim/check',
])
const open = new Set([
  ...beforeClaim,
  'get /api/openapi.json',
  'get /api/docs',
  'post /api/panels/pair',
  ...['codes', 'code', 'password', 'recovery', 'link'].map((way) => `post /api/sign-in/${way}`),
])
const withoutAgreement = new Set([
  'get /api/me/agreements',
  'post /api/me/agreements',
  'post /api/sign-out',
  'post /api/sign-out/everywhere',
])
const onlyPersons = new Set(['self.edit', 'token.manage', 'session.manage', 'home.create', 'home.join'])

const nameOf = (entry: Entry) => `${entry.method} ${entry.path}`
const verbOf = (entry: Entry): string => ('verb' in entry.access ? entry.access.verb : 'public')

function expected(caller: Caller, entry: Entry, home: string): 'yes' | 401 | 403 | 404 | 451 {
  const verb = verbOf(entry)
  if (open.has(nameOf(entry))) return 'yes'
  if (caller.kind === 'stranger') return 401
  if (!caller.agreed && !withoutAgreement.has(nameOf(entry))) return 451
  const covers = (asked: string) => caller.verbs === undefined || caller.verbs.has(asked)
  if (entry.path.includes('{home}')) {
    const role = caller.homes === undefined || caller.homes.has(home) ? caller.roles.get(home) : undefined
    if (role === undefined) return 404
    return allowed[role].has(verb) && covers(verb) ? 'yes' : 403
  }
  if (entry.path === '/api/instance') {
    if (caller.kind === 'panel') return 404
    const keeps = [...caller.roles.values()].some((role) => role === 'owner' || role === 'admin')
    return keeps && caller.homes === undefined && covers(verb) ? 'yes' : 404
  }
  if (verb === 'panel.self') return caller.kind === 'panel' ? 'yes' : 403
  if (caller.kind === 'panel') return verb === 'home.list' ? 'yes' : 403
  if (caller.kind === 'person') return 'yes'
  if (onlyPersons.has(verb)) return 403
  if (verb === 'home.list') return covers('home.list') || covers('home.read') ? 'yes' : 403
  return caller.verbs === undefined
    ? caller.homes === undefined
      ? 'yes'
      : 403
    : caller.verbs.has(verb)
      ? 'yes'
      : 403
}

const bytes = ({ status, text, headers }: Answer) => JSON.stringify([status, text, headers])

for (const dialect of ['sqlite', 'postgres'] as const) {
  const skip =
    dialect === 'postgres' && postgresUrl === undefined
      ? 'not run: EAVES_TEST_POSTGRES_URL is not set'
      : false
  describe(`every entry on ${dialect}`, { skip }, () => {
    let world: World
    before(async () => {
      world = await openWorld(dialect)
    })
    after(() => world?.end())

    test('every kind of caller at every entry and home gets what the table says, and a refusal changes nothing', async (t) => {
      clause('pp.5.1')
      clause('sa.1')
      const { house, own, lesser, foreign, deleted, callers } = world
      const params = {
        [own]: world.inside(own),
        [lesser]: world.inside(lesser),
        [foreign]: world.inside(foreign),
      }
      const malformed = [
        'ABC',
        '__proto__',
        'constructor',
        'a'.repeat(400),
        encodeURIComponent("' OR 1=1 --"),
        '%00',
      ]
      const homes: string[] = [own, lesser, foreign, deleted, newId(), ...malformed]
      const nothing = bytes(
        await world.call({
          method: 'GET',
          path: `/api/homes/${newId()}`,
          cookie: callers.find((each) => each.name === 'owner')!.cookie,
        }),
      )
      let cells = 0
      for (const caller of callers) {
        for (const entry of house.entries) {
          const before = [await world.mark(), told(world.driver)]
          let denied = 0
          for (const home of entry.path.includes('{home}') ? homes : [own]) {
            const at = { ...(params[home as HomeId] ?? params[own]), home }
            const want = expected(caller, entry, home)
            const where = `${caller.name}: ${nameOf(entry)} in ${['own', 'lesser', 'foreign', 'deleted', 'never existed'][homes.indexOf(home)] ?? 'malformed'}`
            cells += 1
            if (want === 'yes') {
              // A query that no entry knows is refused after the door and before the act.
              const answer = await world.ask(caller, entry, at, '?nobodyKnowsThis=1')
              assert.deepEqual(
                [answer.status, answer.json?.errors.at(-1)],
                [422, { path: 'nobodyKnowsThis', code: 'unknown-field' }],
                `${where}: ${answer.text}`,
              )
              continue
            }
            denied += 1
            const answer = await world.ask(caller, entry, at)
            assert.equal(answer.status, want, `${where}: ${answer.text}`)
            if (want === 404) assert.equal(bytes(answer), nothing, where)
            else assert.match(answer.json.reference, /^[a-z2-7]{26}$/, where)
          }
          if (denied > 0)
            assert.deepEqual(
              [await world.mark(), told(world.driver)],
              before,
              `${caller.name}: ${nameOf(entry)} was refused and yet changed something`,
            )
        }
      }
      t.diagnostic(`${cells} cells: ${callers.length} callers, ${house.entries.length} entries`)
      assert.ok(cells > 3000)
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
      for (const query of [`device=${theirs.device}`]) {
        const history = await world.call({
          method: 'GET',
          path: `/api/homes/${own}/history?${query}&capability=onOff&attribute=on&from=2020-01-01T00:00:00.000Z`,
          cookie: owner.cookie,
        })
        assert.equal(history.status, 404)
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
        const { purpose: _p, document: _d, version: _v, locale: _l, ...rest } = world.inside(home)
        return Object.values(rest)
      }
      const secret = [...ids(foreign), 'FOREIGN', 'foreign-lamp', 'stranger@example.org', 'foreign-lock']
      const others = [...ids(lesser).filter((each) => each !== lesser), 'lesser-lamp']
      const mine = world.inside(own)
      const reads = house.entries.filter(
        ({ method, mediaType }) => method === 'get' && mediaType === undefined,
      )
      let read = 0
      for (const caller of callers) {
        for (const entry of reads) {
          const query = entry.path.endsWith('/history')
            ? `?device=${mine.device}&capability=onOff&attribute=on&from=2020-01-01T00:00:00.000Z`
            : ''
          const { status, text } = await world.ask(caller, entry, mine, query)
          if (status === 200) read += 1
          for (const each of secret)
            assert.ok(!text.includes(each), `${caller.name}: ${nameOf(entry)} shows ${each}`)
          if (entry.path.includes('{home}'))
            for (const each of others)
              assert.ok(
                !text.includes(each),
                `${caller.name}: ${nameOf(entry)} shows ${each} of another home`,
              )
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
}

/** What each part of a home is guarded by: the beginning of every verb that stands on it. */
const guards: Readonly<Record<string, readonly string[]>> = {
  '': ['home.'],
  floors: ['home.read', 'floor.'],
  rooms: ['home.read', 'room.'],
  members: ['member.'],
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
  history: ['history.'],
}

describe('the entries themselves', () => {
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
        if (entry.method === 'get') assert.match(verb, /\.(read|manage|onboard)$/, nameOf(entry))
        else assert.doesNotMatch(verb, /\.(read|list)$/, nameOf(entry))
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
