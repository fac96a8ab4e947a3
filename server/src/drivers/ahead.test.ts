// Catches a start that waits for its homes before it connects, loses or disorders what is heard meanwhile, or opens a connection twice.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import { createLog } from '../log.ts'
import { createDriverHost, untilQuiet } from './drivers.ts'
import { fakeSpawn } from './testing/fake-spawn.ts'

const ready = JSON.stringify([{ t: 'ready', drivers: [] }])
const turn = () => new Promise((resolve) => setTimeout(resolve, 20))

function prepared(t: TestContext) {
  const fake = fakeSpawn()
  const host = createDriverHost({
    log: createLog('silent', () => undefined),
    clock: { now: () => fake.now.ms },
    root: '/nowhere',
    spawn: fake.spawn,
    setTimer: () => ({ cancel: () => undefined }),
  })
  t.after(() => fake.end())
  host.prepare()
  return { fake, host }
}

test('a process that was prepared is heard once it is wanted, started once, and replaced when it died before', async (t) => {
  const { fake, host } = prepared(t)
  let ups = 0
  host.onUp(() => ups++)
  fake.say(ready)
  await turn()
  assert.equal(ups, 0, 'nobody is told before the server is loaded')
  fake.end()
  host.prepare()
  fake.say(ready)
  await turn()
  host.start()
  await turn()
  assert.deepEqual([ups, fake.starts.length], [1, 2])
})

test('what is said ahead reaches the prepared process at once; its answers are heard, in their order, once it is wanted', async (t) => {
  const { fake, host } = prepared(t)
  const heard: unknown[] = []
  host.onUp((_manifests, isTold) => heard.push(isTold))
  host.onMessages((batch) => heard.push(...batch.flatMap((each) => (each.t === 'seen' ? each.handles : []))))
  const open = { t: 'open', connection: 'a', home: 'h', driver: 'd', config: {} } as const
  fake.say(ready)
  await turn()
  host.sendAhead([open])
  assert.deepEqual(fake.writes, [`${JSON.stringify([open])}\n`], 'in this very tick')
  for (const handle of [1, 2]) fake.say(JSON.stringify([{ t: 'seen', handles: [handle] }]))
  await turn()
  assert.deepEqual(heard, [])
  host.start()
  fake.say(JSON.stringify([{ t: 'seen', handles: [3] }]))
  await turn()
  assert.deepEqual(heard, [true, 1, 2, 3])
})

test('a process that died after it was told is replaced by one that was told nothing', async (t) => {
  const { fake, host } = prepared(t)
  const heard: unknown[] = []
  host.onUp((_manifests, isTold) => heard.push(isTold))
  host.onMessages((batch) => heard.push(batch))
  host.sendAhead([{ t: 'open', connection: 'a', home: 'h', driver: 'd', config: {} }])
  fake.say(ready)
  await turn()
  fake.say(JSON.stringify([{ t: 'seen', handles: [1] }]))
  await turn()
  fake.end()
  host.start()
  fake.say(ready)
  await turn()
  assert.deepEqual(heard, [false])
})

test('the doors wait for drivers that speak, and not for ever', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  let speak: (() => void) | undefined
  const drivers = {
    up: () => true,
    onMessages: (listener: (batch: readonly FromDriver[]) => void) => {
      speak = () => listener([])
      return () => void (speak = undefined)
    },
  }
  const wait = async (speaksForMs: number) => {
    let isOver = false
    const over = untilQuiet(drivers).then(() => (isOver = true))
    let ms = 0
    for (; !isOver && ms < 1_000; ms++) {
      if (ms < speaksForMs) speak?.()
      mock.timers.tick(1)
      await Promise.resolve()
    }
    await over
    assert.equal(speak, undefined, 'it listens no longer')
    return ms
  }
  assert.deepEqual([await wait(0), await wait(40), await wait(5_000)], [5, 44, 100])
})
