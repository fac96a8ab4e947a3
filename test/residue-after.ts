// After the erasure: what those who lived with the person see, what old links and a backup of before bring back.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataMap, type StoreMap } from '../server/src/store/schema.ts'
import { openSqlite } from '../server/src/store/sqlite/database.ts'
import { asSignedIn, codeSentTo } from './join-by-http.ts'
import { named, signedInBy, type Person } from './residue-life.ts'
import type { Told } from './residue-places.ts'
import type { World } from './residue-world.ts'
import type { Household, Running } from './server.ts'

/** The housemate by a fresh sign-in. */
async function benIn(world: World, server: Running, house: Household): Promise<Person> {
  const { words } = world.ben
  const { flow } = await asSignedIn(server, '')<{ flow: string }>('POST', '/api/sign-in/codes', {
    identifier: { email: words.email },
  })
  return signedInBy(server, words, '/api/sign-in/code', { flow, code: await codeSentTo(house, words.email) })
}

/** What the housemate is answered about the home they shared. */
async function seenBy({ ask }: Person, home: string): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  for (const path of ['', '/devices', '/members', '/rooms', '/about', '/invitations', '/mqtt/credentials'])
    seen.set(path, JSON.stringify(await ask('GET', `/api/homes/${home}${path}`)))
  for (const path of ['/api/homes', '/api/me/held', '/api/me/activity', '/api/me/recipients'])
    seen.set(path, JSON.stringify(await ask('GET', path)))
  return seen
}

/** Asks a running server everything that could still show her; her browser comes by as well. */
export async function askAround(world: World, server: Running): Promise<Told> {
  const { house, alice, home, shared, profile, packageLink } = world
  const exports = new Map<string, string>()
  const stranger = async (path: string, headers = {}) => {
    const answer = await fetch(server.base + path, { headers: { origin: server.base, ...headers } })
    exports.set(path.replace(/\/[^/]+$/, '/…'), await answer.text())
    return answer.status
  }
  assert.equal(await stranger(packageLink), 401)
  assert.equal(await stranger('/api/me', { cookie: alice.cookie() }), 401)
  const ben = await benIn(world, server, house)
  const seen = await seenBy(ben, shared)
  assert.ok(seen.get('')!.includes(world.ben.words.home), 'the housemate’s home is as it was')
  assert.ok(seen.get('/devices')!.includes(world.ben.words.renamed))
  await ben.ask('GET', `/api/homes/${home}`, undefined, 404)
  await ben.ask('GET', packageLink, undefined, 404)
  const kept = profile === undefined ? '' : await profile.openAgain(named(server).base, alice.words.home)
  await profile?.close()
  return {
    exports,
    'answers to those who lived with her': seen,
    'what the browser keeps for the app': new Map(profile === undefined ? [] : [['dump', kept]]),
  }
}

/** Restores the oldest backup with the newest vault, every live key in it, and looks for her there. Answers the folder. */
export async function restoreOld(world: World, hours: number): Promise<string> {
  const { house, folders, kit, run, alice } = world
  const newest = (folder: string, end: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .toSorted()
      .map((name) => join(folder, name))
  const to = join(house.dir, 'restored', 'data')
  mkdirSync(join(house.dir, 'restored'))
  writeFileSync(join(house.dir, 'kit.txt'), kit)
  const files = [
    '--data',
    newest(folders.data, '.data')[0]!,
    '--vault',
    newest(folders.vault, '.vault').at(-1)!,
  ]
  await run(hours, ['restore', ...files, '--kit', join(house.dir, 'kit.txt'), '--to', to])
  assert.deepEqual(rowsOf(to, alice.accountId), [], 'rows of hers in the restored house')
  return to
}

/** Starts the restored house: she cannot sign in, and he finds everything as it was. */
export async function liveOn(
  world: World,
  hours: number,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const { start, house, alice, shared, home } = world
  const outbox = join(house.dir, 'data.outbox')
  const server = await start(hours, {
    EAVES_DATA: folder,
    EAVES_OUTBOX_DIR: outbox,
    EAVES_KEY_FILE: `${folder}.key/kek`,
  })
  try {
    const answer = await fetch(`${server.base}/api/sign-in/password`, {
      method: 'POST',
      headers: { origin: server.base, 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: { email: alice.words.email }, password: alice.words.password }),
    })
    assert.equal(answer.status, 401)
    const ben = await benIn(world, server, house)
    const seen = await seenBy(ben, shared)
    assert.ok(seen.get('')!.includes(world.ben.words.home))
    await ben.ask('GET', `/api/homes/${home}`, undefined, 404)
    return new Map([...seen].map(([path, text]) => [`restored ${path}`, text]))
  } finally {
    await server.kill()
  }
}

/** Tables that say of somebody only that they were erased. */
const ofErasures = new Set(['tombstone', 'erasure'])
/** Every column in which the id of a person stands, in all three stores. */
export function rowsOf(folder: string, subject: string): string[] {
  return (['facts', 'history', 'vault'] as const).flatMap((store) => {
    const name = store === 'facts' ? 'eaves' : store
    const file = openSqlite(join(folder, `${name}.db`), { synchronous: 'FULL' })
    try {
      return Object.entries(dataMap[store] as StoreMap)
        .filter(([table]) => !ofErasures.has(table))
        .flatMap(([table, { columns }]) =>
          Object.keys(columns)
            .filter(
              (column) => file.get(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`, subject) !== undefined,
            )
            .map((column) => `${store}.${table}.${column}`),
        )
    } finally {
      file.close()
    }
  })
}
