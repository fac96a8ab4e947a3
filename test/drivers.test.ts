// Catches a driver that claims a level it does not keep, opens what it does not declare, or breaks on a configuration nobody foresaw.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { promisify } from 'node:util'
import { categories } from '@eaves/model'
import { isManifest, manifestOf, type Driver, type DriverManifest } from '@eaves/driver-kit'
import { judge, levelOf, qualityLevels, qualityRules, readDriverFolder } from '@eaves/driver-kit/quality'
import { createHarness } from '@eaves/driver-kit/testing'
import fc from 'fast-check'
import { driver as authors } from '../server/src/driver.ts'

const root = join(import.meta.dirname, '..')
const names = readdirSync(join(root, 'drivers')).filter((name) =>
  existsSync(join(root, 'drivers', name, 'driver.ts')),
)
const driverOf = async (name: string): Promise<Driver> =>
  ((await import(join(root, 'drivers', name, 'driver.ts'))) as { readonly default: Driver }).default
/** Every module through which some driver may open sockets: it may lose entries, a new one is a decision. */
const allowedSockets: Readonly<Record<string, readonly string[]>> = {
  mqtt: ['aedes', 'mqtt', 'node:net', 'node:tls'],
  simulated: [],
}

for (const name of names) {
  test(`${name} keeps the level that it claims`, async () => {
    const folder = await readDriverFolder(join(root, 'drivers', name))
    const claimed = (folder.manifest as DriverManifest).quality
    const findings = judge(folder, root)
    const kept = levelOf(findings)
    assert.ok(
      kept !== undefined && qualityLevels.indexOf(kept) >= qualityLevels.indexOf(claimed),
      `claims ${claimed}, keeps ${kept ?? 'none'}: ${findings
        .filter(({ state }) => state === 'missing')
        .map(({ rule, note }) => `${rule.id}: ${note}`)
        .join('; ')}`,
    )
    const known = qualityRules.map((rule) => rule.id)
    for (const id of [...Object.keys(folder.ledger.evidence), ...Object.keys(folder.ledger.exempt)])
      assert.ok(known.includes(id), `the ledger speaks of a rule that does not exist: ${id}`)
  })

  test(`${name} declares known categories, and no more sockets than are allowed`, async () => {
    clause('fm.about')
    const driver = await driverOf(name)
    const manifest = manifestOf(driver)
    assert.ok(isManifest(manifest))
    for (const left of Object.keys(manifest))
      assert.ok(!isManifest({ ...manifest, [left]: undefined }), `a manifest without ${left} is taken`)
    for (const category of driver.collects)
      assert.ok((categories as readonly string[]).includes(category), category)
    const allowed = allowedSockets[name] ?? []
    for (const { module } of driver.sockets) assert.ok(allowed.includes(module), `${module} is a new socket`)
  })

  test(`${name} answers any configuration with a state, never with a throw`, async () => {
    const driver = await driverOf(name)
    const value = fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.double(),
      fc.constantFrom('mqtt://127.0.0.1:1', 'mqtts://[::1]:1', 'http://127.0.0.1', 'mqtt://', '#', '\u0000'),
    )
    const config = fc.dictionary(fc.constantFrom(...driver.config.map(({ key }) => key), 'other'), value)
    await fc.assert(
      fc.asyncProperty(config, async (raw) => {
        // A random text may be the address of somewhere: only addresses of this machine are tried.
        const isElsewhere =
          typeof raw.url === 'string' && /:\/\//.test(raw.url) && !/127\.0\.0\.1|\[::1\]/.test(raw.url)
        const harness = createHarness(driver)
        harness.open(isElsewhere ? { ...raw, url: 'mqtt://127.0.0.1:1' } : raw)
        await harness.clock?.advance(10)
        const faults = harness.logs().filter((line) => line.event.startsWith('driver fault'))
        const { length } = harness.states()
        await harness.stop()
        assert.deepEqual(faults, [])
        assert.ok(length > 0, 'it says nothing of its state')
      }),
      { numRuns: 60, verbose: 1 },
    )
  })
}

test('ids of drivers are unique', async () => {
  const ids = await Promise.all(names.map(async (name) => (await driverOf(name)).id))
  assert.equal(new Set(ids).size, ids.length)
})

test('a driver made by "driver new" passes the suite as it is, and a wrong name makes nothing', async () => {
  const said: string[] = []
  const ground = {
    // Beside the real ones, so that a server that starts meanwhile does not take it for one of its own.
    drivers: join(root, '.cache', `made-drivers-${process.pid}`),
    say: (text: string) => void said.push(text),
  }
  mkdirSync(ground.drivers, { recursive: true })
  const place = join(ground.drivers, 'desk-lamp')
  try {
    assert.equal(await authors(['new', 'desk-lamp', '--json'], ground), 0)
    assert.deepEqual(JSON.parse(said.pop()!), { driver: 'desk-lamp', folder: 'drivers/desk-lamp' })
    const suite = await promisify(execFile)(
      process.execPath,
      ['--test', '--test-reporter=tap', join(place, 'driver.test.ts')],
      { cwd: root, env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
    )
    assert.match(suite.stdout, /^# fail 0$/m)
    assert.match(suite.stdout, /^# pass [1-9]\d/m)
    assert.equal(await authors(['check', 'desk-lamp', '--json'], ground), 0)
    assert.equal((JSON.parse(said.pop()!) as { readonly kept: string }).kept, 'bronze')
    await assert.rejects(authors(['new', 'desk-lamp'], ground), /is there already/)
    await assert.rejects(authors(['new', '../escape'], ground), /cannot be a driver's name/)
    await assert.rejects(authors(['check', 'no-such'], ground), /There is no driver/)
    assert.deepEqual(readdirSync(ground.drivers), ['desk-lamp'])
  } finally {
    rmSync(ground.drivers, { recursive: true, force: true })
  }
})
