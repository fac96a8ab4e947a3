// Catches a home that knows of somebody what they did not say, or still knows it after they took it back; and an automation that hears it wrongly.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId } from '@eaves/model'
import type { PresenceSelf } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { lit, seen, withHouse, written } from '../automations/testing.ts'
import { onBothDialects } from '../store/testing.ts'
import { presenceRoutes } from './routes.ts'
import { again, join } from './testing.ts'

onBothDialects(
  'it is off until somebody says so, survives a start, and is gone with their word',
  async (_at, dialect) => {
    clause('pp.2.2.1')
    await withHouse(async (setting) => {
      const { house, presence, signals, advance } = setting
      const { home, subject } = house
      assert.equal(presence.of(home, subject), undefined)
      await assert.rejects(
        async () => presence.set(home, subject, { is: 'home', by: 'hand' }),
        (error) => hasCode(error, 'input.conflict'),
      )
      await presence.share(home, subject, true)
      assert.deepEqual(presence.together(home), { anyone: undefined, everyone: undefined })
      await presence.set(home, subject, { is: 'home', by: 'device' })
      const since = house.clock.now()
      advance(1_000)
      // The same again is not since now.
      await presence.set(home, subject, { is: 'home', by: 'hand' })
      const kept = (await again(setting)).of(home, subject)
      assert.deepEqual(kept?.place, { is: 'home', since, by: 'hand' })
      assert.equal(signals.value(`present/${subject}`), 'home')
      await presence.share(home, subject, false)
      assert.equal(presence.of(home, subject), undefined)
      for (const key of [`present/${subject}`, 'present/some', 'present/all', 'present/some@'])
        assert.equal(signals.value(key), undefined, key)
      assert.equal((await again(setting)).of(home, subject), undefined)
    }, dialect)
  },
)

test('a child shares once the adult who answers for them allows it, and a guest while they may come in', async () => {
  clause('pp.6')
  await withHouse(async (setting) => {
    const { house, presence, advance } = setting
    const { home, subject } = house
    const other = join(setting, 'adult')
    const child = join(setting, 'child', { guardian: subject })
    await assert.rejects(presence.share(home, child, true), (error) =>
      hasCode(error, 'policy.guardian-required'),
    )
    await assert.rejects(presence.allow(home, other, child, true), (error) =>
      hasCode(error, 'auth.forbidden'),
    )
    await presence.allow(home, subject, child, true)
    // Allowed is not said.
    assert.equal(presence.of(home, child), undefined)
    await presence.share(home, child, true)
    await presence.set(home, child, { is: 'home', by: 'hand' })
    assert.equal(presence.together(home).anyone, true)
    const held = house.homes.relations.get(home, child)!
    house.homes.relations.set(home, child, { ...held, guardian: other })
    assert.equal(presence.of(home, child), undefined)
    house.homes.relations.set(home, child, held)
    await presence.allow(home, subject, child, false)
    assert.equal(presence.together(home).anyone, undefined)

    const startsAt = house.clock.now() + 60_000
    const guest = join(setting, 'guest', { startsAt: house.clock.now() })
    await presence.share(home, guest, true)
    await presence.set(home, guest, { is: 'home', by: 'hand' })
    assert.equal(presence.together(home).anyone, true)
    house.homes.relations.set(home, guest, { role: 'guest', since: 0, startsAt })
    assert.equal(presence.of(home, guest), undefined)
    advance(120_000)
    assert.equal(presence.of(home, guest)?.place.is, 'home')
    house.homes.relations.remove(home, guest)
    assert.equal(presence.of(home, guest), undefined)
  })
})

test('their phone says it for them and for nobody else, and it brings one of two words and nothing beside', async () => {
  clause('pp.2.2.1')
  await withHouse(async (setting) => {
    const { house, presence } = setting
    const { home, subject } = house
    const other = join(setting, 'adult')
    for (const each of [subject, other]) await presence.share(home, each, true)
    const entries = presenceRoutes({ presence, homes: house.homes, note: async () => undefined })
    const takes = entries.filter(({ method, path }) => method === 'put' && path.endsWith('/presence/me'))
    assert.deepEqual(
      takes.map(({ access }) => access),
      [{ kind: 'home', verb: 'member.self' }],
    )
    const body = takes[0]!.body!
    assert.deepEqual(body.parse({ is: 'away', by: 'phone' }), { is: 'away', by: 'phone' })
    for (const more of [{ latitude: 1 }, { accuracy: 1 }, { person: other }, { by: 'device' }])
      assert.equal(body.safeParse({ is: 'away', by: 'phone', ...more }).success, false, JSON.stringify(more))
    const answer = await takes[0]!.handle({
      params: { home },
      body: { is: 'away', by: 'phone' },
      caller: { subject },
    } as never)
    assert.deepEqual([(answer as PresenceSelf).is, (answer as PresenceSelf).by], ['away', 'phone'])
    assert.deepEqual(presence.of(home, other)?.place, {})
    assert.equal((await again(setting)).of(home, subject)?.place.by, 'phone')
    // By hand is by hand, whoever said it before.
    await presence.set(home, subject, { is: 'away', by: 'hand' })
    assert.equal(presence.of(home, subject)?.place.by, 'hand')
  })
})

test('of whoever restricts the use of what is held of them nobody hears, until they lift it', async () => {
  clause('pp.4.4.c')
  await withHouse(async ({ house, presence, signals, advance }) => {
    const { home, subject } = house
    await presence.share(home, subject, true)
    await presence.set(home, subject, { is: 'home', by: 'hand' })
    const { stops } = house.stores.stores
    stops.set(subject, { restricted: true, objections: new Set() })
    advance(60_000)
    assert.equal(presence.of(home, subject), undefined)
    assert.equal(signals.value('present/some'), undefined)
    stops.set(subject, { restricted: false, objections: new Set() })
    advance(60_000)
    assert.equal(signals.value('present/some'), true)
  })
})

test('a device of theirs says it for them, and its silence says nothing', async () => {
  await withHouse(async (setting) => {
    const { house, presence, sensor, lamp, occupied } = setting
    const { home, subject } = house
    await presence.share(home, subject, true)
    assert.deepEqual(
      presence.devicesFor(home, subject).map(({ id }) => id),
      [sensor],
    )
    await assert.rejects(presence.tie(home, subject, lamp), (error) => hasCode(error, 'input.invalid'))
    await presence.tie(home, subject, sensor)
    const told = async (value: boolean) => {
      occupied(value)
      await house.homes.turns.take(home, async () => undefined)
      return presence.of(home, subject)?.place.is
    }
    assert.equal(await told(true), 'home')
    assert.equal(await told(false), 'away')
    await presence.tie(home, subject, undefined)
    assert.equal(await told(true), 'away')
  })
})

test('the last to leave and the first to come set automations off, and who is unknown does not', async () => {
  await withHouse(async (setting) => {
    const { house, presence, make, lamp, runs, advance } = setting
    const { home, subject } = house
    const other = join(setting, 'adult')
    const on = (who: string, is: string, more: object = {}) =>
      make({
        name: `${who} ${is}`,
        triggers: [{ kind: 'presence', who, is, ...more }],
        actions: [{ kind: 'stop' }],
      })
    const left = await on('everyone', 'away')
    const long = await on('everyone', 'away', { forSeconds: 600 })
    const came = await on('anyone', 'home')
    const all = await on('everyone', 'home')
    const one = await on(other, 'home')
    const asks = await make({
      name: 'While away',
      triggers: [{ kind: 'presence', who: other, is: 'away' }],
      conditions: [{ kind: 'presence', who: subject, is: 'away', forSeconds: 60 }],
      actions: [lit(lamp)],
    })
    const counts = async () => {
      advance(1)
      return Promise.all([left, long, came, all, one].map(async (id) => (await runs(id)).length))
    }
    await presence.share(home, subject, true)
    await presence.set(home, subject, { is: 'home', by: 'hand' })
    assert.deepEqual(await counts(), [0, 0, 0, 0, 0])
    await presence.share(home, other, true)
    await presence.set(home, other, { is: 'home', by: 'hand' })
    assert.deepEqual(await counts(), [0, 0, 0, 0, 0])
    await presence.set(home, subject, { is: 'away', by: 'hand' })
    advance(120_000)
    assert.deepEqual(await counts(), [0, 0, 0, 0, 0])
    await presence.set(home, other, { is: 'away', by: 'hand' })
    assert.deepEqual(await counts(), [1, 0, 0, 0, 0])
    const [run] = await runs(asks)
    assert.deepEqual(seen(run!).slice(0, 3), ['running', 'triggers/0 yes', 'conditions/0 yes'])
    assert.ok(!JSON.stringify((await runs(left))[0]).includes(other))
    advance(600_000)
    assert.deepEqual(await counts(), [1, 1, 0, 0, 0])
    await presence.set(home, other, { is: 'home', by: 'hand' })
    assert.deepEqual(await counts(), [1, 1, 1, 0, 1])
    await presence.set(home, subject, { is: 'home', by: 'hand' })
    assert.deepEqual(await counts(), [1, 1, 1, 1, 1])
  })
})

test('an automation names somebody of the home, and one that opens for whoever comes home is guarded', async () => {
  await withHouse(async ({ house, automations, lock }) => {
    const { home, subject } = house
    const unlock = { kind: 'command', device: lock, capability: 'lock', command: 'lock' }
    const tried = (who: string) =>
      automations.checks(home, subject, {
        automation: written({
          name: 'Tried',
          triggers: [{ kind: 'presence', who, is: 'away' }],
          conditions: [{ kind: 'presence', who, is: 'home' }],
          actions: [unlock],
        }),
      })
    await assert.rejects(tried(newId()), (error) => {
      assert.ok(hasCode(error, 'automation.invalid'))
      assert.deepEqual(
        error.errors?.map(({ path, code }) => [path, code]),
        [
          ['triggers.0.who', 'not-found'],
          ['conditions.0.who', 'not-found'],
        ],
      )
      return true
    })
    assert.deepEqual(
      (await tried(subject)).map(({ code, at }) => [code, at]),
      [['never-passes', 'triggers/0']],
    )
  })
})
