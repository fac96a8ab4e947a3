// Catches input that crosses a door it should not: hostile JSON, mutated paths and swollen headers, against the real program.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { mutated } from './mutated-path.ts'
import { claimByHttp } from './owner-by-http.ts'
import { raw, seeded } from './raw-http.ts'
import { build, type Schema } from './sample-body.ts'
import { api, household, until, type Household, type Running } from './server.ts'

const headers = [
  'x-content-type-options: nosniff',
  'referrer-policy: no-referrer',
  'cross-origin-opener-policy: same-origin',
  'cross-origin-resource-policy: same-origin',
  'x-frame-options: deny',
  "frame-ancestors 'none'",
  'permissions-policy: camera=(self), geolocation=(self), microphone=(), ',
]
function assertHeaders(head: string, where: string): void {
  for (const each of headers) assert.ok(head.toLowerCase().includes(each), `${where}: no ${each} in ${head}`)
}
const sentinel = 'SENTINEL-of-a-file-that-is-nobody’s'
const known = { zone: 'Europe/Berlin', email: 'x@example.org' }

interface Person {
  readonly server: Running
  readonly home: string
  readonly send: (
    method: string,
    path: string,
    body?: string | Uint8Array,
    type?: string,
  ) => Promise<{ readonly status: number; readonly body: any; readonly text: string }>
}
async function claimed(server: Running): Promise<Person> {
  const { cookie } = await claimByHttp(server)
  const send: Person['send'] = async (method, path, body, type = 'application/json') => {
    const answer = await fetch(server.base + path, {
      method,
      headers: { cookie, origin: server.base, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    })
    assertHeaders(
      [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
      `${method} ${path}`,
    )
    const text = await answer.text()
    return {
      status: answer.status,
      text,
      body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
    }
  }
  const home = await send(
    'POST',
    '/api/homes',
    JSON.stringify({ name: 'Canary house', zone: 'Europe/Berlin' }),
  )
  // Until the driver process has come up no driver is known, whatever one asks.
  await until(async () => (await send('GET', '/api/drivers')).text !== '[]', 'the drivers')
  return { server, home: home.body.id, send }
}

describe('a claimed server', () => {
  let house: Household, server: Running, person: Person
  before(async () => {
    house = household()
    server = await house.start()
    person = await claimed(server)
    for (const name of ['sentinel.txt', 'sentinel.js', 'index.html'])
      writeFileSync(join(house.dir, 'data', name), sentinel)
  })
  after(() => house?.dispose())

  test('JSON that is too deep, too large, broken, not UTF-8 or not JSON is refused by what is wrong with it', async () => {
    const path = `/api/homes/${person.home}/rooms`
    const send = (body: string | Uint8Array, type?: string) => person.send('POST', path, body, type)
    const rows: readonly (readonly [string, string | Uint8Array, number, string?])[] = [
      ['33 levels', `{"name":${'['.repeat(33)}${']'.repeat(33)}}`, 400],
      ['60,000 levels', '['.repeat(60_000), 400],
      ['braces in text are no levels', JSON.stringify({ name: '{['.repeat(36) }), 201],
      ['65,537 bytes', JSON.stringify({ name: 'x'.repeat(65_600) }), 413],
      ['not UTF-8', Uint8Array.from([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')]), 400],
      [
        'overlong UTF-8',
        Uint8Array.from([...Buffer.from('{"name":"'), 0xc0, 0xaf, ...Buffer.from('"}')]),
        400,
      ],
      ['UTF-16', Buffer.from('{"name":"x"}', 'utf16le'), 400],
      ['half', '{"name":', 400],
      ['two values', '{"name":"x"}{}', 400],
      ['NaN', '{"name":"x","floor":NaN}', 400],
      ['comment', '{"name":"x"/**/}', 400],
      ['no object', '[]', 422],
      ['null', 'null', 422],
      ['nothing', '', 422],
      ['a form', 'name=x', 400, 'application/x-www-form-urlencoded'],
      ['text', '{"name":"x"}', 400, 'text/plain'],
      ['another type that only begins like JSON', '{"name":"x"}', 400, 'application/jsonp'],
      ['__proto__', '{"name":"x","__proto__":{"admin":true}}', 422],
      ['__proto__ in other letters', '{"name":"x","\\u005f_proto_\\u005f":1}', 422],
      ['constructor', '{"name":"x","constructor":{"prototype":{"admin":true}}}', 422],
      ['control characters', '{"name":"a\\u0000b"}', 422],
      ['a half of a character', '{"name":"a\\ud800b"}', 422],
      ['blank', '{"name":"   "}', 422],
      ['a number for a name', '{"name":1e400}', 422],
      ['a floor that never was', JSON.stringify({ name: 'x', floor: 'b'.repeat(26) }), 422],
    ]
    for (const [name, body, status, type] of rows) {
      const answer = await send(body, type)
      assert.equal(answer.status, status, `${name}: ${answer.text}`)
      if (status >= 400) assert.match(answer.body.code, /^(input|auth)\./, name)
    }
    const twice = await send('{"name":"first","name":"last"}')
    assert.deepEqual([twice.status, twice.body.name], [201, 'last'])
    const floor = (await person.send('POST', `/api/homes/${person.home}/floors`, '{"name":"F"}')).body
      .id as string
    for (const position of ['1e308', '-1', '1.5', '1e400', '"1"', '9007199254740993', '-1e-400000'])
      assert.equal(
        (await person.send('PATCH', `/api/homes/${person.home}/floors/${floor}`, `{"position":${position}}`))
          .status,
        position === '-1e-400000' ? 200 : 422,
        position,
      )
    for (const query of [
      'device=a&device=b',
      'from=never',
      'from=%2B275761-01-01',
      'capability=__proto__&attribute=constructor',
      `device=${'b'.repeat(26)}&capability=onOff&attribute=on&from=`,
      'x'.repeat(4000),
    ])
      assert.ok(
        [404, 422].includes((await person.send('GET', `/api/homes/${person.home}/history?${query}`)).status),
        query,
      )
    for (const body of [
      '{"driver":"__proto__","config":{}}',
      '{"driver":"mqtt","config":{"__proto__":{"url":"x"}}}',
      '{"driver":"mqtt","config":{"url":{}}}',
      '{"driver":"mqtt","config":{"url":"file:///etc/passwd"}}',
      '{"driver":"mqtt","config":{"url":"mqtt://127.0.0.1","x":1}}',
      '{"driver":"../x","config":{}}',
    ]) {
      const answer = await person.send('POST', `/api/homes/${person.home}/onboarding`, body)
      assert.ok([400, 404, 422].includes(answer.status), `${body}: ${answer.status} ${answer.text}`)
    }
    assert.equal(
      (
        await raw(
          server.port,
          `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n${`8000\r\n${'x'.repeat(0x8000)}\r\n`.repeat(3)}0\r\n\r\n`,
        )
      ).status,
      413,
    )
  })

  test('an unknown field is refused by its name on every entry that takes a body', async (t) => {
    const { paths } = (await api(server.base).call('GET', '/api/openapi.json')).body as {
      paths: Record<
        string,
        Record<string, { requestBody?: { content: { 'application/json': { schema: Schema } } } }>
      >
    }
    let entries = 0
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        // Only a wall panel gets as far as the fields of what is its own; test/panels.test.ts asks as one.
        // What is called from outside takes whatever the caller has to say.
        if (requestBody === undefined || path === '/api/panel/leave' || path === '/api/hooks/{secret}')
          continue
        const sample = build(requestBody.content['application/json'].schema, '', known)
        const at = path.replace('{home}', person.home).replaceAll(/\{\w+\}/g, 'b'.repeat(26))
        const answer = await person.send(
          method.toUpperCase(),
          at,
          JSON.stringify({ ...(sample as object), smuggled: 1 }),
        )
        assert.equal(answer.status, 422, `${method} ${path}: ${answer.text}`)
        assert.ok(
          (answer.body.errors as { path: string }[]).some((each) => each.path === 'smuggled'),
          `${method} ${path}: ${answer.text}`,
        )
        entries += 1
      }
    }
    t.diagnostic(`${entries} entries`)
    assert.ok(entries > 15)
  })

  test(
    'ten thousand mutated paths reach no protected handler and no file',
    { timeout: 60_000 },
    async (t) => {
      const seed = 20_261_122
      const pick = seeded(seed)
      const { paths } = (await api(server.base).call('GET', '/api/openapi.json')).body as {
        paths: Record<string, Record<string, { security: unknown[] }>>
      }
      const guarded = Object.entries(paths).filter(([, methods]) =>
        Object.values(methods).some(({ security }) => security.length > 0),
      )
      const bases = [
        ...guarded.map(([path]) =>
          path.replace('{home}', person.home).replaceAll(/\{\w+\}/g, 'b'.repeat(26)),
        ),
        '/',
        '/assets/',
        '/../data/sentinel.txt',
        '/data/sentinel.txt',
        '/sentinel.js',
        '/../../package.json',
        '/server/src/main.mjs',
        '/assets/../../../package.json',
        '/etc/passwd',
        '/../data.key/kek',
        '/eaves.db',
      ]
      const methods = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']
      const secrets = [
        sentinel,
        person.home,
        'Canary house',
        'ada@example.org',
        '"private": true',
        'root:x:',
        'SQLite format',
        'enableCompileCache',
      ]
      const total = 10_000
      let next = 0
      const statuses = new Map<number, number>()
      const worker = async () => {
        while (next < total) {
          next += 1
          const path = mutated(bases[pick(bases.length)]!, pick, server.port)
          const method = methods[pick(methods.length)]!
          const accept = pick(2) === 0 ? 'Accept: text/html\r\n' : ''
          const { status, head, body } = await raw(
            server.port,
            Buffer.from(
              `${method} ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\n${accept}Connection: close\r\n\r\n`,
              'latin1',
            ),
          )
          const where = `seed ${seed}: ${method} ${JSON.stringify(path)} answered ${status}`
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          assert.ok(status >= 200 && status < 500, where)
          for (const each of secrets)
            assert.ok(!body.includes(each) || path.includes(each), `${where} with ${each}`)
          if (status < 300 && method !== 'GET' && method !== 'HEAD') assert.fail(where)
          if (
            status < 300 &&
            !/^content-type: (text\/html|text\/javascript|text\/css|image\/|font\/|application\/manifest)/im.test(
              head,
            )
          )
            assert.ok(
              /\/(health|api\/(documents|gate|contact|openapi\.json|docs))/i.test(
                decodeURIComponentSafe(path),
              ),
              `${where}: ${body.slice(0, 200)}`,
            )
          assertHeaders(head, where)
        }
      }
      await Promise.all(Array.from({ length: 16 }, worker))
      t.diagnostic(
        `seed ${seed}, ${total} paths: ${[...statuses]
          .toSorted(([a], [b]) => a - b)
          .map(([status, n]) => `${status} × ${n}`)
          .join(', ')}`,
      )
      assert.equal((await person.send('GET', `/api/homes/${person.home}`)).status, 200)
    },
  )

  test('swollen, endless and odd requests end and disturb nobody', async () => {
    const ask = (head: string) => raw(server.port, `${head}\r\n\r\n`)
    const host = `Host: 127.0.0.1:${server.port}\r\nConnection: close`
    const rows: readonly (readonly [string, readonly number[]])[] = [
      [`GET /api/homes HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(20_000)}`, [431]],
      [
        `GET /api/homes HTTP/1.1\r\n${host}\r\n${Array.from({ length: 3000 }, (_n, i) => `X${i}: 1`).join('\r\n')}`,
        [431],
      ],
      [`GET /api/homes HTTP/1.1\r\n${host}\r\nAuthorization: Bearer ${'x'.repeat(10_000)}`, [401]],
      [`GET /api/homes HTTP/1.1\r\n${host}\r\nCookie: ${`eaves-${server.port}=x; `.repeat(200)}`, [401]],
      [`GET /${'a'.repeat(30_000)} HTTP/1.1\r\n${host}`, [414, 431]],
      [`GET /api/homes HTTP/1.1\r\nHost: evil.example\r\nConnection: close`, [421]],
      [`GET / HTTP/1.1\r\nHost: evil.example:${server.port}\r\nConnection: close`, [421]],
      [
        `GET /api/homes HTTP/1.1\r\n${host}\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: localhost\r\nForwarded: for=127.0.0.1`,
        [401],
      ],
      [`GET /api/homes HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked`, [400]],
      [`GET /api/homes HTTP/1.1\r\n${host}\r\nContent-Length: -1`, [400]],
      ['GET /api/homes HTTP/1.1\r\nConnection: close', [400, 421]],
      ['\u0016\u0003\u0001', [400]],
      [`PROPFIND /api/homes HTTP/1.1\r\n${host}`, [401, 404, 405]],
      [`TRACE /api/homes HTTP/1.1\r\n${host}`, [400, 401, 404, 405, 500]],
    ]
    for (const [head, wanted] of rows) {
      const answer = await ask(head)
      assert.ok(wanted.includes(answer.status), `${head.slice(0, 120)}: ${answer.status} ${answer.body}`)
      assertHeaders(answer.head, head.slice(0, 120))
    }
    const slow = Array.from({ length: 200 }, () =>
      connect(server.port, '127.0.0.1', function (this: import('node:net').Socket) {
        this.write('POST /api/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\nX: ')
      }),
    )
    for (const socket of slow) socket.on('error', () => undefined)
    const times: number[] = []
    for (let i = 0; i < 40; i++) {
      const from = performance.now()
      assert.equal((await person.send('GET', '/api/homes')).status, 200)
      times.push(performance.now() - from)
    }
    for (const socket of slow) socket.destroy()
    assert.ok(times.toSorted((a, b) => a - b).at(-2)! < 500, String(times))
  })
})

function decodeURIComponentSafe(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
