// Another device in the house, as a program: it finds the hub, takes its certificate, trusts that alone, and says what it met, as JSON.
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import openMdns, { type Packet } from 'multicast-dns'
import { WebSocket } from 'ws'

const [hub = '', port = '', own = '', token = ''] = process.argv.slice(2)

interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: Buffer
}
async function read(sent: ReturnType<typeof request>): Promise<Answer> {
  sent.end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }
}
const plain = (path: string, method = 'GET', headers = {}) =>
  read(plainRequest({ host: hub, port, path, method, headers, agent: false }))
const secure = (path: string, ca: string | undefined, headers = {}, servername?: string) =>
  read(
    request({
      // Who attacks by a name of their own does not mind what the certificate says.
      ...('host' in headers && headers.host === 'evil.example'
        ? { checkServerIdentity: () => undefined }
        : {}),
      host: hub,
      port,
      path,
      headers,
      agent: false,
      ...(ca === undefined ? {} : { ca }),
      ...(servername === undefined ? {} : { servername }),
    }),
  ).catch((error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'failed'))

/** The addresses that answer to a name in the house. */
async function find(name: string): Promise<string[]> {
  const mdns = openMdns({ interface: own, bind: '0.0.0.0', loopback: true })
  const found = new Set<string>()
  mdns.on('response', ({ answers }: Packet) => {
    for (const each of answers ?? [])
      if (each.name === name && each.type === 'A') found.add(String(each.data))
  })
  for (let turn = 0; turn < 20 && found.size === 0; turn++) {
    mdns.query({ questions: [{ name, type: 'A' }] })
    await wait(250)
  }
  mdns.destroy()
  return [...found]
}

async function socket(ca: string, origin: string | undefined): Promise<string> {
  const opened = new WebSocket(`wss://${hub}:${port}/api/live`, {
    ca,
    ...(origin === undefined ? {} : { origin }),
  })
  return new Promise((resolve) => {
    opened.once('open', () => opened.send(JSON.stringify({ type: 'hello', token })))
    opened.once('message', (data) => {
      opened.close()
      resolve((data as Buffer).toString())
    })
    opened.once('close', (code) => resolve(`closed ${code}`))
    opened.once('error', (error) => resolve(error.message))
  })
}

const found = await find('eaves.local')
const page = await plain('/phone')
const der = (await plain('/eaves-hub.crt')).body
const certificate = new X509Certificate(der)
const ca = certificate.toString()
const stranger = { host: 'evil.example' }
const brief = (answer: Answer | string) => (typeof answer === 'string' ? answer : answer.status)
const signIn = await secure('/sign-in', ca, { accept: 'text/html' })
const byName = await secure(
  '/sign-in',
  ca,
  { accept: 'text/html', host: `eaves.local:${port}` },
  'eaves.local',
)
process.stdout.write(
  JSON.stringify({
    found,
    page: page.body.toString(),
    fingerprint: certificate.fingerprint256,
    plain: {
      api: brief(await plain('/api/me')),
      post: brief(await plain('/api/sign-in/password', 'POST')),
      stranger: brief(await plain('/', 'GET', stranger)),
    },
    untrusted: brief(await secure('/health', undefined)),
    signIn: typeof signIn === 'string' ? signIn : { status: signIn.status, html: signIn.body.toString() },
    byName: brief(byName),
    stranger: brief(await secure('/health', ca, stranger)),
    forged: brief(
      await secure('/health', ca, {
        host: 'evil.example',
        'x-forwarded-host': `${hub}:${port}`,
        'x-forwarded-for': '127.0.0.1',
      }),
    ),
    forgedSender: brief(await secure('/api/me', ca, { 'x-forwarded-for': '127.0.0.1' })),
    socket: await socket(ca, undefined),
    foreignSocket: await socket(ca, 'https://evil.example'),
  }),
)
process.exit(0)
