// Catches an inbox that shows one person's notices to another, keeps words in the open, loses a notice, leads to another place than it is about, or lets a storm out of the house.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  newId,
  type AutomationId,
  type DeviceId,
  type HomeId,
  type NoticeKind,
  type RunId,
  type SubjectId,
} from '@eaves/model'
import { clause } from '@eaves/policy'
import { asSignIn, setVerified } from '../people/store.ts'
import { onBothDialects, storedBytes, type TestClock } from '../store/testing.ts'
import { inHall, withHouse } from '../automations/testing.ts'
import { failedRunOf } from './inbox-store.ts'
import type { NoticeFacts } from './notifications.ts'
import { goesOut, isQuiet } from './rules.ts'
import { asNotices, asSelf } from './store.ts'
import { browser, double, open, refused } from './testing/push-double.ts'

const home = newId<HomeId>()
const automation = newId<AutomationId>()

onBothDialects(
  'what an automation says stands in the inbox of whom it was told, sealed, and of nobody else',
  async (at, dialect) => {
    clause('pp.5.1')
    const t = await open(at)
    const { subject } = await t.claimed()
    const text = 'The canary sings in the cellar'
    t.notices.tell(subject, 'automation.says', { home, automation, text })
    t.notices.tell(subject, 'invitation.accepted', { home })
    await t.notices.settled()
    const { notices, unread } = await t.notices.inbox.list(subject, undefined)
    assert.deepEqual([unread, await t.notices.inbox.unread(subject)], [2, 2])
    const said = notices.find(({ kind }) => kind === 'automation.says')
    assert.deepEqual(
      [said?.text, said?.home, said?.automation, said?.isSeen],
      [text, home, automation, false],
    )
    const rows = await asSelf(at.stores.facts, subject).selectFrom('inbox').selectAll().execute()
    assert.ok(rows.every(({ words }) => words === null || !words.includes('canary')))
    if (dialect === 'sqlite') assert.ok(!storedBytes(at).includes('canary sings'))
    const stranger = newId<SubjectId>()
    await at.stores.vault.createKey({ subject: stranger })
    assert.deepEqual(await t.notices.inbox.list(stranger, undefined), { notices: [], unread: 0 })
    await t.notices.inbox.seen(stranger, { upTo: new Date(at.options.clock.now()).toISOString() })
    assert.equal(await t.notices.inbox.unread(subject), 2)
    await t.notices.inbox.seen(subject, { upTo: new Date(at.options.clock.now()).toISOString() })
    assert.equal(await t.notices.inbox.unread(subject), 0)
    await assert.rejects(t.notices.inbox.seen(subject, { upTo: 'yesterday' }), refused('input.invalid'))
  },
)

onBothDialects(
  'ten thousand times the same is one notice with a count, one push, and unseen again',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
    for (let i = 0; i < 10_000; i++)
      t.notices.tell(subject, 'automation.says', { home, automation, text: 'The door is open' })
    await t.notices.settled()
    const { notices } = await t.notices.inbox.list(subject, undefined)
    assert.deepEqual(
      notices.map(({ times, isSeen }) => [times, isSeen]),
      [[10_000, false]],
    )
    assert.equal(double.caught.length, 1)
    ;(at.options.clock as TestClock).advance(10 * 60_000)
    t.notices.tell(subject, 'automation.says', { home, automation, text: 'The door is open' })
    await t.notices.settled()
    assert.deepEqual([(await t.notices.inbox.list(subject, undefined)).unread, double.caught.length], [2, 2])
  },
)

onBothDialects(
  'no storm leaves the house: past its budget a notice stands in the inbox alone',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    await setVerified(asSignIn(at.stores.facts, 'service.core'), subject, 'email', 1)
    for (let i = 0; i < 60; i++) t.notices.tell(subject, 'danger.smoke', { home })
    await t.notices.settled()
    assert.equal(t.mailed.length, 10)
    // What the texts promise to tell is told all the same.
    t.notices.tell(subject, 'staff.looked')
    await t.notices.settled()
    assert.equal(t.mailed.length, 11)
    await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
    for (let i = 0; i < 400; i++)
      t.notices.tell(subject, 'automation.says', { home, automation, text: `Number ${i}` })
    await t.notices.settled()
    assert.equal(double.caught.length, 30)
    const rows = await asSelf(at.stores.facts, subject).selectFrom('inbox').select('kind').execute()
    assert.equal(rows.filter(({ kind }) => kind === 'danger.smoke').length, 60)
    assert.equal(rows.filter(({ kind }) => kind === 'automation.says').length, 300)
  },
)

onBothDialects(
  'what waits for the morning or was wished for the inbox alone goes to no browser, a danger does',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
    assert.deepEqual(await t.notices.rules(subject), { inboxOnly: [], dangersWait: false })
    const hour = new Date(at.options.clock.now()).getUTCHours()
    const wall = (h: number) => `${String((h + 24) % 24).padStart(2, '0')}:00`
    const quiet = { from: wall(hour - 1), to: wall(hour + 1) }
    await t.notices.setRules(subject, { inboxOnly: [], quiet, dangersWait: false })
    t.notices.tell(subject, 'battery.low', { home })
    await t.notices.settled()
    assert.equal(double.caught.length, 0)
    t.notices.tell(subject, 'danger.leak', { home })
    await t.notices.settled()
    assert.equal(double.caught.length, 1)
    const rules = { inboxOnly: ['battery.low' as const], dangersWait: false }
    await t.notices.setRules(subject, rules)
    assert.deepEqual(await t.notices.rules(subject), rules)
    t.notices.tell(subject, 'battery.low', { home })
    t.notices.tell(subject, 'left.open', { home })
    await t.notices.settled()
    assert.equal(double.caught.length, 2)
    assert.equal((await t.notices.inbox.list(subject, undefined)).notices.length, 4)
  },
)

onBothDialects('a push leads by ids alone, and what was pressed is seen of its kind alone', async (at) => {
  clause('pp.2.2.3')
  const t = await open(at)
  const { subject } = await t.claimed()
  const phone = browser()
  await t.notices.subscribe({ subject, session: await t.signIn(subject) }, phone.wish)
  const [device, other] = [newId<DeviceId>(), newId<DeviceId>()]
  const run = newId<RunId>()
  const pushed = async (kind: Exclude<NoticeKind, 'test'>, about: NoticeFacts) => {
    t.notices.tell(subject, kind, about)
    await t.notices.settled()
    const {
      kind: _kind,
      id: _id,
      at: _at,
      title: _title,
      body: _body,
      ...ids
    } = phone.read(double.caught.at(-1)!.body)
    return ids
  }
  assert.deepEqual(await pushed('battery.low', { home, devices: [device] }), { home, device })
  assert.deepEqual(await pushed('left.open', { home, devices: [device, other] }), { home })
  assert.deepEqual(await pushed('danger.smoke', { home, devices: [device], count: 2 }), { home })
  const failed = { home, automation, run }
  assert.deepEqual(await pushed('automation.failed', failed), failed)
  const upTo = new Date(at.options.clock.now()).toISOString()
  await t.notices.inbox.seen(subject, { upTo, kind: 'battery.low', home: newId() })
  assert.equal(await t.notices.inbox.unread(subject), 4)
  await t.notices.inbox.seen(subject, { upTo, kind: 'battery.low', home })
  const { notices } = await t.notices.inbox.list(subject, undefined)
  assert.deepEqual(
    notices.filter(({ isSeen }) => isSeen).map(({ kind }) => kind),
    ['battery.low'],
  )
})

test('an automation that failed leads to the run that did, not to one after it', async () => {
  await withHouse(async ({ house, make, sensor, lamp, occupied, runs, advance, automations }) => {
    const made = await make({
      name: 'Hall',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' }],
    })
    const turn = async () => {
      advance(1_000)
      occupied(false)
      occupied(true)
      const { command } = house.driver.of('command').at(-1)!
      house.driver.say({ t: 'refused', command, code: 'device.rejected' })
      await automations.settle(house.home)
      return house.clock.now()
    }
    const handle = asNotices(house.stores.stores.facts)
    const about = { home: house.home, automation: made }
    assert.equal(await failedRunOf(handle, { ...about, at: house.clock.now() }), undefined)
    const first = await turn()
    const [run] = await runs(made)
    assert.equal(run?.result, 'failed')
    occupied(false)
    advance(60 * 60_000)
    await turn()
    assert.equal(await failedRunOf(handle, { ...about, at: first }), run?.id)
    assert.equal(await failedRunOf(handle, { ...about, home: newId<HomeId>(), at: first }), undefined)
  })
})

test('quiet hours run by the clocks of the home, over midnight and through the change of clocks', () => {
  const night = { inboxOnly: [], quiet: { from: '22:00', to: '07:00' }, dangersWait: false }
  const at = (text: string) => Date.parse(text)
  assert.equal(isQuiet(night, 'Europe/Berlin', at('2026-01-05T20:59:00Z')), false)
  assert.equal(isQuiet(night, 'Europe/Berlin', at('2026-01-05T21:00:00Z')), true)
  assert.equal(isQuiet(night, 'Europe/Berlin', at('2026-07-05T20:00:00Z')), true)
  assert.equal(isQuiet(night, 'Europe/Berlin', at('2026-01-06T05:59:00Z')), true)
  assert.equal(isQuiet(night, 'Europe/Berlin', at('2026-01-06T06:00:00Z')), false)
  assert.equal(isQuiet(night, 'Asia/Shanghai', at('2026-01-05T14:00:00Z')), true)
  const noon = { ...night, quiet: { from: '12:00', to: '14:00' } }
  assert.deepEqual(
    ['11:59', '12:00', '13:59', '14:00'].map((wall) => isQuiet(noon, 'UTC', at(`2026-01-05T${wall}:00Z`))),
    [false, true, true, false],
  )
  const deep = at('2026-01-05T23:00:00Z')
  assert.equal(goesOut(night, 'danger.gas', 'UTC', deep), true)
  assert.equal(goesOut({ ...night, dangersWait: true }, 'danger.gas', 'UTC', deep), false)
  assert.equal(goesOut(night, 'sign-in.new', 'UTC', deep), true)
})
