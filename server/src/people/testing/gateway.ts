// The service is a real HTTP server on loopback that stands for the operator's gateway; no text message leaves.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createEgress, webhookTexts } from '../../privacy/privacy.ts'
import { openTestStores, quietLog, testClock, type TestStores } from '../../store/testing.ts'
import { codeText } from '../mail-text.ts'
import type { Message } from '../mail.ts'
import type { TextCounters } from '../text-limits.ts'
import { createTexts, type Texts } from '../texts.ts'

export const secret = 'a secret of the gateway'
interface Caught {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Stands for the operator's gateway: keeps what reaches it and answers as told. */
export async function gateway(
  answer: (response: ServerResponse, caught: Caught) => void = (r) => r.end('{}'),
) {
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

export const clock = testClock()
export const texts = (
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
export const message = (address: string, over: Partial<Message> = {}): Message => ({
  to: { kind: 'phone', address },
  locale: 'en',
  ...codeText('en', '012345', 5),
  ...over,
})
/** German mobile numbers, each in a range of its own. */
export const mobile = (n: number) => `+49151${String(10_000_000 + n * 100_003).slice(-8)}`
export const sendAll = (way: Texts, messages: readonly Message[]) =>
  Promise.all(
    messages.map((each) =>
      way.send(each).then(
        () => true,
        () => false,
      ),
    ),
  )

export async function withStores(run: (at: TestStores) => Promise<void>): Promise<void> {
  const at = await openTestStores('sqlite')
  try {
    await run(at)
  } finally {
    await at.end()
  }
}
