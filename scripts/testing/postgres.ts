// A private PostgreSQL for one run of the tests: a fresh cluster in a temporary folder, on loopback, gone afterwards.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const startLimitMs = 30_000
const stopLimitMs = 10_000

export interface PostgresCluster {
  readonly url: string
  stop(): Promise<void>
}

interface Identity {
  readonly uid?: number
  readonly gid?: number
}

/** Starts a cluster with the programs in `folder`; the promise settles when it takes connections. */
export async function startPostgres(folder: string): Promise<PostgresCluster> {
  const identity = unprivileged()
  const home = mkdtempSync(join(tmpdir(), 'eaves-test-postgres-'))
  try {
    if (identity.uid !== undefined && identity.gid !== undefined) chownSync(home, identity.uid, identity.gid)
    const password = randomBytes(18).toString('base64url')
    initialise(folder, home, password, identity)
    const port = await freePort()
    const server = await serve(folder, home, port, identity)
    return {
      url: `postgresql://eaves:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await end(server)
        rmSync(home, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(home, { recursive: true, force: true })
    throw error
  }
}

// PostgreSQL refuses to run as root; Debian's package brings an account for it.
function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {}
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined)
    throw new Error('PostgreSQL will not run as root and there is no postgres account')
  return { uid: Number(uid), gid: Number(gid) }
}

function initialise(folder: string, home: string, password: string, identity: Identity): void {
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (identity.uid !== undefined && identity.gid !== undefined)
    chownSync(passwordFile, identity.uid, identity.gid)
  const args = [
    '-D',
    join(home, 'cluster'),
    '-U',
    'eaves',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
  ]
  const done = spawnSync(join(folder, 'initdb'), [...args, '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...identity,
    cwd: home,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`initdb failed: ${done.stderr || done.error?.message}`)
}

// Durability is switched off: the cluster does not outlive the run, and the tests wait for every commit.
async function serve(folder: string, home: string, port: number, identity: Identity): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=300',
    'shared_buffers=64MB',
    'lc_messages=C',
  ]
  const args = ['-D', join(home, 'cluster'), ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawn(join(folder, 'postgres'), args, {
    ...identity,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await ready(server)
  return server
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    const fail = (why: string): void => {
      server.kill('SIGKILL')
      reject(new Error(`PostgreSQL did not start (${why}):\n${log}`))
    }
    const limit = setTimeout(() => fail('too slow'), startLimitMs)
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (log.length < 20_000) log += text
      if (!log.includes('ready to accept connections')) return
      clearTimeout(limit)
      resolve()
    })
    server.once('error', (error) => fail(error.message))
    server.once('exit', (code) => {
      clearTimeout(limit)
      fail(`exit code ${code}`)
    })
  })
}

// SIGINT is PostgreSQL's fast shutdown: it drops connections that tests left open.
function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const limit = setTimeout(() => server.kill('SIGKILL'), stopLimitMs)
    server.once('exit', () => {
      clearTimeout(limit)
      resolve()
    })
    server.kill('SIGINT')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
