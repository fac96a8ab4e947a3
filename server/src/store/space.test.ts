// Catches a full disk that stops essential writes, is not told, or is not noticed when it has room again.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

const script = `
  const assert = (await import('node:assert/strict')).default
  const { writeFileSync, rmSync, existsSync, statfsSync, mkdirSync } = await import('node:fs')
  const { openStores } = await import(${JSON.stringify(new URL('stores.ts', import.meta.url).href)})
  const { newId, hasCode } = await import(${JSON.stringify(import.meta.resolve('@eaves/model'))})
  const silent = () => undefined
  const root = process.argv[1]
  const stores = await openStores({ dataDir: root + '/data', keyFile: root + '/key/kek', clock: { now: () => 1 }, log: { debug: silent, info: silent, warn: silent, error: silent } })
  const told = []
  stores.space.onChange((full) => told.push(full))
  assert.equal(stores.space.full(), false)
  const home = newId()
  await stores.vault.createKey({ home })
  const access = { scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' }
  const db = stores.facts.as(access)
  await db.insertInto('home').values({ home_id: home, tenant: 'main', n: 1, name: await db.seal('home', 'name', home, 'x'), zone: 'UTC', created_at: 1 }).execute()
  const { bavail, bsize } = statfsSync(root)
  writeFileSync(root + '/filler', Buffer.alloc(bavail * bsize))
  const add = async () => { const id = newId(); await db.insertInto('room').values({ home_id: home, id, name: await db.seal('room', 'name', id, 'y'.repeat(20_000)), floor_id: null, position: 0 }).execute() }
  let kept = 0
  while (!stores.space.full() && kept < 2000) { await add(); kept++ }
  assert.deepEqual(told, [true])
  assert.equal(existsSync(root + '/data/reserve'), false)
  await db.transaction(async (tx) => { await tx.updateTable('home').set({ zone: 'Europe/Berlin' }).execute() })
  await assert.rejects(stores.history.as(access).append([{ device: newId(), path: 'a/b/c', ts: 1, value: 1 }]), (error) => hasCode(error, 'server.disk-full'))
  let refused
  for (let i = 0; i < 2000 && !refused; i++) await add().then(() => kept++, (error) => { refused = error })
  assert.ok(hasCode(refused, 'server.disk-full'), String(refused))
  await assert.rejects(db.transaction(async (tx) => { for (let i = 0; i < 50; i++) { const id = newId(); await tx.insertInto('room').values({ home_id: home, id, name: await tx.seal('room', 'name', id, 'z'.repeat(20_000)), floor_id: null, position: 0 }).execute() } }), (error) => hasCode(error, 'server.disk-full'))
  assert.equal((await db.selectFrom('room').select('id').execute()).length, kept)
  rmSync(root + '/filler')
  stores.space.check()
  assert.deepEqual(told, [true, false])
  assert.equal(existsSync(root + '/data/reserve'), true)
  await add()
  await stores.close()
  process.stdout.write('done')
`

const canMount = spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0
test(
  'a full disk is told, essential writes go on from the reserve, and room is noticed',
  {
    skip: canMount ? false : 'not run: a small file system of its own needs the right to mount',
    timeout: 60_000,
  },
  () => {
    const shell = 'mount -t tmpfs -o size=48m none /mnt && exec "$0" --input-type=module -e "$1" /mnt'
    const done = spawnSync('unshare', ['-m', 'sh', '-c', shell, process.execPath, script], {
      encoding: 'utf8',
    })
    assert.equal(done.stdout, 'done', done.stderr)
  },
)
