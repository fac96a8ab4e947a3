// Catches an end that leaves keys or data, takes what is not Eaves', comes without being meant, or claims more than it does.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { clause } from '@eaves/policy'
import { sealsOf } from './residue-scan.ts'
import { household, until, type Household } from './server.ts'

async function claimed(t: TestContext): Promise<{ house: Household; name: string }> {
  const house = household()
  t.after(() => house.dispose())
  await house.claim()
  const asked = await house.run(['wipe'])
  assert.equal(asked.code, 1)
  return { house, name: /--name ([a-z2-7]{8})$/m.exec(asked.stdout)![1]! }
}

test('without the typed name nothing goes, and it is said what would', async (t) => {
  const { house, name } = await claimed(t)
  const before = sealsOf(house.dir)
  for (const args of [
    [],
    ['--yes'],
    ['--name', name],
    ['--yes', '--name', 'elm'],
    ['--yes', '--name', name.toUpperCase()],
  ]) {
    const { code, stdout } = await house.run(['wipe', ...args])
    assert.notEqual(code, 0, args.join(' '))
    assert.match(stdout, /the keys: .*data\.key\/kek/)
    assert.match(stdout, /cannot reach:\n {2}backups/)
  }
  assert.deepEqual(
    sealsOf(house.dir).filter((line) => !/lock\.db|-shm|-wal/.test(line)),
    before.filter((line) => !/lock\.db|-shm|-wal/.test(line)),
  )
})

test('with the name a running server ends, keys, data and outbox are gone, backups are named and stay', async (t) => {
  clause('pp.ret.2')
  const { house, name } = await claimed(t)
  await house.run(['kit'])
  const folders = {
    EAVES_BACKUP_DIR: join(house.dir, 'disk'),
    EAVES_VAULT_BACKUP_DIR: join(house.dir, 'stick'),
  }
  assert.equal((await house.run(['backup'], folders)).code, 0)
  const server = await house.start()
  const { code, stdout, stderr } = await house.run(['wipe', '--yes', '--name', name, '--json'], folders)
  assert.equal(code, 0, stderr)
  await server.kill()
  assert.equal(server.process.exitCode, 0)
  const { wiped, left, unreached } = JSON.parse(stdout) as {
    wiped: string
    left: string[]
    unreached: string[]
  }
  assert.deepEqual([wiped, left], [name, []])
  assert.match(unreached.join('\n'), new RegExp(`backups in ${house.dir}/disk and ${house.dir}/stick`))
  assert.deepEqual(readdirSync(house.dir).toSorted(), ['disk', 'stick'])
  const again = await house.run(['wipe', '--yes', '--name', name])
  assert.match(again.stderr, /There is no Eaves in/)
  const fresh = await house.start()
  await until(() => fresh.claimCode(), 'the claim code of a new house')
})

test('what somebody else put there stays and is named, and a damaged house can be ended by the name of its folder', async (t) => {
  const { house, name } = await claimed(t)
  const data = house.env.EAVES_DATA!
  writeFileSync(join(data, 'photo.jpg'), 'mine')
  mkdirSync(join(data, 'album'))
  writeFileSync(join(house.dir, 'data.key', 'other-key'), 'mine too')
  const first = await house.run(['wipe', '--yes', '--name', name, '--json'])
  assert.equal(first.code, 0, first.stderr)
  assert.deepEqual((JSON.parse(first.stdout) as { left: string[] }).left.toSorted(), [
    join(data, 'album'),
    join(data, 'photo.jpg'),
  ])
  assert.ok(existsSync(join(data, 'photo.jpg')) && existsSync(join(house.dir, 'data.key', 'other-key')))
  writeFileSync(join(data, 'eaves.db'), 'not a database')
  writeFileSync(join(data, 'vault.db'), 'not a database either')
  const second = await house.run(['wipe', '--yes', '--name', 'data', '--json'])
  assert.equal(second.code, 0, second.stderr)
  assert.deepEqual(readdirSync(data).toSorted(), ['album', 'photo.jpg'])
})
