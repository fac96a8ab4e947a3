// Catches personal data that lies readable in the data folder or a log: a whole household lives, then every byte is looked through.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import mqtt from 'mqtt'
import { freePort, hasMosquitto, lampEntry, startMosquitto } from './broker.ts'
import { openLive } from './live-client.ts'
import { actsOn, claimByHttp } from './owner-by-http.ts'
import { digestsOf, filesBelow, formsOf, hits, sealsOf } from './residue-scan.ts'
import { household, until, type Running } from './server.ts'
import { lettersAt } from './outbox.ts'

const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'
const operator = {
  controller: { name: 'Hearth Cooperative', address: '12 Mill Lane, Cork, Ireland' },
  privacyContact: 'privacy@hearth.test',
  complaintChannel: 'complaints@hearth.test',
  dataProtectionOfficer: { name: 'The data protection officer', contact: 'dpo@hearth.test' },
  euRepresentative: { notRequired: 'established in the European Union' },
  affiliatesUrl: 'https://hearth.test/affiliates',
}

/** Words that stand nowhere else, one for each thing that a household tells. */
function canaries(n: number) {
  const mark = (what: string) => `Zq${n}${what}Kx${n}v`
  return {
    email: `Zq${n}Mail.Canary@canary-${n}.example`,
    phone: `+49155${n}5501234`,
    password: mark('Password'),
    home: mark('Home'),
    street: mark('Street'),
    room: mark('Room'),
    floor: mark('Floor'),
    device: mark('Lamp'),
    renamed: mark('Renamed'),
    group: mark('Group'),
    token: mark('Token'),
    credential: mark('Credential'),
    label: mark('Phone'),
    brokerUser: mark('BrokerUser'),
    brokerPassword: mark('BrokerPassword'),
    key: mark('Key'),
    text: mark('Text'),
    vendor: mark('Vendor'),
    hardware: `0x00158d00cafe0${n}77`,
    address: '198.51.100',
  }
}
type Canaries = ReturnType<typeof canaries>

function lamp(words: Canaries) {
  const entry = lampEntry(words.device, words.hardware)
  return {
    ...entry,
    definition: {
      ...entry.definition,
      vendor: words.vendor,
      exposes: [...entry.definition.exposes, { type: 'text', name: 'note', property: 'note', access: 7 }],
    },
  }
}

/** What the household makes that must not lie readable either. */
interface Made {
  readonly home: string
  readonly secrets: Record<string, string>
}

async function live(
  server: Running,
  cookie: string,
  words: Canaries,
  broker: { readonly url: string },
): Promise<Made> {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(server.base + path, {
      method,
      headers: {
        cookie,
        origin: server.base,
        'x-forwarded-for': `${words.address}.7`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const home = (await call('POST', '/api/homes', { name: words.home, zone: 'Europe/Berlin' })).id as string
  const at = `/api/homes/${home}`
  const floor = await call('POST', `${at}/floors`, { name: words.floor })
  const room = await call('POST', `${at}/rooms`, { name: words.room, floor: floor.id })
  await call('PATCH', `${at}/about`, { floorAreaM2: 84.5, familyStatus: 'couple', address: words.street })
  await call('POST', '/api/search', { q: words.room })
  await call('PUT', '/api/me/choices/account.device-label', { given: true })
  const { recoveryCodes } = await call('POST', '/api/me/recovery-codes')
  const token = await call('POST', '/api/me/tokens', {
    name: words.token,
    homes: [home],
    verbs: 'all',
    days: 90,
  })
  const credential = await call('POST', `${at}/mqtt/credentials`, { name: words.credential })
  await call('POST', `${at}/onboarding`, {
    driver: 'mqtt',
    config: { url: broker.url, username: words.brokerUser, password: words.brokerPassword },
  })
  const find = (name: string) =>
    until(
      async () => ((await call('GET', `${at}/devices`)) as any[]).find((each) => each.name === name),
      `${name} in the list`,
    )
  const device = await find(words.device)
  await call('PATCH', `${at}/devices/${device.id}`, { name: words.renamed, room: room.id })
  await call('POST', `${at}/groups`, { name: words.group, devices: [device.id] })
  const socket = await openLive(server.port, [
    { type: 'hello', token: token.token },
    { type: 'watch', home },
  ])
  await socket.next((each) => each.type === 'snapshot')
  for (const command of [
    { capability: 'onOff', command: 'turnOn', idempotencyKey: words.key },
    { capability: 'vendor', command: 'set', args: { key: 'note', value: words.text } },
  ])
    await fetch(`${server.base}${at}/devices/${device.id}/commands`, {
      method: 'POST',
      headers: { cookie, origin: server.base, 'content-type': 'application/json' },
      body: JSON.stringify(command),
    })
  await until(
    async () =>
      ((await call('GET', `${at}/devices`)) as any[]).some(
        (each) => each.parts[0].vendor.note === words.text,
      ),
    'the text that the device reported',
  )
  socket.close()
  return {
    home,
    secrets: {
      'session secret': cookie.slice(cookie.indexOf('=') + 1),
      'token secret': token.token,
      'credential password': credential.password,
      ...Object.fromEntries((recoveryCodes as string[]).map((code, i) => [`recovery code ${i}`, code])),
    },
  }
}

/** Signs up the way the second person does: a code sent to a phone, read from the outbox. */
async function signUp(server: Running, outbox: string, words: Canaries): Promise<string> {
  const send = (path: string, body: unknown) =>
    fetch(server.base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const asked = await send('/api/sign-in/codes', {
    identifier: { phone: words.phone },
    register: true,
    acts: await actsOn(server),
    choices: { 'account.device-label': true },
    locale: 'en',
  })
  assert.equal(asked.status, 200, await asked.clone().text())
  const { flow } = (await asked.json()) as { flow: string }
  const code = await until(
    () =>
      lettersAt(outbox)
        .map((name) => /^ {4}(\d{6})\r?$/m.exec(readFileSync(join(outbox, name), 'utf8'))?.[1])
        .find((each) => each !== undefined),
    'the code in the outbox',
  )
  const done = await send('/api/sign-in/code', { flow, code, device: words.label })
  assert.equal(done.status, 200, await done.clone().text())
  return done.headers.get('set-cookie')!.split(';')[0]!
}

test(
  'after the life of two households no byte of the data folder or a log shows who they are',
  { skip, timeout: 60_000 },
  async () => {
    clause('pp.5.1')
    clause('pp.2.2.2')
    clause('pp.2.2.3')
    const [ada, ben] = [canaries(1), canaries(2)]
    const broker = await startMosquitto()
    const house = household({
      EAVES_ROLE: 'hosted',
      EAVES_LOG: 'debug',
      EAVES_MQTT_PORT: String(await freePort()),
    })
    const operatorFile = join(house.dir, 'operator.json')
    writeFileSync(operatorFile, JSON.stringify(operator))
    const extra = { EAVES_OPERATOR_FILE: operatorFile }
    const client = await mqtt.connectAsync(broker.url, { protocolVersion: 4 })
    try {
      client.on(
        'message',
        (topic, payload) => void client.publish(topic.replace(/\/set$/, ''), payload, { retain: true }),
      )
      await client.publishAsync('zigbee2mqtt/bridge/devices', JSON.stringify([lamp(ada), lamp(ben)]), {
        retain: true,
      })
      for (const words of [ada, ben]) {
        await client.subscribeAsync(`zigbee2mqtt/${words.device}/set`)
        await client.publishAsync(
          `zigbee2mqtt/${words.device}`,
          JSON.stringify({ state: 'OFF', brightness: 100, note: words.vendor }),
          { retain: true },
        )
      }
      let server = await house.start(extra)
      const logs = [() => server.output()]
      const claim = await claimByHttp(server, {
        identifier: { email: ada.email },
        password: ada.password,
        choices: { 'account.device-label': true },
        device: ada.label,
      })
      const codeOfClaim = server.claimCode()!
      const made = [
        await live(server, claim.cookie, ada, broker),
        await live(server, await signUp(server, join(house.dir, 'data.outbox'), ben), ben, broker),
      ]
      const wrong = await fetch(`${server.base}/api/sign-in/password`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: { email: ada.email }, password: 'wrong password' }),
      })
      assert.equal(wrong.status, 401)
      const secrets = new Map<string, ReadonlyMap<string, Buffer>>([['claim code', formsOf(codeOfClaim)]])
      for (const [who, words] of [
        ['the first person', ada],
        ['the second person', ben],
      ] as const)
        for (const [what, text] of Object.entries(words))
          secrets.set(
            `${what} of ${who}`,
            new Map([...formsOf(text), ...(what === 'email' || what === 'phone' ? digestsOf(text) : [])]),
          )
      for (const [i, { secrets: made1 }] of made.entries())
        for (const [what, text] of Object.entries(made1)) secrets.set(`${what} ${i}`, formsOf(text))
      const data = join(house.dir, 'data')
      const peer = new Map([
        ['the peer’s address', formsOf('127.0.0.1')],
        ['the peer’s network', formsOf('127.0.0.0')],
      ])
      const scan = (when: string) =>
        assert.deepEqual(hits(filesBelow(data), new Map([...secrets, ...peer])), [], when)
      scan('while it runs')
      await server.kill('SIGKILL')
      scan('after kill -9')
      const firstLog = server.output()
      server = await house.start(extra)
      await server.kill()
      scan('after a clean end')
      secrets.delete('claim code') // the console is where it stands
      assert.deepEqual(
        hits(new Map(logs.map((read, i) => [`log ${i}`, Buffer.from(`${firstLog}${read()}`)])), secrets),
        [],
      )
      // The scanner itself finds each form, and the outbox is the one declared place.
      for (const form of formsOf(ben.phone).values())
        assert.equal(
          hits(new Map([['planted', Buffer.concat([Buffer.from('…'), form, Buffer.from('…')])]]), secrets)
            .length > 0,
          true,
        )
      assert.ok(hits(filesBelow(join(house.dir, 'data.outbox')), secrets).length > 0)

      renameSync(join(house.dir, 'data.key', 'kek'), join(house.dir, 'kek-elsewhere'))
      const before = sealsOf(data)
      const refused = await house.run(['serve'], extra)
      assert.notEqual(refused.code, 0)
      assert.match(refused.stderr, /key file .* is missing/)
      assert.doesNotMatch(refused.stderr, /\n\s+at /)
      assert.deepEqual(sealsOf(data), before)
      assert.deepEqual(readdirSync(join(house.dir, 'data.key')), [])
    } finally {
      await client.endAsync(true)
      await house.dispose()
      await broker.stop()
    }
  },
)
