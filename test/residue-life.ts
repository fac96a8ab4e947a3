// A person who uses everything, and somebody who lives with them. Each value that a person gives is a word that stands nowhere else.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt, { type MqttClient } from 'mqtt'
import type { MyRecipients, OpenedPerson, PasskeyAsked, RequestView } from '@eaves/model/api'
import { testBrowser } from '../server/src/notifications/testing.ts'
import { appCode } from '../server/src/people/testing.ts'
import { fakeAuthenticator } from '../server/src/people/testing-authenticator.ts'
import { secret as webhookSecret, type Webhook } from '../server/src/privacy/testing.ts'
import { lampEntry } from './broker.ts'
import { asSignedIn, codeSentTo } from './join-by-http.ts'
import { openLive } from './live-client.ts'
import { actsOn } from './owner-by-http.ts'
import { until, type Household, type Running } from './server.ts'
import { lettersAt } from './outbox.ts'

export const pushHost = 'push.localhost'
export const maker = 'Acme'

/** Words of one person, one for each thing that they tell. */
export function wordsOf(name: string) {
  const run = randomInt(36 ** 5)
    .toString(36)
    .padStart(5, '0')
  const word = (what: string) => `Zq${run}${name}${what}Kv`
  const digits = String(randomInt(1_000_000, 10_000_000))
  return {
    email: `Zq${run}.${name}.mail@canary-${run}.example`,
    phone: `+49155${digits}1`,
    password: word('Password'),
    label: word('Browser'),
    home: word('Home'),
    address: word('Street'),
    floor: word('Floor'),
    room: word('Room'),
    lamp: word('Lamp'),
    renamed: word('Renamed'),
    vendor: word('Vendor'),
    hardware: `0x00158d0${digits.padStart(9, '0')}`,
    reported: word('Reported'),
    commanded: word('Commanded'),
    commandKey: word('CommandKey'),
    group: word('Group'),
    token: word('Token'),
    credential: word('Credential'),
    brokerUser: word('BrokerUser'),
    brokerPassword: word('BrokerPassword'),
    search: word('Search'),
    wrong: word('Wrong'),
    replied: word('Replied'),
    passkey: word('Passkey'),
    panel: word('Panel'),
    guest: word('GuestName'),
    calledByOthers: word('Called'),
    push: word('Push'),
    from: `203.0.113.${randomInt(10, 250)}`,
  }
}
export type Words = ReturnType<typeof wordsOf>

export interface Person {
  readonly words: Words
  readonly accountId: string
  /** The cookie of the sign-in, which a fresh proof renews. */
  readonly cookie: () => string
  readonly ask: ReturnType<typeof asSignedIn>
}
/** Signs up by e-mail, the way the app does. */
export async function signUp(server: Running, house: Household, words: Words): Promise<Person> {
  const stranger = asSignedIn(server, '')
  const { flow } = await stranger<{ flow: string }>('POST', '/api/sign-in/codes', {
    identifier: { email: words.email },
    register: true,
    acts: await actsOn(server),
    choices: { 'account.device-label': true },
    locale: 'en',
  })
  return signedInBy(server, words, '/api/sign-in/code', {
    flow,
    code: await codeSentTo(house, words.email),
    device: words.label,
  })
}

export async function signedInBy(
  server: Running,
  words: Words,
  path: string,
  body: unknown,
): Promise<Person> {
  const answer = await fetch(server.base + path, {
    method: 'POST',
    headers: { origin: server.base, 'content-type': 'application/json', 'x-forwarded-for': words.from },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  assert.ok(answer.ok, `${path}: ${answer.status} ${text}`)
  const { accountId } = JSON.parse(text) as { accountId: string }
  return { words, accountId, ...inBrowser(named(server), cookieOf(answer)!) }
}
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0]

/** Calls as the app does, and keeps the cookie that an answer renews. */
function inBrowser({ base }: Running, first: string): Pick<Person, 'cookie' | 'ask'> {
  let cookie = first
  return {
    cookie: () => cookie,
    ask: async <T>(method: string, path: string, body?: unknown, status?: number): Promise<T> => {
      const answer = await fetch(base + path, {
        method,
        headers: { cookie, origin: base, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      cookie = cookieOf(answer) ?? cookie
      const text = await answer.text()
      const isAsExpected = status === undefined ? answer.ok : answer.status === status
      assert.ok(isAsExpected, `${method} ${path}: ${answer.status} ${text.slice(0, 500)}`)
      const isJson = answer.headers.get('content-type')?.includes('json') === true
      return (isJson && text !== '' ? JSON.parse(text) : undefined) as T
    },
  }
}
/** The server by the name under which a browser calls it. */
export const named = (server: Running): Running => ({
  ...server,
  base: server.base.replace('127.0.0.1', 'localhost'),
})

/** The entry of the recipients register that stands for the maker of the lamps. */
export function writeRegister(house: Household, hook: Webhook): string {
  writeFileSync(join(house.dir, 'acme.secret'), webhookSecret)
  const path = join(house.dir, 'recipients.json')
  const fields = [
    'regions',
    'person',
    'devices.model',
    'devices.firmware',
    'devices.count',
    'devices.commands',
  ]
  const entry = {
    id: 'acme',
    name: 'Acme Lighting GmbH',
    kind: 'manufacturer',
    contact: 'privacy@acme.test',
    policyUrl: 'https://acme.test/privacy',
    region: 'EU',
    agreement: { sha256: 'a'.repeat(64), signedAt: '2025-01-01', expiresAt: '2035-01-01' },
    purposes: ['sharing.manufacturer-quality'],
    fields,
    endpoint: hook.url,
    secretFile: 'acme.secret',
    brands: [maker],
  }
  writeFileSync(path, JSON.stringify({ recipients: [entry] }))
  return path
}

/** The lamps of somebody's house, at a broker that is theirs. */
export async function lampsOf(url: string, all: readonly Words[]): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4 })
  client.on('message', (topic, payload) => {
    client.publish(topic.replace(/\/set$/, ''), payload, { retain: true })
  })
  const entries = all.map((words) => {
    const entry = lampEntry(words.lamp, words.hardware)
    const note = { type: 'text', name: 'note', property: 'note', access: 7 }
    return {
      ...entry,
      definition: { ...entry.definition, vendor: maker, exposes: [...entry.definition.exposes, note] },
    }
  })
  await client.publishAsync('zigbee2mqtt/bridge/devices', JSON.stringify(entries), { retain: true })
  for (const words of all) {
    await client.subscribeAsync(`zigbee2mqtt/${words.lamp}/set`)
    const state = { state: 'OFF', brightness: 100, note: words.reported }
    await client.publishAsync(`zigbee2mqtt/${words.lamp}`, JSON.stringify(state), { retain: true })
  }
  return client
}

/** A home with its places, devices, credentials and what is noted about it. */
export async function furnish(
  { ask, words }: Person,
  broker: string,
): Promise<{ readonly home: string; readonly lamp: string; readonly password: string }> {
  const { id: home } = await ask<{ id: string }>('POST', '/api/homes', {
    name: words.home,
    zone: 'Europe/Berlin',
  })
  const at = `/api/homes/${home}`
  const floor = await ask<{ id: string }>('POST', `${at}/floors`, { name: words.floor })
  const room = await ask<{ id: string }>('POST', `${at}/rooms`, { name: words.room, floor: floor.id })
  await ask('PATCH', `${at}/about`, { floorAreaM2: 84.5, familyStatus: 'couple', address: words.address })
  const { password } = await ask<{ password: string }>('POST', `${at}/mqtt/credentials`, {
    name: words.credential,
  })
  const config = { url: broker, username: words.brokerUser, password: words.brokerPassword }
  await ask('POST', `${at}/onboarding`, { driver: 'mqtt', config })
  const { id: lamp } = await until(
    async () =>
      (await ask<{ id: string; name: string }[]>('GET', `${at}/devices`)).find(
        ({ name }) => name === words.lamp,
      ),
    `${words.lamp} in the list`,
  )
  await ask('PATCH', `${at}/devices/${lamp}`, { name: words.renamed, room: room.id })
  await ask('POST', `${at}/groups`, { name: words.group, devices: [lamp] })
  return { home, lamp, password }
}

/** Everything that an account can have. */
export async function equip(
  server: Running,
  house: Household,
  { ask, words }: Person,
): Promise<{ readonly secrets: Map<string, string>; readonly recoveryCodes: string[] }> {
  const secrets = new Map<string, string>()
  await ask('PUT', '/api/me/password', { password: words.password })
  const { flow } = await ask<{ flow: string }>('POST', '/api/me/addresses', {
    identifier: { phone: words.phone },
  })
  await ask('POST', '/api/me/addresses/confirm', { flow, code: await textSentTo(house, words.phone) })
  const { recoveryCodes } = await ask<{ recoveryCodes: string[] }>('POST', '/api/me/recovery-codes')
  for (const [i, code] of recoveryCodes.entries()) secrets.set(`recovery code ${i}`, code)
  const { token } = await ask<{ token: string }>('POST', '/api/me/tokens', {
    name: words.token,
    homes: 'all',
    verbs: 'all',
    days: 90,
  })
  secrets.set('secret of the token', token)
  const { secret } = await ask<{ secret: string }>('POST', '/api/me/totp')
  await ask('POST', '/api/me/totp/confirm', { code: appCode(secret, Date.now()) })
  secrets.set('secret of the authenticator app', secret)
  const authenticator = fakeAuthenticator({ origin: named(server).base, host: 'localhost' })
  const asked = await ask<PasskeyAsked>('POST', '/api/me/passkey-challenges')
  const passkey = { flow: asked.flow, response: authenticator.create(asked), name: words.passkey }
  await ask('POST', '/api/me/passkeys', passkey, 201)
  await ask('PUT', '/api/me/choices/account.search-history', { given: true })
  await ask('POST', '/api/search', { q: words.search })
  const subscription = testBrowser(pushHost, words.push).wish
  await ask('POST', '/api/me/push/subscriptions', subscription)
  return { secrets, recoveryCodes }
}

/** The last code of six digits in a text message to this number. */
const textSentTo = (house: Household, phone: string): Promise<string> =>
  until(
    () =>
      lettersIn(house)
        .filter((each) => each.includes(`To: ${phone}`))
        .flatMap((each) => /^ {4}(\d{6})\r?$/m.exec(each)?.[1] ?? [])
        .at(-1),
    `the code for ${phone}`,
  )
function lettersIn(house: Household): string[] {
  const folder = join(house.dir, 'data.outbox')
  return lettersAt(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** What somebody does at home: switches, by the live connection and by a request, and looks on. */
export async function useHome(
  server: Running,
  { ask, words }: Person,
  { home, lamp, token }: { readonly home: string; readonly lamp: string; readonly token: string },
): Promise<void> {
  const socket = await openLive(server.port, [
    { type: 'hello', token },
    { type: 'watch', home },
  ])
  await socket.next((each) => each.type === 'snapshot')
  const at = `/api/homes/${home}/devices`
  for (const command of [
    { capability: 'onOff', command: 'turnOn', idempotencyKey: words.commandKey },
    { capability: 'vendor', command: 'set', args: { key: 'note', value: words.commanded } },
  ])
    await ask('POST', `${at}/${lamp}/commands`, command)
  await until(
    async () => JSON.stringify(await ask('GET', at)).includes(words.commanded),
    'what was commanded',
  )
  socket.close()
}

/** Sharing with the maker of the lamps: asked for with the text that was shown, kept with a receipt. */
export async function share({ ask }: Person): Promise<void> {
  const { recipients } = await ask<MyRecipients>('GET', '/api/me/recipients')
  const notice = recipients[0]!.sharing[0]!.notice
  await ask('PUT', '/api/me/recipients/acme', {
    purpose: 'sharing.manufacturer-quality',
    locale: 'en',
    noticeSha256: notice.sha256,
    choices: notice.categories.map(({ category }) => ({ category, given: true })),
  })
  await ask('GET', '/api/me/recipients/acme/receipt')
  await ask('GET', '/api/me/choices/account.search-history/receipt')
}

/** Says what is wrong, and is answered by somebody who works there and has come in by this link. */
export async function saidAndAnswered(
  { ask, words }: Person,
  server: Running,
  { code, nowMs }: { readonly code: string; readonly nowMs: number },
): Promise<void> {
  const wrong = { kind: 'correction', place: 'facts.activity_log', field: 'kind', text: words.wrong }
  const { id } = await ask<RequestView>('POST', '/api/me/requests', wrong, 201)
  const lee = inBrowser(named(server), '')
  const { secret } = await lee.ask<{ secret: string }>('POST', '/api/operator/enrolment', { code })
  const entry = { code, password: 'Lee remembers this', totp: appCode(secret, nowMs) }
  await lee.ask('POST', '/api/operator/enrolment/confirm', entry)
  const opened = await lee.ask<{ id: string }>('POST', '/api/operator/openings', { case: id }, 201)
  const seen = await lee.ask<OpenedPerson>('GET', `/api/operator/openings/${opened.id}`)
  assert.equal(seen.request?.text, words.wrong)
  const answer = { outcome: 'beside', reply: words.replied }
  await lee.ask('POST', `/api/operator/openings/${opened.id}/answer`, answer, 204)
}

/** Requests about oneself: a rest, an objection, and a copy whose link is made and used once. */
export async function askAboutOneself({ ask }: Person, server: Running): Promise<string> {
  await ask('POST', '/api/me/requests', { kind: 'restriction' }, 201)
  await ask('POST', '/api/me/requests', { kind: 'objection-marketing' }, 201)
  await ask('POST', '/api/me/requests', { kind: 'portability' }, 201)
  const { id } = await ask<RequestView>('POST', '/api/me/requests', { kind: 'access' }, 201)
  await until(
    async () => (await ask<RequestView>('GET', `/api/me/requests/${id}`)).state === 'answered',
    'the copy',
    20_000,
  )
  const { link } = await ask<{ link: string }>('POST', `/api/me/requests/${id}/links`)
  await ask('GET', '/api/me/held?values=open')
  await ask('GET', '/api/me/activity')
  return new URL(link, server.base).pathname
}
