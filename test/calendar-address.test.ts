// Catches an address of a calendar that the whole server shows to others, takes from a child, tells somebody else as theirs, or goes on asking for somebody who was erased.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { assertOk, openFamily } from './family-house.ts'

const hourMs = 3_600_000
const address = 'https://calendar.example.org/private-8fd2/basic.ics'
const file =
  'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Bins\nDTSTART:20260106T080000Z\nEND:VEVENT\nEND:VCALENDAR'

test('an address is used for the home and seen by whoever named it alone, and goes when they are erased', async () => {
  clause('pp.4.4.a')
  let asked = 0
  const family = await openFamily('sqlite', undefined, {
    egress: {
      get: async ({ url }) => {
        assert.equal(url, address)
        asked++
        const body = new TextEncoder().encode(file)
        return { status: 200, body, etag: '"1"', lastModified: undefined, retryAfterSeconds: undefined }
      },
    },
  })
  try {
    const { owner, clock } = family
    const ben = await family.somebody('ben', 'adult')
    const child = await family.somebody('kim', 'child', { guardian: owner.subject })
    const calendars = family.at('/calendars')
    const body = { name: 'Bins', address }
    assert.equal((await child.ask('POST', `${calendars}/by-address`, body)).status, 403)
    assert.equal(asked, 0)
    const { id } = assertOk(await ben.ask('POST', `${calendars}/by-address`, body), 201)
    const { source } = assertOk(await owner.ask('POST', `${calendars}/${id}/fetch`))
    assert.deepEqual([source.host, asked], ['calendar.example.org', 2])
    const refused = await owner.ask('PUT', `${calendars}/${id}/address`, { address: 'http://192.168.1.1/' })
    assert.deepEqual([refused.status, refused.json.errors], [422, [{ path: 'address', code: 'not-https' }]])
    const list = await owner.ask('GET', calendars)
    assert.equal(/private-8fd2/.test(list.text), false)
    const [mine, bens] = [await owner.ask('GET', '/api/me/held'), await ben.ask('GET', '/api/me/held')]
    assert.deepEqual(
      [mine, bens].map(({ text }) => text.includes('facts.calendar_source')),
      [false, true],
    )

    assertOk(await ben.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201)
    clock.advance(72 * hourMs)
    await family.house.rights.run()
    const [left] = assertOk(await owner.ask('GET', calendars))
    assert.deepEqual([left.events, left.source], [1, undefined])
    assert.equal((await owner.ask('POST', `${calendars}/${id}/fetch`)).status, 409)
    assert.equal(asked, 2)
    await family.reopen()
    const [again] = assertOk(await owner.ask('GET', calendars))
    assert.deepEqual([again.events, again.source], [1, undefined])
  } finally {
    await family.end()
  }
})
