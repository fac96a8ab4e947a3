// Catches a question that nobody gets, an answer that leads the wrong way or that a child gives, and a run that waits for ever.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError, newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { written, inHall, lit, seen, withHouse, type Setting } from './testing.ts'

const asks = ({ sensor, lamp }: Setting, more: object = {}) => ({
  name: 'Ask',
  triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
  actions: [
    {
      kind: 'ask',
      to: 'everybody',
      text: 'Light in the hall?',
      answers: [
        { label: 'Yes', then: [lit(lamp)] },
        { label: 'No', then: [] },
      ],
      timeoutSeconds: 600,
      otherwise: [lit(lamp, 'turnOff')],
      ...more,
    },
  ],
})
const answer = ({ told, hearing }: Setting, label: string): void => {
  const { question } = told.at(-1)!
  hearing.get(question!.id)!(question!.answers.find((each) => each.label === label)!.id)
}

test('a run waits for an answer and goes its way; without one it goes the other', async () => {
  await withHouse(async (setting) => {
    const { make, runs, sent, occupied, advance, told, hearing } = setting
    const id = await make(asks(setting))
    occupied(true)
    advance(0)
    assert.deepEqual(
      told.map(({ text, question }) => [text, question?.answers.map(({ label }) => label)]),
      [['Light in the hall?', ['Yes', 'No']]],
    )
    advance(599_000)
    assert.deepEqual(sent(), [])
    answer(setting, 'Yes')
    advance(0)
    assert.deepEqual(sent(), ['turnOn'])
    const [run] = await runs(id)
    assert.deepEqual(run?.steps.find(({ at }) => at === 'actions/0')?.seen, 'Yes')
    assert.ok(run?.steps.some(({ at }) => at === 'actions/0/answers/0/then/0'))
    for (const label of ['No', undefined]) {
      occupied(false)
      occupied(true)
      advance(0)
      if (label === undefined) advance(600_000)
      else answer(setting, label)
      advance(0)
      assert.equal(hearing.size, 0)
    }
    assert.deepEqual(sent(), ['turnOn', 'turnOff'])
    assert.ok((await runs(id)).some((each) => seen(each).includes('actions/0 timed-out')))
  })
})

test('only those are asked who could arrange it themselves, and an author without rights has nothing done', async () => {
  clause('pp.5.1')
  await withHouse(async (setting) => {
    const { house, make, sent, occupied, advance, told, hearing } = setting
    const { homes, home, subject } = house
    const [adult, child, guest] = [newId<SubjectId>(), newId<SubjectId>(), newId<SubjectId>()]
    homes.relations.set(home, adult, { role: 'adult', since: 0 })
    homes.relations.set(home, child, { role: 'child', since: 0, guardian: subject })
    homes.relations.set(home, guest, { role: 'guest', since: 0 })
    await make(asks(setting))
    occupied(true)
    advance(0)
    assert.deepEqual(new Set(told.map((each) => each.subject)), new Set([subject, adult]))
    const hear = hearing.get(told[0]!.question!.id)!
    homes.relations.set(home, subject, { role: 'guest', since: 0 })
    hear('0')
    advance(1_000)
    assert.deepEqual([sent(), hearing.size], [[], 0])
  })
})

test('tried or replayed it says that it would ask, asks nobody, and goes on as without an answer', async () => {
  await withHouse(async (setting) => {
    const { house, automations, occupied, told, hearing, advance } = setting
    const { home, subject } = house
    const automation = written(asks(setting))
    const tried = automations.dryRun(home, subject, { automation })
    assert.deepEqual(
      tried.would.map(({ kind, answers, command }) => [kind, answers ?? command]),
      [
        ['ask', ['Yes', 'No']],
        ['command', 'turnOff'],
      ],
    )
    assert.equal(tried.steps.find(({ at }) => at === 'actions/0')?.code, 'automation.not-asked')
    occupied(true)
    advance(60_000)
    const past = await automations.replay(home, subject, 1, { automation })
    assert.deepEqual([past.times, past.unknown], [1, ['actions/0', 'holds']])
    assert.deepEqual(
      past.runs[0]?.would.map(({ kind }) => kind),
      ['ask', 'command'],
    )
    assert.deepEqual([told.length, hearing.size], [0, 0])
  })
})

test('every way is looked over: what is missing is refused by its place, and a person’s yes guards a door', async () => {
  await withHouse(async (setting) => {
    const { house, automations, lock } = setting
    const { home, subject } = house
    const unlock = { kind: 'command', device: lock, capability: 'lock', command: 'unlock' }
    const gone = { ...unlock, device: newId() }
    const ways = (then: object, otherwise: object[]) =>
      written(asks(setting, { answers: [{ label: 'Yes', then: [then] }], otherwise }))
    assert.throws(
      () => automations.check(home, subject, ways(gone, [gone])),
      (error: unknown) =>
        error instanceof AppError &&
        error.errors?.map(({ path }) => path).join() ===
          'actions.0.answers.0.then.0.device,actions.0.otherwise.0.device',
    )
    const codes = async (then: object, otherwise: object[]) =>
      (await automations.checks(home, subject, { automation: ways(then, otherwise) })).map(
        ({ code, at }) => `${code} ${at}`,
      )
    const delay = { kind: 'delay', seconds: 1 }
    assert.deepEqual(
      (await codes(unlock, [delay])).filter((each) => each.startsWith('unguarded')),
      [],
    )
    assert.ok((await codes(delay, [unlock])).includes('unguarded actions/0/otherwise/0'))
  })
})
