// Catches an automation that is told what was so before the start as if it were news, or told twice, or after it let go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Signals, type SignalHeard } from './signals.ts'

test('a signal is heard when it becomes something else, and by whoever listens still', () => {
  const signals = new Signals()
  const heard: SignalHeard[] = []
  const end = signals.on('mode', (each) => heard.push(each))
  signals.set('mode', 'home', undefined, true)
  assert.equal(signals.value('mode'), 'home')
  signals.set('mode', 'home')
  assert.deepEqual(heard, [])
  signals.set('mode', 'away')
  signals.set('other', true)
  assert.deepEqual(heard, [{ key: 'mode', value: 'away', before: 'home', cause: undefined }])
  end()
  signals.set('mode', undefined)
  assert.equal(signals.value('mode'), undefined)
  assert.equal(heard.length, 1)
})

test('what happens and is over leaves no value', () => {
  const signals = new Signals()
  const heard: SignalHeard[] = []
  signals.on('webhook/1', (each) => heard.push(each))
  signals.tell('webhook/1', 'said')
  signals.tell('webhook/1', 'said')
  assert.equal(heard.length, 2)
  assert.equal(signals.value('webhook/1'), undefined)
})
