// Catches an event that is found on another day or hour than its calendar says, and a file that keeps the server busy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostEvents, NoCalendar, readCalendar, TooManyEvents } from './events.ts'
import { CalendarSight } from './sight.ts'

const berlin = 'Europe/Berlin'
const file = (...events: string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map((each) => `BEGIN:VEVENT\r\nUID:${each.length}\r\n${each}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`
const sight = (...events: string[]): CalendarSight =>
  new CalendarSight(readCalendar(file(...events)), () => berlin)
const at = (text: string): number => Date.parse(text)
/** Starts within a span, as the wall of Berlin does not show them: in UTC. */
const starts = (from: string, to: string, ...events: string[]): string[] =>
  sight(...events)
    .between(at(`${from}T00:00:00Z`), at(`${to}T00:00:00Z`))
    .map(({ start }) => new Date(start).toISOString().slice(0, 16))

test('events come again as their rule says', () => {
  const day = 'SUMMARY:x\r\nDTSTART:20260105T080000Z\r\nDTEND:20260105T090000Z\r\n'
  const every = (rule: string, from = '2026-01-01', to = '2026-02-01'): string =>
    starts(from, to, `${day}RRULE:${rule}`)
      .map((each) => each.slice(5, 10))
      .join(' ')
  assert.equal(every('FREQ=DAILY;INTERVAL=10'), '01-05 01-15 01-25')
  assert.equal(every('FREQ=DAILY;COUNT=2'), '01-05 01-06')
  assert.equal(every('FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20260116T080000Z'), '01-05 01-09 01-12 01-16')
  assert.equal(every('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU'), '01-18')
  assert.equal(every('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU'), '01-11 01-25')
  assert.equal(every('FREQ=MONTHLY;BYMONTHDAY=-1,15'), '01-15 01-31')
  assert.equal(every('FREQ=MONTHLY;BYDAY=2TU,-1FR'), '01-13 01-30')
  assert.equal(every('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-05-01', '2026-06-01'), '05-29')
  assert.equal(every('FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2030-01-01', '2031-01-01'), '11-28')
  const leap = 'SUMMARY:x\r\nDTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY'
  assert.deepEqual(starts('2025-01-01', '2029-01-01', leap), ['2028-02-28T23:00'])
  const long = 'SUMMARY:x\r\nDTSTART;VALUE=DATE:20260131\r\nRRULE:FREQ=MONTHLY'
  assert.deepEqual(starts('2026-02-01', '2026-05-01', long), ['2026-03-30T22:00'])
})

test('what stands on the wall stays there when the clocks change, whatever zone it is of', () => {
  const weekly = (time: string): string => `SUMMARY:x\r\nDTSTART${time}\r\nRRULE:FREQ=WEEKLY`
  assert.deepEqual(starts('2026-03-20', '2026-04-05', weekly(';TZID=Europe/Berlin:20260323T090000')), [
    '2026-03-23T08:00',
    '2026-03-30T07:00',
  ])
  assert.deepEqual(starts('2026-03-23', '2026-03-31', weekly(':20260323T090000')), [
    '2026-03-23T08:00',
    '2026-03-30T07:00',
  ])
  assert.deepEqual(starts('2026-03-23', '2026-03-31', weekly(';TZID="America/New_York":20260323T090000')), [
    '2026-03-23T13:00',
    '2026-03-30T13:00',
  ])
  const whole = sight('SUMMARY:Holiday\r\nDTSTART;VALUE=DATE:20260329\r\nDTEND;VALUE=DATE:20260330')
  assert.equal(whole.isDuring(at('2026-03-28T22:59:59Z')), false)
  assert.equal(whole.isDuring(at('2026-03-28T23:00:00Z')), true)
  assert.equal(whole.isDuring(at('2026-03-29T21:59:59Z')), true)
  assert.equal(whole.isDuring(at('2026-03-29T22:00:00Z')), false)
  assert.equal(whole.isDuring(at('2026-03-29T12:00:00Z'), 'holi'), true)
  assert.equal(whole.isDuring(at('2026-03-29T12:00:00Z'), 'work'), false)
})

test('a turn that was moved, left out or called off is where it was put, and a title is what it says', () => {
  const all = sight(
    'SUMMARY:Class\\, with\r\n  friends\r\nDTSTART:20260105T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4\r\nEXDATE:20260106T080000Z'.replace(
      'UID',
      '',
    ),
  )
  const [first] = all.between(at('2026-01-01T00:00Z'), at('2026-02-01T00:00Z'))
  assert.deepEqual([first!.title, first!.end - first!.start], ['Class, with friends', 3_600_000])
  const text = `BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
SUMMARY:Class
DTSTART:20260105T080000Z
RRULE:FREQ=DAILY;COUNT=4
EXDATE:20260106T080000Z
BEGIN:VALARM
TRIGGER:-PT15M
DTSTART:19700101T000000Z
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID:20260107T080000Z
SUMMARY:Class, later
DTSTART:20260107T100000Z
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID:20260108T080000Z
STATUS:CANCELLED
DTSTART:20260108T080000Z
END:VEVENT
END:VCALENDAR`
  const moved = new CalendarSight(readCalendar(text), () => berlin)
  assert.deepEqual(
    moved
      .between(at('2026-01-01T00:00Z'), at('2026-02-01T00:00Z'))
      .map(({ start, title }) => [new Date(start).toISOString().slice(5, 13), title]),
    [
      ['01-05T08', 'Class'],
      ['01-07T10', 'Class, later'],
    ],
  )
  assert.deepEqual(moved.next('start', at('2026-01-05T08:00Z')), {
    at: at('2026-01-07T10:00Z'),
    title: 'Class, later',
  })
})

test('what cannot be understood is counted and harms nothing; what is no calendar, or too much of one, is refused', () => {
  const { events, unread } = readCalendar(
    file(
      'SUMMARY:no such day\r\nDTSTART;VALUE=DATE:20260230',
      'SUMMARY:each second\r\nDTSTART:20260105T080000Z\r\nRRULE:FREQ=SECONDLY',
      'SUMMARY:backwards\r\nDTSTART:20260105T080000Z\r\nDTEND:20260104T080000Z',
      'SUMMARY:of a week of the year\r\nDTSTART:20260105T080000Z\r\nRRULE:FREQ=YEARLY;BYWEEKNO=3',
      'SUMMARY:fine\r\nDTSTART:20260105T080000Z',
    ),
  )
  assert.deepEqual([events.map(({ title }) => title), unread], [['fine'], 4])
  assert.throws(() => readCalendar('<html>'), NoCalendar)
  const many = Array.from({ length: mostEvents + 1 }, () => 'DTSTART:20260105T080000Z')
  assert.throws(() => readCalendar(file(...many)), TooManyEvents)
})

test('a file of a hundred thousand events, and five thousand that come every day, are seen to within a second', (t) => {
  const began = process.cpuUsage()
  const spent = (): number => process.cpuUsage(began).user / 1_000
  const hundred = Array.from({ length: 100_000 }, () => 'DTSTART:20260105T080000Z')
  assert.throws(() => readCalendar(file(...hundred)), TooManyEvents)
  const daily = Array.from(
    { length: mostEvents },
    (_, i) => `SUMMARY:n${i}\r\nDTSTART:19000105T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY`,
  )
  const hostile = sight(
    ...daily.slice(1),
    'SUMMARY:never\r\nDTSTART:19000105T080000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  )
  assert.equal(hostile.isDuring(at('2026-05-05T08:30:00Z')), true)
  assert.equal(hostile.next('start', at('2026-05-05T08:30:00Z'))?.at, at('2026-05-06T08:00:00Z'))
  assert.equal(hostile.next('start', at('2026-05-05T08:30:00Z'), 'never'), undefined)
  for (let i = 0; i < 1_000; i++) hostile.isDuring(at('2026-05-05T08:30:00Z'), 'n4999')
  const counted = Array.from(
    { length: 400 },
    () => 'DTSTART:19000105T080000Z\r\nRRULE:FREQ=DAILY;COUNT=10000;BYMONTH=2;BYMONTHDAY=30',
  )
  assert.equal(sight(...counted).isWithinBounds(at('2026-05-05T00:00:00Z')), false)
  assert.equal(hostile.isWithinBounds(at('2026-05-05T00:00:00Z')), true)
  const never = Array.from(
    { length: mostEvents },
    () => 'DTSTART:19000105T080000Z\r\nRRULE:FREQ=YEARLY;COUNT=10000;BYMONTH=2;BYMONTHDAY=30',
  )
  assert.equal(sight(...never).isWithinBounds(at('2026-05-05T00:00:00Z')), false)
  t.diagnostic(`${spent().toFixed(0)} ms`)
  assert.ok(spent() < 5_000)
})

test('events that share one id, an event of many lines and a zone in many spellings cost no more than others', (t) => {
  const began = process.cpuUsage()
  const shared = (masters: number, moved: number): string =>
    file(
      ...Array.from(
        { length: masters },
        () => 'DTSTART;TZID=Europe/Berlin:20200101T080000\r\nRRULE:FREQ=YEARLY',
      ),
      ...Array.from(
        { length: moved },
        (_, i) => `DTSTART:20200101T080000Z\r\nRECURRENCE-ID:${20200101 + (i % 28)}T080000Z`,
      ),
    ).replaceAll(/^UID:\d+/gm, 'UID:a')
  assert.throws(() => readCalendar(shared(2_500, 2_500)), TooManyEvents)
  assert.equal(readCalendar(shared(1, 4_000)).events.length, 4_001)
  const dates = `RDATE:${Array.from({ length: 900 }, () => '20260105T080000Z').join(',')}`
  assert.throws(
    () => readCalendar(file(...Array.from({ length: 40 }, () => `DTSTART:20260105T080000Z\r\n${dates}`))),
    TooManyEvents,
  )
  const { events } = readCalendar(
    file(`SUMMARY:long\r\n${'X:1\r\n'.repeat(150_000)}DTSTART;TZID=europe/BERLIN:20260105T080000`),
  )
  assert.deepEqual([events.length, events[0]?.start.zone], [1, 'Europe/Berlin'])
  const spent = process.cpuUsage(began).user / 1_000
  t.diagnostic(`${spent.toFixed(0)} ms`)
  assert.ok(spent < 2_500)
})
