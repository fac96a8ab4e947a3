// Catches text messages that cost more than the ceiling, reach a country off the list, or are sent again and again for the fee.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDialects, quietLog, type testClock } from '../store/testing.ts'
import { createMail, type Message } from './mail.ts'
import { gateway, message, mobile, sendAll, texts, withStores } from './testing/gateway.ts'
import { countCode, type TextCounters } from './text-limits.ts'

test('100,000 attempts at once and one after another reach the gateway no more often than the ceiling says', async (t) => {
  const there = await gateway()
  const counts = new Map<string, number>()
  // The same counting as the vault's, in memory: the vault's own is tried below.
  const counters: TextCounters = {
    hit: async (key, windowMs, limit, by = 1) => {
      const name = `${key}|${windowMs}`
      counts.set(name, (counts.get(name) ?? 0) + by)
      return { allowed: counts.get(name)! <= limit, retryAfterSeconds: 1 }
    },
    count: async (key, windowMs) => counts.get(`${key}|${windowMs}`) ?? 0,
  }
  try {
    // Each code is entered, so that the ceiling alone stops it.
    const way = await texts(counters, there.url, { ceiling: 60 })
    for (let i = 0; i < 100; i++) await countCode(counters, 'entered', mobile(i))
    const batch = 2_000
    let sent = 0
    for (let at = 0; at < 100_000; at += batch)
      sent += (
        await sendAll(
          way,
          Array.from({ length: batch }, (_, i) => message(mobile(at + i))),
        )
      ).filter(Boolean).length
    assert.deepEqual([sent, there.caught.length], [60, 60])
    assert.deepEqual(await way.alerts(), ['sms-ceiling'])
    t.diagnostic(`100000 attempts, ${there.caught.length} messages`)
  } finally {
    await there.end()
  }
})

onBothDialects('what was spent is remembered over a restart, and a new day begins anew', async (at) => {
  const there = await gateway()
  try {
    const send = async (from: number, count: number) => {
      const way = await texts(at.stores.vault.counters, there.url, { ceiling: 8 })
      await sendAll(
        way,
        Array.from({ length: count }, (_, i) => message(mobile(from + i))),
      )
      return way.alerts()
    }
    assert.deepEqual(await send(0, 5), [])
    await at.reopen()
    assert.deepEqual(await send(5, 20), ['sms-ceiling'])
    await at.reopen()
    assert.deepEqual(await send(25, 20), ['sms-ceiling'])
    assert.equal(there.caught.length, 8)
    ;(at.options.clock as ReturnType<typeof testClock>).advance(24 * 3_600_000)
    assert.deepEqual(await send(45, 3), [])
    assert.equal(there.caught.length, 11)
  } finally {
    await there.end()
  }
})

test('a message of two segments counts as two, and each try as one more', async () => {
  await withStores(async ({ stores }) => {
    let answers = 0
    const there = await gateway((response) => response.writeHead(answers++ < 4 ? 500 : 200).end())
    try {
      const way = await texts(stores.vault.counters, there.url, { ceiling: 5 })
      const mail = createMail({ email: way, phone: way, log: quietLog, retryAfterMs: [1, 1] })
      for (const n of [1, 2, 3]) mail.post(message(mobile(n)))
      await mail.settled()
      assert.equal(there.caught.length, 5)
    } finally {
      await there.end()
    }
    assert.equal((await stores.vault.counters.hit('twice', 60_000, 3, 2)).allowed, true)
    assert.equal((await stores.vault.counters.hit('twice', 60_000, 3, 2)).allowed, false)
    assert.equal(await stores.vault.counters.count('twice', 60_000), 4)
  })
})

test('one number, one range, one address: each has a limit of its own', async () => {
  await withStores(async ({ stores: { vault } }) => {
    const there = await gateway()
    try {
      const way = await texts(vault.counters, there.url, { ceiling: 1_000 })
      const reached = async (messages: readonly Message[]) => {
        const before = there.caught.length
        await sendAll(way, messages)
        return there.caught.length - before
      }
      const many = <T>(count: number, make: (n: number) => T) =>
        Array.from({ length: count }, (_, n) => make(n))
      assert.equal(await reached(many(40, () => message('+4915123456789'))), 5)
      assert.equal(await reached(many(200, (n) => message(`+4916012340${String(n).padStart(3, '0')}`))), 6)
      assert.equal(
        await reached(
          many(200, (n) =>
            message(`+49170123${String(n % 50).padStart(2, '0')}${String(n).padStart(3, '0')}`),
          ),
        ),
        29,
        'of a wide range 30 an hour, and of codes that nobody enters 40 in all',
      )
      for (let n = 0; n < 20; n++) await way.entered(mobile(n))
      assert.equal(
        await reached(many(200, (n) => message(mobile(n + 500), { askedFrom: '198.51.100.0' }))),
        10,
      )
    } finally {
      await there.end()
    }
  })
})

test('codes that nobody enters stop the sending: to a range first, then altogether', async () => {
  await withStores(async ({ stores: { vault } }) => {
    const there = await gateway()
    try {
      const way = await texts(vault.counters, there.url, { ceiling: 1_000 })
      // Every fifth code is entered: enough, so it goes on.
      for (let n = 0; n < 60; n++) {
        await way.send(message(mobile(n)))
        if (n % 4 === 0) await way.entered(mobile(n))
      }
      assert.deepEqual(await way.alerts(), [])
      for (let n = 60; n < 200; n++) await sendAll(way, [message(mobile(n))])
      assert.ok(there.caught.length > 60 && there.caught.length < 80, String(there.caught.length))
      assert.deepEqual(await way.alerts(), ['sms-unused'])
      // A notice carries no code and still goes out.
      const before = there.caught.length
      await way.send(message(mobile(300), { sms: { template: 'notice.access-ended', parameters: {} } }))
      assert.equal(there.caught.length, before + 1)
    } finally {
      await there.end()
    }
  })
})

test('only numbers that a person carries, in a country of the list, are sent to', async () => {
  await withStores(async ({ stores: { vault } }) => {
    const there = await gateway()
    try {
      const way = await texts(vault.counters, there.url, { countries: ['DE', 'US'], ceiling: 1_000 })
      const to: Readonly<Record<string, boolean>> = {
        '+4915123456789': true,
        '+12025550123': true,
        '+14165550123': false, // Canada has the same calling code
        '+447911123456': false, // off the list
        '+447011123456': false, // a personal number at a price of its own
        '+493012345678': false, // a landline
        '+4990012345678': false, // premium rate
        '+8801712345678': false,
        '+881612345678': false, // a satellite: no country
        '+4915': false,
        garbage: false,
      }
      for (const [number, goes] of Object.entries(to))
        assert.deepEqual(await sendAll(way, [message(number)]), [goes], number)
      assert.deepEqual(
        there.caught.map(({ body }) => (JSON.parse(body) as { to: string }).to),
        ['+4915123456789', '+12025550123'],
      )
      await assert.rejects(
        texts(vault.counters, there.url, { countries: ['DE', 'XX'] }),
        /EAVES_SMS_COUNTRIES.*"XX"/,
      )
    } finally {
      await there.end()
    }
  })
})
