// Catches a place by name that the home learns unasked, that others or automations learn without its person's word, or that stays known after the word is taken back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, mostNamedPlaces, newId, type SubjectId } from '@eaves/model'
import type { PresenceSelf, PresenceView } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { lit, withHouse, written, type Setting } from '../automations/testing.ts'
import { onBothDialects } from '../store/testing.ts'
import { placeRoutes } from './place-routes.ts'
import { presenceRoutes } from './routes.ts'
import { loadPresence } from './store.ts'
import { again, join } from './testing.ts'

const refused =
  (code: Parameters<typeof hasCode>[1]) =>
  (error: unknown): boolean =>
    hasCode(error, code)

/** What the routes answer, as somebody asks them. */
function asking({ house, presence }: Pick<Setting, 'house' | 'presence'>, subject: SubjectId) {
  const entries = [
    ...presenceRoutes({ presence, homes: house.homes, note: async () => undefined }),
    ...placeRoutes({ presence }),
  ]
  const call = async <T>(path: string, method = 'get', body: unknown = {}, more: object = {}): Promise<T> => {
    const found = entries.find((each) => each.method === method && each.path.endsWith(path))!
    const params = { home: house.home, ...more }
    return (await found.handle({ params, body, caller: { subject } } as never)) as T
  }
  return {
    call,
    me: () => call<PresenceSelf>('/presence/me'),
    of: async (person: SubjectId) =>
      (await call<PresenceView>('/presence')).people.find((each) => each.person === person),
  }
}

onBothDialects(
  'a place is known once its person chose it, for the others once they say so, and gone with either word or its name',
  async (_at, dialect) => {
    clause('pp.2.2.1')
    await withHouse(async (setting) => {
      const { house, presence, signals, advance } = setting
      const { home, subject } = house
      const other = join(setting, 'adult')
      const onDisk = async () => JSON.stringify(await loadPresence(house.stores.stores.facts, home))
      const [mine, theirs] = [asking(setting, subject), asking(setting, other)]
      const { id: work } = await presence.places.add(home, subject, 'Work')
      const { id: school } = await presence.places.add(home, subject, 'School')
      await assert.rejects(presence.choose(home, subject, work, true), refused('input.conflict'))
      await presence.share(home, subject, true)
      const at = (place: string | null | undefined, is: 'home' | 'away' = 'away') =>
        presence.set(home, subject, { is, by: 'hand', at: place })
      await assert.rejects(at(work), refused('input.invalid'))
      await presence.choose(home, subject, work, true)
      await presence.choose(home, subject, school, true)
      await assert.rejects(at(work, 'home'), refused('input.invalid'))
      await at(work)
      const since = house.clock.now()
      advance(1_000)
      // A device or phone that knows of home alone says nothing of the place.
      await at(undefined)
      const kept = (await again(setting)).of(home, subject)?.place
      assert.deepEqual([kept?.at, kept?.atSince, kept?.places], [work, since, [work, school]])
      assert.deepEqual([(await mine.me()).place, (await mine.me()).placesShown], [work, false])
      // Nobody else hears of it, and no automation.
      assert.deepEqual(Object.keys((await theirs.of(subject))!), ['person', 'sharing', 'is', 'since'])
      assert.equal(signals.value(`at/${work}/some`), undefined)

      await mine.call('/me/places', 'put', { shown: true })
      assert.equal((await theirs.of(subject))?.place, work)
      const told = () => [work, school].map((each) => signals.value(`at/${each}/${subject}`))
      assert.deepEqual(told(), [true, false])
      await at(undefined, 'home')
      assert.deepEqual(told(), [false, false])
      await at(school)
      await mine.call('/me/places/{place}', 'put', { chosen: false }, { place: school })
      assert.deepEqual([(await mine.me()).place, (await mine.me()).places], [undefined, [work]])
      assert.deepEqual(told(), [false, undefined])
      assert.ok(!(await onDisk()).includes(school))
      await at(work)
      await presence.show(home, subject, false)
      assert.deepEqual([told(), (await theirs.of(subject))?.place], [[undefined, undefined], undefined])
      await presence.show(home, subject, true)
      await presence.removePlace(home, work)
      assert.deepEqual([told(), presence.places.list(home).length], [[undefined, undefined], 1])
      assert.ok(!(await onDisk()).includes(work))
      await presence.choose(home, subject, school, true)
      await presence.share(home, subject, false)
      await presence.share(home, subject, true)
      assert.deepEqual((await mine.me()).places, [])
    }, dialect)
  },
)

test('a home names ten places at most and none twice; a guest hears of none, and a child goes by the word of their adult', async () => {
  clause('pp.6')
  await withHouse(async (setting) => {
    const { house, presence } = setting
    const { home, subject } = house
    const { id } = await presence.places.add(home, subject, 'Work')
    await assert.rejects(presence.places.add(home, subject, 'Work'), refused('input.invalid'))
    await presence.places.rename(home, subject, id, 'Office')
    for (let i = 1; i < mostNamedPlaces; i++) await presence.places.add(home, subject, `Place ${i}`)
    await assert.rejects(presence.places.add(home, subject, 'One more'), refused('input.conflict'))
    await assert.rejects(presence.removePlace(home, newId()), refused('auth.not-found'))
    assert.equal((await again(setting)).places.list(home)[0]?.name, 'Office')
    assert.deepEqual(
      placeRoutes({ presence }).map(({ access }) => access.kind === 'home' && access.verb),
      ['mode.read', 'mode.set', 'mode.set', 'mode.set'],
    )
    const [guest, child] = [join(setting, 'guest'), join(setting, 'child', { guardian: subject })]
    await presence.share(home, guest, true)
    await assert.rejects(presence.choose(home, guest, id, true), refused('auth.not-found'))
    await presence.allow(home, subject, child, true)
    await presence.share(home, child, true)
    await presence.choose(home, child, id, true)
    await presence.show(home, child, true)
    await presence.set(home, child, { is: 'away', by: 'phone', at: id })
    assert.equal((await asking(setting, subject).of(child))?.place, id)
    // Who becomes a guest takes no place along.
    house.homes.relations.set(home, child, { role: 'guest', since: 0 })
    assert.deepEqual(presence.of(home, child)?.place.at, undefined)
    house.homes.relations.set(home, child, { role: 'child', since: 0, guardian: subject })
    await presence.allow(home, subject, child, false)
    await presence.allow(home, subject, child, true)
    await presence.share(home, child, true)
    assert.deepEqual((await asking(setting, child).me()).places, [])
  })
})

test('automations hear who comes to a place and leaves it, as far as each lets them, and one that opens by it asks for more', async () => {
  await withHouse(async (setting) => {
    const { house, presence, automations, make, lamp, lock, runs, advance } = setting
    const { home, subject } = house
    const other = join(setting, 'adult')
    const { id: place } = await presence.places.add(home, subject, 'Work')
    const on = (who: string, is: string, more: object = {}) =>
      make({
        name: `${who} ${is}`,
        triggers: [{ kind: 'place', place, who, is }],
        actions: [{ kind: 'stop' }],
        ...more,
      })
    const first = await on('anyone', 'there')
    const last = await on('everyone', 'elsewhere')
    const one = await on(other, 'there', {
      conditions: [{ kind: 'place', place, who: subject, is: 'there', forSeconds: 60 }],
    })
    const counts = async () => {
      advance(1)
      return Promise.all([first, last, one].map(async (id) => (await runs(id)).length))
    }
    const go = (who: SubjectId, at: string | null) => presence.set(home, who, { is: 'away', by: 'hand', at })
    for (const who of [subject, other]) {
      await presence.share(home, who, true)
      await presence.choose(home, who, place, true)
      await go(who, null)
    }
    await go(subject, place)
    await go(subject, null)
    assert.deepEqual(await counts(), [0, 0, 0])
    // What becomes known for the first time sets nothing off.
    for (const who of [subject, other]) await presence.show(home, who, true)
    assert.deepEqual(await counts(), [0, 0, 0])
    await go(subject, place)
    advance(60_000)
    await go(other, place)
    assert.deepEqual(await counts(), [1, 0, 1])
    assert.ok(!JSON.stringify(await runs(first)).includes(subject))
    await go(subject, null)
    assert.deepEqual(await counts(), [1, 0, 1])
    await go(other, null)
    assert.deepEqual(await counts(), [1, 1, 1])

    const act = (command: string, at: string) => ({
      name: 'Tried',
      triggers: [{ kind: 'place', place: at, who: subject, is: 'there' }],
      actions: [command === 'unlock' ? { ...lit(lock, command), capability: 'lock' } : lit(lamp)],
    })
    await assert.rejects(
      automations.create(home, subject, written(act('turnOn', newId())), true),
      (error) => hasCode(error, 'automation.invalid') && error.errors?.[0]?.path === 'triggers.0.place',
    )
    const found = async () => {
      const all = await automations.checks(home, subject, { automation: written(act('unlock', place)) })
      return all.map(({ code, at }) => [code, at])
    }
    assert.deepEqual(await found(), [['unguarded', 'actions/0']])
    await presence.removePlace(home, place)
    const gone = await automations.checks(home, subject, { id: one })
    assert.deepEqual(
      gone.map(({ code, at, what }) => [code, at, what]),
      [
        ['missing', 'triggers/0', 'place'],
        ['missing', 'conditions/0', 'place'],
      ],
    )
  })
})
