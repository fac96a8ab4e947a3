import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConnectionId, HomeId, SubjectId } from '@eaves/model'
import { myRecipients, type MyRecipients } from '@eaves/model/api'
import { lampMessage } from '../server/src/devices/testing.ts'
import { openWebhook, secret, type Webhook } from '../server/src/privacy/testing.ts'
import { openInHouse, type InHouse } from './in-house.ts'

export const purpose = 'sharing.manufacturer-quality'
export const everyKind = ['user.location.imprecise', 'user.device.device_id', 'device.use']
export const entryOf = (url: string) => ({
  id: 'acme',
  name: 'Acme Lighting GmbH',
  kind: 'manufacturer',
  contact: 'privacy@acme.test',
  policyUrl: 'https://acme.test/privacy',
  region: 'EU',
  agreement: { sha256: 'a'.repeat(64), signedAt: '2025-01-01', expiresAt: '2030-01-01' },
  purposes: [purpose],
  fields: ['regions', 'person', 'devices.model', 'devices.firmware', 'devices.count', 'devices.commands'],
  endpoint: url,
  secretFile: 'acme.secret',
  brands: ['Acme'],
})

/** A claimed server whose register names one manufacturer, and lamps of its brand and of another. */
export interface World {
  readonly inside: InHouse
  readonly hook: Webhook
  readonly owner: SubjectId
  readonly home: HomeId
  readonly connection: ConnectionId
  /** Puts other entries into the register; they count from the next start. */
  readonly register: (entries: readonly object[]) => void
}
export async function withWorld(
  run: (world: World) => Promise<void>,
  more: Parameters<typeof openInHouse>[2] & { readonly startMs?: number } = {},
): Promise<void> {
  const { startMs, ...options } = more
  const dir = mkdtempSync(join(tmpdir(), 'eaves-register-'))
  const hook = await openWebhook()
  writeFileSync(join(dir, 'acme.secret'), secret)
  const register: World['register'] = (recipients) =>
    writeFileSync(join(dir, 'recipients.json'), JSON.stringify({ recipients }))
  register([entryOf(hook.url)])
  const inside = await openInHouse('sqlite', startMs, {
    env: {
      EAVES_RECIPIENTS_FILE: join(dir, 'recipients.json'),
      EAVES_SMTP_URL: 'smtp://127.0.0.1:1',
      EAVES_SMTP_FROM: 'eaves@example.org',
    },
    ...options,
  })
  try {
    await inside.house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'ada@example.org' },
      acts: inside.house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const owner = inside.house.people.claimant()!
    const home = await inside.house.createHome(owner, { name: 'Elm Street', zone: 'Europe/Berlin' })
    const { connection } = await inside.furnish(home, owner, 'own')
    for (const [handle, manufacturer] of [
      [91, 'ACME'],
      [92, 'Acme '],
      [93, 'Other'],
    ] as const)
      inside.driver.say(
        lampMessage(connection, handle, `0x00158d00000${handle}`, {
          name: 'Bedroom of Ada',
          manufacturer,
          model: 'Lamp 3',
          firmware: '1.2.0',
        }),
      )
    await run({ inside, hook, owner, home, connection, register })
  } finally {
    await inside.end()
    await hook.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

export async function caller({ inside }: World, subject: SubjectId) {
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    inside.call({ method, path, cookie: (await inside.signIn(subject)).cookie, body, headers })
  const mine = async (headers?: Record<string, string>): Promise<MyRecipients> =>
    myRecipients.parse((await ask('GET', '/api/me/recipients', undefined, headers)).json)
  return {
    ask,
    mine,
    choose: async (given: boolean, headers?: Record<string, string>) =>
      ask(
        'PUT',
        '/api/me/recipients/acme',
        {
          purpose,
          locale: 'en',
          noticeSha256: (await mine()).recipients[0]!.sharing[0]!.notice.sha256,
          choices: everyKind.map((category) => ({ category, given })),
        },
        headers,
      ),
  }
}

/** What a day puts into the queue, and sends. */
export const send = async ({ inside: { house, clock } }: World) => {
  await house.privacy.sharing.daily()
  await house.privacy.sharing.drain()
  clock.advance(86_400_000)
}
