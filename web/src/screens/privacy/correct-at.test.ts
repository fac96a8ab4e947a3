// Catches a wrong value that its person reads and finds no way to correct, or a way that leads somebody to a page that refuses them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correctAt } from './correct-at.ts'

const home = { id: 'home', verbs: ['home.about', 'member.self'] }

test('an address leads to the addresses, what is noted of a home to that home’s own page', () => {
  assert.equal(correctAt('facts.account', 'email', undefined), '/me/security')
  assert.equal(correctAt('facts.home_about', 'address', home), '/homes/home/about')
  assert.equal(correctAt('facts.member', 'name', home), '/homes/home/place')
})

test('what one may not change in a home, and what only records an event, leads nowhere', () => {
  assert.equal(correctAt('facts.room', 'name', home), undefined)
  assert.equal(correctAt('facts.home_about', 'address', undefined), undefined)
  assert.equal(correctAt('facts.account', 'created_at', undefined), undefined)
  assert.equal(correctAt('facts.activity_log', 'kind', home), undefined)
})
