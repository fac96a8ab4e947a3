// What tests of notifications share: an HTTPS server on loopback that stands for the push service, and people whose notices go to it.
import { createServer, type Server } from 'node:https'
import type { ServerResponse } from 'node:http'
import { after, before } from 'node:test'
import { hasCode, type SubjectId } from '@eaves/model'
import { createMail, type Message } from '../../people/people.ts'
import { openPeople, type TestPeople } from '../../people/testing.ts'
import { createEgress, type Egress } from '../../privacy/privacy.ts'
import { quietLog, type TestStores } from '../../store/testing.ts'
import { selfSigned, testBrowser, type Certificate } from '../testing.ts'
import { createNotifications, type Notifications } from '../notifications.ts'

export const host = 'push.example.org'

export const browser = (name?: string) => testBrowser(host, name)

interface Caught {
  readonly name: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}
const certificate: Certificate = selfSigned(host)
let server: Server
/** What arrived at the double, and what it answers. */
export const double: {
  caught: Caught[]
  answer: (response: ServerResponse, tries: number) => void
  port: number
  readonly certificate: Certificate
} = { caught: [], answer: (response) => response.writeHead(201).end(), port: 0, certificate }
before(async () => {
  server = createServer(certificate, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const name = (request.url ?? '').replace('/wake/', '')
      double.caught.push({ name, headers: request.headers, body: Buffer.concat(chunks) })
      double.answer(response, double.caught.filter((each) => each.name === name).length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  double.port = typeof address === 'object' && address !== null ? address.port : 0
})
after(() => {
  server.closeAllConnections()
  return new Promise<void>((resolve) => server.close(() => resolve()))
})

/** The real way out, told that loopback is the open internet and that the double's port is the usual one. */
const toTheDouble = (): Egress => {
  const { post } = createEgress({
    timeoutMs: 10_000,
    authority: certificate.cert,
    isOpenInternet: () => true,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  return {
    post: (each) => post({ ...each, url: each.url.replace(`//${host}/`, `//${host}:${double.port}/`) }),
  }
}

export interface World extends TestPeople {
  readonly notices: Notifications
  readonly mailed: Message[]
  readonly signIn: (subject: SubjectId) => Promise<string>
}
export async function open(
  at: TestStores,
  over: { readonly egress?: Egress; readonly push?: null; readonly role?: 'hosted' } = {},
): Promise<World> {
  double.caught = []
  double.answer = (response) => response.writeHead(201).end()
  const t = await openPeople(at, over.role)
  const mailed: Message[] = []
  const sender = { send: async (message: Message) => void mailed.push(message) }
  const mail = createMail({ email: sender, phone: sender, log: quietLog, retryAfterMs: [] })
  const notices = createNotifications({
    facts: at.stores.facts,
    vault: at.stores.vault,
    privacy: t.privacy,
    people: t.people,
    egress: over.egress ?? toTheDouble(),
    mail,
    clock: at.options.clock,
    log: quietLog,
    push: over.push === null ? undefined : { hosts: [host], contact: undefined },
    nameOf: () => undefined,
    zoneOf: () => 'UTC',
    mayAnswer: () => true,
    personOf: (_viewer, _home, subject) => ({ id: subject }),
    timers: { after: () => ({ cancel: () => undefined }) },
    retryAfterMs: [5, 10],
    laterMs: 0,
  })
  await notices.start()
  const settled = notices.settled
  return {
    ...t,
    mailed,
    notices: { ...notices, settled: async () => (await settled(), await mail.settled()) },
    signIn: async (subject) => (await t.people.sessions.open(subject, { address: '192.0.2.0' })).row.id,
  }
}
export const refused = (code: Parameters<typeof hasCode>[1]) => (error: unknown) => hasCode(error, code)
