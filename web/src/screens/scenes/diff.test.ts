// Catches a version of a scene that differs without a word of it, in either language.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SceneSetting } from '@eaves/model/api'
import { openInLanguage, type InLanguage } from '../../testing/in-language.ts'
import type { Called, Reading } from './diff.ts'

const setting = (device: string, percent: number, part = 'main'): SceneSetting => ({
  device,
  part,
  capability: 'level',
  values: { percent },
})
const one: Reading = {
  name: 'Evening',
  icon: 'moon',
  room: null,
  transitionSeconds: null,
  settings: [setting('a', 40), setting('b', 10)],
}
const names: Readonly<Record<string, string>> = { a: 'Lamp', b: 'Desk', hall: 'Hall' }
const called: Called = { device: (id) => names[id], room: (id) => names[id] }
const all: Reading = {
  name: 'Night',
  icon: 'sun',
  room: 'hall',
  transitionSeconds: 60,
  settings: [{ ...setting('a', 20), transitionSeconds: 2.5 }, setting('gone', 5)],
}

describe('what differs between two versions of a scene, in words', () => {
  let words: InLanguage
  let module: typeof import('./diff.ts')
  before(async () => {
    words = await openInLanguage()
    module = await words.load('/src/screens/scenes/diff.ts')
  })
  after(() => words?.close())

  test('each difference is a sentence, what is gone too; the same is none', async () => {
    await words.speak('en')
    const { changesBetween } = module
    assert.deepEqual(changesBetween(one, one, called), [])
    assert.deepEqual(changesBetween(one, all, called), [
      'Called “Night”, before “Evening”',
      'Another icon',
      'Room: Hall',
      'Fades over: 1\u00a0min',
      'Lamp: 20%, over 2.5\u00a0s, before 40%',
      'Taken out: Desk (10%)',
      'Added: a device that is gone (5%)',
    ])
    assert.ok(changesBetween(all, { ...all, room: 'lost' }, called)[0]!.includes('a room that is gone'))
    const parts = (a: number, b: number) => ({
      ...one,
      settings: [setting('a', a, 'left'), setting('a', b, 'right')],
    })
    assert.equal(
      changesBetween(parts(1, 1), { ...parts(1, 1), settings: [setting('a', 1, 'x')] }, called).length,
      1,
    )
    for (const field of ['name', 'icon', 'room', 'transitionSeconds', 'settings'] as const)
      assert.ok(changesBetween(one, { ...one, [field]: all[field] }, called).length > 0, field)
  })

  test('in Chinese no word of another language is among them', async () => {
    await words.speak('zh-Hans')
    const said = module.changesBetween(
      one,
      { ...all, name: '夜晚' },
      {
        device: (id) => (id === 'gone' ? undefined : '灯'),
        room: () => '走廊',
      },
    )
    assert.equal(said.length, 7)
    for (const each of said)
      assert.doesNotMatch(each.replaceAll(/Evening|min|s\b/g, ''), /[A-Za-z]{2}|[{}]/, each)
  })
})
