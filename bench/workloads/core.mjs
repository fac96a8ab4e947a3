// node workloads/core.mjs [--seconds 3] [--out file]: what one decision and one sealed field cost, as the server makes them.
// A decision goes by relation, purpose and choices; a field is sealed and opened through the store's handle, its class and purpose looked up in the data map each time.
import fs from 'node:fs'
import { newId } from '@eaves/model'
import { decide } from '@eaves/policy'
import { completed } from '../../policy/src/cases/case.ts'
import { promises } from '../../policy/src/cases/index.ts'
import { openTestStores } from '../../server/src/store/testing.ts'
import { median, round } from '../lib/util.mjs'

const arg = (k, d) => {
  const i = process.argv.indexOf(`--${k}`)
  return i < 0 ? d : process.argv[i + 1]
}
const seconds = +arg('seconds', 3)
const batch = 1000
/** Every situation that the policy's own cases name. */
const asks = promises.flatMap(({ cases }) => cases.map(({ ask }) => completed(ask)))

/** Median CPU-µs of one call: batches, until the time is up. */
async function perCall(work) {
  const all = []
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const before = process.cpuUsage()
    await work(batch)
    const { user, system } = process.cpuUsage(before)
    all.push((user + system) / batch)
  }
  return round(median(all), 2)
}

const at = await openTestStores('sqlite')
const home = newId()
await at.stores.vault.createKey({ home })
const db = at.stores.facts.as({
  scope: { home },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
})
const names = Array.from({ length: 100 }, (_, i) => ({ id: newId(), name: `Kitchen ${i}` }))
const sealed = await Promise.all(names.map(({ id, name }) => db.seal('room', 'name', id, name)))
let allowed = 0
const report = {
  decideUs: await perCall((n) => {
    for (let i = 0; i < n; i++) if (decide(asks[i % asks.length]).allow) allowed++
  }),
  sealUs: await perCall(async (n) => {
    for (let i = 0; i < n; i++) await db.seal('room', 'name', names[i % 100].id, names[i % 100].name)
  }),
  openUs: await perCall(async (n) => {
    for (let i = 0; i < n; i++) await db.open('room', 'name', names[i % 100].id, sealed[i % 100])
  }),
}
await at.end()
if (allowed === 0) throw new Error('no decision allowed anything')
console.log('core', JSON.stringify(report))
if (arg('out')) fs.writeFileSync(arg('out'), JSON.stringify(report))
