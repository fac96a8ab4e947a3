// Catches a live socket that goes down, or takes others along, by messages too many, too large or of no known kind; and a kind of message that works without being described.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Listener } from '../server/src/http/listener.ts'
import { liveEntries } from '../server/src/http/live-entries.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { openFamily, type FamilyHouse } from './family-house.ts'
import { answers, closing, openLive } from './live-client.ts'
import { until } from './server.ts'

describe('what a live socket takes in', () => {
  let family: FamilyHouse, listener: Listener
  before(async () => {
    family = await openFamily('sqlite', Date.now())
    listener = await openListener(family.house, { host: '127.0.0.1', port: 0 }, quietLog)
  })
  after(async () => {
    await listener?.stop()
    await family?.end()
  })
  const fresh = async () => {
    const wish = { name: 'fresh', homes: 'all', verbs: 'all', days: 1 } as const
    return (await family.house.people.tokens.create(family.owner.subject, wish, 'test')).token
  }

  test('a socket that says too much, or not what it should, is closed and nobody else notices', async () => {
    const token = await fresh()
    const live = await openLive(listener.port, [
      { type: 'hello', token },
      { type: 'watch', home: family.home },
    ])
    await live.next((each) => each.type === 'snapshot')
    const raw = (first: string | Buffer) => closing(listener.port, [first])
    assert.equal(await raw('{"type":"watch","home":"x"}'), 4401)
    assert.equal(await raw(Buffer.from([1, 2, 3])), 1003)
    assert.equal(await raw(JSON.stringify({ type: 'hello', token: 'x'.repeat(70_000) })), 1009)
    assert.equal(
      await closing(
        listener.port,
        Array.from({ length: 300 }, () => '{"type":"hello","token":"x","x":1}'),
      ),
      4408,
    )
    for (const type of [
      'subscribe',
      'hello ',
      'HELLO',
      '__proto__',
      'constructor',
      'toString',
      '',
      7,
      null,
      { a: 1 },
      undefined,
    ]) {
      const ref = `t-${JSON.stringify(type)}`
      live.send({ type, ref, home: family.home })
      assert.equal((await live.next((each) => each.ref === ref)).code, 'input.invalid', ref)
    }
    const count = (code: string) =>
      live.all().filter((each) => each.type === 'error' && each.ref === undefined && each.code === code)
        .length
    live.send([])
    live.send('[')
    live.send({ type: 'watch', home: family.home, ['__proto__x']: 1 })
    await until(() => count('input.malformed') === 2 && count('input.unknown-field') === 1, 'three refusals')
    live.send({ type: 'hello', token })
    await until(() => count('input.conflict') === 1, 'a second hello refused')
    live.close()
  })

  test('a message type without its entry is refused, whatever the code behind it could do', async () => {
    const token = await fresh()
    const live = await openLive(listener.port, [{ type: 'hello', token }])
    await live.next((each) => each.type === 'ready')
    const entries = liveEntries as unknown as Record<string, unknown>
    const { watch } = entries
    assert.equal((await answers(live, { type: 'watch', home: family.home }))[0].type, 'snapshot')
    delete entries.watch
    try {
      assert.equal((await answers(live, { type: 'watch', home: family.home }))[0].code, 'input.invalid')
    } finally {
      entries.watch = watch
    }
    live.close()
  })
})
