// Every place in which something about a person could lie, with its bytes.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readKit } from '../server/src/backup/kit.ts'
import { unpack } from '../server/src/backup/read.ts'
import { Finder, needlesOf, asItIs, sealOf, type Hit, type Needle } from './residue-finder.ts'
import { filesBelow } from './residue-scan.ts'
import type { World } from './residue-world.ts'

type Bytes = ReadonlyMap<string, Buffer>
export interface Place {
  readonly name: PlaceName
  readonly files: Bytes
}
export const placeNames = [
  'database',
  'journals',
  'vault',
  'other files of the data folder',
  'keys',
  'backups',
  'backups, opened',
  'logs',
  'outbox',
  'exports',
  'what the manufacturer got',
  'browser storage',
  'what the browser keeps for the app',
  'answers to those who lived with her',
  'restored backup',
] as const
export type PlaceName = (typeof placeNames)[number]
/** Answers and texts, beside what lies in files. */
export type Told = Readonly<
  Record<
    'exports' | 'answers to those who lived with her' | 'what the browser keeps for the app',
    Map<string, string>
  >
>
export const nothingTold = (): Told => ({
  exports: new Map(),
  'answers to those who lived with her': new Map(),
  'what the browser keeps for the app': new Map(),
})

/** The folders of a browser's profile in which an origin's own things lie; the rest is the browser's. */
const ofOrigins =
  /^\/Default\/(IndexedDB|Local Storage|Session Storage|Service Worker|WebStorage|Cache|Code Cache|File System|databases|blob_storage|Shared Dictionary|Cookies|Network)/

const bytesOf = (texts: ReadonlyMap<string, string>): Bytes =>
  new Map([...texts].map(([what, text]) => [what, Buffer.from(text)]))
const only = (files: Bytes, test: RegExp) => new Map([...files].filter(([name]) => test.test(name)))
const prefixed = (files: Bytes, prefix: string) =>
  new Map([...files].map(([name, bytes]) => [`${prefix}${name}`, bytes]))

/** `restored`: the folder of a house that came back from a backup. */
export async function placesOf(world: World, told: Told, restored?: string): Promise<Place[]> {
  const { house, folders, profile, logs, hook } = world
  const data = filesBelow(house.env.EAVES_DATA!)
  const isVault = /^\/vault\.db/
  const isJournal = /-(wal|shm|journal)$/
  const isDatabase = /^\/(eaves|history)\.db$/
  const files: Record<PlaceName, Bytes> = {
    database: only(data, isDatabase),
    journals: only(data, isJournal),
    vault: only(data, isVault),
    'other files of the data folder': new Map(
      [...data].filter(([name]) => ![isVault, isJournal, isDatabase].some((each) => each.test(name))),
    ),
    keys: filesBelow(join(house.dir, 'data.key')),
    backups: new Map([
      ...prefixed(filesBelow(folders.data), '/disk'),
      ...prefixed(filesBelow(folders.vault), '/stick'),
    ]),
    'backups, opened': await opened(world),
    logs: new Map(logs.map((text, i) => [`run ${i + 1}`, Buffer.from(text)])),
    outbox: filesBelow(join(house.dir, 'data.outbox')),
    exports: bytesOf(told.exports),
    'what the manufacturer got': new Map(
      hook.caught.map(({ text }, i) => [`report ${i}`, Buffer.from(text)]),
    ),
    'browser storage': profile === undefined ? new Map() : only(filesBelow(profile.folder), ofOrigins),
    'what the browser keeps for the app': bytesOf(told['what the browser keeps for the app']),
    'answers to those who lived with her': bytesOf(told['answers to those who lived with her']),
    'restored backup': restored === undefined ? new Map() : filesBelow(restored),
  }
  return placeNames.map((name) => ({ name, files: files[name] }))
}

/** Every backup that is still there, as whoever holds the kit reads it: the data with the newest vault that opens it. */
async function opened({ house, folders, kit }: World): Promise<Bytes> {
  const list = (folder: string, end: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .toSorted()
      .map((name) => join(folder, name))
  const vaults = list(folders.vault, '.vault')
  const found = new Map<string, Buffer>()
  const pairs = [
    ...list(folders.data, '.data').map((data) => ({ data, vault: vaults.at(-1) })),
    ...vaults.map((vault) => ({ data: list(folders.data, '.data').at(-1), vault })),
  ]
  for (const { data, vault } of pairs) {
    if (data === undefined || vault === undefined) continue
    const folder = mkdtempSync(join(house.dir, 'opened-'))
    try {
      await unpack({ data, vault }, readKit(kit), folder)
      for (const [name, bytes] of filesBelow(folder))
        found.set(`${basename(name.startsWith('/vault') ? vault : data)}${name}`, bytes)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return found
}

/** What must be nowhere: each word in each encoding, and what stood of her in the vault. */
export function soughtIn({ alice, secrets, sealed }: World): Needle[] {
  const twice = Object.keys(alice.words).filter((what) => secrets.has(what))
  if (twice.length > 0)
    throw new Error(`${twice.join(', ')}: two values under one name, one would not be sought.`)
  return [
    ...needlesOf(new Map([...Object.entries(alice.words), ...secrets])),
    ...[...sealed].flatMap(([what, text]) => asItIs(what, text)),
  ]
}

export interface Searched {
  readonly place: PlaceName
  readonly files: number
  readonly bytes: number
  readonly hits: readonly Hit[]
}
/** Looks through every place; the same bytes under two names are looked through once. */
export function search(places: readonly Place[], needles: readonly Needle[]): Searched[] {
  const finder = new Finder(needles)
  const known = new Map<string, readonly Hit[]>()
  return places.map(({ name, files }) => {
    let bytes = 0
    const hits: Hit[] = []
    for (const [file, content] of files) {
      bytes += content.length
      const seal = sealOf(content)
      const found = known.get(seal) ?? finder.in(file, content)
      known.set(seal, found)
      hits.push(...found.map((hit) => ({ ...hit, file })))
    }
    return { place: name, files: files.size, bytes, hits }
  })
}

/** One line for each thing that was found. */
export const hitLines = (searched: readonly Searched[]): string[] =>
  searched.flatMap(({ place, hits }) =>
    hits.map(({ what, form, file }) => `${place}: ${what} as ${form} in ${file}`),
  )
