// Catches a danger that nobody is told of, one that is told twice, and an alert that reaches somebody who does not see the device.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import {
  newId,
  type AutomationId,
  type ConnectionId,
  type PartShape,
  type RunId,
  type SubjectId,
} from '@eaves/model'
import { openHouse, type House } from '../devices/testing.ts'
import { onBothDialects, quietLog, testClock, type Dialect, type TestClock } from '../store/testing.ts'
import { Gathered } from './alert-gathering.ts'
import { Alerts } from './alerts.ts'
import { putNotices } from './inbox-store.ts'
import type { NoticeFacts } from './notifications.ts'
import { asNotices } from './store.ts'

const part: PartShape = {
  id: 'main',
  capabilities: {
    smoke: { attributes: ['detected'], commands: [] },
    battery: { attributes: ['percent'], commands: [] },
    contact: { attributes: ['open'], commands: [] },
    temperature: { attributes: ['celsius'], commands: [] },
  },
  vendor: {},
}
/** smoke, percent, open and celsius get the slots from handle × 10 on. */
const detector = (connection: ConnectionId, handle: number): FromDriver => ({
  t: 'device',
  connection,
  handle,
  shape: {
    nativeId: `d${handle}`,
    name: `Detector ${handle}`,
    kind: 'sensor',
    confirmable: false,
    parts: [part],
  },
  base: handle * 10,
  slots: [
    ['main', 'smoke', 'detected'],
    ['main', 'battery', 'percent'],
    ['main', 'contact', 'open'],
    ['main', 'temperature', 'celsius'],
  ],
  online: true,
})

interface Told extends NoticeFacts {
  readonly subject: SubjectId
  readonly kind: string
}
interface Setting {
  readonly told: Told[]
  readonly server: { full: boolean; down: boolean }
  readonly say: (slot: number, value: boolean | number) => void
  readonly look: (afterMs?: number) => Promise<void>
  /** What was told since the last time. */
  readonly news: () => string[]
  readonly again: () => Promise<void>
  readonly overs: () => Promise<number>
  readonly house: () => House
  readonly alerts: () => Alerts
}

async function withAlerts(dialect: Dialect, act: (setting: Setting) => Promise<void>): Promise<void> {
  const clock: TestClock = testClock()
  let house = await openHouse(clock, dialect)
  const told: Told[] = []
  const server = { full: false, down: false }
  const rows: Promise<void>[] = []
  const tell = (subject: SubjectId, kind: never, about: NoticeFacts = {}) => {
    told.push({ subject, kind, ...about })
    for (const device of about.devices ?? [null])
      rows.push(
        putNotices(asNotices(house.stores.stores.facts), [
          {
            subject,
            id: newId(),
            at: about.at ?? clock.now(),
            kind,
            home: about.home ?? null,
            device,
            automation: about.automation ?? null,
            times: 1,
            seen_at: null,
            over_at: null,
            words: null,
            question: null,
            answers: null,
            again_at: null,
            again_minutes: null,
            again_left: null,
          },
        ]),
      )
  }
  const make = () =>
    new Alerts({
      facts: house.stores.stores.facts,
      homes: house.homes,
      tell: tell as never,
      now: clock.now,
      timers: { after: () => ({ cancel: () => undefined }) },
      log: quietLog,
      mayRead: () => true,
      server: { 'disk.full': () => server.full, 'drivers.down': () => server.down },
    })
  house.driver.say(...[1, 2, 3].map((each) => detector(house.connection, each)))
  let alerts = make()
  await alerts.start()
  let read = 0
  try {
    await act({
      told,
      server,
      house: () => house,
      alerts: () => alerts,
      say: (slot, value) => house.driver.say({ t: 'r', v: [slot, value] }),
      look: async (afterMs = 5_000) => {
        house.advance(afterMs)
        await alerts.look()
        await Promise.all(rows)
      },
      news: () =>
        told.slice(read, (read = told.length)).map(({ kind, devices }) => `${kind} ${devices?.length ?? 0}`),
      again: async () => {
        await alerts.stop()
        house = await house.restart()
        house.driver.say({ t: 'connection', connection: house.connection, state: 'online' })
        house.driver.say(...[1, 2, 3].map((each) => detector(house.connection, each)))
        alerts = make()
        await alerts.start()
      },
      overs: async () =>
        (
          await asNotices(house.stores.stores.facts)
            .selectFrom('inbox')
            .select('id')
            .where('over_at', 'is not', null)
            .execute()
        ).length,
    })
  } finally {
    await alerts.stop()
    await house.end()
  }
}

onBothDialects(
  'smoke is told once, over a restart too, its end only noted, and what flickers is no second alarm',
  async (_at, dialect) => {
    await withAlerts(dialect, async ({ say, look, news, again, overs }) => {
      await look()
      assert.deepEqual(news(), [])
      say(10, true)
      await look()
      await look()
      assert.deepEqual(news(), ['danger.smoke 1'])
      await again()
      say(10, true)
      await look()
      assert.deepEqual([news(), await overs()], [[], 0])
      say(10, false)
      await look()
      assert.deepEqual([news(), await overs()], [[], 1])
      await look(11 * 60_000)
      say(10, true)
      await look()
      assert.deepEqual(news(), ['danger.smoke 1'])
      for (let i = 0; i < 50; i++) {
        say(10, i % 2 === 1)
        await look()
      }
      assert.deepEqual([news(), await overs()], [[], 1], 'the second goes on')
      say(10, false)
      await look()
      await look(-3 * 3_600_000)
      say(10, true)
      await look()
      assert.deepEqual(news(), ['danger.smoke 1'], 'a clock that was set back hides no fire')
    })
  },
)

onBothDialects(
  'a battery is low once until it is well above, several at once are one notice, a door counts after ten minutes or its own time',
  async (_at, dialect) => {
    await withAlerts(dialect, async ({ say, look, news, overs, house, again }) => {
      say(11, 15)
      say(21, 3)
      await look()
      assert.deepEqual(news(), ['battery.low 2'])
      for (const percent of [16, 15, 24, 14]) {
        say(11, percent)
        await look(11 * 60_000)
      }
      assert.deepEqual([news(), await overs()], [[], 0])
      say(11, 25)
      await look()
      assert.equal(await overs(), 1)
      say(12, true)
      await look(9 * 60_000)
      assert.deepEqual(news(), [])
      await look(61_000)
      assert.deepEqual(news(), ['left.open 1'])
      say(12, false)
      await look()
      assert.equal(await overs(), 2)
      const { devices, home, deviceId, homes } = house()
      const door = deviceId('Detector 3')
      await devices.edit(home, door, { openMinutes: 2 })
      say(32, true)
      await look(119_000)
      assert.deepEqual(news(), [])
      await look(1_000)
      assert.deepEqual([news(), homes.device(home, door).openMinutes], [['left.open 1'], 2])
      await again()
      assert.equal(house().homes.device(home, door).openMinutes, 2)
      say(32, false)
      say(32, true)
      await look(121_000)
      assert.deepEqual([news(), await overs()], [[], 2], 'it goes on')
      await house().devices.edit(home, door, { openMinutes: null })
      assert.equal(house().homes.device(home, door).openMinutes, undefined)
    })
  },
)

onBothDialects(
  'a device that usually speaks is told of once it is silent, and noted as well once it speaks again',
  async (_at, dialect) => {
    await withAlerts(dialect, async ({ say, look, news, overs, house }) => {
      for (let i = 0; i < 12; i++) {
        house().advance(60_000)
        say(13, 20 + i)
      }
      const silence = async (ms: number) => {
        house().advance(ms)
        house().homes.runtime(house().home).sweep(house().clock.now())
        await look()
      }
      await silence(60_000)
      assert.deepEqual(news(), [])
      await silence(60 * 60_000)
      await silence(60 * 60_000)
      assert.deepEqual([news(), await overs()], [['device.silent 1'], 0])
      say(13, 5)
      await look()
      assert.deepEqual([news(), await overs()], [[], 1])
    })
  },
)

onBothDialects(
  'whoever sees the device learns of a danger, keepers of the rest, and of the server its keepers',
  async (_at, dialect) => {
    await withAlerts(dialect, async ({ say, look, told, server, house }) => {
      const { homes, home, subject, deviceId } = house()
      const [adult, child, guest] = [newId<SubjectId>(), newId<SubjectId>(), newId<SubjectId>()]
      homes.relations.set(home, adult, { role: 'adult', since: 0 })
      homes.relations.set(home, guest, { role: 'guest', since: 0 })
      const rules = [
        { effect: 'deny' as const, on: { device: deviceId('Detector 1') }, acts: ['see' as const] },
      ]
      homes.relations.set(home, child, {
        role: 'child',
        since: 0,
        guardian: subject,
        limits: { reach: 'all', rules, hours: [] },
      })
      const whom = (kind: string) => told.filter((each) => each.kind === kind).map((each) => each.subject)
      say(10, true)
      say(11, 2)
      await look()
      assert.deepEqual(new Set(whom('danger.smoke')), new Set([subject, adult, guest]))
      say(20, true)
      await look()
      assert.equal(whom('danger.smoke').filter((each) => each === child).length, 1)
      assert.deepEqual(whom('battery.low'), [subject])
      server.full = true
      server.down = true
      await look()
      assert.deepEqual([whom('disk.full'), whom('drivers.down')], [[subject], []])
      await look(60_000)
      await look()
      assert.deepEqual([whom('disk.full'), whom('drivers.down')], [[subject], [subject]])
    })
  },
)

onBothDialects(
  'an automation that fails is told of once, to its author and keepers, until it goes well, over a restart too',
  async (_at, dialect) => {
    await withAlerts(dialect, async ({ look, told, again, overs, house, alerts }) => {
      const { home, subject } = house()
      const [author, automation, first] = [newId<SubjectId>(), newId<AutomationId>(), newId<RunId>()]
      const is = () => alerts().ranBy(() => author)
      is()
      const run = async (isFailed: boolean, afterMs?: number, id = newId<RunId>()) => {
        alerts().ran(home, automation, isFailed, id)
        await look(afterMs)
      }
      await run(true, undefined, first)
      for (let i = 0; i < 4; i++) await run(true)
      const whom = () => told.filter(({ kind }) => kind === 'automation.failed').map((each) => each.subject)
      assert.deepEqual(new Set(whom()), new Set([subject, author]))
      assert.equal(whom().length, 2)
      assert.deepEqual([told[0]?.automation, told[0]?.run], [automation, first])
      await again()
      is()
      await run(true)
      assert.deepEqual([whom().length, await overs()], [2, 0])
      await run(false)
      assert.equal(await overs(), 2)
      await run(true, 11 * 60_000)
      assert.deepEqual([whom().length, await overs()], [4, 2])
      alerts().ranBy(() => undefined)
      await look()
      assert.equal(await overs(), 4, 'what is gone does not fail')
    })
  },
)

onBothDialects('what is watched of the server is asked once a minute and told once', async (_at, dialect) => {
  await withAlerts(dialect, async ({ look, news, overs, alerts }) => {
    let [asked, isFailing] = [0, true]
    alerts().watch('backup.failed', async () => (asked++, isFailing))
    for (let i = 0; i < 12; i++) await look()
    assert.deepEqual([asked, news()], [1, ['backup.failed 0']])
    isFailing = false
    await look(60_000)
    assert.deepEqual([asked, await overs()], [2, 1])
  })
})

onBothDialects('dangers that come one after another are one notice', async (_at, dialect) => {
  await withAlerts(dialect, async ({ say, look, told }) => {
    for (const slot of [10, 20, 30]) {
      say(slot, true)
      await look()
    }
    assert.equal(new Set(told.map(({ at }) => at)).size, 1)
    assert.deepEqual(
      told.map(({ devices, count, isQuiet }) => [devices?.length, count, isQuiet === true]),
      [
        [1, 1, false],
        [1, 2, false],
        [1, 3, true],
      ],
    )
  })
})

test('a hundred detectors one after another are told of seven times, all of them in one notice', () => {
  const gathered = new Gathered()
  const home = newId<House['home']>()
  const add = (now: number) =>
    gathered.add(home, 'danger.smoke', [newId<ReturnType<House['deviceId']>>()], now)
  const each = Array.from({ length: 100 }, (_, i) => add(i * 1_000))
  assert.equal(each.filter(({ isPushed }) => isPushed).length, 7)
  assert.ok(each.every(({ at }) => at === 0))
  assert.deepEqual([add(11 * 60_000).isPushed, each.at(-1)?.all.length], [true, 100])
  assert.deepEqual(add(-3 * 3_600_000).all.length, 1, 'a clock that was set back begins anew')
})
