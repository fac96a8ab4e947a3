// Catches a decision or a sealed field that has become dear, by what a fixed piece of work takes beside it.
import assert from 'node:assert/strict'
import { createCipheriv, createHash, createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { newId, type HomeId } from '@eaves/model'
import { clause, decide } from '@eaves/policy'
import { completed } from '../policy/src/cases/case.ts'
import { promises } from '../policy/src/cases/index.ts'
import { openTestStores } from '../server/src/store/testing.ts'

type Work = (n: number) => void | Promise<void>
const rounds = 41

/** CPU of the work in CPU of the reference: the median of pairs in turns, so that what else the machine does meets both. */
async function ratioOf(t: TestContext, what: string, work: Work, reference: Work, n: number) {
  const timed = async (each: Work) => {
    const before = process.cpuUsage()
    await each(n)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const pairs: { ours: number; theirs: number }[] = []
  for (let i = 0; i < rounds; i++) pairs.push({ theirs: await timed(reference), ours: await timed(work) })
  const median = (all: number[]) => all.toSorted((a, b) => a - b)[rounds >> 1]!
  const us = (all: number[]) => (median(all) / n).toFixed(2)
  const ratio = median(pairs.map(({ ours, theirs }) => ours / theirs))
  t.diagnostic(
    `${what}: ${us(pairs.map(({ ours }) => ours))} µs, ${ratio.toFixed(2)} of the reference's ${us(pairs.map(({ theirs }) => theirs))} µs`,
  )
  return ratio
}

const kibibyte = randomBytes(1024)

// Where a hash of 1 KiB takes 3 µs a decision may take 5.
test('a decision takes less than a hash of two kibibytes', async (t) => {
  const asks = promises.flatMap(({ cases }) => cases.map(({ ask }) => completed(ask)))
  let allowed = 0
  const decisions: Work = (n) => {
    for (let i = 0; i < n; i++) if (decide(asks[i % asks.length]!).allow) allowed++
  }
  const hashes: Work = (n) => {
    for (let i = 0; i < n; i++) createHash('sha256').update(kibibyte).update(kibibyte).digest()
  }
  const ratio = await ratioOf(t, 'a decision', decisions, hashes, 500)
  assert.ok(allowed > 0)
  assert.ok(ratio <= 1, `${ratio.toFixed(2)} of it`)
})

test('a field is sealed in less than three times what its cipher and its subkey take', async (t) => {
  clause('pp.5.1')
  const at = await openTestStores('sqlite')
  t.after(() => at.end())
  const home = newId<HomeId>()
  await at.stores.vault.createKey({ home })
  const access = {
    scope: { home },
    actor: { kind: 'system', part: 'start' },
    purpose: 'service.core',
  } as const
  const db = at.stores.facts.as(access)
  const rooms = Array.from({ length: 100 }, (_, i) => ({ id: newId(), name: `Kitchen ${i}` }))
  const seals: Work = async (n) => {
    for (let i = 0; i < n; i++) await db.seal('room', 'name', rooms[i % 100]!.id, rooms[i % 100]!.name)
  }
  const key = createSecretKey(randomBytes(32))
  const aad = 'x'.repeat(150)
  const ciphers: Work = (n) => {
    for (let i = 0; i < n; i++) {
      const subkey = createSecretKey(createHmac('sha256', key).update(aad).digest())
      const cipher = createCipheriv('aes-256-gcm', subkey, randomBytes(12))
      cipher.setAAD(Buffer.from(aad))
      Buffer.concat([cipher.update('Kitchen 1', 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('hex')
    }
  }
  const ratio = await ratioOf(t, 'sealing', seals, ciphers, 200)
  assert.ok(ratio <= 3, `${ratio.toFixed(2)} times`)
})
