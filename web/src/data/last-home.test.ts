// Catches somebody who opens the app where another person left off, or a home that is remembered after it has gone.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { forgetHome, forgetPerson, lastHome, rememberHome, rememberPerson } from './last-home.ts'

const kept = new Map<string, string>()
Object.defineProperty(globalThis, 'localStorage', {
  value: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
})
beforeEach(() => kept.clear())

test('the home opened last is remembered over a new sign-in of the same person, and of nobody else', () => {
  rememberPerson('ada')
  assert.equal(lastHome(), null)
  rememberHome('elm')
  rememberPerson('ada')
  assert.equal(lastHome(), 'elm')
  rememberPerson('bob')
  assert.equal(lastHome(), null)
  rememberHome('cabin')
  rememberPerson('ada')
  assert.equal(lastHome(), null)
})

test('what was kept before persons were told apart still opens, once', () => {
  kept.set('eaves.home', 'elm')
  assert.equal(lastHome(), 'elm')
  rememberPerson('ada')
  assert.equal(lastHome(), null)
})

test('a home that has gone is forgotten, another is not, and signing out leaves nothing', () => {
  rememberPerson('ada')
  rememberHome('elm')
  forgetHome('cabin')
  assert.equal(lastHome(), 'elm')
  forgetHome('elm')
  assert.equal(lastHome(), null)
  rememberHome('cabin')
  forgetPerson()
  assert.deepEqual([...kept], [])
})
