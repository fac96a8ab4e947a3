// Catches an address that is asked too often, too rarely or for somebody who is gone; a failure that loses what was read or that nobody is told of; and an address that is shown or logged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type AppError, type CalendarId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { HomeSignals } from '../automations/automations.ts'
import { openHouse, type House } from '../devices/testing.ts'
import { createLog } from '../log.ts'
import { EgressRefused, type EgressGet, type Got } from '../privacy/privacy.ts'
import { onBothDialects, testClock, type Dialect } from '../store/testing.ts'
import { Calendars } from './calendars.ts'

const minute = 60_000
const hour = 60 * minute
const file = (...titles: string[]): string =>
  `BEGIN:VCALENDAR\n${titles.map((title) => `BEGIN:VEVENT\nUID:${title}\nSUMMARY:${title}\nDTSTART:20260106T080000Z\nEND:VEVENT\n`).join('')}END:VCALENDAR`
const got = (text: string, over: Partial<Got> = {}): Got => ({
  status: 200,
  body: new TextEncoder().encode(text),
  etag: undefined,
  lastModified: undefined,
  retryAfterSeconds: undefined,
  ...over,
})
const secret = 'webcal://calendar.example.org/private-8fd2/basic.ics#x'
const asAsked = 'https://calendar.example.org/private-8fd2/basic.ics'
type Asked = Parameters<EgressGet['get']>[0]

async function withSources(
  act: (setting: {
    readonly house: House
    readonly calendars: Calendars
    readonly asked: Asked[]
    readonly answer: (next: (asked: Asked) => Got | Promise<Got>) => void
    readonly pass: (ms: number) => Promise<void>
    /** Told to automations, as often as it was. */
    readonly told: readonly string[]
    readonly lines: readonly string[]
    /** Notices, each with whom it goes to. */
    readonly notices: readonly string[]
    readonly again: () => Promise<Calendars>
  }) => Promise<void>,
  dialect?: Dialect,
): Promise<void> {
  const house = await openHouse(testClock(), dialect)
  const asked: Asked[] = []
  const lines: string[] = []
  const told: string[] = []
  const notices: string[] = []
  let next: (asked: Asked) => Got | Promise<Got> = () => got(file('Bins'))
  const signals = new HomeSignals()
  const opened = async (): Promise<Calendars> => {
    const made = new Calendars({
      facts: house.stores.stores.facts,
      homes: house.homes,
      signals: Object.assign(signals, { of: () => ({ tell: (key: string) => void told.push(key) }) }),
      egress: {
        get: async (each) => {
          asked.push(each)
          return next(each)
        },
      },
      stops: house.stores.stores.stops,
      counters: house.stores.stores.vault.counters,
      tell: (whom, kind, about) => void notices.push(`${whom} ${kind} ${about?.home}`),
      // Half of the jitter: five minutes.
      random: (bytes) => bytes.fill(0x80),
      now: house.clock.now,
      timers: house.timers,
      log: createLog('debug', (line) => void lines.push(line)),
    })
    await made.start()
    return made
  }
  const all = [await opened()]
  const [calendars] = all as [Calendars]
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= minute) {
      house.advance(Math.min(left, minute))
      for (const each of all) await each.settled()
    }
  }
  const again = async (): Promise<Calendars> => {
    await all.at(-1)!.stop()
    all.push(await opened())
    return all.at(-1)!
  }
  try {
    await act({
      house,
      calendars,
      asked,
      answer: (to) => void (next = to),
      pass,
      told,
      lines,
      notices,
      again,
    })
  } finally {
    await all.at(-1)!.stop()
    await house.end()
  }
}
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    (error: unknown) => {
      const { errors, code } = error as AppError
      return errors?.[0] === undefined ? code : `${errors[0].path} ${errors[0].code}`
    },
  )

onBothDialects(
  'an address is read at once and then every hour, only for what is newer, and automations hear of it',
  async (_at, dialect) => {
    await withSources(async ({ house, calendars, asked, answer, pass, told, again }) => {
      const { home, subject, clock } = house
      answer(() => got(file('Bins'), { etag: '"1"', lastModified: 'then' }))
      const { id, source, events } = await calendars.addByAddress(home, subject, 'Bins', secret)
      assert.deepEqual(
        [events, source],
        [1, { host: 'calendar.example.org', fetchedAt: new Date(clock.now()).toISOString() }],
      )
      assert.deepEqual([asked[0]!.url, asked[0]!.headers['if-none-match']], [asAsked, undefined])
      answer(() => got('', { status: 304 }))
      await pass(65 * minute)
      assert.equal(asked.length, 1, 'not before the hour and its jitter')
      await pass(minute)
      const { headers } = asked[1]!
      assert.deepEqual([headers['if-none-match'], headers['if-modified-since']], ['"1"', 'then'])
      assert.equal(told.length, 1, 'nothing new')
      answer(() => got(file('Bins', 'Glass')))
      const read = await again()
      assert.equal(read.list(home)[0]!.source?.host, 'calendar.example.org', 'it is there after a start')
      await pass(67 * minute)
      assert.equal(asked.length, 3)
      assert.equal(read.list(home)[0]!.events, 2)
      assert.deepEqual(told, [`calendar/${id}`, `calendar/${id}`])
      await pass(67 * minute)
      assert.deepEqual([asked.length, told.length], [4, 2], 'the same text again is nothing new')
      await read.replace(home, subject, id as CalendarId, file('By hand'))
      await pass(3 * hour)
      assert.equal(asked.length, 4, 'a file takes the place of the address')
      assert.equal(read.list(home)[0]!.source, undefined)
    }, dialect)
  },
)

test('a failure keeps what was read, says since when and why, and goes with the next answer', async () => {
  await withSources(async ({ house, calendars, asked, answer, pass, again }) => {
    const { home, subject, clock } = house
    const { id } = await calendars.addByAddress(home, subject, 'Bins', secret)
    const now = () => calendars.fetchNow(home, subject, id as CalendarId)
    const failing: [string, () => Got | Promise<Got>][] = [
      ['unreachable', () => Promise.reject(new Error('nobody there'))],
      ['not-open-internet', () => Promise.reject(new EgressRefused('inside'))],
      ['denied', () => got('', { status: 403 })],
      ['gone', () => got('', { status: 404 })],
      ['odd-answer', () => got('', { status: 500 })],
      ['no-calendar', () => got('<html>')],
      ['too-many-events', () => got(file(...Array.from({ length: 5_001 }, String)))],
      ['too-long', () => got(`${file('x')}${' '.repeat(1_000_000)}`)],
    ]
    const since = new Date(clock.now()).toISOString()
    for (const [failure, how] of failing) {
      answer(how)
      const { source, events } = await now()
      assert.deepEqual(
        [events, source?.failure, source?.failingSince, source?.fetchedAt],
        [1, failure, since, since],
      )
      assert.equal(await codeOf(calendars.addByAddress(home, subject, 'New', secret)), `address ${failure}`)
      clock.advance(minute)
    }
    assert.equal((await again()).list(home)[0]!.source?.failure, 'too-long', 'it is known after a start')
    assert.equal(calendars.list(home).length, 1, 'what does not answer with a calendar is not taken')
    answer(() => got('', { status: 503, retryAfterSeconds: 3 * 3_600 }))
    await pass(66 * minute)
    const before = asked.length
    await pass(2 * hour)
    assert.equal(asked.length, before, 'it is left alone for as long as it says')
  })
})

test('who named an address is told once when it has failed for a day, and again only after it has worked', async () => {
  await withSources(async ({ house, calendars, answer, notices, again }) => {
    const { home, subject, clock } = house
    const { id } = await calendars.addByAddress(home, subject, 'Bins', secret)
    const read = (of: Calendars) => of.fetchNow(home, subject, id as CalendarId)
    answer(() => got('', { status: 500 }))
    for (const ms of [0, 24 * hour - 1]) {
      clock.advance(ms)
      await read(calendars)
    }
    assert.deepEqual(notices, [])
    clock.advance(1)
    await read(calendars)
    const one = [`${subject} calendar.failing ${home}`]
    assert.deepEqual(notices, one)
    const later = await again()
    clock.advance(48 * hour)
    await read(later)
    assert.deepEqual(notices, one, 'it is known after a start')
    answer(() => got(file('Bins')))
    await read(later)
    answer(() => got('', { status: 500 }))
    await read(later)
    assert.deepEqual(notices, one, 'a day is counted anew')
    clock.advance(24 * hour)
    await read(later)
    assert.deepEqual(notices, [...one, ...one])
  })
})

test('only an https address is taken, and nobody makes this server knock without end', async () => {
  await withSources(async ({ house, calendars, asked }) => {
    const { home, subject } = house
    const add = (address: string) => codeOf(calendars.addByAddress(home, subject, 'X', address))
    assert.equal(await add('http://calendar.example.org/'), 'address not-https')
    assert.equal(await add('file:///etc/passwd'), 'address not-https')
    assert.equal(await add('my calendar'), 'address not-an-address')
    assert.equal(await add('https://me:word@calendar.example.org/'), 'address has-password')
    assert.equal(asked.length, 0)
    for (let i = 0; i < 10; i++) assert.equal(await add(secret), 'taken')
    assert.equal(await add(secret), 'auth.too-many')
    assert.equal(asked.length, 10)
  })
})

test('the address is sealed, and neither an answer nor a log has it', async () => {
  clause('pp.5.1')
  await withSources(async ({ house, calendars, answer, lines }) => {
    const { home, subject } = house
    const { id } = await calendars.addByAddress(home, subject, 'Bins', secret)
    answer(() => Promise.reject(new Error(`getaddrinfo ENOTFOUND ${asAsked}`)))
    await calendars.fetchNow(home, subject, id as CalendarId)
    const rows = await house.stores.stores.facts
      .as({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
      .selectFrom('calendar_source')
      .selectAll()
      .execute()
    assert.equal(rows.length, 1)
    assert.equal(lines.length, 1, 'that it failed is told')
    const kept = JSON.stringify([rows, lines, calendars.list(home)])
    assert.equal(/private-8fd2/.test(kept), false)
    assert.equal(/example\.org/.test(JSON.stringify([rows, lines])), false)
  })
})

test('nothing is fetched for who has left or lets their data rest, of a home that is closed, or of what is removed', async () => {
  clause('pp.4.4.c')
  await withSources(async ({ house, calendars, asked, answer, pass, told }) => {
    const { home, subject, homes } = house
    const other = newId<SubjectId>()
    await homes.keepMember(home, other, { role: 'adult', since: 0 })
    const { id } = await calendars.addByAddress(home, other, 'Theirs', secret)
    const { stops } = house.stores.stores
    stops.set(other, { restricted: true, objections: new Set() })
    await pass(3 * hour)
    await calendars.fetchNow(home, subject, id as CalendarId)
    assert.equal(asked.length, 1)
    await calendars.fetchNow(home, other, id as CalendarId)
    assert.equal(asked.length, 2, 'their own acts go on')
    stops.set(other, { restricted: false, objections: new Set() })
    await pass(67 * minute)
    assert.equal(asked.length, 3)
    homes.relations.remove(home, other)
    await calendars.settled()
    await pass(3 * hour)
    assert.equal(asked.length, 3)
    const [left] = calendars.list(home)
    assert.deepEqual([left?.events, left?.source], [1, undefined], 'what was read stays')
    await calendars.readFrom(home, subject, id as CalendarId, secret)
    // What comes while it is removed is written nowhere.
    let arrive: (got: Got) => void = () => undefined
    answer(() => new Promise((resolve) => (arrive = resolve)))
    const coming = calendars.fetchNow(home, subject, id as CalendarId)
    while (asked.length < 5) await new Promise((resolve) => setImmediate(resolve))
    await calendars.remove(home, subject, id as CalendarId)
    const before = told.length
    arrive(got('', { status: 500 }))
    await assert.rejects(coming, (error) => hasCode(error, 'auth.not-found'))
    assert.deepEqual([calendars.list(home), told.length], [[], before])
    const rows = house.stores.stores.facts.as({
      scope: { home },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
    for (const table of ['home_calendar', 'calendar_source'] as const)
      assert.deepEqual(await rows.selectFrom(table).selectAll().execute(), [], table)
    answer(() => got(file('Bins')))
    const { id: last } = await calendars.addByAddress(home, subject, 'Bins', secret)
    // What is under way ends with the home.
    answer(
      ({ signal }) =>
        new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new Error('ended')))),
    )
    const ending = calendars.fetchNow(home, subject, last as CalendarId)
    while (asked.length < 7) await new Promise((resolve) => setImmediate(resolve))
    await homes.remove(home, subject)
    await assert.rejects(ending, (error) => hasCode(error, 'auth.not-found'))
    await pass(3 * hour)
    assert.equal(asked.length, 7)
  })
})

test('a home with many is spread, one after another', async () => {
  await withSources(async ({ house, calendars, asked, answer, pass }) => {
    const { home, subject } = house
    for (let i = 0; i < 5; i++) await calendars.addByAddress(home, subject, `C${i}`, secret)
    let open = 0
    let most = 0
    answer(async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setImmediate(resolve))
      open--
      return got(file('Bins'))
    })
    await pass(66 * minute)
    assert.deepEqual([asked.length, most], [10, 1])
    const [first, second] = calendars.list(home).map((each) => each.id as CalendarId)
    await Promise.all([first!, second!].map((id) => calendars.fetchNow(home, subject, id)))
    assert.deepEqual([asked.length, most], [12, 1], 'also where people ask at once')
    // One that takes long is not asked once more meanwhile, and keeps the others waiting.
    let release: () => void = () => undefined
    answer(() => new Promise((resolve) => (release = () => resolve(got(file('Bins'))))))
    house.advance(75 * minute)
    while (asked.length < 13) await new Promise((resolve) => setImmediate(resolve))
    answer(() => got(file('Bins')))
    release()
    await calendars.settled()
    assert.equal(asked.length, 17)
  })
})
