// Catches a full disk that stops the lights, opens a lock without a record, goes unnoticed, or is not recovered from.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { claimByHttp } from './owner-by-http.ts'
import { root, until, type Running } from './server.ts'

const mebibyte = 1024 * 1024
const canMount =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'ignore' })
    .status === 0
const skip = canMount ? false : 'not run: a disk of its own needs root and unshare'

/** The real program whose data folder is on a small disk that nobody else sees. */
async function startOnSmallDisk(dir: string): Promise<Running> {
  const disk = join(dir, 'disk')
  mkdirSync(disk)
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: dir,
    EAVES_DATA: join(disk, 'data'),
    EAVES_KEY_FILE: join(dir, 'key', 'kek'),
    EAVES_OUTBOX_DIR: join(dir, 'outbox'),
    EAVES_PORT: '0',
    EAVES_MQTT_PORT: '0',
    EAVES_LOG: 'warn',
  }
  const child = spawn(
    'unshare',
    [
      '-m',
      '--propagation',
      'private',
      'sh',
      '-c',
      'mount -t tmpfs -o size=28m tmpfs "$0" && exec "$@"',
      disk,
      process.execPath,
      join(root, 'server/src/main.mjs'),
      'serve',
    ],
    { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk))
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const base = await until(
    () => /Eaves is ready at (http:\/\/[\d.]+:\d+)/.exec(text)?.[1],
    'the ready line',
    10_000,
  )
  return {
    base,
    port: Number(new URL(base).port),
    process: child,
    output: () => text,
    claimCode: () => /\/claim#(\S+)/.exec(text)?.[1],
    async kill(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (const size of [mebibyte, 65_536, 4096]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size, 1))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}

test(
  'on a full disk lights go on, locks are refused once nothing can be recorded, and room brings all back',
  { skip, timeout: 60_000 },
  async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'eaves-full-'))
    const server = await startOnSmallDisk(dir)
    try {
      const { cookie } = await claimByHttp(server)
      const call = async (method: string, path: string, body?: unknown) => {
        const answer = await fetch(server.base + path, {
          method,
          headers: {
            cookie,
            origin: server.base,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        return { status: answer.status, body: (await answer.json()) as any }
      }
      const home = (await call('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' })).body.id as string
      await call('POST', `/api/homes/${home}/onboarding`, { driver: 'simulated', config: {} })
      const kinds = async (kind: string) =>
        until(
          async () =>
            ((await call('GET', `/api/homes/${home}/devices`)).body as any[]).find(
              (each) => each.kind === kind,
            )?.id as string | undefined,
          kind,
        )
      const [light, lock] = [await kinds('light'), await kinds('lock')]
      const toggle = () =>
        until(
          async () => {
            const answer = await call('POST', `/api/homes/${home}/devices/${light}/commands?wait=confirmed`, {
              capability: 'onOff',
              command: 'toggle',
            })
            return answer.body.code === 'server.busy' ? undefined : answer
          },
          'a turn of the light',
          10_000,
        )
      const turnLock = (command: string) =>
        call('POST', `/api/homes/${home}/devices/${lock}/commands`, { capability: 'lock', command })
      const alerts = async () => (await call('GET', '/api/instance')).body.alerts as string[]
      assert.deepEqual(
        [(await toggle()).body.status, (await turnLock('lock')).status, await alerts()],
        ['confirmed', 202, []],
      )

      const filler = `/proc/${server.process.pid}/root${join(dir, 'disk')}/filler`
      fill(filler)
      assert.equal((await turnLock('lock')).status, 202, 'recorded from the reserve')
      let recorded = 0
      let unrecorded: any
      for (let i = 0; i < 400 && unrecorded === undefined; i++) {
        fill(filler) // what the reserve gives back is taken too
        const { status, body } = await toggle()
        assert.deepEqual([status, body.status], [200, 'confirmed'], JSON.stringify(body))
        if (body.recorded === false) unrecorded = body
        else recorded += 1
      }
      assert.ok(unrecorded !== undefined, 'a command that says it was not recorded')
      assert.deepEqual(await alerts(), ['disk-full'])
      const before = (await call('GET', `/api/homes/${home}/devices/${lock}`)).body.parts[0].capabilities.lock
      const refused = await turnLock('unlock')
      assert.deepEqual([refused.status, refused.body.code], [507, 'server.disk-full'])
      await toggle()
      assert.deepEqual(
        (await call('GET', `/api/homes/${home}/devices/${lock}`)).body.parts[0].capabilities.lock,
        before,
      )
      assert.equal(
        (await call('POST', `/api/homes/${home}/rooms`, { name: 'Attic' })).body.code,
        'server.disk-full',
      )
      assert.equal((await call('GET', '/health')).status, 200)
      assert.doesNotMatch(server.output(), /"event":"fault"/)

      rmSync(filler)
      const from = Date.now()
      await until(async () => (await alerts()).length === 0, 'the alert to go', 10_000)
      t.diagnostic(
        `${recorded} recorded from the reserve or what was left, then unrecorded; recovered in ${Date.now() - from} ms`,
      )
      const again = await toggle()
      assert.deepEqual([again.body.status, again.body.recorded], ['confirmed', undefined])
      assert.equal((await turnLock('unlock')).status, 202)
      assert.equal((await call('POST', `/api/homes/${home}/rooms`, { name: 'Attic' })).status, 201)
    } finally {
      await server.kill()
      rmSync(dir, { recursive: true, force: true })
    }
  },
)
