// Catches an ex-member who still hears, sees or does something: over the app, a token, the live socket or MQTT, a second after they were let go.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { clause } from '@eaves/policy'
import mqtt, { type MqttClient } from 'mqtt'
import { freePort } from './broker.ts'
import { openLive } from './live-client.ts'
import { actsOn, claimByHttp } from './owner-by-http.ts'
import { household, until, type Household, type Running } from './server.ts'
import { lettersAt } from './outbox.ts'

const withinMs = 1000

describe('the ways out of a home', { timeout: 90_000 }, () => {
  let house: Household, server: Running, home: string
  let owner: Person
  const clients = new Set<MqttClient>()
  let beat: NodeJS.Timeout | undefined
  before(async () => {
    house = household({ EAVES_MQTT_PORT: String(await freePort()) })
    server = await house.start()
    owner = personOf((await claimByHttp(server)).cookie)
    home = (await owner('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })).body.id
  })
  after(async () => {
    clearInterval(beat)
    for (const end of ends.splice(0)) await end()
    for (const client of clients) client.end(true)
    await house?.dispose()
  })

  type Person = (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: any; readonly cookie: string | undefined }>
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const answer = await fetch(server.base + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), cookie }
  }
  const personOf =
    (cookie: string): Person =>
    (method, path, body) =>
      send(method, path, body, { cookie, origin: server.base })
  const letters = () =>
    lettersAt(join(house.dir, 'data.outbox')).map((name) =>
      readFileSync(join(house.dir, 'data.outbox', name), 'utf8'),
    )
  const codeFor = (phone: string) =>
    letters()
      .filter((each) => each.includes(`To: ${phone}`))
      .map((each) => /^ {4}(\d{6})\r?$/m.exec(each)?.[1])
      .find((each) => each !== undefined)
  const askFor = async (phone: string, more: object) =>
    send(
      'POST',
      '/api/sign-in/codes',
      { identifier: { phone }, register: true, acts: await actsOn(server), ...more },
      {},
    )

  /** Invited, signed up with the invitation and joined: as somebody new comes into a household. */
  const newcomer = async (phone: string, role: string) => {
    const made = await owner('POST', `/api/homes/${home}/invitations`, { role })
    assert.equal(made.status, 201)
    const { code: invitation } = made.body as { code: string }
    const asked = await askFor(phone, { invitation })
    assert.equal(asked.status, 200)
    const code = await until(() => codeFor(phone), 'the code in the outbox')
    const signedIn = await send('POST', '/api/sign-in/code', { flow: asked.body.flow, code }, {})
    assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body))
    const person = personOf(signedIn.cookie!)
    assert.equal((await person('GET', `/api/homes/${home}`)).status, 404, 'an account is no place yet')
    assert.equal((await person('POST', '/api/invitations/accept', { code: invitation })).status, 201)
    return { person, cookie: signedIn.cookie!, id: signedIn.body.accountId as string }
  }
  const credential = async (person: Person, name: string) => {
    const made = await person('POST', `/api/homes/${home}/mqtt/credentials`, {
      name,
      scope: { kind: 'everything' },
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const client = await until(
      () =>
        mqtt
          .connectAsync(made.body.uri, { protocolVersion: 4, reconnectPeriod: 0 }, false)
          .catch(() => undefined),
      'the broker to listen',
    )
    clients.add(client)
    return { client, uri: made.body.uri as string }
  }

  /** Every channel of one person, each telling when it last gave something of the home. */
  const channels = async ({ person, cookie }: { person: Person; cookie: string }) => {
    const last: Record<string, number> = {}
    const heard = (name: string) => void (last[name] = performance.now())
    const { body: token } = await person('POST', '/api/me/tokens', {
      name: 't',
      homes: 'all',
      verbs: 'all',
      days: 1,
    })
    const bearer = { authorization: `Bearer ${token.token}` }
    const { body: ticket } = await person('POST', '/api/live/tickets')
    const watch = { type: 'watch', home }
    const sockets = [
      ['session socket', [{ type: 'hello', ticket: ticket.ticket }, watch], { cookie, origin: server.base }],
      ['token socket', [{ type: 'hello', token: token.token }, watch], {}],
    ] as const
    for (const [name, first, headers] of sockets) {
      const live = await openLive(server.port, first, headers)
      await live.next((each) => each.type === 'snapshot')
      let seen = 0
      const look = setInterval(() => {
        const frames = live.all().filter((each) => each.home === home && each.type !== 'ended').length
        if (frames > seen) heard(name)
        seen = frames
      }, 5)
      ends.push(() => (clearInterval(look), live.close()))
    }
    const { client, uri } = await credential(person, 'Theirs')
    client.on('message', () => heard('MQTT'))
    await client.subscribeAsync('beat/#')
    const ask = async (name: string, headers: Record<string, string>) => {
      while (!isOver) {
        const asked = performance.now()
        const { status } = await send('GET', `/api/homes/${home}/devices`, undefined, headers)
        if (status === 200) last[name] = asked
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    let isOver = false
    const asking = [ask('session', { cookie }), ask('token', bearer)]
    ends.push(async () => {
      isOver = true
      await Promise.all(asking)
    })
    const names = ['session', 'token', 'session socket', 'token socket', 'MQTT']
    await until(() => names.every((name) => last[name] !== undefined), 'every channel to give something')
    return { last, uri, names }
  }
  const ends: (() => unknown)[] = []

  /** Does it, then waits well past a second, and says when each channel last gave something. */
  const measured = async (
    t: TestContext,
    what: string,
    { last, names }: { last: Record<string, number>; names: string[] },
    act: () => Promise<unknown>,
  ) => {
    const from = performance.now()
    await act()
    await new Promise((resolve) => setTimeout(resolve, withinMs + 500))
    const late = names.map((name) => [name, Math.max(0, Math.round(last[name]! - from))] as const)
    t.diagnostic(`${what} → last byte: ${late.map(([name, ms]) => `${name} ${ms} ms`).join(', ')}`)
    for (const [name, ms] of late) assert.ok(ms <= withinMs, `${what}: ${name} went on for ${ms} ms`)
    for (const end of ends.splice(0)) await end()
  }

  test('nobody signs up in a household uninvited, and with a code that is none no letter goes out', async () => {
    const wishes = [{}, { invitation: 'aaaa-aaaa-aaaa-aaaa' }]
    for (const [i, more] of wishes.entries()) {
      const asked = await askFor(`+491511234567${i}`, more)
      assert.equal(asked.status, 200)
      const { flow } = asked.body as { flow: string }
      assert.equal((await send('POST', '/api/sign-in/code', { flow, code: '123456' }, {})).status, 401)
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    assert.equal(letters().filter((each) => each.includes('+491511234567')).length, 0)
  })

  test('a member who is removed hears nothing more within a second on any channel, and their access data is dead', async (t) => {
    clause('pp.4.1')
    const device = await credential(owner, 'Beat')
    await device.client.publishAsync(
      'homeassistant/switch/beat/config',
      JSON.stringify({
        name: null,
        uniq_id: 'beat',
        stat_t: 'beat/s',
        cmd_t: 'beat/c',
        dev: { ids: ['beat'], name: 'Beat' },
      }),
      { retain: true, qos: 1 },
    )
    let on = false
    beat = setInterval(() => {
      on = !on
      device.client.publish('beat/s', on ? 'ON' : 'OFF')
    }, 15)
    const ex = await newcomer('+4915112345672', 'admin')
    const ways = await channels(ex)
    await measured(t, 'removal', ways, async () => {
      assert.equal((await owner('DELETE', `/api/homes/${home}/members/${ex.id}`)).status, 204)
    })
    await assert.rejects(mqtt.connectAsync(ways.uri, { protocolVersion: 4, reconnectPeriod: 0 }, false))
    assert.equal((await ex.person('GET', '/api/me')).status, 200)
  })

  test('whoever leaves has left within a second', async (t) => {
    const ex = await newcomer('+4915112345673', 'admin')
    await measured(t, 'leaving', await channels(ex), async () => {
      assert.equal((await ex.person('POST', `/api/homes/${home}/leave`)).status, 204)
    })
  })

  test('one push locks everybody but the owners out: people, invitations, and all access data', async (t) => {
    clause('pp.4.1')
    const ex = await newcomer('+4915112345674', 'admin')
    const co = await newcomer('+4915112345675', 'admin')
    await owner('POST', `/api/homes/${home}/transfer`, { to: co.id, keep: true })
    assert.equal((await co.person('POST', `/api/homes/${home}/transfer/accept`)).status, 200)
    const { body: open } = await owner('POST', `/api/homes/${home}/invitations`, { role: 'guest' })
    const ways = await channels(ex)
    let answer: any
    await measured(t, 'lock-out', ways, async () => {
      answer = (await owner('POST', `/api/homes/${home}/lock-out`, { credentials: true })).body
    })
    assert.deepEqual(answer, { members: 1, invitations: 1, credentials: 2 })
    const members = (await owner('GET', `/api/homes/${home}/members`)).body as { role: string }[]
    assert.deepEqual(
      members.map(({ role }) => role),
      ['owner', 'owner'],
    )
    assert.equal((await send('POST', '/api/invitations/look', { code: open.code }, {})).status, 404)
    assert.deepEqual((await owner('GET', `/api/homes/${home}/mqtt/credentials`)).body, [])
    assert.equal((await co.person('GET', `/api/homes/${home}`)).body.role, 'owner')
    await until(
      () => letters().some((each) => each.includes('+4915112345675') && each.includes('notice.home-people')),
      'the other owner to be told',
    )
    assert.equal((await co.person('POST', `/api/homes/${home}/lock-out`, { credentials: false })).status, 200)
  })
})
