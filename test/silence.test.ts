// Catches a route that answers, or a store that keeps something, before a person has agreed (acceptance test P7).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { ask } from '../server/src/rights/testing.ts'
import { nameOf, open, withoutAgreement } from './authorisation-matrix.ts'
import { openFamily } from './family-house.ts'

test('somebody signed in without the agreement gets 451 at every route off the closed list, whatever it names, and nothing is kept', async () => {
  clause('sa.1')
  clause('sa.4')
  const house = await openFamily()
  try {
    const { call, home } = house
    const { subject, ask: asked } = await house.somebody('ida', 'adult')
    const { lamp } = await house.devices()
    await ask(house.house.stores, { store: 'facts' }, 'DELETE FROM agreement WHERE subject = ?', [subject])
    await house.reopen()
    await asked('GET', '/api/me/agreements') // a sign-in of its own, before the count
    const before = await house.mark()
    let tried = 0
    for (const entry of house.house.entries) {
      if (open.has(nameOf(entry)) || entry.access.kind === 'public') continue
      const there = entry.path.replace('{home}', home).replace('{device}', lamp)
      for (const path of [there, entry.path].map((each) => each.replaceAll(/\{\w+\}/g, () => newId()))) {
        const method = entry.method.toUpperCase()
        const stranger = await call({ method, path })
        assert.deepEqual([stranger.status, stranger.json.code], [401, 'auth.required'], nameOf(entry))
        if (withoutAgreement.has(nameOf(entry))) continue
        const known = await asked(method, path)
        assert.deepEqual([known.status, known.json.code], [451, 'policy.agreement-required'], nameOf(entry))
        assert.doesNotMatch(known.text, /Elm Street|elm-lamp/)
        tried += 1
      }
    }
    assert.ok(tried > 150, `${tried} calls`)
    assert.equal(await house.mark(), before)
  } finally {
    await house.end()
  }
})

test('registration without the acts is 451 for every address alike: no row, no letter, and no word on who has an account', async () => {
  clause('sa.1')
  clause('sa.4')
  const house = await openFamily()
  try {
    const { call, owner } = house
    const letters = (await house.letters()).length
    const subjects = async () =>
      (await ask(house.house.stores, { store: 'facts' }, 'SELECT count(*) AS n FROM account'))[0]!.n
    const [people, answers] = [await subjects(), new Set<string>()]
    for (const email of [owner.email, 'nobody@example.org', 'somebody.else@example.org']) {
      const body = { identifier: { email }, register: true, locale: 'en' }
      const { status, text } = await call({ method: 'POST', path: '/api/sign-in/codes', body })
      answers.add(`${status} ${text.replace(/"reference":"\w+"/, '')}`)
    }
    assert.equal(answers.size, 1)
    assert.match([...answers].join(), /^451 .*policy\.agreement-required/)
    assert.deepEqual([await subjects(), (await house.letters()).length], [people, letters])
    const flows = await ask(house.house.stores, { store: 'facts' }, 'SELECT 1 FROM sign_in_flow')
    assert.equal(flows.length, 0)
  } finally {
    await house.end()
  }
})
