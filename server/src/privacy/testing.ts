// What tests of recipients share: a register with made-up companies, a webhook on loopback that stands for one, and a person whose devices it made.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { Egress } from './egress-post.ts'
import type { Registered } from './recipients.ts'

export const dayMs = 86_400_000
export const secret = 'a secret of the manufacturer'
const everyField = [
  'regions',
  'person',
  'devices.model',
  'devices.firmware',
  'devices.count',
  'devices.unreachable',
  'devices.commands',
] as const

/** A manufacturer of the register; `url` is where it takes reports. */
export function maker(id: string, url: string, more: Partial<Registered> = {}): Registered {
  return {
    id,
    name: `${id[0]!.toUpperCase()}${id.slice(1)} Lighting GmbH`,
    kind: 'manufacturer',
    contact: `privacy@${id}.test`,
    policyUrl: `https://${id}.test/privacy`,
    region: 'EU',
    agreement: {
      sha256: 'a'.repeat(64),
      signedAt: Date.UTC(2025, 0, 1),
      expiresAt: Date.UTC(2030, 0, 1),
    },
    purposes: ['sharing.manufacturer-quality'],
    fields: everyField,
    endpoint: { url, secret },
    brands: [id],
    ...more,
  }
}

/** Device state as a careless driver could hand it over: what stands beside the known keys must go nowhere. */
export const careless = {
  zones: ['Europe/Berlin', 'Europe/Berlin', 'Etc/GMT+2'],
  owner: { email: 'ada@example.org', name: 'Ada' },
  ssid: 'Elm Street WiFi',
  lat: 52.520008,
  long: 13.404954,
  devices: [
    {
      model: 'Lamp 3',
      firmware: '1.2.0',
      reachable: true,
      commands: 12,
      serial: '0x00158d0001a2b3c4',
      label: 'Bedroom of Ada',
      state: { on: true, nested: { owner: { email: 'ada@example.org' } } },
    },
    { model: 'Lamp 3', firmware: '1.2.0', reachable: false, commands: 0, mac: '00:11:22:33:44:55' },
    { model: 'mail ada@example.org', firmware: 'lat=52.520008', reachable: true, commands: 1 },
  ],
} as const

export interface Caught {
  readonly body: {
    readonly id: string
    readonly kind: string
    readonly report?: Record<string, unknown>
    readonly delete?: { readonly person: string }
  }
  readonly text: string
  readonly isSigned: boolean
}
export interface Webhook {
  readonly url: string
  readonly caught: Caught[]
  /** What it answers, and what else happens before it does. */
  answer: (caught: Caught) => Promise<{ readonly status: number; readonly text?: string }>
  readonly close: () => Promise<void>
}

/** The end of a manufacturer: an HTTP server on loopback that keeps what arrives. */
export async function openWebhook(): Promise<Webhook> {
  const caught: Caught[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const [, seconds, sign] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['eaves-signature'])) ?? []
      const one: Caught = {
        body: JSON.parse(text) as Caught['body'],
        text,
        isSigned: createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex') === sign,
      }
      caught.push(one)
      void hook.answer(one).then(({ status, text: said = '' }) => response.writeHead(status).end(said))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const hook: Webhook = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/reports`,
    caught,
    answer: async () => ({ status: 204 }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return hook
}

/** An egress that keeps what would leave. */
export function caughtEgress(): Pick<Egress, 'post'> & { readonly bodies: string[] } {
  const bodies: string[] = []
  return {
    bodies,
    post: async ({ body }) => {
      bodies.push(String(body))
      return { status: 204, text: '', retryAfterSeconds: undefined }
    },
  }
}
