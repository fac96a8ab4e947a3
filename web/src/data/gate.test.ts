// Catches acts that name another text than the one shown, a choice nobody made, and a decline that remembers something.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Gate } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { actsOn, changeEntry, choicesOn, currentEntry, forgetEntry } from './gate.ts'

const entry = (
  document: 'agreement' | 'privacy',
  locale: 'en' | 'zh-Hans',
  sha256: string,
): Gate['documents'][number] => ({
  document,
  locale,
  sha256,
  version: '2.0',
  title: document,
  publishedAt: '2026-11-22',
})
const documents = [
  entry('agreement', 'en', 'a'),
  entry('agreement', 'zh-Hans', 'b'),
  entry('privacy', 'en', 'c'),
  entry('privacy', 'zh-Hans', 'd'),
]
const purpose: Gate['purposes'][number] = {
  purpose: 'account.device-label',
  name: '',
  what: '',
  why: '',
  effectOfNo: '',
  clauses: [],
  keptFor: '',
  recipients: [],
}

test('each act names the text of the language that was shown', () => {
  clause('sa.1')
  assert.deepEqual(actsOn(documents, 'zh-Hans', 'CN'), {
    agreement: { act: 'accept', sha256: 'b' },
    privacy: { act: 'acknowledge', sha256: 'd' },
    locale: 'zh-Hans',
    region: 'CN',
  })
})
test('without one of the two texts there are no acts', () => {
  assert.equal(
    actsOn(
      documents.filter((each) => each.document === 'agreement'),
      'en',
      'other',
    ),
    undefined,
  )
})
test('a switch that was not touched is a no, and one that was not shown is not answered', () => {
  clause('pp.lb.2')
  assert.deepEqual(choicesOn([purpose], {}), { 'account.device-label': false })
  assert.deepEqual(choicesOn([], { 'account.device-label': true }), {})
})
test('declining forgets the code, the acts, the region and every switch', () => {
  clause('sa.4')
  changeEntry({
    claimCode: 'x',
    region: 'EU',
    choices: { 'account.device-label': true },
    acts: actsOn(documents, 'en', 'EU'),
  })
  forgetEntry(true)
  assert.deepEqual(currentEntry(), {
    claimCode: undefined,
    region: 'other',
    age: undefined,
    choices: {},
    acts: undefined,
    declined: true,
  })
})
