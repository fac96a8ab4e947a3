// Catches a question in the way of what makes a home safer or quieter, and none before what opens a door.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { asksFirst } from './ask-first.ts'

const gate = { guarded: true }
test('what is treated as a lock asks before it moves, and stops and falls silent at once', () => {
  clause('pp.5.1')
  const asks = (capability: string, command: string) => asksFirst(gate, capability, command)
  assert.deepEqual(
    [asks('cover', 'open'), asks('cover', 'close'), asks('siren', 'turnOn'), asks('onOff', 'turnOff')],
    [true, true, true, true],
  )
  assert.deepEqual([asks('cover', 'stop'), asks('siren', 'turnOff')], [false, false])
})
test('what was held was asked about, and what is no lock asks nothing', () => {
  assert.equal(asksFirst(gate, 'cover', 'open', true), false)
  assert.equal(asksFirst({}, 'cover', 'open'), false)
})
