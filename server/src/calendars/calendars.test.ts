// Catches a calendar that sets nothing off, sets it off by what it said before, or stays where it was removed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppError, CalendarId } from '@eaves/model'
import { HomeSignals } from '../automations/automations.ts'
import { lit, seen, withHouse, written, type Setting } from '../automations/testing.ts'
import { systemRandom } from '../people/people.ts'
import { quietLog } from '../store/testing.ts'
import { Calendars } from './calendars.ts'

const iso = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')
const file = (title: string, from: number, to: number): string =>
  `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:${title}\nDTSTART:${iso(from)}\nDTEND:${iso(to)}\nEND:VEVENT\nEND:VCALENDAR`
const minute = 60_000

async function withCalendars(
  act: (
    setting: Setting & { readonly calendars: Calendars; readonly again: () => Promise<Calendars> },
  ) => Promise<void>,
): Promise<void> {
  await withHouse(async ({ calendars: said, ...setting }) => {
    const { house, signals } = setting
    const all = Object.assign(new HomeSignals(), { of: () => signals })
    const opened = async (): Promise<Calendars> => {
      const made = new Calendars({
        facts: house.stores.stores.facts,
        homes: house.homes,
        signals: all,
        egress: { get: () => Promise.reject(new Error('Nothing leaves from here.')) },
        stops: house.stores.stores.stops,
        counters: house.stores.stores.vault.counters,
        random: systemRandom,
        now: house.clock.now,
        timers: house.timers,
        log: quietLog,
      })
      await made.start()
      return made
    }
    const calendars = await opened()
    said.get = (id) => calendars.sight(house.home, id)
    said.has = (id) => calendars.sight(house.home, id) !== undefined
    try {
      await act({ ...setting, calendars, again: opened } as never)
    } finally {
      await calendars.stop()
    }
  })
}

test('an event sets it off at its beginning and end, also one that was brought in later, and its title is known', async () => {
  await withCalendars(async ({ house, calendars, make, lamp, runs, sent, advance }) => {
    const { home, subject, clock } = house
    const now = clock.now()
    const { id: calendar } = await calendars.add(
      home,
      subject,
      'Bins',
      file('Paper bin', now + 20 * minute, now + 50 * minute),
    )
    const ends = { kind: 'calendar', calendar, event: 'end', matching: 'bin' }
    const id = await make({
      name: 'Bins',
      triggers: [{ kind: 'calendar', calendar, event: 'start', offsetMinutes: -10, matching: 'PAPER' }, ends],
      conditions: [{ kind: 'expression', cel: 'trigger.value.startsWith("Paper")' }],
      actions: [lit(lamp, 'toggle')],
      mode: 'parallel',
    })
    advance(10 * minute - 1)
    assert.deepEqual(sent(), [])
    advance(1)
    assert.deepEqual(sent(), ['toggle'])
    advance(40 * minute)
    assert.deepEqual(sent(), ['toggle', 'toggle'])
    const later = clock.now()
    await calendars.replace(
      home,
      subject,
      calendar as CalendarId,
      file('Paper, moved', later + 15 * minute, later + 30 * minute),
    )
    advance(5 * minute)
    assert.equal(sent().length, 3, 'the new file is gone by at once')
    advance(60 * minute)
    assert.equal(sent().length, 3, 'its end has other words')
    const steps = (await runs(id)).map(({ steps: all }) => all[0]!.seen as string)
    assert.deepEqual(steps.toSorted(), ['Paper bin', 'Paper bin', 'Paper, moved'])
  })
})

test('a condition holds while an event goes on, also for a replay, and one of a calendar that is gone never does', async () => {
  await withCalendars(async ({ house, automations, calendars, make, lamp, runs, again }) => {
    const { home, subject, clock } = house
    const now = clock.now()
    const { id: calendar } = await calendars.add(
      home,
      subject,
      'Work',
      file('Shift', now - 70 * minute, now + minute),
    )
    const during = { kind: 'calendar', calendar, matching: 'shift' }
    const body = {
      name: 'Quiet',
      triggers: [{ kind: 'time', at: '07:00' }],
      conditions: [during],
      actions: [lit(lamp)],
    }
    const id = await make(body)
    automations.runNow(home, id)
    const starts = written({ ...body, triggers: [{ kind: 'calendar', calendar, event: 'start' }] })
    const told = await automations.replay(home, subject, 1, { automation: starts })
    assert.deepEqual([told.times, told.unknown], [1, ['holds']])
    assert.equal((await again()).list(home)[0]!.events, 1, 'it is there after a start')
    assert.equal(calendars.coming(home, calendar as CalendarId)[0]!.title, 'Shift')
    await calendars.remove(home, subject, calendar as CalendarId)
    house.advance(1)
    automations.runNow(home, id)
    assert.deepEqual((await runs(id)).map((each) => String(seen(each)[2])).toSorted(), [
      'conditions/0 no',
      'conditions/0 yes',
    ])
    assert.throws(() => automations.check(home, subject, written(body)), { code: 'automation.invalid' })
    const found = await automations.checks(home, subject, { id })
    assert.deepEqual(
      found.filter(({ code }) => code === 'missing').map(({ at, what }) => [at, what]),
      [['conditions/0', 'calendar']],
    )
    const rows = await house.stores.stores.facts
      .as({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
      .selectFrom('home_calendar')
      .selectAll()
      .execute()
    assert.deepEqual(rows, [])
  })
})

test('what is kept is sealed, and a file that is none is refused with the reason', async () => {
  await withCalendars(async ({ house, calendars }) => {
    const { home, subject } = house
    await calendars.add(home, subject, 'Doctors', file('Dentist', 0, minute))
    const rows = await house.stores.stores.facts
      .as({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
      .selectFrom('home_calendar')
      .selectAll()
      .execute()
    assert.equal(/Dentist|Doctors/.test(JSON.stringify(rows)), false)
    const code = (ics: string) =>
      calendars.add(home, subject, 'X', ics).then(
        () => 'taken',
        (error: unknown) => (error as AppError).errors?.[0]?.code,
      )
    assert.equal(await code('{}'), 'no-calendar')
    assert.equal(
      await code(`BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nEND:VEVENT\n'.repeat(5_001)}END:VCALENDAR`),
      'too-many-events',
    )
    const never =
      'BEGIN:VEVENT\nDTSTART:19000101T000000Z\nRRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n'
    assert.equal(await code(`BEGIN:VCALENDAR\n${never.repeat(200)}END:VCALENDAR`), 'too-much')
    assert.equal(calendars.list(home).length, 1)
  })
})
