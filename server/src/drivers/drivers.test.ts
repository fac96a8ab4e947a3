// Catches a driver process that stays dead, outlives its core, drags the core down with it, or carries private words into the log.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { FromDriver, ToDriver } from '@eaves/driver-kit'
import { clause } from '@eaves/policy'
import { createLog } from '../log.ts'
import { createDriverHost, type DriverHost, type DriverHostDeps } from './drivers.ts'
import { fakeSpawn } from './testing/fake-spawn.ts'

const staged = new URL('./testing/staged-driver.ts', import.meta.url)
interface Stage {
  readonly host: DriverHost
  readonly lines: string[]
  readonly messages: FromDriver[]
  readonly ups: number[]
  readonly until: (what: string, isSo: () => boolean, withinMs?: number) => Promise<void>
  readonly act: (what: string) => string
}

function folder(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'eaves-drivers-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const add = (name: string, text: string): void => {
    mkdirSync(join(root, 'drivers', name), { recursive: true })
    writeFileSync(join(root, 'drivers', name, 'driver.ts'), text)
  }
  add('staged', `export { default } from '${staged.href}'\n`)
  add('broken', 'throw new Error("person@example.org")\n')
  add('half', 'export default { id: "half" }\n')
  return root
}

async function until(what: string, isSo: () => boolean, withinMs = 8000): Promise<void> {
  for (const end = Date.now() + withinMs; !isSo(); await new Promise((resolve) => setTimeout(resolve, 5)))
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
}

async function stage(
  t: TestContext,
  deps: Partial<DriverHostDeps> = {},
  config: Readonly<Record<string, unknown>> = {},
): Promise<Stage> {
  const lines: string[] = []
  const messages: FromDriver[] = []
  const ups: number[] = []
  const host = createDriverHost({
    log: createLog('debug', (line) => lines.push(line)),
    clock: { now: () => Date.now() },
    root: folder(t),
    ...deps,
  })
  t.after(() => host.stop())
  host.onMessages((batch) => messages.push(...batch))
  host.onUp(() => {
    ups.push(host.pid()!)
    host.send({ t: 'open', connection: 'a', home: 'h', driver: 'staged', config })
  })
  host.start()
  await until('it is up', () => messages.some((m) => m.t === 'connection'))
  let last = 0
  const act = (what: string): string => {
    const device = messages.findLast((m) => m.t === 'device')!
    const command = `c${++last}`
    host.send({
      t: 'command',
      command,
      handle: device.handle,
      part: 'main',
      capability: 'vendor',
      name: 'set',
      args: { key: 'act', value: what },
      watch: [],
    })
    return command
  }
  return { host, lines, messages, ups, until, act }
}
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('it finds drivers by their folders, leaves out what is none, and lists them', async (t) => {
  const { host, lines } = await stage(t)
  assert.deepEqual(
    host.manifests().map((m) => m.id),
    ['staged'],
  )
  assert.equal(host.up(), true)
  assert.equal(lines.filter((l) => l.includes('driver fault outside a connection')).length, 2)
})

test('a process that is killed comes back alone, is announced anew and costs one log line', async (t) => {
  const { host, lines, messages, ups, until } = await stage(t)
  let downs = 0
  host.onDown(() => downs++)
  const before = messages.filter((m) => m.t === 'device').length
  process.kill(host.pid()!, 'SIGKILL')
  await until(
    'it is up again',
    () => ups.length === 2 && messages.filter((m) => m.t === 'device').length === before + 1,
  )
  assert.notEqual(ups[0], ups[1])
  assert.equal(downs, 1)
  assert.equal(lines.filter((l) => l.includes('"driver process ended"')).length, 1)
})

test('an error, a late throw or a rejection of a driver ends neither process, and no private word reaches the log', async (t) => {
  clause('pp.2.2.3')
  const { host, lines, messages, ups, until, act } = await stage(t)
  for (const what of ['throw', 'throw-later', 'reject-later', 'print']) {
    const command = act(what)
    await until(`${what} is answered`, () =>
      messages.some((m) => (m.t === 'sent' || m.t === 'refused') && m.command === command),
    )
  }
  await until('the late fault is logged', () =>
    lines.some((l) => l.includes('driver fault outside a connection') && l.includes('staged-driver')),
  )
  assert.equal(ups.length, 1)
  assert.equal(host.up(), true)
  assert.ok(!lines.join('\n').includes('person@example.org'))
  assert.ok(!lines.join('\n').includes('a private word'))
})

test('a driver that throws while connecting fails its connection alone', async (t) => {
  const { messages, host } = await stage(t, {}, { fails: true })
  const state = messages.find((m) => m.t === 'connection')
  assert.deepEqual([state?.state, state?.code], ['failed', 'connection.fault'])
  assert.equal(host.up(), true)
})

test('a process that blocks is killed and started again', async (t) => {
  const { act, ups, until } = await stage(t, { beatMs: 150 })
  act('block')
  await until('it is up again', () => ups.length === 2)
})

test('its environment is empty', async (t) => {
  clause('pp.2.2.3')
  process.env.EAVES_TEST_SECRET = 'hunter2'
  t.after(() => delete process.env.EAVES_TEST_SECRET)
  const { act, messages, until } = await stage(t)
  act('environment')
  await until('it is reported', () => messages.some((m) => m.t === 'r'))
  assert.deepEqual(
    messages.filter((m) => m.t === 'r').map((m) => m.v[1]),
    ['{}'],
  )
})

test('malformed lines and messages are dropped and what is well-formed goes on', async (t) => {
  const { act, messages, until, host } = await stage(t)
  act('malformed')
  const command = act('hang')
  await until('the next command is answered', () =>
    messages.some((m) => m.t === 'sent' && m.command === command),
  )
  assert.equal(messages.filter((m) => m.t === 'gone' || m.t === 'r').length, 0)
  assert.equal(host.up(), true)
})

test('stop ends the process within its time, even when a driver never closes', async (t) => {
  const { host } = await stage(t, {}, { hangs: true })
  const pid = host.pid()!
  const start = performance.now()
  await host.stop()
  assert.ok(performance.now() - start < 2700)
  assert.equal(alive(pid), false)
})

test('when the core is killed the driver process ends at once', async (t) => {
  const core = `
    import { createDriverHost } from ${JSON.stringify(new URL('./drivers.ts', import.meta.url).href)}
    const nothing = () => undefined
    const host = createDriverHost({ log: { debug: nothing, info: nothing, warn: nothing, error: nothing }, clock: Date, root: ${JSON.stringify(folder(t))} })
    host.onUp(() => console.log(host.pid()))
    host.start()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', core], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  })
  const pid = Number(
    await new Promise((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString()))),
  )
  assert.ok(alive(pid))
  child.kill('SIGKILL')
  await until('it has ended', () => !alive(pid), 3000)
})

test('the pauses before a restart grow, and start over after a minute of being well', async () => {
  const fake = fakeSpawn()
  const beatMs = 123_456
  let retry: (() => void) | undefined
  const setTimer = (ms: number, run: () => void): { cancel: () => void } => {
    if (ms !== beatMs)
      retry = () => {
        fake.now.ms += ms
        run()
      }
    return { cancel: () => undefined }
  }
  const host = createDriverHost({
    log: createLog('silent', () => undefined),
    clock: { now: () => fake.now.ms },
    root: '/nowhere',
    spawn: fake.spawn,
    setTimer,
    beatMs,
  })
  host.start()
  for (let i = 0; i < 7; i++) {
    fake.end()
    retry!()
  }
  assert.deepEqual(
    fake.starts.map((at, i) => at - (fake.starts[i - 1] ?? 0)),
    [0, 250, 500, 1000, 2000, 5000, 10_000, 10_000],
  )
  fake.say(JSON.stringify([{ t: 'ready', drivers: [] }]))
  await until('it is up', () => host.up())
  fake.now.ms += 60_000
  const before = fake.now.ms
  fake.end()
  retry!()
  assert.equal(fake.starts.at(-1)! - before, 250)
})

test('what is sent in one tick is one write, and nothing is kept for a process that is down', async () => {
  const fake = fakeSpawn()
  const host = createDriverHost({
    log: createLog('silent', () => undefined),
    clock: { now: () => 0 },
    root: '/nowhere',
    spawn: fake.spawn,
    setTimer: () => ({ cancel: () => undefined }),
  })
  host.start()
  host.send({ t: 'ended', command: 'too-early' })
  fake.say(JSON.stringify([{ t: 'ready', drivers: [] }]))
  await until('it is up', () => host.up())
  const messages: ToDriver[] = [
    { t: 'ended', command: 'a' },
    { t: 'ended', command: 'b' },
  ]
  for (const message of messages) host.send(message)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(fake.writes, [JSON.stringify(messages) + '\n'])
})

test('a listener that throws keeps no other from hearing', async () => {
  const fake = fakeSpawn()
  const lines: string[] = []
  const host = createDriverHost({
    log: createLog('info', (line) => lines.push(line)),
    clock: { now: () => 0 },
    root: '/nowhere',
    spawn: fake.spawn,
    setTimer: () => ({ cancel: () => undefined }),
  })
  let heard = 0
  host.onMessages(() => {
    throw new Error('person@example.org')
  })
  host.onMessages(() => heard++)
  host.start()
  fake.say(JSON.stringify([{ t: 'seen', handles: [1] }]))
  await until('it is heard', () => heard === 1)
  assert.ok(lines.some((l) => l.includes('driver listener fault')) && !lines.join().includes('person@'))
})

test('reports cross the pipe by the hundred thousand a second', async (t) => {
  const { act, messages, host } = await stage(t)
  let reports = 0
  host.onMessages((batch) => {
    for (const message of batch) if (message.t === 'r') reports += message.v.length / 2
  })
  act('burst 20000')
  await until('the warm-up is through', () => reports === 20_000)
  reports = 0
  const start = performance.now()
  act('burst 200000')
  await until('all are through', () => reports === 200_000)
  const seconds = (performance.now() - start) / 1000
  const took: number[] = []
  for (let i = 0; i < 200; i++) {
    const from = performance.now()
    const done = new Promise<void>((resolve) => {
      const off = host.onMessages((batch) => {
        if (!batch.some((m) => m.t === 'sent' && m.command === command)) return
        off()
        resolve()
      })
    })
    const command = act('hang')
    await done
    took.push(performance.now() - from)
  }
  took.sort((a, b) => a - b)
  t.diagnostic(
    `${Math.round(200_000 / seconds)} reports/s through the pipe; command there and back p50 ${(took[100]! * 1000).toFixed(0)} µs`,
  )
  assert.ok(messages.length > 0)
  assert.ok(200_000 / seconds > 20_000, 'a small fraction of the usual rate')
})
