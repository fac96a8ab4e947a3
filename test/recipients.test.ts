// Catches a report about devices that are not the manufacturer's, or of a home where the person is a guest; a signal of the browser that is not honoured; and a register that is wrong and is served all the same.
// The manufacturer is an HTTP server on loopback; no report leaves this machine.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ConnectionId, HomeId, SubjectId } from '@eaves/model'
import { myRecipients, recipientsPage, type MyRecipients } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { lampMessage } from '../server/src/devices/testing.ts'
import { openWebhook, secret, type Webhook } from '../server/src/privacy/testing.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { household } from './server.ts'

const purpose = 'sharing.manufacturer-quality'
const everyKind = ['user.location.imprecise', 'user.device.device_id', 'device.use']
const entryOf = (url: string) => ({
  id: 'acme',
  name: 'Acme Lighting GmbH',
  kind: 'manufacturer',
  contact: 'privacy@acme.test',
  policyUrl: 'https://acme.test/privacy',
  region: 'EU',
  agreement: { sha256: 'a'.repeat(64), signedAt: '2025-01-01', expiresAt: '2030-01-01' },
  purposes: [purpose],
  fields: ['regions', 'person', 'devices.model', 'devices.firmware', 'devices.count', 'devices.commands'],
  endpoint: url,
  secretFile: 'acme.secret',
  brands: ['Acme'],
})

interface World {
  readonly inside: InHouse
  readonly hook: Webhook
  readonly owner: SubjectId
  readonly home: HomeId
  readonly connection: ConnectionId
}
async function withWorld(run: (world: World) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-register-'))
  const hook = await openWebhook()
  writeFileSync(join(dir, 'acme.secret'), secret)
  writeFileSync(join(dir, 'recipients.json'), JSON.stringify({ recipients: [entryOf(hook.url)] }))
  const inside = await openInHouse(
    'sqlite',
    undefined,
    {
      EAVES_RECIPIENTS_FILE: join(dir, 'recipients.json'),
      EAVES_SMTP_URL: 'smtp://127.0.0.1:1',
      EAVES_SMTP_FROM: 'eaves@example.org',
    },
    () => true,
  )
  try {
    await inside.house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'ada@example.org' },
      acts: inside.house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const owner = inside.house.people.claimant()!
    const home = await inside.house.createHome(owner, { name: 'Elm Street', zone: 'Europe/Berlin' })
    const { connection } = await inside.furnish(home, owner, 'own')
    for (const [handle, manufacturer] of [
      [91, 'ACME'],
      [92, 'Acme '],
      [93, 'Other'],
    ] as const)
      inside.driver.say(
        lampMessage(connection, handle, `0x00158d00000${handle}`, {
          name: 'Bedroom of Ada',
          manufacturer,
          model: 'Lamp 3',
          firmware: '1.2.0',
        }),
      )
    await run({ inside, hook, owner, home, connection })
  } finally {
    await inside.end()
    await hook.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function caller({ inside }: World, subject: SubjectId) {
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    inside.call({ method, path, cookie: (await inside.signIn(subject)).cookie, body, headers })
  const mine = async (headers?: Record<string, string>): Promise<MyRecipients> =>
    myRecipients.parse((await ask('GET', '/api/me/recipients', undefined, headers)).json)
  return {
    ask,
    mine,
    choose: async (given: boolean, headers?: Record<string, string>) =>
      ask(
        'PUT',
        '/api/me/recipients/acme',
        {
          purpose,
          locale: 'en',
          noticeSha256: (await mine()).recipients[0]!.sharing[0]!.notice.sha256,
          choices: everyKind.map((category) => ({ category, given })),
        },
        headers,
      ),
  }
}

const send = async ({ inside: { house, clock } }: World) => {
  await house.privacy.sharing.daily()
  await house.privacy.sharing.drain()
  clock.advance(86_400_000)
}

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
