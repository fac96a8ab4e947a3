// Catches a link to the household's own broker that trusts a stranger, hides why it is down, or storms a broker that is coming back.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { openClientLink } from './client-link.ts'
import type { ConnectionConfig } from './config.ts'
import type { LinkStatus, MqttLink } from './link.ts'
import { makeAuthority } from './testing/certificate.ts'
import { credential, passwordOf, startEmbedded } from './testing/embedded.ts'

const authority = makeAuthority()
const tls = authority.sign('localhost')
const list = [credential('a1', 'home-a')]
const configOf = (url: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig => ({
  embedded: false,
  url,
  bases: ['zigbee2mqtt'],
  prefix: 'homeassistant',
  username: 'a1',
  password: passwordOf('a1'),
  ...more,
})
/** Time enough for a CONNACK. */
const cutAfterMs = 60
const stillContext = { now: () => 0, setTimer: () => ({ cancel: () => undefined }) }

/** The first thing a link says that is more than a try: online, or why not. */
async function firstWord(config: ConnectionConfig): Promise<string> {
  const link = openClientLink(config, stillContext)
  const word = await new Promise<string>((resolve) => {
    link.onStatus((status: LinkStatus) => {
      if (status.state === 'online') resolve('online')
      else if (status.state === 'offline') resolve(status.fault.code)
    })
    link.open()
  })
  await link.close()
  return word
}
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

test('TLS holds the broker to the authority that was given, and to its name', async () => {
  const listen = { host: '127.0.0.1', port: 0, tls: { cert: tls.cert, key: tls.key } }
  const [named, elsewhere] = [
    await startEmbedded(list, listen),
    await startEmbedded(list, { ...listen, host: '127.0.0.2' }),
  ]
  const url = `mqtts://127.0.0.1:${named.port}`
  try {
    assert.equal(await firstWord(configOf(url, { ca: authority.cert })), 'online')
    assert.equal(await firstWord(configOf(url)), 'connection.tls')
    assert.equal(await firstWord(configOf(url, { ca: makeAuthority().cert })), 'connection.tls')
    assert.equal(await firstWord(configOf(url, { ca: 'no certificate' })), 'connection.tls')
    assert.equal(
      await firstWord(configOf(`mqtts://127.0.0.2:${elsewhere.port}`, { ca: authority.cert })),
      'connection.tls',
    )
    assert.equal(
      await firstWord(configOf(url, { ca: authority.cert, password: 'wrong' })),
      'connection.unauthorized',
    )
  } finally {
    await named.stop()
    await elsewhere.stop()
  }
})

test('a broker that asks for a certificate gets the one that was given, and says no without it', async () => {
  const embedded = await startEmbedded(list)
  const server = createTlsServer(
    { cert: tls.cert, key: tls.key, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
    embedded.hub.answer,
  )
  const url = `mqtts://127.0.0.1:${await listening(server)}`
  const own = authority.sign('hub')
  const stranger = makeAuthority('Another').sign('hub')
  try {
    assert.equal(
      await firstWord(configOf(url, { ca: authority.cert, cert: own.cert, key: own.key })),
      'online',
    )
    for (const given of [{}, { cert: stranger.cert, key: stranger.key }])
      assert.notEqual(await firstWord(configOf(url, { ca: authority.cert, ...given })), 'online')
    assert.equal(
      await firstWord(configOf(url, { ca: authority.cert, cert: own.cert, key: 'no key' })),
      'connection.tls',
    )
  } finally {
    server.close()
    await embedded.stop()
  }
})

/** A link whose pauses pass at once, told in milliseconds. */
function hasty(config: ConnectionConfig, clock: { ms: number }, random: () => number) {
  const pauses: number[] = []
  let run = (): void => undefined
  const context = {
    now: () => clock.ms,
    setTimer: (ms: number, then: () => void) => {
      pauses.push(ms)
      run = then
      return { cancel: () => undefined }
    },
  }
  const link: MqttLink = openClientLink(config, context, random)
  return { link, pauses, again: () => run() }
}

test('a broker that lets in and throws out at once is tried ever more rarely, and anew after it stood', async () => {
  const embedded = await startEmbedded(list)
  const sockets = new Set<{ destroy: () => unknown }>()
  let isKind = false
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    if (!isKind) setTimeout(() => socket.destroy(), cutAfterMs)
    embedded.hub.answer(socket)
  })
  const clock = { ms: 0 }
  const { link, pauses, again } = hasty(
    configOf(`mqtt://127.0.0.1:${await listening(server)}`),
    clock,
    () => 1,
  )
  const states: string[] = []
  let tell = (): void => undefined
  link.onStatus(({ state }) => {
    states.push(state)
    tell()
  })
  const next = (wanted: string) =>
    new Promise<void>((resolve) => {
      tell = () => states.at(-1) === wanted && resolve()
    })
  try {
    let offline = next('offline')
    link.open()
    for (let tries = 0; tries < 7; tries++) {
      await offline
      offline = next('offline')
      await new Promise((resolve) => setImmediate(resolve))
      if (tries === 6) break
      again()
    }
    assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    assert.ok(states.includes('online'))
    isKind = true
    const online = next('online')
    again()
    await online
    clock.ms += 60_000
    const gone = next('offline')
    for (const socket of sockets) socket.destroy()
    await gone
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(pauses.at(-1), 1000)
  } finally {
    await link.close()
    server.close()
    await embedded.stop()
  }
})

test('homes that lost one broker at one moment come back spread over half their pause', async () => {
  const seen = new Set<number>()
  for (let n = 0; n < 20; n++) {
    const { link, pauses } = hasty(configOf('mqtt://127.0.0.1:1'), { ms: 0 }, () => n / 20)
    await new Promise<void>((resolve) => {
      link.onStatus(({ state }) => state === 'offline' && setImmediate(resolve))
      link.open()
    })
    assert.ok(pauses[0]! >= 500 && pauses[0]! <= 1000, String(pauses[0]))
    seen.add(pauses[0]!)
    await link.close()
  }
  assert.equal(seen.size, 20)
})
