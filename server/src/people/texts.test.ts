// Catches text messages that cost more than the ceiling, reach a country off the list, are sent again and again for the fee, or leave without a template.
// The service is a real HTTP server on loopback that stands for the operator's gateway; no text message leaves.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import { createEgress, twilioTexts, webhookTexts } from '../privacy/privacy.ts'
import { onBothDialects, openTestStores, quietLog, testClock, type TestStores } from '../store/testing.ts'
import { codeText } from './mail-text.ts'
import { createMail, Undeliverable, type Message } from './mail.ts'
import { countCode, type TextCounters } from './text-limits.ts'
import { segmentsOf, textTemplates, textWords, type TextTemplate } from './text-templates.ts'
import { createTexts, type Texts } from './texts.ts'

const secret = 'a secret of the gateway'
interface Caught {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Stands for the operator's gateway: keeps what reaches it and answers as told. */
async function gateway(answer: (response: ServerResponse, caught: Caught) => void = (r) => r.end('{}')) {
  const caught: Caught[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const each = { path: request.url ?? '', headers: request.headers, body }
      caught.push(each)
      answer(response, each)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return {
    url,
    caught,
    end: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const clock = testClock()
const texts = (
  counters: TextCounters,
  url: string,
  over: {
    readonly ceiling?: number
    readonly countries?: readonly string[]
    readonly timeoutMs?: number
  } = {},
): Promise<Texts> =>
  createTexts({
    counters,
    send: webhookTexts({ url, secret }, createEgress({ timeoutMs: over.timeoutMs ?? 2_000 }), clock),
    countries: over.countries ?? ['DE', 'GB', 'US', 'CN'],
    dailyCeiling: over.ceiling ?? 100,
    clock,
    log: quietLog,
  })
const message = (address: string, over: Partial<Message> = {}): Message => ({
  to: { kind: 'phone', address },
  locale: 'en',
  ...codeText('en', '012345', 5),
  ...over,
})
/** German mobile numbers, each in a range of its own. */
const mobile = (n: number) => `+49151${String(10_000_000 + n * 100_003).slice(-8)}`
const sendAll = (way: Texts, messages: readonly Message[]) =>
  Promise.all(
    messages.map((each) =>
      way.send(each).then(
        () => true,
        () => false,
      ),
    ),
  )

async function withStores(run: (at: TestStores) => Promise<void>): Promise<void> {
  const at = await openTestStores('sqlite')
  try {
    await run(at)
  } finally {
    await at.end()
  }
}

describe('templates', () => {
  test('each has words in every language that fit one segment with the longest parameters', () => {
    for (const id of Object.keys(textTemplates) as TextTemplate[]) {
      const parameters = Object.fromEntries(
        Object.entries(textTemplates[id].parameters).map(([name, most]) => [name, '8'.repeat(most)]),
      )
      for (const locale of ['en', 'zh-Hans'] as const) {
        const text = textWords({ template: id, parameters }, locale)
        assert.equal(segmentsOf(text), 1, `${id} in ${locale} takes ${text.length} characters`)
        assert.doesNotMatch(text, /[{}]|https?:/, 'nothing to click and no gap')
      }
    }
  })

  test('segments are counted as carriers do', () => {
    const cases: readonly (readonly [string, number])[] = [
      ['a'.repeat(160), 1],
      ['a'.repeat(161), 2],
      ['a'.repeat(306), 2],
      ['a'.repeat(307), 3],
      ['€'.repeat(80), 1],
      ['€'.repeat(81), 2],
      ['验'.repeat(70), 1],
      ['验'.repeat(71), 2],
      ['😀'.repeat(36), 2],
      ['a’', 1],
    ]
    for (const [text, segments] of cases)
      assert.equal(segmentsOf(text), segments, `${text.length} of ${text[0]}`)
  })

  test('a template, parameter or language that is not registered makes no message', () => {
    const parameters = { code: '012345', minutes: '5' }
    const bad = [
      { template: 'free.text', parameters },
      { template: 'constructor', parameters },
      { template: 'sign-in.code', parameters: { code: '012345' } },
      { template: 'sign-in.code', parameters: { ...parameters, more: 'x' } },
      { template: 'sign-in.code', parameters: { ...parameters, code: 'call +1 900' } },
    ]
    for (const use of bad)
      assert.throws(() =>
        textWords(use as { template: TextTemplate; parameters: Record<string, string> }, 'en'),
      )
  })
})

test('the gateway gets template, parameters, number and locale, signed with the time, and nothing else', async () => {
  clause('pp.3.1.4')
  await withStores(async ({ stores }) => {
    const there = await gateway()
    try {
      await (
        await texts(stores.vault.counters, there.url)
      ).send(message('+4915123456789', { locale: 'zh-Hans' }))
      const { headers, body } = there.caught[0]!
      const { id, ...rest } = JSON.parse(body) as Record<string, unknown>
      assert.match(String(id), /^[a-z2-7]{26}$/)
      assert.deepEqual(rest, {
        to: '+4915123456789',
        locale: 'zh-Hans',
        template: 'sign-in.code',
        parameters: { code: '012345', minutes: '5' },
      })
      const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['eaves-signature']))!
      assert.equal(Number(seconds), Math.floor(clock.now() / 1000))
      assert.equal(signature, createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
      await assert.rejects(
        (await texts(stores.vault.counters, there.url)).send(message('+4915123456780', { sms: undefined })),
        Undeliverable,
      )
      assert.equal(there.caught.length, 1)
    } finally {
      await there.end()
    }
  })
})

test('Twilio’s resource gets a form with number, sender and words, under the account', async () => {
  const there = await gateway((response) => response.writeHead(201).end('{"status":"queued"}'))
  try {
    const account = `AC${'0'.repeat(32)}`
    const text = {
      id: 'x',
      to: '+4915123456789',
      locale: 'en',
      template: 't',
      parameters: {},
      text: 'Wörds & 验',
    }
    for (const from of ['Eaves', `MG${'a'.repeat(32)}`])
      await twilioTexts({ account, token: 'to:ken', from }, createEgress(), there.url)(text)
    const [named, service] = there.caught.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    assert.deepEqual(named, { To: '+4915123456789', From: 'Eaves', Body: 'Wörds & 验' })
    assert.equal(service?.MessagingServiceSid, `MG${'a'.repeat(32)}`)
    assert.equal(there.caught[0]?.path, `/2010-04-01/Accounts/${account}/Messages.json`)
    assert.equal(
      there.caught[0]?.headers.authorization,
      `Basic ${Buffer.from(`${account}:to:ken`).toString('base64')}`,
    )
  } finally {
    await there.end()
  }
})

describe('pumping', () => {
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
})

describe('a gateway that misbehaves', () => {
  const odd: Readonly<Record<string, readonly [tries: number, answer: (response: ServerResponse) => void]>> =
    {
      'never answers': [3, () => undefined],
      'drips its answer': [
        3,
        (response) => {
          response.writeHead(200)
          const timer = setInterval(() => response.write('.'), 20)
          response.on('close', () => clearInterval(timer))
        },
      ],
      'answers 500': [3, (response) => response.writeHead(500).end('<html>')],
      'answers 429': [3, (response) => response.writeHead(429).end()],
      'breaks off': [3, (response) => response.destroy()],
      'answers garbage': [3, (response) => void response.socket?.end('this is no HTTP\r\n\r\n')],
      'answers 401': [1, (response) => response.writeHead(401).end()],
    }
  for (const [name, [tries, answer]] of Object.entries(odd))
    test(`that ${name} is tried ${tries} times, then a keeper is told, and the poster never waits`, async () => {
      await withStores(async ({ stores: { vault } }) => {
        const there = await gateway(answer)
        try {
          const timeoutMs = 150
          const way = await texts(vault.counters, there.url, { timeoutMs })
          const mail = createMail({ email: way, phone: way, log: quietLog, retryAfterMs: [1, 1] })
          const begun = performance.now()
          mail.post(message(mobile(1)))
          mail.post(message(mobile(2)))
          assert.ok(performance.now() - begun < timeoutMs)
          await mail.settled()
          assert.equal(there.caught.length, 2 * tries)
          assert.deepEqual(await way.alerts(), ['sms-failing'])
        } finally {
          await there.end()
        }
      })
    })

  test('numbers that it refuses are no fault of its, until it takes none', async () => {
    await withStores(async ({ stores: { vault } }) => {
      let status = 400
      const there = await gateway((response) => response.writeHead(status).end())
      try {
        const way = await texts(vault.counters, there.url)
        const all = Array.from({ length: 11 }, (_, n) => message(mobile(n)))
        await sendAll(way, all.slice(0, 4))
        assert.deepEqual(await way.alerts(), [])
        status = 202
        await sendAll(way, all.slice(4, 5))
        status = 422
        await sendAll(way, all.slice(5, 10))
        assert.deepEqual(await way.alerts(), [])
        await sendAll(way, all.slice(10))
        assert.deepEqual(await way.alerts(), ['sms-failing'])
      } finally {
        await there.end()
      }
    })
  })

  test('a redirect is not followed', async () => {
    await withStores(async ({ stores: { vault } }) => {
      const elsewhere = await gateway()
      const there = await gateway((response) => response.writeHead(307, { location: elsewhere.url }).end())
      try {
        assert.deepEqual(await sendAll(await texts(vault.counters, there.url), [message(mobile(1))]), [false])
        assert.deepEqual([there.caught.length, elsewhere.caught.length], [1, 0])
      } finally {
        await there.end()
        await elsewhere.end()
      }
    })
  })

  test('a long answer is read no further than its beginning', async () => {
    await withStores(async ({ stores: { vault } }) => {
      const there = await gateway((response) => response.end('x'.repeat(50_000_000)))
      try {
        assert.deepEqual(await sendAll(await texts(vault.counters, there.url), [message(mobile(1))]), [true])
      } finally {
        await there.end()
      }
    })
  })
})
