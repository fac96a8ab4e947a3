import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FromDriver, ToDriver } from '@eaves/driver-kit'
import {
  newId,
  type ConnectionId,
  type HomeId,
  type HomeRole,
  type Region,
  type SubjectId,
} from '@eaves/model'
import { readConfig } from '../server/src/config.ts'
import { FakeDriver, lampMessage, lockMessage } from '../server/src/devices/testing.ts'
import type { DriverHost } from '../server/src/drivers/drivers.ts'
import type { Membership } from '../server/src/homes/homes.ts'
import { saveMember } from '../server/src/homes/member-store.ts'
import { openHouse, type House, type HouseOptions } from '../server/src/house.ts'
import { createOrigins, type Origins } from '../server/src/http/origin.ts'
import { createTurn, prepareAccount, writeAccount } from '../server/src/people/accounts.ts'
import { createPasswords } from '../server/src/people/passwords.ts'
import { systemRandom } from '../server/src/people/secrets.ts'
import { asSignIn } from '../server/src/people/store.ts'
import { internalsOf } from '../server/src/store/internals.ts'
import { openPostgres } from '../server/src/store/postgres/database.ts'
import {
  postgresUrl,
  quietLog,
  testClock,
  type Dialect,
  type TestClock,
} from '../server/src/store/testing.ts'
import { lettersAt } from './outbox.ts'

export interface InHouse {
  readonly house: House
  /** Where everything of it lies. */
  readonly dir: string
  /** Ends the server and starts another on the same data; `house` is the new one from then on. */
  readonly reopen: () => Promise<void>
  readonly clock: TestClock
  readonly driver: FakeDriver
  /** Every claim code told so far. */
  readonly codes: readonly string[]
  readonly origins: Origins
  readonly call: (request: Asked) => Promise<Answer>
  /** A person with an account and, unless told otherwise, the current agreement. */
  readonly person: (email: string, region?: Region) => Promise<SubjectId>
  /** The cookie of a new sign-in. */
  readonly signIn: (subject: SubjectId) => Promise<{ readonly cookie: string; readonly session: string }>
  /** A child hangs on the owner unless told otherwise. */
  readonly join: (
    home: HomeId,
    subject: SubjectId,
    role: HomeRole,
    more?: Partial<Membership>,
  ) => Promise<void>
  /** A lamp and a lock, announced through a connection of the home. */
  readonly furnish: (home: HomeId, owner: SubjectId, tag: string) => Promise<Furnished>
  /** Every message sent so far, as it lies in the outbox. */
  readonly letters: () => Promise<string[]>
  /** A number that grows with every row written, changed or removed in any table. */
  readonly mark: () => Promise<string>
  readonly end: () => Promise<void>
}
export interface Furnished {
  readonly connection: ConnectionId
  /** The lamp reports that it is on, or off. */
  readonly report: (on: boolean) => void
  /** The lock reports. */
  readonly lock: (locked: boolean) => void
}
export interface Asked {
  readonly method: string
  readonly path: string
  readonly cookie?: string | undefined
  readonly token?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The whole network address that it comes from. */
  readonly from?: string | undefined
}
export interface Answer {
  readonly status: number
  readonly text: string
  readonly json: any
  readonly headers: readonly (readonly [string, string])[]
}

const host = { host: '127.0.0.1', port: 8420, tls: false }
const base = 'http://127.0.0.1:8420'
export const cookieName = 'eaves-8420'
/** Dear enough that a hash more or less shows in the time of an answer. */
const hashing = { memoryKibibytes: 8_192, passes: 1 }

/** The whole server in this process, without a port and with a driver process of plain messages. Long tests with a listener, which goes by the real clock, start now. */
export async function openInHouse(
  dialect: Dialect = 'sqlite',
  startMs?: number,
  {
    env = {},
    log = quietLog,
    ...more
  }: Pick<HouseOptions, 'onErasureStep' | 'egress' | 'texts'> & {
    readonly log?: HouseOptions['log']
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<InHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-inside-'))
  const schema = `t_${newId()}`
  const url = dialect === 'postgres' ? passwordApart(withSchema(schema), dir) : {}
  const config = readConfig(
    { EAVES_DATA: join(dir, 'data'), EAVES_MQTT_PORT: '18830', EAVES_LOG: 'silent', ...url, ...env },
    dir,
  )
  const clock = testClock(startMs)
  const driver = new FakeDriver()
  const drivers: DriverHost = Object.assign(driver, {
    prepare: () => undefined,
    start: () => driver.goUp(),
    stop: async () => driver.goDown(),
    pid: () => undefined,
  })
  const codes: string[] = []
  const origins = createOrigins(host)
  const open = async () => {
    const opened = await openHouse({
      config,
      log,
      clock,
      drivers,
      announceClaim: (code) => codes.push(code),
      hashing,
      ...more,
    })
    // Without the jobs: what they write by themselves is no consequence of a request.
    await opened.load()
    await opened.openDoors()
    opened.drivers.start()
    return opened
  }
  let house = await open()
  let app = house.app(() => origins, { name: cookieName, secure: false })
  let handle = 0
  return {
    get house() {
      return house
    },
    dir,
    reopen: async () => {
      await house.stop()
      house = await open()
      app = house.app(() => origins, { name: cookieName, secure: false })
    },
    clock,
    driver,
    codes,
    origins,
    call: (asked) => call(app, asked),
    person: (email, region) => addPerson(house, clock, email, region),
    async signIn(subject) {
      const made = await house.people.sessions.open(subject, { address: '192.0.2.0' })
      return { cookie: made.secret, session: made.row.id }
    },
    async join(home, subject, role, more) {
      const owner = house.homes.relations.members(home).find((each) => each.role === 'owner')?.subject
      const membership = {
        role,
        since: clock.now(),
        ...(role === 'child' ? { guardian: owner } : {}),
        ...more,
      }
      await saveMember(house.stores.facts, home, subject, membership)
      house.homes.relations.set(home, subject, membership)
    },
    async furnish(home, owner, tag) {
      const made = await call(app, {
        method: 'POST',
        path: `/api/homes/${home}/onboarding`,
        cookie: (await house.people.sessions.open(owner, { address: '192.0.2.0' })).secret,
        body: { driver: 'mqtt', config: { url: 'mqtt://127.0.0.1:1' } },
      })
      if (made.status !== 201) throw new Error(`no connection: ${made.text}`)
      const opened = driver.of('open').at(-1)
      if (opened === undefined) throw new Error('the driver was told of no connection')
      const connection = opened.connection as ConnectionId
      const say = (...batch: FromDriver[]) => driver.say(...batch)
      say({ t: 'connection', connection, state: 'online' })
      const lamp = ++handle
      const lock = ++handle
      say(lampMessage(connection, lamp, `${tag}-lamp`), lockMessage(connection, lock, `${tag}-lock`))
      return {
        connection,
        report: (on) => say({ t: 'r', v: [lamp * 10, on] }),
        lock: (locked) => say({ t: 'r', v: [lock * 10, locked] }),
      }
    },
    async letters() {
      await house.people.settled()
      return lettersAt(config.outboxDir).map((name) => readFileSync(join(config.outboxDir, name), 'utf8'))
    },
    mark: () => mark(house),
    async end() {
      await house.stop()
      rmSync(dir, { recursive: true, force: true })
      if (dialect === 'postgres') await dropSchema(schema)
    },
  }
}

async function call(
  app: ReturnType<House['app']>,
  { method, path, cookie, token, body, headers, from }: Asked,
): Promise<Answer> {
  const peer = from === undefined ? {} : { peer: { address: from, host: headers?.host ?? '127.0.0.1:8420' } }
  const init = {
    method,
    headers: {
      host: '127.0.0.1:8420',
      ...(cookie === undefined ? {} : { cookie: `${cookieName}=${cookie}`, origin: base }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
  const response = await app.request(base + path, init, peer)
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return {
    status: response.status,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
    headers: [...response.headers].map(([name, value]) => [name, value] as const),
  }
}

async function addPerson(
  house: House,
  clock: TestClock,
  email: string,
  region: Region = 'EU',
): Promise<SubjectId> {
  const { stores, privacy, activity, people } = house
  const deps = {
    facts: stores.facts,
    vault: stores.vault,
    privacy,
    activity,
    sessions: people.sessions,
    passwords: createPasswords(),
    clock,
    random: systemRandom,
    tenant: 'main',
    turn: createTurn(),
  }
  const given = {
    identifier: { kind: 'email', original: email, lookup: email } as const,
    verified: true,
    acts: privacy.currentActs('en', region),
    choices: {},
    surface: 'app',
  }
  const prepared = await prepareAccount(deps, newId<SubjectId>(), given)
  if (prepared === undefined) throw new Error(`${email} has an account already`)
  await asSignIn(stores.facts, 'service.core').transaction((tx) => writeAccount(deps, tx, prepared, given))
  return prepared.subject
}

async function mark(house: House): Promise<string> {
  const { factsFile, historyFile, vaultFile, pool } = internalsOf(house.stores)
  // Last reported values are written late and by themselves: they are no consequence of a request.
  const samples =
    historyFile?.get<{ n: number }>(
      'SELECT (SELECT count(*) FROM sample) + (SELECT count(*) FROM sample_text) + (SELECT count(*) FROM series) AS n',
    )?.n ?? 0
  const changes = [
    samples,
    ...[factsFile, vaultFile].map((file) => file?.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0),
  ]
  if (pool === undefined) return changes.join(' ')
  const tables = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname <> 'live_state' ORDER BY 1`,
  )
  const counts = await pool.query(
    tables.rows
      .map(
        ({ name }) =>
          `SELECT count(*) AS n, '${name}' AS name, coalesce(max(xmin::text::bigint), 0) AS last FROM "${name}"`,
      )
      .join(' UNION ALL '),
  )
  return JSON.stringify([changes, counts.rows])
}

/** The messages to the driver process that do something in a house. */
export const told = (driver: FakeDriver): number =>
  driver.sent.filter((message: ToDriver) => message.t !== 'ended').length

function withSchema(schema: string): string {
  const url = new URL(postgresUrl ?? 'postgresql://unset')
  url.searchParams.set('schema', schema)
  return url.href
}
/** A hosted server takes no password in an address, so it lies in a file. */
function passwordApart(address: string, dir: string): Readonly<Record<string, string>> {
  const url = new URL(address)
  if (url.password === '') return { EAVES_DATABASE_URL: address }
  const file = join(dir, 'password')
  writeFileSync(file, decodeURIComponent(url.password), { mode: 0o600 })
  url.password = ''
  return { EAVES_DATABASE_URL: url.href, EAVES_DATABASE_URL_PASSWORD_FILE: file }
}
async function dropSchema(schema: string): Promise<void> {
  const pool = await openPostgres(postgresUrl ?? '')
  await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
  await pool.end()
}
