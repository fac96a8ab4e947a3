// Catches an alarm about the daily removal that nobody sees, and a look at it that changes or makes something.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { internalsOf } from '../server/src/store/internals.ts'
import { openStores } from '../server/src/store/stores.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, type Running } from './server.ts'

const dayMs = 86_400_000
const asOwner =
  ({ base }: Running, cookie: string) =>
  async (method: string, path: string, sent?: object) => {
    const response = await fetch(base + path, {
      method,
      headers: { cookie, origin: base, 'content-type': 'application/json' },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    })
    const text = await response.text()
    return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) }
  }

test('a failing removal is told by the alerts, the API and the command line, running or not', async (t) => {
  clause('pp.ret.1')
  clause('pp.5.2')
  const house = household()
  t.after(() => house.dispose())
  const nowhere = await house.run(['retention', '--dry-run'])
  assert.equal(nowhere.code, 2)
  assert.match(nowhere.stderr, /There is no server/)
  assert.equal(existsSync(join(house.dir, 'data')), false)
  const first = await house.start()
  const { cookie } = await claimByHttp(first)
  const homes = await asOwner(first, cookie)('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' })
  assert.equal(homes.status, 201, homes.text)
  await first.kill()
  const calm = await house.run(['retention', '--json'])
  assert.deepEqual([calm.code, JSON.parse(calm.stdout).failing], [0, false])
  const stores = await openStores({
    dataDir: join(house.dir, 'data'),
    keyFile: join(house.dir, 'data.key', 'kek'),
    clock: { now: () => Date.now() },
    log: quietLog,
  })
  const failed = Date.now() - dayMs
  internalsOf(stores).factsFile!.run(
    `INSERT INTO retention_fault (rule, since, fails) VALUES ('facts.activity_log', ?, 2)`,
    failed,
  )
  await stores.close()
  const still = await house.run(['retention'])
  assert.equal(still.code, 1)
  assert.match(still.stdout, /Nothing new is kept in the place of facts\.activity_log since/)
  const server = await house.start({ EAVES_PORT: String(first.port) })
  const call = asOwner(server, cookie)
  assert.ok((await call('GET', '/api/instance')).body.alerts.includes('retention-failing'))
  const { body } = await call('GET', '/api/instance/retention')
  assert.deepEqual(body.faults, [
    { rule: 'facts.activity_log', since: new Date(failed).toISOString(), fails: 2, closed: true },
  ])
  // Its lines are not written, and the acts themselves go on.
  const lines = async () => (await call('GET', '/api/me/activity')).body.entries.length
  const before = await lines()
  assert.equal((await call('PATCH', '/api/me', { theme: 'dark' })).status, 200)
  assert.equal(await lines(), before)
  const asked = await house.run(['retention', '--dry-run', '--json'])
  const report = JSON.parse(asked.stdout) as { rules: { rule: string; due: number }[]; nextRunAt: string }
  assert.ok(report.rules.some(({ rule, due }) => rule === 'facts.activity_log' && due === 0))
  assert.ok(Date.parse(report.nextRunAt) > Date.now() - dayMs)
  assert.deepEqual(report.rules, (await call('GET', '/api/instance/retention/due')).body.rules)
})
