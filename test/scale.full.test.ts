// Catches an export or erasure of one person that takes longer the more others there are.
import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HomeId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { personPlaces } from '../server/src/rights/places.ts'
import { plantEverywhere } from '../server/src/rights/testing.ts'
import { internalsOf } from '../server/src/store/internals.ts'
import type { SqliteFile } from '../server/src/store/sqlite/database.ts'
import { crowd, growingTables } from './crowd.ts'
import { assertOk, openFamily, type FamilyHouse, type Someone } from './family-house.ts'

const hourMs = 3_600_000
const rows = Number(process.env.EAVES_TEST_ROWS ?? 50_000_000)
const people = Math.min(100_000, rows / 100)
const ownRows = 10_000
/** Each is measured on people of their own, in turns, so that what else the machine does meets both. */
const rounds = 9
const parts = 10
const mostMs = 2_000
const mostRatio = 1.3

const acts = ['held', 'copy', 'erasure'] as const
type Took = Record<(typeof acts)[number], number[]>

test(
  `the copy and the erasure of ${ownRows} own rows take as long among ${rows} rows of ${people} others as alone`,
  { timeout: 50 * 60_000 },
  async (t) => {
    clause('pp.4.4.a')
    const say = (line: string) => t.diagnostic(line)
    const [alone, among] = [await openFamily(), await openFamily()]
    try {
      const own = { alone: await persons(alone, 0), among: await persons(among, rows) }
      const total = own.among.rows
      assert.ok(total >= rows, `${total} rows`)
      say(
        `${total} rows of others, ${own.among.own} of each person, ${sizeOf(among)} MB, filled in ${own.among.s} s`,
      )
      const took = { alone: none(), among: none() }
      for (let i = 0; i < rounds; i++)
        for (const which of i % 2 ? (['alone', 'among'] as const) : (['among', 'alone'] as const))
          await measure({ alone, among }[which], own[which].persons[i]!, took[which])
      for (const act of acts) {
        const [here, there] = [median(took.alone[act]), median(took.among[act])]
        const ratio = there / here
        say(`${act}: ${there.toFixed(0)} ms among others, ${here.toFixed(0)} ms alone, ${ratio.toFixed(2)}`)
        assert.ok(there <= mostMs, `${act} took ${there.toFixed(0)} ms`)
        assert.ok(ratio <= mostRatio, `${act} takes ${ratio.toFixed(2)} times as long among others`)
      }
    } finally {
      await alone.end()
      await among.end()
    }
  },
)

const none = (): Took => ({ held: [], copy: [], erasure: [] })
const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!

/** People who have lived with every table in a home of their own, their rows spread among those of others. */
async function persons(house: FamilyHouse, others: number) {
  const began = performance.now()
  const { stores } = house.house
  const all: { readonly who: Someone; readonly home: HomeId }[] = []
  for (let i = 0; i < rounds; i++) {
    const who = await house.somebody(`own${i}`)
    const home = await house.house.createHome(who.subject, { name: 'Oak Street', zone: 'Europe/Berlin' })
    all.push({ who, home })
  }
  const other = house.owner.subject
  const files = filesOf(house)
  let filled = 0
  let own = 0
  const each = Math.ceil(others / growingTables().length / parts)
  // Where there is one row a person, the room goes to the tables that hold more: further parts fill up.
  for (const file of files) hurry(file)
  for (let part = 0; part < parts || filled < others; part++) {
    if (each > 0) filled += await crowd(stores, { from: part * each, to: (part + 1) * each, people })
    for (const file of files) file.exec('BEGIN')
    for (; own < (ownRows / parts) * Math.min(part + 1, parts); own = await rowsOf(house, all[0]!.who))
      for (const { who, home } of all)
        await plantEverywhere(stores, { tag: 'own', subject: who.subject, home, other }, 'person')
    for (const file of files) file.exec('COMMIT')
  }
  for (const file of files) calm(file)
  return { persons: all, rows: filled, own, s: Math.round((performance.now() - began) / 1000) }
}

/** Rows that are a person's own or name them. */
async function rowsOf({ house }: FamilyHouse, { subject }: Someone): Promise<number> {
  let found = 0
  for (const { place, column } of personPlaces())
    found += await house.stores.expiry.countOf(place, column, subject)
  return found
}

const filesOf = ({ house }: FamilyHouse): readonly SqliteFile[] => {
  const { factsFile, historyFile, vaultFile } = internalsOf(house.stores)
  return [factsFile, historyFile, vaultFile].filter((file) => file !== undefined)
}
/** Nothing of the filling has to outlive a crash. */
function hurry(file: SqliteFile): void {
  for (const pragma of ['journal_mode=OFF', 'synchronous=OFF', 'cache_size=-1000000'])
    file.exec(`PRAGMA ${pragma}`)
}
/** As the stores open their files. */
function calm(file: SqliteFile): void {
  const synchronous = file.path.endsWith('history.db') ? 'NORMAL' : 'FULL'
  for (const pragma of [
    'journal_mode=WAL',
    `synchronous=${synchronous}`,
    'cache_size=-2000',
    'shrink_memory',
  ])
    file.exec(`PRAGMA ${pragma}`)
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}
const sizeOf = (house: FamilyHouse): number =>
  Math.round(
    ['eaves.db', 'history.db', 'vault.db'].reduce(
      (sum, name) => sum + statSync(join(house.dir, 'data', name)).size,
      0,
    ) / 1e6,
  )

async function measure(
  house: FamilyHouse,
  { who, home }: { readonly who: Someone; readonly home: HomeId },
  took: Took,
): Promise<void> {
  const { rights, stores } = house.house
  const timed = async (act: keyof Took, work: () => Promise<unknown>, times = 1) => {
    let best = Infinity
    for (let i = 0; i < times; i++) {
      const began = performance.now()
      await work()
      best = Math.min(best, performance.now() - began)
    }
    took[act].push(best)
  }
  await timed('held', () => rights.held(who.subject, 'en'), 3)
  const { id } = assertOk(await who.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
  await timed('copy', () => rights.run())
  const requests = assertOk(await who.ask('GET', '/api/me/requests'))
  assert.equal(requests.find((each: { id: string }) => each.id === id).state, 'answered')
  assertOk(await who.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201)
  house.clock.advance(72 * hourMs)
  await timed('erasure', () => rights.run())
  assert.equal(await stores.vault.hasKey({ subject: who.subject }), false)
  assert.equal(await stores.vault.hasKey({ home }), false)
}
