import assert from 'node:assert/strict'
import { newId, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import { dataMap } from '../../store/schema.ts'
import type { Place, Stores } from '../../store/stores.ts'
import type { TestClock, TestStores } from '../../store/testing.ts'
import { retentionRules, type RowRule, type WholeMap } from '../retention-rules.ts'
import type { RetentionDeps } from '../retention.ts'
import { put, retentionOn, rowOf, rowsWith } from './retention.ts'

const dayMs = 86_400_000
const days: Readonly<Record<string, number>> = {
  P0D: 0,
  P7D: 7,
  P30D: 30,
  P31D: 31,
  P90D: 90,
  P1Y: 365,
  P13M: 396,
  P3Y: 1096,
  P10Y: 3652,
}
/** Days on which something happens: an account closes, a choice ends, a home with its device and a sign-in go. */
const events = { closed: 10, withdrawn: 45, gone: 60 } as const
const map = dataMap as WholeMap
const { rules } = retentionRules(map)
const rowRules = rules.filter((rule): rule is RowRule => rule.kind === 'rows')

/** One field of one row, and the first day on which it must not be there any more. */
interface Field extends Place {
  readonly key: string
  readonly value: unknown
  readonly column: string
  readonly day: number
}

/** A row in every table of the data map that keeps a time, and when each of its fields must go. */
async function plant(stores: Stores, now: number) {
  const fields: Field[] = []
  const people = { closed: newId<SubjectId>(), chose: newId<SubjectId>() }
  const owners = { home: newId<HomeId>(), device: newId<DeviceId>(), session: newId() }
  for (const subject of Object.values(people)) await stores.vault.createKey({ subject })
  await stores.vault.createKey({ home: owners.home })
  // A sign-in that ends by itself lies far ahead; that it goes earlier is what its followers count from.
  const signIn = { id: owners.session, subject: people.chose, expires_at: now + 5_000 * dayMs }
  await put(stores, { store: 'facts', table: 'session' }, rowOf('session', map.facts.session!, signIn))
  const label = { store: 'facts', table: 'session', column: 'label' } as const
  fields.push({ ...label, key: 'id', value: owners.session, day: events.withdrawn })
  for (const rule of rowRules) {
    const { store, table, clock, keep } = rule
    const entry = map[store][table]!
    const isOwner = clock.at !== 'row' && clock.table === table
    const owner = clock.at === 'gone' ? owners[clock.table as keyof typeof owners] : people.closed
    const row = rowOf(table, entry, {
      subject: people.closed,
      ...(clock.at === 'row' ? { [clock.column]: now } : {}),
      ...(clock.at === 'owner' && isOwner ? { [clock.column]: null } : {}),
      ...(clock.at === 'row' ? {} : { [clock.of]: owner }),
      ...(store === 'history' ? { home_id: 1 } : {}),
    })
    await put(stores, rule, row)
    const [key, value] =
      clock.at === 'row'
        ? Object.entries(row).find(([name]) =>
            ['id', 'run_id', 'code_hash', 'key_hash', 'series_id', 'subject'].includes(name),
          )!
        : [clock.of, owner]
    const day = clock.at === 'gone' ? events.gone : (clock.at === 'owner' ? events.closed : 0) + days[keep]!
    for (const column of Object.keys(row)) {
      if (row[column] === null || (clock.at === 'owner' && isOwner && rule.stays.includes(column))) continue
      fields.push({ store, table, key, value, column, day: dayOf(rule, column, day) })
    }
  }
  return { fields, people, owners }
}

/** A column with a rule of its own goes by that one. */
function dayOf({ store, table }: RowRule, column: string, ofRow: number): number {
  const own = rules.find(
    (rule) => rule.kind !== 'rows' && rule.store === store && rule.table === table && rule.column === column,
  )
  if (own === undefined || own.kind === 'rows') return ofRow
  return Math.min(ofRow, own.kind === 'shorten' ? days[own.keep]! : events.withdrawn)
}

/** Lets 400 days go by over a store with every table filled and looks at every field on each of the days. */
export async function travel(
  at: TestStores,
  steps: readonly number[],
  spoil: (stores: Stores) => RetentionDeps['stores'] = (stores) => stores,
): Promise<number> {
  const { stores } = at
  const clock = at.options.clock as TestClock
  const { fields, people, owners } = await plant(stores, clock.now())
  const plain = await stores.vault.keyOf({ kind: 'subject', id: people.closed })
  const cell = { table: 'account', column: 'email', rowId: people.closed }
  const sealed = plain.seal<never>(cell, 'somebody@example.org')
  let today = 0
  const retention = retentionOn(at, { stores: spoil(stores), has: async () => today < events.withdrawn })
  const all = [...new Set([...steps, ...Object.values(events)])].toSorted((a, b) => a - b)
  for (const day of all) {
    clock.advance((day - today) * dayMs)
    today = day
    await happen(stores, day, clock.now(), { closed: people.closed, ...owners })
    await retention.run()
    for (const field of fields) await look(stores, field, day)
    const isKeyDue = day >= events.closed + days.P30D!
    assert.equal(await stores.vault.hasKey({ subject: people.closed }), !isKeyDue, `key on day ${day}`)
    if (!isKeyDue)
      assert.equal(
        (await stores.vault.keyOf({ kind: 'subject', id: people.closed })).open(cell, sealed),
        'somebody@example.org',
      )
    else await assert.rejects(stores.vault.keyOf({ kind: 'subject', id: people.closed }))
    assert.equal(await stores.vault.hasKey({ subject: people.chose }), true)
    assert.equal(await stores.vault.hasKey({ home: owners.home }), day < events.gone)
  }
  return fields.length
}

async function happen(
  stores: Stores,
  day: number,
  now: number,
  { closed, home, device, session }: Readonly<Record<'closed' | 'home' | 'device' | 'session', string>>,
): Promise<void> {
  const facts = stores.facts.as({
    scope: { instance: true },
    actor: { kind: 'system', part: 'jobs' },
    purpose: 'service.core',
  })
  if (day === events.closed)
    await facts
      .updateTable('account')
      .set({ closed_at: now })
      .where('subject', '=', closed as SubjectId)
      .execute()
  if (day !== events.gone) return
  await facts
    .deleteFrom('home')
    .where('home_id', '=', home as HomeId)
    .execute()
  await facts
    .deleteFrom('device')
    .where('id', '=', device as DeviceId)
    .execute()
  await facts.deleteFrom('session').where('id', '=', session).execute()
}

async function look(stores: Stores, { store, table, key, value, column, day: due }: Field, day: number) {
  const [row] = await rowsWith(stores, { store, table }, key, value)
  const held = row?.[column]
  const isThere = held !== undefined && held !== null && held !== '' && held !== 0
  assert.equal(isThere, day < due, `${store}.${table}.${column} on day ${day}, due on day ${due}`)
}
