// Catches a client that asks without reading and so fills the server's memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HomeId, SubjectId } from '@eaves/model'
import { unnarrowed } from '@eaves/policy'
import type { Caller } from './entry.ts'
import { LiveConnection, type LiveDeps } from './live.ts'

const home = 'b'.repeat(26) as HomeId
const subject = 'a'.repeat(26) as SubjectId
const caller: Caller = {
  principal: { kind: 'person', subject, roles: new Map([[home, 'guest']]), limits: unnarrowed },
  subject,
  session: 's',
  token: undefined,
  provedAt: 0,
  surface: 'app',
  address: '192.0.2.0',
  countedAt: '192.0.2.0',
  expiresAt: 5_000,
}
const large = JSON.stringify('x'.repeat(300_000))
const deps: LiveDeps = {
  role: 'household',
  claimed: () => true,
  watch: async () => ({ snapshot: () => `[${large}]`, stop: () => undefined }),
  command: async () => undefined,
  redeem: async () => caller,
  refresh: async () => caller,
}

/** A socket whose other side never reads. */
function unread() {
  const seen = { bytes: 0, closed: undefined as number | undefined }
  const connection = new LiveConnection(
    deps,
    {
      send: (text) => void (seen.bytes += text.length),
      close: (code) => void (seen.closed ??= code),
      buffered: () => seen.bytes,
    },
    true,
  )
  return { seen, connection }
}
const say = async (connection: LiveConnection, message: unknown) => {
  connection.receive(JSON.stringify(message))
  await new Promise((resolve) => setImmediate(resolve))
}

test('a client that asks again and again without reading gets no more snapshots than it can hold', async () => {
  const { seen, connection } = unread()
  await say(connection, { type: 'hello', ticket: 't' })
  for (let n = 0; n < 100; n++) await say(connection, { type: 'watch', home })
  assert.ok(seen.bytes < 2_000_000, `${seen.bytes} bytes wait`)
  assert.equal(seen.closed, undefined)
  const before = seen.bytes
  seen.bytes = 0
  connection.drained()
  assert.ok(seen.bytes > 300_000, 'once it has read, it gets the snapshot it missed')
  assert.ok(before > 300_000)
})

test('a client that joins and leaves without reading is ended', async () => {
  const { seen, connection } = unread()
  await say(connection, { type: 'hello', ticket: 't' })
  for (let n = 0; n < 200; n++) {
    await say(connection, { type: 'watch', home })
    await say(connection, { type: 'unwatch', home })
  }
  assert.equal(seen.closed, 4408)
  assert.ok(seen.bytes < 18_000_000, `${seen.bytes} bytes wait`)
})

test('each message is judged by the rights of its own moment, before anybody was told that they ended', async () => {
  let roles: ReadonlyMap<HomeId, 'guest'> = new Map([[home, 'guest']])
  let commands = 0
  const sent: { type: string; code?: string; home?: string }[] = []
  const connection = new LiveConnection(
    {
      ...deps,
      watch: async () => ({ snapshot: () => '[]', stop: () => undefined }),
      command: async () => void commands++,
      refresh: async () => ({ ...caller, principal: { kind: 'person', subject, roles, limits: unnarrowed } }),
    },
    { send: (text) => void sent.push(JSON.parse(text)), close: () => undefined, buffered: () => 0 },
    true,
  )
  const command = { type: 'command', ref: 'r', home, device: subject, capability: 'onOff', command: 'turnOn' }
  await say(connection, { type: 'hello', ticket: 't' })
  await say(connection, { type: 'watch', home })
  await say(connection, command)
  assert.deepEqual([sent.map(({ type }) => type), commands], [['ready', 'snapshot'], 1])
  // The machine slept over the guest's end: no timer has gone off yet.
  roles = new Map()
  await say(connection, command)
  await say(connection, { type: 'resync', home })
  assert.deepEqual(
    sent.slice(2).map(({ type, code, home: of }) => [type, code ?? of]),
    [
      ['ended', home],
      ['error', 'auth.not-found'],
      ['error', 'auth.not-found'],
    ],
  )
  assert.equal(commands, 1)
})

test('a socket does not outlive the sign-in or token that opened it', async () => {
  const { seen, connection } = unread()
  await say(connection, { type: 'hello', ticket: 't' })
  connection.expire(4_999)
  assert.equal(seen.closed, undefined)
  connection.expire(5_000)
  assert.equal(seen.closed, 4401)
})
