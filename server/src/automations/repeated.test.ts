// Catches a wish that is waited for as often as it is asked, one that is taken for done without a word, and a lamp whose silence nobody is told of.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AutomationId } from '@eaves/model'
import { inHall, lit, withHouse, type Setting } from './testing.ts'

const byMotion = ({ make, sensor, lamp }: Setting) =>
  make({
    name: 'Hall',
    mode: 'parallel',
    triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
    actions: [lit(lamp)],
  })
const move = ({ occupied }: Setting): void => {
  occupied(false)
  occupied(true)
}
/** Outcome and code of each run's command, the oldest run first. */
const told = async ({ runs }: Setting, id: AutomationId) =>
  (await runs(id))
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ steps }) => steps.find(({ at }) => at === 'actions/0'))
    .map((step) => [step?.outcome, step?.code, step?.tookMs === undefined ? 'unknown' : 'known'])

test('the same wish again takes the place of the one before, whose run says so; the answer is the last one’s', async () => {
  await withHouse(async (setting) => {
    const { advance, sent, house } = setting
    const id = await byMotion(setting)
    move(setting)
    advance(200)
    move(setting)
    assert.deepEqual(sent(), ['turnOn', 'turnOn'])
    house.driver.say({ t: 'r', v: [20, true] })
    assert.deepEqual(await told(setting, id), [
      ['done', 'device.superseded', 'unknown'],
      ['done', undefined, 'known'],
    ])
  })
})

test('who asks again and again for longer than a second is told that nothing answers', async () => {
  await withHouse(async (setting) => {
    const { advance } = setting
    const id = await byMotion(setting)
    for (let n = 0; n < 8; n++) {
      move(setting)
      advance(300)
    }
    advance(5_001)
    const all = await told(setting, id)
    // At 0, 300, 600 and 900 ms it is one wish; at 1,200 ms another begins.
    assert.deepEqual(
      all.map(([outcome, code]) => (outcome === 'failed' ? code : 'given way')),
      [
        ...Array<string>(3).fill('given way'),
        'device.timed-out',
        ...Array<string>(3).fill('given way'),
        'device.timed-out',
      ],
    )
  })
})

test('another wish of the same lamp is no repetition', async () => {
  await withHouse(async (setting) => {
    const { make, sensor, lamp, sent, house } = setting
    const level = (percent: number) => ({
      kind: 'command',
      device: lamp,
      capability: 'level',
      command: 'setLevel',
      args: { percent },
    })
    const id = await make({
      name: 'Evening',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [lit(lamp), level(40)],
    })
    move(setting)
    assert.deepEqual(sent(), ['turnOn', 'setLevel'])
    house.driver.say({ t: 'r', v: [20, true, 21, 40] })
    assert.deepEqual(
      (await setting.runs(id))[0]!.steps.filter(({ at }) => at.startsWith('actions')).map(({ code }) => code),
      [undefined, undefined],
    )
  })
})

test('what a newer wish contradicts has failed, also within a moment', async () => {
  await withHouse(async (setting) => {
    const { make, sensor, lamp, house } = setting
    const id = await make({
      name: 'Blink',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [lit(lamp), lit(lamp, 'turnOff')],
    })
    move(setting)
    house.driver.say({ t: 'r', v: [20, false] })
    assert.deepEqual(
      (await setting.runs(id))[0]!.steps
        .filter(({ at }) => at.startsWith('actions'))
        .map(({ outcome, code }) => [outcome, code]),
      [
        ['failed', 'device.superseded'],
        ['done', undefined],
      ],
    )
  })
})
