// Catches a report about devices that are not the manufacturer's, or of a home where the person is a guest; a signal of the browser that is not honoured; and a register that is wrong and is served all the same.
// The manufacturer is an HTTP server on loopback; no report leaves this machine.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { SubjectId } from '@eaves/model'
import { recipientsPage } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { openWebhook, secret } from '../server/src/privacy/testing.ts'
import { caller, entryOf, send, withWorld } from './recipient-house.ts'
import { household } from './server.ts'

test('a report tells of the manufacturer’s own devices in homes of adults who chose it, and of nobody else’s acts', async () => {
  clause('pp.3.1.3')
  await withWorld(async (world) => {
    const { inside, hook, owner, home } = world
    const me = await caller(world, owner)
    const lamps = (await me.ask('GET', `/api/homes/${home}/devices`)).json as { id: string; name: string }[]
    const bedroom = lamps.filter(({ name }) => name === 'Bedroom of Ada')
    assert.equal(bedroom.length, 3)
    const people = new Map<string, SubjectId>()
    for (const role of ['adult', 'guest', 'child'] as const) {
      const subject = await inside.person(`${role}@example.org`)
      await inside.join(home, subject, role)
      people.set(role, subject)
    }
    for (const { id } of bedroom)
      await me.ask('POST', `/api/homes/${home}/devices/${id}/commands`, {
        capability: 'onOff',
        command: 'turnOn',
      })
    assert.equal((await me.choose(true)).status, 200)
    assert.equal((await (await caller(world, people.get('guest')!)).choose(true)).status, 200)
    const child = await (await caller(world, people.get('child')!)).choose(true)
    assert.deepEqual([child.status, child.json.code], [403, 'policy.minor'])
    await send(world)
    assert.equal(hook.caught.length, 1)
    const { report } = hook.caught[0]!.body
    assert.deepEqual(report, {
      regions: ['Europe'],
      person: report?.person,
      devices: [{ model: 'Lamp 3', firmware: '1.2.0', count: 2, commands: 'few' }],
    })
    assert.ok(hook.caught[0]!.isSigned)
    assert.doesNotMatch(hook.caught[0]!.text, /ada|bedroom|elm|berlin|158d|other/i)
    const adult = await caller(world, people.get('adult')!)
    await adult.choose(true)
    await me.choose(false)
    await send(world)
    assert.equal(hook.caught.length, 2)
    assert.deepEqual(hook.caught[1]!.body.report?.devices, [
      { model: 'Lamp 3', firmware: '1.2.0', count: 2, commands: 'none' },
    ])
    assert.equal((await adult.mine()).received.length, 1)
    assert.equal((await me.mine()).received.length, 1)
  })
})

test('a browser that sends Sec-GPC shares nothing: whatever it asks for turns a yes off, and gives none', async () => {
  clause('pp.4.4.d')
  await withWorld(async (world) => {
    const me = await caller(world, world.owner)
    const gpc = { 'sec-gpc': '1' }
    assert.equal((await me.choose(true)).status, 200)
    assert.equal((await me.mine()).gpc, false)
    await me.mine({ 'sec-gpc': '0' })
    await world.inside.house.privacy.sharing.daily()
    await me.ask('GET', '/api/homes', undefined, gpc)
    const mine = await me.mine(gpc)
    assert.deepEqual(
      [mine.gpc, typeof mine.gpcAt, mine.recipients[0]!.sharing[0]!.mayAsk],
      [true, 'string', false],
    )
    assert.deepEqual(
      mine.recipients[0]!.sharing[0]!.choices.map(({ state }) => state),
      ['withdrawn', 'withdrawn', 'withdrawn'],
    )
    const again = await me.choose(true, gpc)
    assert.deepEqual([again.status, again.json.code], [409, 'policy.gpc'])
    await send(world)
    assert.equal(world.hook.caught.length, 0)
    const stranger = await world.inside.call({ method: 'GET', path: '/api/recipients', headers: gpc })
    const page = recipientsPage.parse(stranger.json)
    assert.deepEqual(
      [page.recipients[0]?.name, page.services[0]],
      ['Acme Lighting GmbH', { kind: 'mail', host: '127.0.0.1' }],
    )
    assert.doesNotMatch(stranger.text, /127\.0\.0\.1:\d|reports|secret/)
  })
})

test('a register that is not right stops the start and names what is wrong; nothing is served by it', async () => {
  clause('pp.3.1.p')
  const hook = await openWebhook()
  const house = household()
  try {
    writeFileSync(join(house.dir, 'acme.secret'), secret)
    const path = join(house.dir, 'recipients.json')
    writeFileSync(
      path,
      JSON.stringify({
        recipients: [{ ...entryOf(hook.url), name: 'Our partners', fields: ['owner.email'] }],
      }),
    )
    const { code, stderr } = await house.run(['serve'], { EAVES_RECIPIENTS_FILE: path })
    assert.notEqual(code, 0)
    assert.match(
      stderr,
      /acme: name is nobody’s name; acme: fields: owner\.email is nothing that can be sent|acme: name/,
    )
  } finally {
    await house.dispose()
    await hook.close()
  }
})
