// Catches reading that is led inside by a redirect, that swallows whatever it is sent, or that waits without end.
// Judged at an HTTPS server on loopback that stands for the open internet.
import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { after, before, test } from 'node:test'
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib'
import { clause } from '@eaves/policy'
import { selfSigned } from '../notifications/testing.ts'
import { AnswerTooLong, LedOnTooOften } from './egress-get.ts'
import { createEgress, EgressRefused } from './egress-post.ts'

const host = 'calendars.example.org'
const certificate = selfSigned(host)
let server: Server
let port = 0
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
const asked: IncomingMessage[] = []
before(async () => {
  server = createServer(certificate, (request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
after(() => {
  server.closeAllConnections()
  return new Promise<void>((resolve) => server.close(() => resolve()))
})

/** Only this one name leads to the open internet; each name that is looked up is kept. */
function reader(timeoutMs = 2_000) {
  const looked: string[] = []
  const { get } = createEgress({
    timeoutMs,
    authority: certificate.cert,
    isOpenInternet: (address) => address === '127.0.0.1',
    resolve: async (name) => {
      looked.push(name)
      return [{ address: name === host ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    },
  })
  const read = (path = '/', headers = {}, longestBytes = 100, signal?: AbortSignal) =>
    get({ url: `https://${host}:${port}${path}`, headers, longestBytes, signal })
  return { read, get, looked }
}

test('what stands there is read with its marks, and what has not changed is said so', async () => {
  answer = (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else
      response.writeHead(200, { etag: '"1"', 'last-modified': 'Mon, 05 Jan 2026 12:00:00 GMT' }).end('words')
  }
  const { read } = reader()
  const got = await read()
  assert.equal(new TextDecoder().decode(got.body), 'words')
  assert.deepEqual([got.status, got.etag, got.lastModified], [200, '"1"', 'Mon, 05 Jan 2026 12:00:00 GMT'])
  assert.equal((await read('/', { 'if-none-match': '"1"' })).status, 304)
  const { headers, method } = asked.at(-1)!
  assert.deepEqual(Object.keys(headers).toSorted(), [
    'accept-encoding',
    'connection',
    'host',
    'if-none-match',
  ])
  assert.equal(method, 'GET')
  answer = (_request, response) => void response.writeHead(503, { 'retry-after': '90' }).end('busy')
  const busy = await read()
  assert.deepEqual([busy.status, busy.body.length, busy.retryAfterSeconds], [503, 0, 90])
})

test('it is led on three times at most, and nowhere but to the open internet over TLS', async () => {
  clause('pp.3.1')
  answer = ({ url }, response) => {
    const left = Number(url?.slice(1))
    if (left === 0) response.end('there')
    else response.writeHead(302, { location: `/${left - 1}` }).end()
  }
  const { read, get, looked } = reader()
  assert.equal(new TextDecoder().decode((await read('/3')).body), 'there')
  assert.deepEqual(looked, [host, host, host, host], 'each is looked up anew')
  await assert.rejects(read('/4'), LedOnTooOften)
  const inside = [
    `https://inside.example.org:${port}/`,
    `http://${host}:${port}/`,
    `https://a:b@${host}:${port}/`,
    `https://127.0.0.2:${port}/`,
    'file:///etc/passwd',
  ]
  for (const location of inside) {
    answer = (_request, response) => void response.writeHead(307, { location }).end()
    const before = asked.length
    await assert.rejects(read(), EgressRefused, location)
    assert.equal(asked.length, before + 1, location)
    await assert.rejects(get({ url: location, headers: {}, longestBytes: 1 }), EgressRefused, location)
  }
})

test('no more is read than is asked for, said beforehand or not, and half an answer is none', async () => {
  const { read } = reader()
  answer = (_request, response) => void response.end('x'.repeat(100))
  assert.equal((await read()).body.length, 100)
  answer = (_request, response) => void response.writeHead(200, { 'content-length': '101' }).write('x')
  await assert.rejects(read(), AnswerTooLong)
  answer = (_request, response) => {
    response.write('x'.repeat(60))
    response.end('x'.repeat(60))
  }
  await assert.rejects(read(), AnswerTooLong)
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '50' })
    response.write('x', () => response.destroy())
  }
  await assert.rejects(read())
})

test('a packed answer is unpacked, and one that swells beyond what is read ends early', async () => {
  const { read } = reader()
  const packs = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
  for (const [name, pack] of Object.entries(packs)) {
    const whole = pack('words of a calendar')
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': name }).end(whole)
    assert.equal(new TextDecoder().decode((await read()).body), 'words of a calendar', name)
    assert.ok(asked.at(-1)!.headers['accept-encoding']!.includes(name))
    answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': name }).end(whole.subarray(0, -6))
    await assert.rejects(read(), name)
    const much = pack('x'.repeat(10_000))
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': name }).end(much)
    await assert.rejects(read(), AnswerTooLong, name)
  }
  answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'zip' }).end('x')
  await assert.rejects(read(), /not known/)
  // A gigabyte of nothing, packed while it is sent: of it no more is made than is read.
  let made = 0
  answer = (_request, response) => {
    const bomb = createGzip()
    const zeros = Buffer.alloc(65_536)
    const more = (): void => {
      while (made < 2 ** 30 && !response.destroyed && bomb.write(zeros)) made += zeros.length
    }
    bomb.on('drain', more)
    response.once('close', () => bomb.destroy())
    bomb.pipe(response.writeHead(200, { 'content-encoding': 'gzip' }))
    more()
  }
  await assert.rejects(read('/', {}, 3_000_000), AnswerTooLong)
  assert.ok(made < 200_000_000, `${made}`)
})

test('it ends in time however slowly it drips or is led on, and at once when it is told to', async () => {
  const { read } = reader(150)
  let drip: NodeJS.Timeout | undefined
  answer = (_request, response) => {
    drip = setInterval(() => response.write('x'), 20)
    response.once('close', () => clearInterval(drip))
  }
  await assert.rejects(read('/', {}, 10_000), /No answer in time/)
  answer = ({ url }, response) =>
    void setTimeout(() => response.writeHead(302, { location: `/${Number(url?.slice(1)) + 1}` }).end(), 60)
  await assert.rejects(read('/0'), /No answer in time/)
  const before = asked.length
  await assert.rejects(read('/', {}, 100, AbortSignal.abort()), /Ended before/)
  assert.equal(asked.length, before)
})
