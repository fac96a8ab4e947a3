import { z } from 'zod'
import { entry, type Entry } from './entry.ts'
import { openApi } from './openapi.ts'

export interface SystemState {
  readonly version: string
  readonly claimed: () => boolean
  readonly diskFull: () => boolean
  readonly driversUp: () => boolean
  /** Whether the daily removal has failed twice in a row. // pp.ret.1 */
  readonly retentionFails: () => boolean
  /** What is wrong with sending text messages. */
  readonly textAlerts: () => Promise<readonly ('sms-ceiling' | 'sms-unused' | 'sms-failing')[]>
}

const health = z.object({ status: z.literal('ok'), version: z.string(), claimed: z.boolean() })
const instance = z.object({
  version: z.string(),
  alerts: z.array(
    z.enum(['disk-full', 'drivers-down', 'retention-failing', 'sms-ceiling', 'sms-unused', 'sms-failing']),
  ),
})

/** Health, the description of the API, and what a keeper sees of the server's own state. */
export function systemEntries(state: SystemState, all: () => readonly Entry[]): Entry[] {
  let described: Record<string, unknown> | undefined
  const describe = () => (described ??= openApi(all(), state.version))
  return [
    entry({
      method: 'get',
      path: '/health',
      summary: 'Whether the server is up, its version, and whether it has been claimed',
      access: { kind: 'public', beforeClaim: true, reason: 'monitoring; holds nothing about anybody' },
      answer: health,
      handle: async () => ({ status: 'ok', version: state.version, claimed: state.claimed() }),
    }),
    entry({
      method: 'get',
      path: '/api/openapi.json',
      summary: 'This description',
      access: { kind: 'public', beforeClaim: false, reason: 'the description of the API needs no token' },
      answer: z.record(z.string(), z.unknown()),
      handle: async () => describe(),
    }),
    entry({
      method: 'get',
      path: '/api/docs',
      summary: 'This description as a page',
      access: { kind: 'public', beforeClaim: false, reason: 'the description of the API needs no token' },
      answer: z.string(),
      mediaType: 'text/html; charset=utf-8',
      handle: async () => docsPage(describe()),
    }),
    entry({
      method: 'get',
      path: '/api/instance',
      summary: 'Alerts about the server itself, for those who answer for a home on it',
      access: { kind: 'instance', verb: 'instance.read' },
      answer: instance,
      handle: async () => ({
        version: state.version,
        alerts: [
          ...(state.diskFull() ? ['disk-full' as const] : []),
          ...(state.driversUp() ? [] : ['drivers-down' as const]),
          ...(state.retentionFails() ? ['retention-failing' as const] : []),
          ...(await state.textAlerts()),
        ],
      }),
    }),
  ]
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function docsPage(api: Record<string, unknown>): string {
  const paths = api.paths as Record<
    string,
    Record<string, { summary: string; requestBody?: unknown; responses: unknown; parameters?: unknown }>
  >
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const details = JSON.stringify(
        {
          parameters: operation.parameters,
          requestBody: operation.requestBody,
          responses: operation.responses,
        },
        null,
        2,
      )
      return `<details><summary><code>${method.toUpperCase()} ${escape(path)}</code> — ${escape(operation.summary)}</summary><pre>${escape(details)}</pre></details>`
    }),
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Eaves API</title><h1>Eaves API ${escape(String((api.info as { version: string }).version))}</h1><p>Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a></p>${routes.join('\n')}</html>`
}
