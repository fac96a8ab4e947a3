// Catches a second answer that counts, one of somebody who was not asked, and a notice that comes again after it was seen or without end.
import assert from 'node:assert/strict'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import type { InboxNotice } from '@eaves/model/api'
import { asSignIn, setVerified } from '../people/store.ts'
import { onBothDialects, type TestClock, type TestStores } from '../store/testing.ts'
import { asNotices } from './store.ts'
import { browser, double, open, refused, type World } from './testing/push-double.ts'

const home = newId<HomeId>()
const answers = [
  { id: 'yes', label: 'Canary yes' },
  { id: 'no', label: 'No' },
]
const minute = 60_000

/** Somebody more, as the store knows them. */
async function another(at: TestStores): Promise<SubjectId> {
  const subject = newId<SubjectId>()
  await at.stores.vault.createKey({ subject })
  const handle = asNotices(at.stores.facts)
  const [row] = await handle.selectFrom('account').selectAll().execute()
  await handle
    .insertInto('account')
    .values({ ...row!, subject, email: null, phone: null })
    .execute()
  return subject
}
const only = async ({ notices }: World, subject: SubjectId): Promise<InboxNotice['question']> =>
  (await notices.inbox.list(subject, undefined)).notices[0]?.question

onBothDialects('the first answer counts, and each who was told sees who gave which', async (at) => {
  const t = await open(at)
  const { subject } = await t.claimed()
  const [other, stranger] = [await another(at), newId<SubjectId>()]
  await at.stores.vault.createKey({ subject: stranger })
  await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
  const heard: string[] = []
  const question = t.notices.questions.open(home, answers, { ms: minute, hear: (each) => heard.push(each) })
  for (const each of [subject, other])
    t.notices.tell(each, 'automation.says', { home, text: 'Shut the door?', question })
  await t.notices.settled()
  assert.deepEqual(await only(t, other), { id: question.id, answers, isOpen: true })
  const rows = await asNotices(at.stores.facts).selectFrom('inbox').select('answers').execute()
  assert.ok(rows.length === 2 && rows.every((each) => !String(each.answers).includes('Canary')))
  const say = (who: SubjectId, answer: string) => t.notices.questions.answer(who, question.id, answer)
  await assert.rejects(say(stranger, 'yes'), refused('auth.not-found'))
  await assert.rejects(say(other, 'perhaps'), refused('input.invalid'))
  const both = await Promise.allSettled([say(other, 'yes'), say(subject, 'no')])
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(say(subject, 'no'), refused('notice.answered'))
  const [mine, theirs] = [await only(t, other), await only(t, subject)]
  assert.equal(heard.length, 1)
  assert.deepEqual([mine?.answer?.id, theirs?.answer?.id], [heard[0], heard[0]])
  assert.notEqual(mine?.answer?.isMine, theirs?.answer?.isMine)
  assert.deepEqual([mine?.isOpen, mine?.answer?.by], [false, theirs?.answer?.by])
})

onBothDialects('what nobody waits for any more cannot be answered, over a restart too', async (at) => {
  const t = await open(at)
  const { subject } = await t.claimed()
  const hear = () => assert.fail('nobody waits')
  const ask = async () => {
    const question = t.notices.questions.open(home, answers, { ms: minute, hear })
    t.notices.tell(subject, 'automation.says', { home, text: 'Still?', question })
    await t.notices.settled()
    return question
  }
  const closed = await ask()
  t.notices.questions.close(home, closed)
  await assert.rejects(t.notices.questions.answer(subject, closed.id, 'yes'), refused('notice.closed'))
  const before = await ask()
  const again = await open(at)
  assert.equal(
    (await again.notices.inbox.list(subject, undefined)).notices.some((each) => each.question?.isOpen),
    false,
  )
  await assert.rejects(again.notices.questions.answer(subject, before.id, 'yes'), refused('notice.closed'))
})

onBothDialects(
  'a notice comes again until it is seen, answered or over, and five times at most',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    const clock = at.options.clock as TestClock
    await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
    const pushed = async (minutes: number): Promise<number> => {
      const before = double.caught.length
      for (let i = 0; i < minutes; i++) {
        clock.advance(minute)
        await t.notices.repeat()
      }
      return double.caught.length - before
    }
    const tell = async (more: object, kind: 'automation.says' | 'danger.leak' = 'automation.says') => {
      clock.advance(1)
      t.notices.tell(subject, kind, { home, ...more })
      await t.notices.settled()
    }
    await tell({ text: 'Once' })
    assert.equal(await pushed(60), 0)
    await tell({ text: 'Often', againMinutes: 10 })
    assert.deepEqual([await pushed(9), await pushed(1), await pushed(200)], [0, 1, 4])
    await tell({ text: 'Seen', againMinutes: 10 })
    assert.equal(await pushed(10), 1)
    await t.notices.inbox.seen(subject, { upTo: new Date(clock.now()).toISOString() })
    assert.equal(await pushed(60), 0)
    const question = t.notices.questions.open(home, answers)
    await tell({ text: 'Asked', againMinutes: 10, question })
    assert.equal(await pushed(10), 1)
    await t.notices.questions.answer(subject, question.id, 'no')
    assert.equal(await pushed(60), 0)
    await tell({}, 'danger.leak')
    assert.equal(await pushed(5), 1)
    await asNotices(at.stores.facts).updateTable('inbox').set({ over_at: clock.now() }).execute()
    assert.equal(await pushed(60), 0)
  },
)

onBothDialects(
  'ten thousand triggers, each told again, send no more text messages than a day allows',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    const clock = at.options.clock as TestClock
    const handle = asNotices(at.stores.facts)
    const phone = await handle.sealFor({ subject }, 'account', 'phone', subject, '+4915112345678')
    await handle.updateTable('account').set({ phone }).where('subject', '=', subject).execute()
    await setVerified(asSignIn(at.stores.facts, 'service.core'), subject, 'phone', 1)
    for (let i = 0; i < 10_000; i++) {
      t.notices.tell(subject, 'automation.says', { home, text: `Again ${i % 20}`, againMinutes: 5 })
      if (i % 500 === 0) t.notices.tell(subject, 'danger.leak', { home, at: clock.now() + i })
    }
    await t.notices.settled()
    for (let i = 0; i < 30; i++) {
      clock.advance(minute)
      await t.notices.repeat()
    }
    await t.notices.settled()
    assert.ok(t.mailed.every(({ to }) => to.kind === 'phone'))
    assert.equal(t.mailed.length, 10)
  },
)
