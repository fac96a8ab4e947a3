// Catches a form that lets something unfinished be saved, loses what it cannot show, or offers a device what it does not have.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceDetail } from '@eaves/model'
import { abilitiesOf, rangeOf } from './abilities.ts'
import { isEditable, itemAt, type Condition } from './shape.ts'

const day: Condition = { kind: 'sun', is: 'day' }

test('the form changes one group deep and leaves alone what is deeper', () => {
  assert.equal(isEditable({ kind: 'or', conditions: [day, { kind: 'not', condition: day }] }), true)
  assert.equal(isEditable({ kind: 'or', conditions: [{ kind: 'and', conditions: [day] }] }), false)
  assert.equal(isEditable({ kind: 'not', condition: { kind: 'or', conditions: [day] } }), false)
  assert.equal(isEditable({ kind: 'or', conditions: [day] }, 1), false)
})

test('a place of a trace is found in the automation it is of', () => {
  const body = {
    name: 'x',
    triggers: [],
    actions: [{ kind: 'choose', options: [{ when: [day], then: [{ kind: 'stop' }] }] }],
  } as unknown as Parameters<typeof itemAt>[0]
  assert.deepEqual(itemAt(body, 'actions/0/options/0/then/0'), { kind: 'stop' })
  assert.equal(itemAt(body, 'actions/7/until'), undefined)
})

test('only what the device has is offered, within its own limits, and a part is named where it must be', () => {
  const part = (id: string, limits: { min: number; max: number }) => ({
    id,
    vendor: {},
    capabilities: {
      level: { attributes: ['percent'], commands: ['setLevel'], limits: { percent: { ...limits, step: 1 } } },
      ...(id === 'left' ? { onOff: { attributes: ['on'], commands: ['turnOn'] } } : {}),
    },
  })
  const detail = { shapes: [part('left', { min: 10, max: 90 }), part('right', { min: 10, max: 90 })] }
  const abilities = abilitiesOf(detail as unknown as DeviceDetail)
  assert.deepEqual(
    abilities.known.map((each) => [each.part, each.capability, each.shape.commands]),
    [
      ['left', 'level', ['setLevel']],
      [undefined, 'onOff', ['turnOn']],
      ['right', 'level', ['setLevel']],
    ],
  )
  assert.deepEqual(rangeOf(abilities, 'level', 'percent'), { min: 10, max: 90, step: 1, type: 'number' })
  assert.equal(rangeOf(abilities, 'level', 'nothing'), undefined)
})
