// Catches a hub that takes a name which another machine has, keeps one that was taken from it, loses its own to a single packet, or answers into foreign networks.
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { Answer, Packet, Sender } from 'multicast-dns'
import { quietLog } from '../store/testing.ts'
import { Announcer } from './mdns.ts'
import type { Link } from './names.ts'
import { networks } from './ranges.ts'

const link: Link = { via: '10.0.0.5', addresses: ['10.0.0.5', 'fd00::5'], holds: networks(['10.0.0.0/24']) }
const neighbour: Sender = { address: '10.0.0.9', port: 5353 }

class FakeMdns extends EventEmitter {
  readonly queries: Packet[] = []
  readonly responses: { packet: Packet; to: Sender | undefined }[] = []
  destroyed = false
  query(packet: Packet): void {
    this.queries.push(packet)
  }
  respond(packet: Packet, to?: Sender, done?: () => void): void {
    this.responses.push({ packet, to })
    done?.()
  }
  destroy(done?: () => void): void {
    this.destroyed = true
    done?.()
  }
  hear(answers: Answer[], from = neighbour): void {
    this.emit('response', { answers }, from)
  }
  ask(name: string, type = 'A', from = neighbour): Answer[] {
    const before = this.responses.length
    this.emit('query', { id: 7, questions: [{ name, type }] }, from)
    return this.responses.slice(before).flatMap(({ packet }) => packet.answers ?? [])
  }
}

const lines: string[] = []

/** `turn` runs in each pause of the asking. */
function announcer(turn: (mdns: FakeMdns, pause: number) => void = () => undefined, links = () => [link]) {
  const mdns = new FakeMdns()
  const names: (string | undefined)[] = []
  lines.length = 0
  let pause = 0
  const made = new Announcer({
    name: 'eaves.local',
    links,
    open: () => mdns,
    wait: async () => turn(mdns, ++pause),
    log: { ...quietLog, warn: (event) => void lines.push(event) },
    named: (name) => names.push(name),
  })
  return { made, mdns, names }
}
const idle = () => new Promise((resolve) => setImmediate(resolve))
const theirs = (name: string): Answer => ({ name, type: 'A', ttl: 120, data: '10.0.0.9' })

test('a free name is asked for three times, then announced and answered for', async () => {
  const { made, mdns, names } = announcer()
  assert.deepEqual(mdns.ask('eaves.local'), [])
  await made.start()
  assert.equal(mdns.queries.length, 3)
  assert.deepEqual(names, ['eaves.local'])
  assert.deepEqual(
    mdns.responses[0]?.packet.answers?.map(({ type, data, ttl, flush }) => [type, data, ttl, flush]),
    [
      ['A', '10.0.0.5', 120, true],
      ['AAAA', 'fd00::5', 120, true],
    ],
  )
  assert.deepEqual(
    mdns.ask('EAVES.local').map(({ data }) => data),
    ['10.0.0.5'],
  )
  assert.deepEqual(
    mdns.ask('eaves.local', 'AAAA').map(({ data }) => data),
    ['fd00::5'],
  )
  assert.deepEqual([...mdns.ask('other.local'), ...mdns.ask('eaves.local', 'TXT')], [])
})

test('a name that answers already is left to whoever has it', async () => {
  const { made, mdns, names } = announcer((fake, pause) => {
    if (pause <= 2) fake.hear([theirs(pause === 1 ? 'eaves.local' : 'eaves-2.local')])
  })
  await made.start()
  assert.deepEqual(names, ['eaves-3.local'])
  assert.deepEqual(mdns.ask('eaves.local'), [])
})

test('of two that ask at once the greater address keeps the name', async () => {
  for (const [address, name] of [
    ['10.0.0.9', 'eaves-2.local'],
    ['10.0.0.4', 'eaves.local'],
  ] as const) {
    const { made, names } = announcer((fake, pause) => {
      if (pause === 1)
        fake.emit(
          'query',
          { questions: [], authorities: [{ name: 'eaves.local', type: 'A', data: address }] },
          { address, port: 5353 },
        )
    })
    await made.start()
    assert.deepEqual(names, [name])
  }
})

test('a name taken away later is asked for again and given up if the other stays', async () => {
  let isThere = false
  const { made, mdns, names } = announcer((fake) => {
    if (isThere && fake.queries.at(-1)?.questions?.[0]?.name === 'eaves.local')
      fake.hear([theirs('eaves.local')])
  })
  await made.start()
  isThere = true
  mdns.hear([theirs('eaves.local')])
  await idle()
  assert.deepEqual(names, ['eaves.local', 'eaves-2.local'])
  assert.equal(lines.filter((event) => event === 'mdns.name-contested').length, 1)
  // Others that say something of the wished name while it is theirs change nothing.
  mdns.hear([theirs('eaves.local')])
  await idle()
  assert.deepEqual(names, ['eaves.local', 'eaves-2.local'])
})

test('one packet for the name takes it from nobody: asked again, the name stays', async () => {
  const { made, mdns, names } = announcer()
  await made.start()
  mdns.hear([theirs('eaves.local')])
  await idle()
  assert.deepEqual(names, ['eaves.local'])
  assert.equal(mdns.ask('eaves.local').length, 1)
})

test('the wished name comes back once whoever had it has gone, and the other is said goodbye to', async () => {
  let isThere = true
  const { made, mdns, names } = announcer((fake) => {
    if (isThere && fake.queries.at(-1)?.questions?.[0]?.name === 'eaves.local')
      fake.hear([theirs('eaves.local')])
  })
  await made.start()
  for (let look = 0; look < 20; look++) {
    made.refresh()
    await idle()
    assert.equal(mdns.ask('eaves-2.local').length, 1, 'answered for all the while')
  }
  assert.deepEqual(names, ['eaves-2.local'])
  isThere = false
  for (let look = 0; look < 5; look++) {
    made.refresh()
    await idle()
  }
  assert.deepEqual(names, ['eaves-2.local', 'eaves.local'])
  assert.equal(mdns.ask('eaves.local').length, 1)
  assert.deepEqual(mdns.ask('eaves-2.local'), [])
  assert.ok(
    mdns.responses.some(({ packet }) =>
      packet.answers?.some(({ name, ttl }) => name === 'eaves-2.local' && ttl === 0),
    ),
  )
})

test('its own words, goodbyes and other networks are no rivals, and other networks get no answer', async () => {
  const { made, mdns, names } = announcer((fake) => {
    fake.hear([{ name: 'eaves.local', type: 'A', ttl: 120, data: '10.0.0.5' }], {
      address: '10.0.0.5',
      port: 5353,
    })
    fake.hear([{ ...theirs('eaves.local'), ttl: 0 }])
    fake.hear([theirs('eaves.local')], { address: '172.20.0.9', port: 5353 })
  })
  await made.start()
  assert.deepEqual(names, ['eaves.local'])
  assert.deepEqual(mdns.ask('eaves.local', 'A', { address: '172.20.0.9', port: 5353 }), [])
})

test('who asks from a port of their own is answered there, with their question and its number', async () => {
  const { made, mdns } = announcer()
  await made.start()
  const from = { address: '10.0.0.9', port: 40_000 }
  const answers = mdns.ask('eaves.local', 'A', from)
  assert.deepEqual(
    answers.map(({ ttl, flush }) => [ttl, flush]),
    [[10, false]],
  )
  const { packet, to } = mdns.responses.at(-1)!
  assert.deepEqual([packet.id, packet.questions?.length, to], [7, 1, from])
})

test('after twenty taken names none is announced', async () => {
  let isThere = true
  const { made, mdns, names } = announcer((fake) => {
    if (isThere) fake.hear([theirs(fake.queries.at(-1)!.questions![0]!.name)])
  })
  await made.start()
  assert.deepEqual(names, [undefined])
  assert.equal(mdns.responses.length, 0)
  isThere = false
  for (let look = 0; look < 5; look++) made.refresh()
  await idle()
  assert.deepEqual(names, [undefined, 'eaves.local'], 'and some minutes later it is asked for again')
})

test('stopping says goodbye and closes; a network that comes later hears the name', async () => {
  const later: Link = { via: '10.7.0.5', addresses: ['10.7.0.5'], holds: networks(['10.7.0.0/24']) }
  let all = [link]
  const { made, mdns } = announcer(undefined, () => all)
  await made.start()
  const before = mdns.responses.length
  made.refresh()
  assert.equal(mdns.responses.length, before, 'nothing new, nothing said')
  all = [link, later]
  made.refresh()
  assert.ok(
    mdns.responses
      .slice(before)
      .some(({ packet }) => packet.answers?.some(({ data }) => data === '10.7.0.5')),
  )
  await made.stop()
  assert.equal(mdns.responses.at(-1)?.packet.answers?.[0]?.ttl, 0)
  assert.ok(mdns.destroyed)
})
