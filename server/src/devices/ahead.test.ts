// Catches a start that opens a connection twice, one that is gone, or one with settings of before.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { openTestStores, testClock } from '../store/testing.ts'
import { handTimers, stopParts, wire } from './testing.ts'

test('a start opens what the store names before the homes are read, each once, and not what has changed since', async () => {
  const clock = testClock()
  const stores = await openTestStores('sqlite', { clock })
  const begin = async (environment: string | undefined) => {
    const parts = wire(stores, clock, handTimers(clock))
    await parts.homes.start((ids) => parts.connections.openAhead(ids))
    await parts.connections.start()
    const first = parts.homes.first()
    await parts.connections.seedEnvironmentConnection(
      first,
      environment === undefined ? undefined : { url: environment },
    )
    const ahead = parts.driver.sent.map(({ t }) => t)
    parts.driver.goUp(true)
    return {
      parts,
      ahead,
      all: parts.driver.sent.flatMap((each) => (each.t === 'open' || each.t === 'close' ? [each] : [])),
    }
  }
  let { parts } = await begin(undefined)
  const subject = newId<SubjectId>()
  const home = await parts.homes.create(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
  const id = await parts.connections.add(home, subject, 'mqtt', { url: 'mqtt://127.0.0.1' })
  const restart = async (environment: string | undefined) => {
    await stopParts(parts)
    await stores.reopen()
    const begun = await begin(environment)
    parts = begun.parts
    return begun
  }
  const same = await restart('mqtt://one')
  assert.deepEqual(same.ahead, ['open'])
  const [own, seeded] = same.all
  assert.equal(own!.connection, id)
  assert.deepEqual([seeded!.t, same.all.length], ['open', 2])
  const changed = await restart('mqtt://two')
  assert.deepEqual(changed.ahead, ['open', 'open'])
  assert.deepEqual(
    changed.all.slice(2).map(({ t, connection }) => [t, connection]),
    [
      ['close', seeded!.connection],
      ['open', seeded!.connection],
    ],
  )
  const gone = await restart(undefined)
  assert.deepEqual(
    gone.all.slice(2).map(({ t, connection }) => [t, connection]),
    [['close', seeded!.connection]],
  )
  await stopParts(parts)
  await stores.end()
})
