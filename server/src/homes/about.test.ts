// Catches a detail about a home that is read for another purpose, is lost beside another, or stays in the files once it was changed or deleted.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasCode, newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { internalsOf } from '../store/internals.ts'
import { onBothDialects, openTestStores, quietLog, type TestStores } from '../store/testing.ts'
import { AboutHome } from './about.ts'

const subject = newId<SubjectId>()
const nothing = { floorAreaM2: null, familyStatus: null, address: null }

async function pageOf({ stores }: TestStores) {
  const home = newId<HomeId>()
  await stores.vault.createKey({ home })
  return { home, page: new AboutHome({ facts: stores.facts, erase: stores.erase, log: quietLog }) }
}

onBothDialects('each detail is noted, changed and deleted by itself, and the others stay', async (at) => {
  clause('pp.4.1')
  const { home, page } = await pageOf(at)
  const other = await pageOf(at)
  assert.deepEqual(await page.read(home, subject), nothing)
  await page.edit(home, subject, { floorAreaM2: 84.5 })
  await page.edit(home, subject, { familyStatus: 'generations', address: 'Elm Street 5' })
  assert.deepEqual(await page.edit(home, subject, {}), {
    floorAreaM2: 84.5,
    familyStatus: 'generations',
    address: 'Elm Street 5',
  })
  await page.edit(home, subject, { floorAreaM2: 90 })
  assert.deepEqual(await page.edit(home, subject, { address: null }), {
    floorAreaM2: 90,
    familyStatus: 'generations',
    address: null,
  })
  assert.deepEqual(await other.page.read(other.home, subject), nothing)
  assert.deepEqual(await page.edit(home, subject, nothing), nothing)
  const rows = await at.stores.facts
    .as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'home.about' })
    .selectFrom('home_about')
    .select('home_id')
    .execute()
  assert.deepEqual(rows, [])
})

onBothDialects('two who note different things at once both find theirs', async (at) => {
  const { home, page } = await pageOf(at)
  await Promise.all([
    page.edit(home, subject, { floorAreaM2: 70 }),
    page.edit(home, subject, { address: 'Elm Street 5' }),
    page.edit(home, subject, { familyStatus: 'couple' }),
  ])
  assert.deepEqual(await page.read(home, subject), {
    floorAreaM2: 70,
    familyStatus: 'couple',
    address: 'Elm Street 5',
  })
})

test('no other purpose reads or writes what is noted about a home', async () => {
  clause('pp.2.3.5')
  const at = await openTestStores('sqlite')
  const { home, page } = await pageOf(at)
  await page.edit(home, subject, { address: 'Elm Street 5' })
  for (const purpose of ['service.core', 'security'] as const) {
    const handle = at.stores.facts.as({ scope: { home }, actor: { kind: 'person', subject }, purpose })
    const refused = (error: unknown) => hasCode(error, 'policy.purpose')
    await assert.rejects(handle.selectFrom('home_about').selectAll().execute(), refused)
    await assert.rejects(handle.deleteFrom('home_about').execute(), refused)
    await assert.rejects(handle.seal('home_about', 'address', home, 'x'), refused)
  }
  await at.end()
})

test('what was changed or deleted is in no file any more, sealed or not', async () => {
  clause('pp.4.1')
  clause('pp.ret.2')
  const at = await openTestStores('sqlite')
  const { home, page } = await pageOf(at)
  const bytes = () =>
    Buffer.concat(
      readdirSync(at.options.dataDir)
        .filter((name) => name !== 'reserve')
        .map((name) => readFileSync(join(at.options.dataDir, name))),
    )
  const sealed = (column: string) =>
    internalsOf(at.stores).factsFile!.get<{ cell: string }>(`SELECT ${column} AS cell FROM home_about`)!.cell
  await page.edit(home, subject, { floorAreaM2: 84, familyStatus: 'couple', address: 'Elm Street 5' })
  const first = { area: sealed('floor_area'), status: sealed('family_status'), address: sealed('address') }
  for (const [name, text] of Object.entries(first)) assert.ok(bytes().includes(text), `${name} was written`)
  await page.edit(home, subject, { address: 'Oak Avenue 7' })
  const second = sealed('address')
  assert.ok(!bytes().includes(first.address), 'the address before')
  await page.edit(home, subject, { floorAreaM2: null })
  assert.ok(!bytes().includes(first.area), 'the deleted area')
  await page.edit(home, subject, { familyStatus: null, address: null })
  for (const text of [first.status, second]) assert.ok(!bytes().includes(text))
  await at.end()
})
