// Catches a password kept readable, an unknown account that answers faster, and a flood that eats the memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode } from '@eaves/model'
import { createPasswords } from './passwords.ts'

const cheap = { memoryKibibytes: 64, passes: 1 }

test('only the right password matches, in any Unicode form, and a raised cost asks for a new record', async () => {
  const passwords = createPasswords(cheap)
  const record = await passwords.hash('correct horse é')
  assert.match(record, /^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
  assert.notEqual(record, await passwords.hash('correct horse é'))
  assert.deepEqual(await passwords.verify('correct horse e\u0301', record), { right: true, stale: false })
  assert.deepEqual(await passwords.verify('correct horse e', record), { right: false, stale: false })
  assert.deepEqual(
    await createPasswords({ memoryKibibytes: 128, passes: 1 }).verify('correct horse é', record),
    { right: true, stale: true },
  )
})

test('nobody’s password is compared at the same cost and never matches', async () => {
  const passwords = createPasswords({ memoryKibibytes: 8_192, passes: 1 })
  const record = await passwords.hash('something long')
  const time = async (kept: string | undefined) => {
    const samples: number[] = []
    for (let i = 0; i < 15; i++) {
      const start = performance.now()
      assert.equal((await passwords.verify('something else', kept)).right, false)
      samples.push(performance.now() - start)
    }
    return samples.toSorted((a, b) => a - b)[7] ?? 0
  }
  const [known, unknown] = [await time(record), await time(undefined)]
  assert.ok(unknown > known / 3, `${known} ms against ${unknown} ms`)
})

test('beyond the queue a try is refused instead of piling up', async () => {
  const passwords = createPasswords(cheap)
  const done = await Promise.allSettled(Array.from({ length: 100 }, () => passwords.hash('long enough text')))
  const refused = done.filter((each) => each.status === 'rejected')
  assert.equal(refused.length, 58)
  assert.ok(refused.every((each) => hasCode(each.reason, 'server.busy')))
})
