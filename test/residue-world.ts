// The house in which somebody lives, is erased and looked for: the real server with a clock that is moved, everything that surrounds it, and how it goes on.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MqttClient } from 'mqtt'
import { openWebhook, type Webhook } from '../server/src/privacy/testing.ts'
import { openSqlite, type SqliteFile } from '../server/src/store/sqlite/database.ts'
import { freePort, startMosquitto } from './broker.ts'
import { faultEnv } from './faults.ts'
import { openProfile, type Profile } from './residue-browser.ts'
import {
  askAboutOneself,
  equip,
  furnish,
  lampsOf,
  pushHost,
  saidAndAnswered,
  share,
  named,
  signedInBy,
  signUp,
  useHome,
  wordsOf,
  writeRegister,
  type Person,
} from './residue-life.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, root, until, type Household, type Running } from './server.ts'

export const dayMs = 86_400_000
const hourMs = 3_600_000
const operator = {
  controller: { name: 'Hearth Cooperative', address: '12 Mill Lane, Cork, Ireland' },
  privacyContact: 'privacy@hearth.test',
  complaintChannel: 'complaints@hearth.test',
  dataProtectionOfficer: { name: 'The data protection officer', contact: 'dpo@hearth.test' },
  euRepresentative: { notRequired: 'established in the European Union' },
  affiliatesUrl: 'https://hearth.test/affiliates',
}

export interface Files {
  readonly data: string
  readonly vault: string
}
/** Everything that the search needs to know. */
export interface World {
  readonly house: Household
  readonly folders: Files
  readonly profile: Profile | undefined
  readonly hook: Webhook
  readonly alice: Person
  readonly ben: Person
  readonly home: string
  readonly shared: string
  readonly secrets: Map<string, string>
  /** What stands of the person in the vault while she lives: keyed hashes of her addresses, her key as it is wrapped. */
  readonly sealed: ReadonlyMap<string, string>
  readonly kit: string
  readonly logs: string[]
  readonly codes: readonly string[]
  packageLink: string
  /** Starts the server as it is so many hours after the beginning. */
  readonly start: (hours: number, extra?: Readonly<Record<string, string>>) => Promise<Running>
  readonly run: (hours: number, args: readonly string[]) => Promise<any>
  /** Makes a backup, which also throws away what has outlived its time. */
  readonly backUp: (hours: number) => Promise<void>
  readonly dispose: () => Promise<void>
}
export interface Wish {
  readonly withBrowser: boolean
  /** How many homes of others there are on the same server. */
  readonly homes: number
}

/** A person lives for a day with everything there is; then a backup is made. */
export async function live(wish: Wish, say: (line: string) => void): Promise<World> {
  const hook = await openWebhook()
  const brokers = [await startMosquitto(), await startMosquitto()] as const
  const [port, mqttPort] = [String(await freePort()), String(await freePort())]
  const house = household(
    {
      EAVES_ROLE: 'hosted',
      EAVES_LOG: 'debug',
      EAVES_PORT: port,
      EAVES_MQTT_PORT: mqttPort,
      EAVES_PUSH_HOSTS: pushHost,
    },
    [],
    join(root, 'test/residue-server.ts'),
  )
  const clients: MqttClient[] = []
  const profile = wish.withBrowser ? openProfile(join(house.dir, 'profile')) : undefined
  const dispose = async () => {
    await profile?.close()
    for (const client of clients) await client.endAsync(true)
    await house.dispose()
    for (const broker of brokers) await broker.stop()
    await hook.close()
  }
  try {
    return await begin({
      wish,
      say,
      hook,
      brokers: [brokers[0].url, brokers[1].url],
      house,
      clients,
      profile,
      dispose,
    })
  } catch (error) {
    await dispose()
    throw error
  }
}

interface Around {
  readonly wish: Wish
  readonly say: (line: string) => void
  readonly hook: Webhook
  /** One in each house. */
  readonly brokers: readonly [string, string]
  readonly house: Household
  readonly clients: MqttClient[]
  readonly profile: Profile | undefined
  readonly dispose: () => Promise<void>
}

async function begin(around: Around): Promise<World> {
  const { wish, say, hook, brokers, house, clients, profile, dispose } = around
  const folders = { data: join(house.dir, 'disk'), vault: join(house.dir, 'stick') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const { start, run, logs } = startable(around, folders)
  const server = await start(0)
  const [a, b] = [wordsOf('Alice'), wordsOf('Ben')]
  clients.push(await lampsOf(brokers[0], [a]), await lampsOf(brokers[1], [b]))
  await claimByHttp(server, { identifier: { email: 'owner@hearth.example' } })
  const ben = await signUp(server, house, b)
  const bens = await furnish(ben, brokers[1])
  await settle(server, house, wish.homes)
  const alice = await signUp(server, house, a)
  const { home, lamp, password } = await furnish(alice, brokers[0])
  const { secrets, recoveryCodes } = await equip(server, house, alice)
  secrets.set('secret of access data', password).set('sign-in', alice.cookie().split('=')[1]!)
  await useHome(server, alice, { home, lamp, token: secrets.get('secret of the token')! })
  await family(server, house, alice, ben, home, bens)
  await share(alice)
  if (profile !== undefined)
    await profile.lookAround(named(server).base, alice.cookie(), home, { search: a.search, name: a.home })
  const { kit } = (await run(0, ['kit'])) as { kit: string }
  await run(0, ['backup'])
  const sealed = inVault(house, alice.accountId)
  await server.kill()
  say(`lived: ${Object.keys(a).length} words, ${secrets.size} secrets, ${wish.homes + 2} homes, a backup`)
  return {
    ...{ house, folders, profile, hook, alice, ben, home, secrets, sealed, kit, logs, start, run, dispose },
    shared: bens.home,
    backUp: (hours) => patiently(() => run(hours, ['backup'])),
    codes: recoveryCodes,
    packageLink: '',
  }
}

/** The server may just be making its daily one. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  await until(
    async () => {
      try {
        return (await work()) !== undefined
      } catch (error) {
        if (String(error).includes('backup.running')) return false
        throw error
      }
    },
    'the daily backup to end',
    20_000,
  )
}

/** Homes of others; so many people in a minute would be taken for a flood. */
async function settle(server: Running, house: Household, homes: number): Promise<void> {
  const most = 8
  for (let person = 0; person < Math.min(homes, most); person++) {
    const other = await signUp(server, house, wordsOf(`Other${person}`))
    for (let i = person; i < homes; i += most)
      await other.ask('POST', '/api/homes', { name: `${other.words.home} ${i}`, zone: 'UTC' })
  }
}

function startable({ house, hook }: Around, folders: Files) {
  const logs: string[] = []
  const operatorFile = join(house.dir, 'operator.json')
  writeFileSync(operatorFile, JSON.stringify(operator))
  const recipients = writeRegister(house, hook)
  const fault = faultEnv()
  const env = (hours: number) => ({
    EAVES_OPERATOR_FILE: operatorFile,
    EAVES_RECIPIENTS_FILE: recipients,
    EAVES_BACKUP_DIR: folders.data,
    EAVES_VAULT_BACKUP_DIR: folders.vault,
    EAVES_TEST_CLOCK_AHEAD_MS: String(hours * hourMs),
    ...fault.env,
    NODE_OPTIONS: [pathToFileURL(join(root, 'test/moved-clock.ts')).href, ...fault.imports]
      .map((each) => `--import ${each}`)
      .join(' '),
  })
  return {
    logs,
    start: async (hours: number, extra = {}) => {
      const server = await house.start({ ...env(hours), ...extra }).catch((error: unknown) => {
        logs.push(String(error))
        throw error
      })
      const at = logs.push('') - 1
      const keep = () => (logs[at] = server.output())
      server.process.once('exit', keep)
      return { ...server, kill: (signal?: NodeJS.Signals) => server.kill(signal).then(() => void keep()) }
    },
    run: async (hours: number, args: readonly string[]): Promise<any> => {
      const ran = await house.run([...args, '--json'], env(hours))
      logs.push(ran.stderr)
      assert.equal(ran.code, 0, `${args[0]}: ${ran.stderr}`)
      return JSON.parse(ran.stdout) as unknown
    },
  }
}

/** She lives in his home too, has a guest in hers, and both are called something by others. */
async function family(
  server: Running,
  house: Household,
  alice: Person,
  ben: Person,
  home: string,
  bens: { readonly home: string; readonly lamp: string },
): Promise<void> {
  const { words } = alice
  const invite = (by: Person, to: string, body: unknown) =>
    by.ask<{ code: string }>('POST', `/api/homes/${to}/invitations`, body, 201)
  const his = await invite(ben, bens.home, { role: 'adult', name: words.calledByOthers })
  await alice.ask('POST', '/api/invitations/accept', { code: his.code }, 201)
  await alice.ask('PUT', `/api/homes/${bens.home}/members/me/shares`, { shares: ['contact'] })
  await alice.ask('PUT', `/api/homes/${bens.home}/members/me/pin`, { pin: '471193' })
  await alice.ask('POST', `/api/homes/${bens.home}/devices/${bens.lamp}/commands`, {
    capability: 'onOff',
    command: 'toggle',
  })
  const limits = { reach: 'all', rules: [], hours: [] }
  const guest = await signUp(server, house, wordsOf('Gil'))
  const hers = await invite(alice, home, { role: 'guest', name: words.guest, limits })
  await guest.ask('POST', '/api/invitations/accept', { code: hers.code }, 201)
  await invite(alice, home, { role: 'guest', name: words.guest, limits })
  await alice.ask('POST', `/api/homes/${home}/panels`, { name: words.panel }, 201)
}

/** The rows of the vault that are hers, read beside the running server. */
function inVault(house: Household, subject: string): Map<string, string> {
  const vault = openSqlite(join(house.env.EAVES_DATA!, 'vault.db'), { synchronous: 'FULL' })
  try {
    const found = new Map<string, string>()
    for (const [i, { hash }] of vault
      .all<{ hash: string }>('SELECT hash FROM blind WHERE subject = ?', subject)
      .entries())
      found.set(`keyed hash ${i} of an address`, hash)
    for (const { wrapped } of vault.all<{ wrapped: string }>(
      'SELECT wrapped FROM key WHERE owner = ?',
      subject,
    ))
      found.set('her key, wrapped', wrapped)
    return found
  } finally {
    vault.close()
  }
}

const week = 7 * 24 + 1
/** A week later: a report has left, a copy was made, another backup; then she asks to be erased. */
export async function askForErasure(world: World): Promise<Running> {
  const { start, hook, alice, secrets, codes, profile } = world
  const server = await start(week)
  const half = await fetch(`${server.base}/api/sign-in/password`, {
    method: 'POST',
    headers: { origin: server.base, 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: { email: alice.words.email }, password: alice.words.password }),
  })
  const { secondFactor } = (await half.json()) as { secondFactor: { flow: string } }
  const again = await signedInBy(server, alice.words, '/api/sign-in/second-factor', {
    flow: secondFactor.flow,
    second: { recoveryCode: codes[0]! },
    device: alice.words.label,
  })
  secrets.set('second sign-in', again.cookie().split('=')[1]!)
  await until(() => hook.caught.length > 0, 'a report to the manufacturer', 15_000)
  if (profile !== undefined)
    await profile.lookAround(named(server).base, again.cookie(), world.home, {
      search: alice.words.search,
      name: alice.words.home,
    })
  const { code } = (await world.run(week, ['operator', 'add', 'Lee', '--role', 'privacy'])) as {
    code: string
  }
  await saidAndAnswered(again, server, { code, nowMs: Date.now() + week * hourMs })
  world.packageLink = await askAboutOneself(again, server)
  secrets.set('link of a copy', world.packageLink.split('/').at(-1)!)
  await world.backUp(week)
  await again.ask('POST', '/api/me/requests', { kind: 'erasure', ground: 'unlawful' }, 201)
  return server
}

/** The erasure dies in its midst, goes on while somebody reads, and ends when nobody does. Answers its certificate. */
export async function erase(world: World, dieBefore: string): Promise<string> {
  const { start, house } = world
  await dies(start(week + 73, { EAVES_TEST_DIE_BEFORE: dieBefore }))
  const readers = openReaders(house)
  // The lock of the job that died has ended by then.
  const starting = start(week + 74)
  try {
    await untilHeldUp(house, () => leftOf(house, world.alice.accountId, world.home))
  } finally {
    for (const reader of readers) {
      reader.exec('COMMIT')
      reader.close()
    }
  }
  const server = await starting
  const id = erasureIn(house).id
  const done = await until(
    async () => {
      const seen = await stateOf(server, id)
      return seen.state === 'closed' && seen
    },
    'the end of the erasure',
    15_000,
  )
  await server.kill()
  return done.certificate!
}

/** The erasure goes on while a server starts: it dies before or after it has said that it is ready. */
async function dies(starting: ReturnType<World['start']>): Promise<void> {
  const signal = await starting.then(
    async ({ process: child }) => {
      if (child.exitCode === null && child.signalCode === null)
        await new Promise((resolve) => child.once('exit', resolve))
      return child.signalCode
    },
    (error: unknown) => (error as { readonly signal?: NodeJS.Signals }).signal,
  )
  assert.equal(signal, 'SIGKILL')
}

/** Answers once the erasure has gone as far as a reader lets it; while one reads an old copy it does not say that it is done. */
async function untilHeldUp(house: Household, left: () => number): Promise<void> {
  const before = left()
  await until(() => left() < before || before === 0, 'the erasure to go on', 20_000)
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(erasureIn(house).finished_at, null, 'a reader holds an old copy')
}

/** Keys of hers and of her home that are still there; when they are gone, the rows of her account. */
function leftOf(house: Household, subject: string, home: string): number {
  const open = (name: string) => openSqlite(join(house.env.EAVES_DATA!, name), { synchronous: 'FULL' })
  const [vault, facts] = [open('vault.db'), open('eaves.db')]
  try {
    const count = (file: SqliteFile, text: string, ...ids: string[]) =>
      file.get<{ n: number }>(`SELECT count(*) AS n FROM ${text}`, ...ids)!.n
    const keys = count(vault, 'key WHERE owner IN (?, ?)', subject, home)
    return keys * 10 + count(facts, 'account WHERE subject = ?', subject)
  } finally {
    vault.close()
    facts.close()
  }
}
function erasureIn(house: Household) {
  const facts = openSqlite(join(house.env.EAVES_DATA!, 'eaves.db'), { synchronous: 'FULL' })
  try {
    return facts.get<{ id: string; finished_at: number | null }>('SELECT id, finished_at FROM erasure')!
  } finally {
    facts.close()
  }
}

async function stateOf(server: Running, id: string) {
  const answer = await fetch(`${server.base}/api/erasures/${id}`)
  return (await answer.json()) as { state: string; certificate?: string }
}

function openReaders(house: Household): SqliteFile[] {
  return ['eaves.db', 'history.db', 'vault.db'].map((name) => {
    const reader = openSqlite(join(house.env.EAVES_DATA!, name), { synchronous: 'FULL' })
    reader.exec('BEGIN')
    reader.get('SELECT count(*) AS n FROM sqlite_schema')
    return reader
  })
}
