// Catches a live socket that opens for a foreign page, shows a home to whom it is not, or goes on after the right to it has ended.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { HomeId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { WebSocket } from 'ws'
import type { Listener } from '../server/src/http/listener.ts'
import { liveEntries } from '../server/src/http/live-entries.ts'
import { createOrigins } from '../server/src/http/origin.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { factsIn, verdictOf } from './authorisation-matrix.ts'
import { openWorld, type Caller, type World } from './authorisation-world.ts'
import { told, type Furnished } from './in-house.ts'
import { answers, openLive, type LiveClient } from './live-client.ts'
import { until } from './server.ts'

const dayMs = 86_400_000

describe('the live socket', () => {
  let world: World, listener: Listener, base: string
  before(async () => {
    world = await openWorld('sqlite')
    listener = await openListener(world.house, { host: '127.0.0.1', port: 0 }, quietLog)
    base = `http://127.0.0.1:${listener.port}`
  })
  after(async () => {
    await listener?.stop()
    await world?.end()
  })
  const named = (name: string) => world.callers.find((each) => each.name === name)!
  const ticketOf = async (caller: Caller) =>
    (
      await world.call({
        method: 'POST',
        path: caller.kind === 'panel' ? '/api/panel/tickets' : '/api/live/tickets',
        cookie: caller.cookie,
      })
    ).json.ticket as string
  const opened = async (caller: Caller): Promise<LiveClient> =>
    caller.token === undefined
      ? openLive(listener.port, [{ type: 'hello', ticket: await ticketOf(caller) }], { origin: base })
      : openLive(listener.port, [{ type: 'hello', token: caller.token }])

  test('opens for its own page with a fresh ticket, for a program with a token, and for nothing else', async (t) => {
    clause('pp.5.1')
    const owner = named('owner')
    const { port } = listener
    const right = [base, `http://localhost:${port}`]
    const wrong = [
      'null',
      '',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `http://127.0.0.1:${port}.evil.example`,
      `http://localhost:${port}.evil.example`,
      `http://evil-localhost:${port}`,
      `http://evil.localhost:${port}`,
      `http://xn--loclhost-2ta.example:${port}`,
      `http://lоcalhost:${port}`,
      `http://localhost:${port}@evil.example`,
      `http://localhost:${port}/`,
      `http://localhost:${port}#x`,
      `ws://localhost:${port}`,
      'file://',
      `http://127.0.0.1:${port} http://evil.example`,
    ]
    const ended = await world.signIn(world.house.people.claimant()!)
    const before: Record<string, () => Promise<Record<string, string>>> = {
      none: async () => ({}),
      ticket: async () => ({ ticket: await ticketOf(owner) }),
      'ticket as token': async () => ({ token: await ticketOf(owner) }),
      'used ticket': async () => {
        const ticket = await ticketOf(owner)
        const first = await openLive(port, [{ type: 'hello', ticket }], { origin: base })
        await first.next((each) => each.type === 'ready')
        first.close()
        return { ticket }
      },
      'ticket of an ended sign-in': async () => {
        const { cookie, session } = await world.signIn(world.house.people.claimant()!)
        const { json } = await world.call({ method: 'POST', path: '/api/live/tickets', cookie })
        await world.call({ method: 'DELETE', path: `/api/me/sign-ins/${session}`, cookie: ended.cookie })
        return { ticket: json.ticket }
      },
      'expired ticket': async () => {
        const ticket = await ticketOf(owner)
        world.clock.advance(30_001)
        return { ticket }
      },
      'forged ticket': async () => ({ ticket: 'A'.repeat(43) }),
      'sign-in secret': async () => ({ token: ended.cookie }),
      token: async () => ({ token: named('token for this home').token! }),
      'revoked token': async () => ({ token: named('revoked token').token! }),
      'expired token': async () => ({ token: named('expired token').token! }),
    }
    let cells = 0
    for (const origin of [undefined, ...right, ...wrong]) {
      for (const [name, credential] of Object.entries(before)) {
        const isRight =
          origin === undefined
            ? name === 'token'
            : right.includes(origin) && (name === 'ticket' || name === 'ticket as token')
        cells += 1
        assert.equal(
          await outcome(port, origin, { type: 'hello', ...(await credential()) }, owner.cookie),
          isRight ? 'ready' : origin === undefined || right.includes(origin) ? '4401' : 'refused',
          `${origin}: ${name}`,
        )
      }
    }
    t.diagnostic(`${cells} cells`)
  })

  test('over TLS, where each name on the certificate answers, a page is still held to the name it came from', () => {
    const covers = (name: string) => ['hub.example', 'other.example'].includes(name)
    const origins = createOrigins({ host: '192.0.2.5', port: 443, tls: true, covers })
    origins.origin('https://hub.example', 'hub.example', true)
    for (const origin of [
      'https://evil.example',
      'https://other.example',
      'http://hub.example',
      'https://hub.example.evil.example',
      'https://hub.example:8443',
      'null',
    ])
      assert.throws(() => origins.origin(origin, 'hub.example', false), { code: 'auth.origin' }, origin)
    assert.throws(() => origins.origin(undefined, 'hub.example', true), { code: 'auth.origin' })
  })

  test('every message type of every caller in every home is answered as the description says', async (t) => {
    const { own, lesser, foreign, deleted, callers } = world
    const lamps = new Map<string, string>(
      [own, lesser, foreign].map((home) => [home, world.inside(home).device!]),
    )
    const homes = [own, lesser, foreign, deleted, 'b'.repeat(26), 'ABC', '__proto__', '']
    const types = (Object.keys(liveEntries) as (keyof typeof liveEntries)[]).filter(
      (type) => type !== 'hello',
    )
    let cells = 0
    for (const caller of callers) {
      if (caller.kind === 'stranger' || !caller.agreed) {
        const hello =
          caller.token === undefined
            ? { type: 'hello', ticket: caller.agreed ? 'A'.repeat(43) : lapsedTicket(world) }
            : { type: 'hello', token: caller.token }
        assert.equal(
          await outcome(listener.port, caller.token === undefined ? base : undefined, hello, caller.cookie),
          '4401',
          caller.name,
        )
        cells += 1
        continue
      }
      const live = await opened(caller)
      await live.next((each) => each.type === 'ready')
      for (const home of homes) {
        for (const type of types.toSorted((a, b) => order(a) - order(b))) {
          const verb = type === 'command' ? 'device.command' : 'device.read'
          const lamp = lamps.get(home) ?? lamps.get(own)!
          const device = type === 'command' && home === own ? factsIn(world, own, lamp) : undefined
          const verdict = verdictOf(caller, verb, {
            kind: 'home',
            home,
            safety: 'comfort',
            ...(device === undefined ? {} : { device }),
          })
          const want = { yes: 'yes', 403: 'auth.forbidden', 404: 'auth.not-found' }[verdict]
          const sent = told(world.driver)
          world.clock.advance(1100)
          const got = await answers(live, {
            type,
            home,
            ...(type === 'command'
              ? {
                  ref: `r${cells}`,
                  device: lamp,
                  capability: 'onOff',
                  command: 'turnOn',
                }
              : {}),
          })
          const where = `${caller.name}: ${type} in ${home}`
          cells += 1
          if (want === 'yes')
            assert.deepEqual(
              got.filter((each) => each.type === 'error'),
              [],
              where,
            )
          else
            assert.deepEqual(
              [got.map(({ type: kind, code }) => [kind, code]), told(world.driver)],
              [[['error', want]], sent],
              where,
            )
          if (want === 'yes' && type === 'watch')
            assert.deepEqual([got[0].type, got[0].home], ['snapshot', home], where)
          if (want === 'yes' && type === 'command')
            await until(() => told(world.driver) > sent, `${where}: the driver to hear of it`)
        }
      }
      for (const shown of live.all()) assert.ok(!JSON.stringify(shown).includes('foreign-'), caller.name)
      live.close()
    }
    t.diagnostic(`${cells} cells`)
  })

  test('a device of another home is, under one’s own, what never existed', async () => {
    const live = await opened(named('owner'))
    await live.next((each) => each.type === 'ready')
    const tried = (device: string) =>
      answers(live, {
        type: 'command',
        ref: 'r',
        home: world.own,
        device,
        capability: 'onOff',
        command: 'turnOn',
      })
    const never = await tried('b'.repeat(26))
    assert.deepEqual(never, [{ type: 'error', code: 'auth.not-found', ref: 'r' }])
    assert.deepEqual(await tried(world.inside(world.foreign).device!), never)
    live.close()
  })

  test('a right that ends ends what is open within a second', async () => {
    const { house, call, clock } = world
    const owner = house.people.claimant()!
    const home: HomeId = await house.createHome(owner, { name: 'Passing', zone: 'UTC' })
    const { report }: Furnished = await world.furnish(home, owner, 'passing')
    const { cookie, session } = await world.signIn(owner)
    const made = (
      await call({
        method: 'POST',
        path: '/api/me/tokens',
        cookie,
        body: { name: 'passing', homes: [home], verbs: 'all', days: 90 },
      })
    ).json
    const open = async (hello: Record<string, string>, headers: Record<string, string> = {}) => {
      const live = await openLive(
        listener.port,
        [
          { type: 'hello', ...hello },
          { type: 'watch', home },
        ],
        headers,
      )
      await live.next((each) => each.type === 'snapshot')
      return live
    }
    const byTicket = async () =>
      open(
        { ticket: (await call({ method: 'POST', path: '/api/live/tickets', cookie })).json.ticket },
        { origin: base },
      )
    const [first, second] = [await byTicket(), await open({ token: made.token })]
    report(true)
    for (const live of [first, second]) await live.next((each) => each.type === 'change')
    assert.equal((await call({ method: 'DELETE', path: `/api/me/sign-ins/${session}`, cookie })).status, 204)
    assert.equal(await soon(first.closed), 4401)
    const next = await world.signIn(owner)
    await call({ method: 'DELETE', path: `/api/me/tokens/${made.id}`, cookie: next.cookie })
    assert.equal(await soon(second.closed), 4401)

    const ticket = async (who: string) =>
      (await call({ method: 'POST', path: '/api/live/tickets', cookie: who })).json.ticket as string
    const third = await open({ ticket: await ticket(next.cookie) }, { origin: base })
    house.homes.relations.removeHome(home)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const seen = third.all().length
    report(false)
    assert.deepEqual(
      (
        await answers(third, {
          type: 'command',
          ref: 'late',
          home,
          device: 'b'.repeat(26),
          capability: 'onOff',
          command: 'turnOn',
        })
      ).map(({ type, code }) => [type, code]),
      [['error', 'auth.not-found']],
    )
    assert.deepEqual(
      third
        .all()
        .slice(seen)
        .filter((each) => each.type === 'change'),
      [],
    )
    third.close()

    const person = await world.person('passing@example.org')
    await world.join(world.own, person, 'adult')
    const theirs = await world.signIn(person)
    const fourth = await openLive(
      listener.port,
      [
        { type: 'hello', ticket: await ticket(theirs.cookie) },
        { type: 'watch', home: world.own },
      ],
      { origin: base },
    )
    await fourth.next((each) => each.type === 'snapshot')
    assert.equal(
      (
        await call({
          method: 'POST',
          path: '/api/me/agreements',
          cookie: theirs.cookie,
          body: { refuse: true, locale: 'en' },
        })
      ).status,
      200,
    )
    assert.equal(await soon(fourth.closed), 4401)
    clock.advance(dayMs)
  })
})

const order = (type: string) => ['watch', 'resync', 'command', 'unwatch'].indexOf(type)
const soon = async (closed: Promise<number>) =>
  Promise.race([
    closed,
    new Promise<string>((resolve) => setTimeout(() => resolve('still open after a second'), 1000).unref()),
  ])
function lapsedTicket(world: World): string {
  const person = world.house.homes.relations
    .members(world.own)
    .find((each) => each.role === 'owner' && each.subject !== world.house.people.claimant())!
  return world.house.people.tickets.issue({
    subject: person.subject,
    session: undefined,
    provedAt: world.clock.now(),
    expiresAt: 9e15,
  })
}

/** What becomes of a handshake and its hello: refused, ready, or the code it is closed with. */
function outcome(
  port: number,
  origin: string | undefined,
  hello: unknown,
  cookie: string | undefined,
): Promise<string> {
  return new Promise((resolve) => {
    const headers = {
      ...(origin === undefined ? {} : { origin: Buffer.from(origin, 'utf8').toString('latin1') }),
      ...(cookie === undefined ? {} : { cookie: `eaves-${port}=${cookie}` }),
    }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { headers })
    const end = (text: string) => {
      resolve(text)
      socket.terminate()
    }
    socket.on('open', () => socket.send(JSON.stringify(hello)))
    socket.on('message', (data) => end((JSON.parse((data as Buffer).toString()) as { type: string }).type))
    socket.on('close', (code) => end(String(code)))
    socket.on('error', () => end('refused'))
  })
}
