// Catches a way out that leads inside: a name that a browser handed in and that ends at loopback, the house or a metadata service.
// Judged at listeners on loopback: what must not be reached sees no connection.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { networkInterfaces } from 'node:os'
import { clause } from '@eaves/policy'
import { createEgress, EgressRefused, isPublicAddress, NothingLeft } from './egress-post.ts'

let connections = 0
const listeners: Server[] = []
let port = 0
before(async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer((socket) => {
      connections += 1
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    })
    await new Promise<void>((resolve) => server.listen(port, host, resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    listeners.push(server)
  }
})
after(() => Promise.all(listeners.map((each) => new Promise((resolve) => each.close(resolve)))))

const inside = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.7',
  '100.64.1.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.1.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  'fd00::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  'nonsense',
]

describe('addresses', () => {
  test('only those of the open internet are', () => {
    for (const address of inside) assert.equal(isPublicAddress(address), false, address)
    for (const address of ['1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111'])
      assert.equal(isPublicAddress(address), true, address)
  })

  test('no address of this machine’s own networks is', () => {
    for (const { address } of Object.values(networkInterfaces()).flatMap((each) => each ?? []))
      assert.equal(isPublicAddress(address), false, address)
  })
})

/** Sends to a name that leads to these addresses, one after another with each look-up. */
const sendTo = (url: string, ...answers: readonly (readonly string[])[]) => {
  let asked = 0
  const { post } = createEgress({
    timeoutMs: 1_000,
    resolve: async () =>
      (answers[Math.min(asked++, answers.length - 1)] ?? []).map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      })),
  })
  return post({ url, namedBy: 'client', headers: {}, body: 'x' })
}

describe('an address that a client named', () => {
  test('reaches nothing inside, whatever its name or its spelling', async () => {
    clause('pp.3.1')
    const spellings = [
      '127.0.0.1',
      '0x7f.1',
      '0177.0.0.1',
      '2130706433',
      '127.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[64:ff9b::127.0.0.1]',
      '１２７.０.０.１',
      '127。0。0。1',
      'localhost',
      'localhost.',
    ]
    for (const host of spellings)
      for (const scheme of ['https', 'http'])
        await assert.rejects(sendTo(`${scheme}://${host}:${port}/`, ['127.0.0.1']), `${scheme} ${host}`)
    for (const address of inside)
      await assert.rejects(sendTo(`https://push.example.org:${port}/`, [address]), EgressRefused, address)
    await assert.rejects(sendTo(`https://push.example.org:${port}/`, ['1.1.1.1', '127.0.0.1']), EgressRefused)
    await assert.rejects(sendTo(`https://push.example.org:${port}/`, []), EgressRefused)
    for (const url of [
      `https://a:b@push.example.org:${port}/`,
      `ftp://push.example.org:${port}/`,
      `file:///etc/passwd`,
    ])
      await assert.rejects(sendTo(url, ['1.1.1.1']), EgressRefused, url)
    assert.equal(connections, 0)
  })

  test('is looked up once: a second answer, which leads inside, is never asked for', async () => {
    // 127.0.0.2, where nobody listens, stands for an outside; the system itself would answer with the listeners.
    let asked = 0
    const already = connections
    const { post } = createEgress({
      isOpenInternet: (address) => address === '127.0.0.2',
      resolve: async () => [{ address: asked++ === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 }],
    })
    await assert.rejects(
      post({ url: `https://localhost:${port}/`, namedBy: 'client', headers: {}, body: '' }),
      /ECONNREFUSED 127\.0\.0\.2/,
    )
    assert.deepEqual([asked, connections], [1, already])
  })
})

describe('an address that the operator named', () => {
  const { post } = createEgress({ timeoutMs: 1_000 })
  const named = (url: string) => post({ url, namedBy: 'operator', headers: {}, body: 'x' })
  test('may stand on this machine', async () => {
    const already = connections
    assert.equal((await named(`http://127.0.0.1:${port}/`)).status, 200)
    assert.equal(connections, already + 1)
  })
  test('beyond this machine is reached over TLS alone', async () => {
    clause('pp.5.1')
    const { post: elsewhere } = createEgress({ resolve: async () => [{ address: '10.0.0.7', family: 4 }] })
    const plain = { namedBy: 'operator', headers: {}, body: '' } as const
    await assert.rejects(elsewhere({ url: 'http://gateway.lan/', ...plain }), EgressRefused)
    await assert.rejects(elsewhere({ url: 'http://192.168.1.9/', ...plain }), EgressRefused)
  })
  test('is not sent to once somebody has said no, and that is told as nothing that left', async () => {
    const already = connections
    const sent = post({
      url: `http://127.0.0.1:${port}/`,
      namedBy: 'operator',
      headers: {},
      body: 'x',
      signal: AbortSignal.abort(),
    })
    await assert.rejects(sent, NothingLeft)
    assert.equal(connections, already)
  })
  test('that is looked up for ever is given up', async () => {
    const { post: waiting } = createEgress({ timeoutMs: 100, resolve: () => new Promise(() => undefined) })
    await assert.rejects(
      waiting({ url: 'https://gateway.lan/', namedBy: 'operator', headers: {}, body: '' }),
      (error: unknown) => error instanceof NothingLeft && /looked up in time/.test(error.message),
    )
  })
})
