// Catches a route that answers out of the order of refusals, leaks what exists, or takes a body it should refuse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HomeId, HomeRole, SubjectId } from '@eaves/model'
import { clause, unnarrowed } from '@eaves/policy'
import { z } from 'zod'
import { truncated } from '../activity/activity.ts'
import { createLog } from '../log.ts'
import { assertEntries, cookieOf, createApp, type HttpDeps } from './app.ts'
import { entry, type Entry } from './entry.ts'
import { createOrigins } from './origin.ts'
import { createAppFiles } from './static.ts'

const subject = 'a'.repeat(26) as SubjectId
const mine = 'b'.repeat(26) as HomeId
const foreign = 'c'.repeat(26)
const lines: string[] = []
const nowMs = 1_000_000_000

interface Options {
  readonly claimed?: boolean
  readonly agreed?: boolean
  readonly role?: HomeRole
  readonly provedAt?: number
  readonly extra?: Entry[]
  readonly during?: HttpDeps['during']
  readonly origins?: HttpDeps['origins']
}
function app(options: Options = {}) {
  const entries = [
    entry({
      method: 'get',
      path: '/health',
      summary: 's',
      access: { kind: 'public', beforeClaim: true, reason: 'r' },
      answer: z.object({ ok: z.boolean() }),
      handle: async () => ({ ok: true }),
    }),
    entry({
      method: 'get',
      path: '/api/homes/{home}/things',
      summary: 's',
      access: { kind: 'home', verb: 'device.read' },
      answer: z.array(z.string()),
      handle: async () => ['x'],
    }),
    entry({
      method: 'patch',
      path: '/api/homes/{home}',
      summary: 's',
      access: { kind: 'home', verb: 'home.edit' },
      body: z.strictObject({ name: z.string().max(10) }),
      maxBytes: 200,
      handle: async () => undefined,
    }),
    entry({
      method: 'post',
      path: '/api/me/leave',
      summary: 's',
      access: { kind: 'self', verb: 'self.edit', withoutAgreement: 'leaving' },
      handle: async () => undefined,
    }),
    entry({
      method: 'get',
      path: '/api/broken',
      summary: 's',
      access: { kind: 'public', beforeClaim: true, reason: 'r' },
      answer: z.string(),
      handle: async () => {
        throw new Error('ada@example.org went wrong')
      },
    }),
    ...(options.extra ?? []),
  ]
  return createApp(entries, {
    honourGpc: async () => undefined,
    staffRoleOf: () => undefined,
    role: 'household',
    now: () => nowMs,
    claimed: () => options.claimed ?? true,
    authenticate: async ({ cookie, bearer }) =>
      cookie === 'good' || bearer === 'good'
        ? {
            subject,
            session: cookie && 's',
            token: undefined,
            provedAt: options.provedAt ?? 0,
            expiresAt: 9e15,
          }
        : bearer === 'token'
          ? {
              subject,
              session: undefined,
              token: 't',
              homes: 'all' as const,
              verbs: 'all' as const,
              provedAt: options.provedAt ?? 0,
              expiresAt: 9e15,
            }
          : undefined,
    renew: async () => undefined,
    guardianStanding: async () => 'not-needed',
    agreementCurrent: async () => options.agreed ?? true,
    agreementOpens: async () => options.agreed ?? true,
    isPanel: () => false,
    isClaimant: () => false,
    relationsOf: async () => ({ roles: new Map([[mine, options.role ?? 'owner']]), limits: unnarrowed }),
    deviceIn: () => undefined,
    log: createLog('debug', (line) => lines.push(line)),
    origins: options.origins ?? (() => createOrigins({ host: '127.0.0.1', port: 8420, tls: false })),
    files: createAppFiles('/nonexistent'),
    during: options.during ?? ((_origin, act) => act()),
    cookieName: 'eaves-8420',
    secureCookies: false,
  })
}
const at = 'http://127.0.0.1:8420'
const host = { host: '127.0.0.1:8420' }
const bearer = { ...host, authorization: 'Bearer good' }
const json = { ...bearer, 'content-type': 'application/json' }
const code = async (response: Response) => ((await response.json()) as { code: string }).code

test('an unclaimed server answers its closed list and nothing else', async () => {
  const before = app({ claimed: false })
  assert.equal((await before.request(`${at}/health`, { headers: host })).status, 200)
  for (const path of ['/api/homes/x/things', '/api/nothing'])
    assert.equal(await code(await before.request(at + path, { headers: bearer })), 'server.unclaimed')
  const asked = { method: 'DELETE', headers: bearer }
  assert.equal(await code(await before.request(`${at}/api/homes/x/things`, asked)), 'server.unclaimed')
  assert.equal((await before.request(`${at}/health`, asked)).status, 405)
})

test('a stranger gets 401, one without the agreement 451, and leaving stays open', async () => {
  clause('sa.1')
  const path = `${at}/api/homes/${mine}/things`
  assert.equal((await app().request(path, { headers: host })).status, 401)
  assert.equal((await app({ agreed: false }).request(path, { headers: bearer })).status, 451)
  assert.equal(
    (await app({ agreed: false }).request(`${at}/api/me/leave`, { method: 'POST', headers: bearer })).status,
    204,
  )
})

test('a foreign home, a home that never was and an unknown address give the same bytes of 404', async () => {
  const answers = await Promise.all(
    [`/api/homes/${foreign}/things`, '/api/homes/nonsense/things', '/api/never-existed'].map(async (path) => {
      const response = await app().request(at + path, { headers: bearer })
      return [response.status, await response.text(), JSON.stringify([...response.headers])].join('|')
    }),
  )
  assert.equal(new Set(answers).size, 1)
  assert.match(answers[0]!, /^404\|/)
  assert.doesNotMatch(answers[0]!, /reference|nonsense/)
})

test('inside one’s own home a missing right is 403', async () => {
  const response = await app({ role: 'guest' }).request(`${at}/api/homes/${mine}`, {
    method: 'PATCH',
    headers: json,
    body: '{"name":"x"}',
  })
  assert.equal(response.status, 403)
})

test('what asks for a fresh proof is refused without one, to a token always, and says nothing of what is not one’s own', async () => {
  const weighty = entry({
    method: 'delete',
    path: '/api/homes/{home}/everything',
    summary: 's',
    access: { kind: 'home', verb: 'home.delete', stepUp: 'r' },
    handle: async () => undefined,
  })
  const ask = (options: Parameters<typeof app>[0], home: string, headers: Record<string, string>) =>
    app({ ...options, extra: [weighty] }).request(`${at}/api/homes/${home}/everything`, {
      method: 'DELETE',
      headers: { ...host, ...headers },
    })
  const cookie = { cookie: 'eaves-8420=good', origin: at }
  const token = { authorization: 'Bearer token' }
  const fiveMinutes = nowMs - 5 * 60_000
  for (const [provedAt, headers, status] of [
    [fiveMinutes, cookie, 204],
    [fiveMinutes - 1, cookie, 403],
    [nowMs, cookie, 204],
    // The clock was set back since: nobody knows how old that proof is.
    [nowMs + 1, cookie, 403],
    [0, cookie, 403],
    [nowMs, token, 403],
  ] as const) {
    const answer = await ask({ provedAt }, mine, headers)
    assert.equal(answer.status, status)
    if (status === 403) assert.equal(await code(answer), 'auth.step-up-required')
    assert.equal((await ask({ provedAt }, foreign, headers)).status, 404)
  }
  assert.equal(await code(await ask({ provedAt: 0, role: 'guest' }, mine, cookie)), 'auth.forbidden')
})

test('an unknown field is refused by its name, a wrong one by its path', async () => {
  const send = (body: string, headers: Record<string, string> = json) =>
    app().request(`${at}/api/homes/${mine}`, { method: 'PATCH', headers, body })
  const unknown = (await (await send('{"name":"x","nmae":"y"}')).json()) as { code: string; errors: unknown }
  assert.deepEqual(
    [unknown.code, unknown.errors],
    ['input.unknown-field', [{ path: 'nmae', code: 'unknown-field' }]],
  )
  const wrong = (await (await send('{"name":5}')).json()) as { code: string; errors: unknown }
  assert.deepEqual([wrong.code, wrong.errors], ['input.invalid', [{ path: 'name', code: 'invalid-type' }]])
  assert.equal((await send(`{"name":"${'x'.repeat(300)}"}`)).status, 413)
  assert.equal((await send('{"name":')).status, 400)
  assert.equal((await send('['.repeat(40) + ']'.repeat(40))).status, 400)
  assert.equal((await send('{"name":"x"}', { ...json, 'content-type': 'text/plain' })).status, 400)
  assert.equal((await send('{"name":"x","__proto__":{"a":1}}')).status, 422)
})

test('a cookie may change nothing without our own Origin, and a foreign name or Origin is refused', async () => {
  const cookie = { ...host, cookie: 'eaves-8420=good', 'content-type': 'application/json' }
  const patch = (headers: Record<string, string>) =>
    app().request(`${at}/api/homes/${mine}`, { method: 'PATCH', headers, body: '{"name":"x"}' })
  assert.equal((await patch(cookie)).status, 403)
  for (const origin of [
    'null',
    'http://evil.example',
    'http://127.0.0.1:8421',
    'https://127.0.0.1:8420',
    'http://127.0.0.1:8420.evil.example',
    'http://xn--127.0.0.1:8420',
  ])
    assert.equal((await patch({ ...cookie, origin })).status, 403, origin)
  assert.equal((await patch({ ...cookie, origin: 'http://localhost:8420' })).status, 204)
  assert.equal(
    (await app().request(`${at}/health`, { headers: { host: 'rebound.example:8420' } })).status,
    421,
  )
})

test('a fault is answered without its message and logged without it', async () => {
  lines.length = 0
  const response = await app().request(`${at}/api/broken`, { headers: host })
  assert.equal(response.status, 500)
  const text = await response.text()
  assert.match(text, /"reference":"[a-z2-7]{26}"/)
  assert.doesNotMatch(text + lines.join(), /ada@example/)
  assert.match(lines.join(), /app\.test\.ts/)
})

test('every answer carries the protective headers, errors included', async () => {
  for (const path of ['/health', '/api/none', '/nothing', '/api/broken']) {
    const response = await app().request(at + path, { headers: host })
    for (const name of [
      'x-content-type-options',
      'content-security-policy',
      'cross-origin-opener-policy',
      'referrer-policy',
      'x-frame-options',
    ])
      assert.ok(response.headers.get(name), `${path} ${name}`)
  }
})

test('a route without an authorisation entry does not register', () => {
  const bare = {
    method: 'get',
    path: '/api/bare',
    summary: 's',
    handle: async () => ({}),
  } as unknown as Entry
  assert.throws(() => assertEntries([bare]), /no authorisation entry/)
  const lost = entry({
    method: 'get',
    path: '/api/lost',
    summary: 's',
    access: { kind: 'home', verb: 'home.read' },
    handle: async () => undefined,
  })
  assert.throws(() => assertEntries([lost]), /names none/)
  const twice = entry({
    method: 'get',
    path: '/api/t',
    summary: 's',
    access: { kind: 'self', verb: 'self.read' },
    handle: async () => undefined,
  })
  assert.throws(() => assertEntries([twice, twice]), /twice/)
})

test('a method that is not there is 405 and a doubled cookie counts as none', async () => {
  assert.equal((await app().request(`${at}/health`, { method: 'POST', headers: host })).status, 405)
  assert.equal(cookieOf('eaves-8420=a; eaves-8420=b', 'eaves-8420'), undefined)
  assert.equal(cookieOf('x=1; eaves-8420=a', 'eaves-8420'), 'a')
})

test('addresses are shortened to their network', () => {
  clause('pp.2.2.3')
  assert.equal(truncated('203.0.113.77'), '203.0.113.0')
  assert.equal(truncated('::ffff:203.0.113.77'), '203.0.113.0')
  assert.equal(truncated('2001:db8:85a3:8d3:1319:8a2e:370:7348'), '2001:db8:85a3::')
  assert.equal(truncated('::1'), '0:0:0::')
  assert.equal(truncated('fe80::1'), 'fe80:0:0::')
})

test('a body that breaks off is the sender’s doing and no fault in the log', async () => {
  const before = lines.length
  const body = new ReadableStream({ start: (controller) => controller.error(new Error('aborted')) })
  const sent = { method: 'PATCH', headers: json, body, duplex: 'half' as const }
  assert.equal((await app().request(`${at}/api/homes/${mine}`, sent)).status, 400)
  assert.equal(lines.length, before)
})

test('the whole network address is for what is noted of an act; a handler sees its area alone', async () => {
  clause('pp.2.2.3')
  const seen: string[] = []
  const noted: Parameters<HttpDeps['during']>[0][] = []
  const looking = entry({
    method: 'get',
    path: '/api/me/looking',
    summary: 's',
    access: { kind: 'self', verb: 'self.read' },
    answer: z.string(),
    handle: async (request) => {
      seen.push(JSON.stringify(request.caller))
      return 'ok'
    },
  })
  const open = app({
    extra: [looking],
    during: (origin, act) => {
      noted.push(origin)
      return act()
    },
  })
  const peer = { peer: { address: '::ffff:203.0.113.77', host: '127.0.0.1:8420' } }
  assert.equal((await open.request(`${at}/api/me/looking`, { headers: bearer }, peer)).status, 200)
  assert.deepEqual(noted, [{ address: '::ffff:203.0.113.77', surface: 'app', subject, device: undefined }])
  assert.ok(seen[0]?.includes('203.0.113.0') && !seen[0].includes('203.0.113.77'))
})

test('behind a proxy a handler gets the name that was checked, whatever the Host header says', async () => {
  const where = entry({
    method: 'get',
    path: '/api/where',
    summary: 's',
    access: { kind: 'public', beforeClaim: true, reason: 'r' },
    answer: z.object({ origin: z.string(), host: z.string() }),
    handle: async ({ site }) => site,
  })
  const proxied = createOrigins({
    host: '10.0.0.1',
    port: 8420,
    tls: false,
    proxyHosts: ['home.example.org', 'alt.example.org:8443'],
  })
  const behind = app({ extra: [where], origins: () => proxied })
  const ask = async (called: string, host: string | undefined) => {
    const peer = { address: '198.51.100.7', host }
    const answer = await behind.request(
      'http://10.0.0.1:8420/api/where',
      { headers: { host: called } },
      { peer },
    )
    return [answer.status, answer.status === 200 ? await answer.json() : undefined]
  }
  for (const called of ['eaves-backend:8420', 'evil.example', '10.0.0.1:8420'])
    assert.deepEqual(await ask(called, 'home.example.org'), [
      200,
      { origin: 'https://home.example.org', host: 'home.example.org' },
    ])
  assert.deepEqual(await ask('eaves-backend:8420', 'ALT.example.org:8443'), [
    200,
    { origin: 'https://alt.example.org:8443', host: 'alt.example.org' },
  ])
  assert.equal((await ask('home.example.org', undefined))[0], 421)
})
