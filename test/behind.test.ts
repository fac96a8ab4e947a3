// Catches a server that runs on data of before an erasure, and an operator who is not told how to go on.
import assert from 'node:assert/strict'
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { asSignedIn } from './join-by-http.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household } from './server.ts'

test(
  'old data put back beside a newer vault is not served; what the message names makes it start again',
  { timeout: 90_000 },
  async (t) => {
    clause('pp.ret.2')
    const house = household()
    t.after(() => house.dispose())
    const path = join(house.env.EAVES_DATA!, 'eaves.db')
    const first = await house.start()
    const { cookie } = await claimByHttp(first)
    const owner = asSignedIn(first, cookie)
    const { id } = await owner<{ id: string }>('POST', '/api/homes', { name: 'Elm', zone: 'UTC' })
    await owner('POST', '/api/homes', { name: 'Oak', zone: 'UTC' })
    await first.kill()
    copyFileSync(path, join(house.dir, 'old.db'))
    const second = await house.start()
    const own = cookie.replace(`eaves-${first.port}`, `eaves-${second.port}`)
    await asSignedIn(second, own)('DELETE', `/api/homes/${id}`, undefined, 204)
    await second.kill()
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    copyFileSync(join(house.dir, 'old.db'), path)
    const refused = await house.run(['serve'])
    assert.notEqual(refused.code, 0)
    assert.match(refused.stderr, /The data is older than the vault beside it: 1 people or homes/)
    assert.match(refused.stderr, /eaves replay/)
    const replayed = await house.run(['replay', '--json'])
    assert.equal(replayed.code, 0, replayed.stderr)
    assert.equal((JSON.parse(replayed.stdout) as { homes: number }).homes, 1)
    await (await house.start()).kill()
  },
)

test('where there is no vault nothing is made by asking for a replay', async (t) => {
  const house = household()
  t.after(() => house.dispose())
  const { code, stderr } = await house.run(['replay'])
  assert.notEqual(code, 0)
  assert.match(stderr, /There is no vault in .*; nothing has been changed/)
})
