// Catches a call that goes over the wire otherwise than it says: not as JSON, more than once, on to another address, or with its answer taken in.
import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { after, before, test } from 'node:test'
import { newId, type AutomationId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { selfSigned } from '../notifications/testing.ts'
import { createEgress, type Egress } from '../privacy/privacy.ts'
import { CallsOut } from './call-out.ts'
import { chainOf } from './chain.ts'

const host = 'service.example.org'
const certificate = selfSigned(host)
const asked: { readonly request: IncomingMessage; readonly body: string }[] = []
let answer: (response: ServerResponse) => void = (response) => void response.writeHead(200).end()
const server = createServer(certificate, (request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk))
  request.on('end', () => {
    asked.push({ request, body })
    answer(response)
  })
})
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
after(() => {
  server.closeAllConnections()
  return new Promise<void>((resolve) => server.close(() => resolve()))
})

const [home, subject] = [newId<HomeId>(), newId<SubjectId>()]
/** Calls, and answers the code that it ends with; `isOutside` says what stands for the open internet. */
function call(isOutside: boolean, begun: (calls: CallsOut) => void = () => undefined) {
  const calls = callsBy(
    createEgress({
      authority: certificate.cert,
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      ...(isOutside ? { isOpenInternet: () => true } : {}),
    }),
  )
  const { port } = server.address() as { port: number }
  const url = `https://${host}:${port}/in?key=k`
  return new Promise<string | undefined>((resolve) => {
    calls.begin(subject, newChain(), { url, body: { warm: true, text: 'Ü', n: 1.5 } }, resolve)
    begun(calls)
  })
}
const newChain = () => chainOf(newId<AutomationId>(), undefined, Date.now())
function callsBy(egress: Pick<Egress, 'post'>, now: () => number = Date.now) {
  return new CallsOut(
    {
      egress,
      stops: { of: () => ({ restricted: false, objections: new Set() }) },
      homes: { relationsOf: () => ({ roles: new Map([[home, 'owner']]), limits: new Map() }) },
      role: 'household',
      now,
    },
    home,
  )
}

test('it goes out once as JSON, follows nothing, and takes in no answer however long that goes on', async () => {
  clause('pp.3.1')
  assert.equal(await call(true), undefined)
  const [{ request, body } = assert.fail()] = asked
  assert.deepEqual(
    [request.method, request.url, request.headers['content-type'], JSON.parse(body), asked.length],
    ['POST', '/in?key=k', 'application/json', { warm: true, text: 'Ü', n: 1.5 }, 1],
  )
  assert.deepEqual(
    Object.keys(request.headers).filter((each) => /cookie|authorization|referer|origin|from/.test(each)),
    [],
  )
  answer = (response) => void response.writeHead(302, { location: `https://${host}/else` }).end()
  assert.equal(await call(true), 'automation.call-moved')
  assert.equal(asked.length, 2)
  let isCut = false
  answer = (response) => {
    const drip = setInterval(() => response.write('x'), 5)
    response.once('close', () => {
      clearInterval(drip)
      isCut = true
    })
    response.writeHead(500).write('x')
  }
  assert.equal(await call(true), 'automation.call-fault')
  for (let i = 0; i < 100 && !isCut; i++) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.ok(isCut)
})

test('a name that leads inside is refused with no byte sent, and what is on its way ends with the home', async () => {
  clause('pp.3.1')
  const before = asked.length
  assert.equal(await call(false), 'automation.call-address')
  assert.equal(asked.length, before)
  answer = () => undefined
  const began = Date.now()
  assert.equal(await call(true, (calls) => setTimeout(() => calls.stop(), 60)), 'automation.call-unanswered')
  assert.ok(Date.now() - began < 5_000)
})

test('a home calls 500 times a day at most, and goes on the next day', () => {
  let [now, went] = [0, 0]
  const post = () => Promise.resolve({ status: 200, text: '', retryAfterSeconds: undefined })
  const calls = callsBy({ post }, () => now)
  for (; now < 86_400_000; now += 120_000)
    try {
      calls.begin(subject, newChain(), { url: `https://${host}/`, body: undefined }, () => undefined)
      went += 1
    } catch (error) {
      assert.match(String((error as { code?: unknown }).code), /too-many-calls/)
    }
  assert.equal(went, 500)
  now -= 27 * 3_600_000
  calls.begin(subject, newChain(), { url: `https://${host}/`, body: undefined }, () => undefined)
  now += 35 * 3_600_000
  calls.begin(subject, newChain(), { url: `https://${host}/`, body: undefined }, () => undefined)
})
