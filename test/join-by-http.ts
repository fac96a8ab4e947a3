import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { actsOn } from './owner-by-http.ts'
import { until, type Household, type Running } from './server.ts'
import { lettersAt } from './outbox.ts'

export interface SignedIn {
  readonly cookie: string
  readonly accountId: string
  readonly ask: <T>(method: string, path: string, body?: unknown, status?: number) => Promise<T>
}
/** Calls the API as the app of somebody signed in does. */
export function asSignedIn(server: Running, cookie: string): SignedIn['ask'] {
  return async <T>(method: string, path: string, body?: unknown, status?: number): Promise<T> => {
    const answer = await fetch(server.base + path, {
      method,
      headers: { cookie, origin: server.base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isAsExpected = status === undefined ? answer.ok : answer.status === status
    assert.ok(isAsExpected, `${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}

/** The last code of six digits that was sent to this address. */
export const codeSentTo = (house: Household, address: string): Promise<string> =>
  until(() => {
    const folder = join(house.dir, 'data.outbox')
    const letters = lettersAt(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .filter((text) => text.includes(address))
    return letters.flatMap((text) => /^\s+(\d{6})$/m.exec(text)?.[1] ?? []).at(-1)
  }, `the code for ${address}`)

/** Signs somebody up with an invitation's code, and joins. */
export async function joinByHttp(
  server: Running,
  house: Household,
  address: string,
  invitation: string,
): Promise<SignedIn> {
  const stranger = asSignedIn(server, '')
  const { flow } = await stranger<{ flow: string }>('POST', '/api/sign-in/codes', {
    identifier: { email: address },
    register: true,
    acts: await actsOn(server),
    locale: 'en',
    invitation,
  })
  const answer = await fetch(`${server.base}/api/sign-in/code`, {
    method: 'POST',
    headers: { origin: server.base, 'content-type': 'application/json' },
    body: JSON.stringify({ flow, code: await codeSentTo(house, address) }),
  })
  const { accountId } = (await answer.json()) as { accountId: string }
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  const ask = asSignedIn(server, cookie)
  await ask('POST', '/api/invitations/accept', { code: invitation }, 201)
  return { cookie, accountId, ask }
}
