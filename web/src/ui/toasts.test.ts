// Catches an undo that vanishes under the pointer or the keyboard, and one that can be used twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Toasts, toastMs } from './toasts.ts'

function setUp() {
  let nowMs = 0
  const timers: { dueMs: number; run: () => void }[] = []
  const toasts = new Toasts({
    now: () => nowMs,
    after: (delayMs, run) => {
      const timer = { dueMs: nowMs + delayMs, run }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
  })
  const pass = (ms: number): void => {
    nowMs += ms
    for (const timer of timers.filter((entry) => entry.dueMs <= nowMs)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.run()
    }
  }
  return { toasts, pass }
}

test('stays eight seconds', () => {
  const { toasts, pass } = setUp()
  toasts.show('All off')
  pass(toastMs - 1)
  assert.equal(toasts.list().length, 1)
  pass(1)
  assert.equal(toasts.list().length, 0)
})

test('the time stands still while it is hovered or focused', () => {
  const { toasts, pass } = setUp()
  const id = toasts.show('All off')
  pass(5000)
  toasts.pause(id)
  pass(60_000)
  assert.equal(toasts.list().length, 1)
  toasts.resume(id)
  pass(2999)
  assert.equal(toasts.list().length, 1)
  pass(1)
  assert.equal(toasts.list().length, 0)
})

test('undo runs once', () => {
  const { toasts } = setUp()
  let undone = 0
  const id = toasts.show('All off', { name: 'Undo', run: () => undone++ })
  toasts.act(id)
  toasts.act(id)
  assert.equal(undone, 1)
})

test('all that was said in a home goes at once when another is opened, and none of it comes back', () => {
  const { toasts, pass } = setUp()
  toasts.enter('elm')
  toasts.show('Lamp did not answer', { name: 'Retry', run: () => assert.fail('nothing is tried again') })
  const second = toasts.show('Saved')
  toasts.enter(undefined)
  toasts.enter('oak')
  assert.deepEqual(toasts.list(), [])
  toasts.act(second)
  pass(toastMs)
  assert.deepEqual(toasts.list(), [])
})

test('a way back stays on the pages outside a home, and what was said there stays in the next home', () => {
  const { toasts } = setUp()
  const said = () => toasts.list().map(({ text }) => text)
  toasts.enter('elm')
  toasts.show('3 things switched off', { name: 'Undo', run: () => undefined })
  toasts.enter(undefined)
  toasts.enter('elm')
  assert.deepEqual(said(), ['3 things switched off'])
  toasts.enter(undefined)
  toasts.show('You have left Elm Street.')
  toasts.enter('oak')
  assert.deepEqual(said(), ['You have left Elm Street.'])
})
