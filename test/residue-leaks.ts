// A leak in each place that is searched, planted the way careless code would make it: a search that cannot fail shows nothing.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openSqlite } from '../server/src/store/sqlite/database.ts'
import { named, type Words } from './residue-life.ts'
import type { PlaceName } from './residue-places.ts'
import type { Run } from './residue-run.ts'

export interface Leak {
  readonly place: PlaceName
  /** Which of her words leaks, and the encoding in which it lies there. */
  readonly word: keyof Words
  readonly form: string
  readonly plant: (run: Run, word: string) => Promise<void> | void
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')
const escaped = (text: string) =>
  Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const write = ({ world }: Run, path: string, bytes: string | Buffer) =>
  writeFileSync(join(world.house.dir, path), bytes)

/** In the order in which they are planted: what leaks into the database is in the next backup too. */
export const leaks: readonly Leak[] = [
  {
    place: 'database',
    word: 'home',
    form: 'base64 at 0',
    plant: (run, word) => inStore(run, 'eaves.db', base64(word), 'PRAGMA wal_checkpoint(TRUNCATE)'),
  },
  {
    place: 'backups, opened',
    word: 'home',
    form: 'base64 at 0',
    plant: ({ backUp }) => backUp(),
  },
  {
    place: 'journals',
    word: 'room',
    form: 'hex',
    plant: (run, word) => inStore(run, 'eaves.db', hex(word)),
  },
  { place: 'vault', word: 'phone', form: 'utf-8', plant: (run, word) => inStore(run, 'vault.db', word) },
  {
    place: 'other files of the data folder',
    word: 'email',
    form: 'utf-8, compressed',
    plant: (run, word) => write(run, 'data/fault.gz', gzipSync(`{"to":"${word}"}`)),
  },
  {
    place: 'keys',
    word: 'renamed',
    form: 'utf-16 little',
    plant: (run, word) => write(run, 'data.key/kek.old', Buffer.from(word, 'utf16le')),
  },
  {
    place: 'backups',
    word: 'address',
    form: 'reversed',
    plant: (run, word) => write(run, 'disk/list.txt', Array.from(word).toReversed().join('')),
  },
  {
    place: 'logs',
    word: 'search',
    form: 'lower',
    plant: ({ world }, word) =>
      void world.logs.push(`{"level":"warn","event":"slow","q":"${word.toLowerCase()}"}`),
  },
  {
    place: 'outbox',
    word: 'calledByOthers',
    form: 'base64url at 1',
    plant: (run, word) => write(run, 'data.outbox/late.eml', base64(`=${word}`)),
  },
  {
    place: 'exports',
    word: 'panel',
    form: 'JSON \\u',
    plant: ({ told }, word) => void told.exports.set('/api/me/packages/…', `{"name":"${escaped(word)}"}`),
  },
  {
    place: 'what the manufacturer got',
    word: 'email',
    form: 'sha256 hex lower',
    plant: ({ world }, word) => {
      const text = createHash('sha256').update(word.toLowerCase()).digest('hex')
      world.hook.caught.push({ body: { id: 'x', kind: 'report' }, text, isSigned: true })
    },
  },
  {
    place: 'answers to those who lived with her',
    word: 'guest',
    form: 'url',
    plant: ({ told }, word) =>
      void told['answers to those who lived with her'].set('/members', `?q=${encodeURIComponent(word)}`),
  },
  {
    place: 'restored backup',
    word: 'token',
    form: 'HEX',
    plant: (run, word) => write(run, 'restored/data/eaves.db-journal', hex(word).toUpperCase()),
  },
  {
    place: 'browser storage',
    word: 'lamp',
    form: 'utf-8',
    plant: async ({ world, server }, word) =>
      world.profile!.plant(named(server).base, `localStorage.setItem('eaves.last-search', '${word}')`),
  },
  {
    place: 'what the browser keeps for the app',
    word: 'lamp',
    form: 'utf-8',
    plant: async ({ world, server, told }) => {
      const kept = await world.profile!.openAgain(named(server).base, world.alice.words.home)
      told['what the browser keeps for the app'].set('dump', kept)
      await world.profile!.close()
    },
  },
]

/** Leaks of places that a run without a browser does not have. */
export const ofBrowser = (leak: Leak): boolean => /browser/.test(leak.place)

function inStore({ world }: Run, name: 'eaves.db' | 'vault.db', text: string, then?: string): void {
  const store = openSqlite(join(world.house.env.EAVES_DATA!, name), { synchronous: 'FULL' })
  try {
    const into = name === 'vault.db' ? 'own_key (name, wrapped)' : 'instance (key, value)'
    store.run(`INSERT INTO ${into} VALUES (?, ?)`, `leak-${text.length}`, text)
    if (then !== undefined) store.exec(then)
  } finally {
    store.close()
  }
}
