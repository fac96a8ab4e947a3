import assert from 'node:assert/strict'
import { hashOf, secretText, systemRandom } from '../server/src/people/secrets.ts'
import { addUndo } from '../server/src/people/address-store.ts'
import { asSelf, asSignIn } from '../server/src/people/store.ts'
import { fakeAuthenticator } from '../server/src/people/testing-authenticator.ts'
import { appCode } from '../server/src/people/testing.ts'
import { newId, type SubjectId } from '@eaves/model'
import { openFamily, type FamilyHouse } from './family-house.ts'
import type { Answer, Asked } from './in-house.ts'

/** One door, and what is asked at it of somebody or something that is there and that is not. */
export interface Door {
  readonly name: string
  readonly samples: number
  /** Whether its time is measured: not where only the holder of a secret can ask for what is there. */
  readonly isTimed: boolean
  readonly asks: Readonly<Record<string, () => Promise<Asked>>>
}
export const local = { host: 'localhost:8420', origin: 'http://localhost:8420' }
const site = { origin: local.origin, host: 'localhost' }
const post = (path: string, body: unknown): Asked => ({ method: 'POST', path, body, headers: local })
const password = 'correct horse battery'
const hours = 3_600_000

/** Ada has a password, Ben none, Cleo an authenticator app, Dora a passkey; nobody knows Nemo. */
export interface Strangers {
  readonly family: FamilyHouse
  readonly doors: readonly Door[]
}
export async function openStrangers(): Promise<Strangers> {
  const family = await openFamily()
  const { house, person } = family
  const [ada, ben, cleo, dora] = await Promise.all(
    ['ada', 'ben', 'cleo', 'dora'].map((name) => person(`${name}@example.org`)),
  )
  await house.people.profile.setPassword(ada!, password, undefined)
  await house.people.profile.setPassword(cleo!, password, undefined)
  const { secret } = await house.people.totp.begin(cleo!, 'cleo@example.org')
  await house.people.totp.confirm(cleo!, appCode(secret, family.clock.now()))
  return {
    family,
    doors: [
      ...byAddress(family),
      await withPasskey(family, dora!),
      second(family),
      await invitation(family),
      await panel(family),
      await undo(family, ben!),
    ],
  }
}

function byAddress({ call }: FamilyHouse): Door[] {
  const of = (name: string) => ({ email: `${name}@example.org` })
  const flowOf = async (name: string): Promise<string> => {
    const { json, text } = await call(post('/api/sign-in/codes', { identifier: of(name) }))
    assert.ok(json.flow, text)
    return json.flow
  }
  const each = (names: readonly string[], ask: (name: string) => Asked | Promise<Asked>) =>
    Object.fromEntries(names.map((name) => [name, async () => ask(name)]))
  return [
    {
      name: 'a code is asked for',
      samples: 50,
      isTimed: true,
      asks: each(['ada', 'nemo'], (name) => post('/api/sign-in/codes', { identifier: of(name) })),
    },
    {
      name: 'a code is entered',
      samples: 50,
      isTimed: true,
      asks: each(['ada', 'nemo'], async (name) =>
        post('/api/sign-in/code', { flow: await flowOf(name), code: '000000' }),
      ),
    },
    {
      name: 'a password is entered',
      samples: 5,
      isTimed: true,
      asks: each(['ada', 'ben', 'nemo'], (name) =>
        post('/api/sign-in/password', { identifier: of(name), password: 'wrong' }),
      ),
    },
    {
      name: 'a recovery code is entered',
      samples: 5,
      isTimed: true,
      asks: each(['ada', 'ben', 'nemo'], (name) =>
        post('/api/sign-in/recovery', {
          identifier: of(name),
          password: 'wrong',
          recoveryCode: 'aaaa-bbbb-cccc-dddd',
        }),
      ),
    },
  ]
}

async function withPasskey({ house, call, signIn }: FamilyHouse, subject: SubjectId): Promise<Door> {
  const { session } = await signIn(subject)
  const prover = { subject, session, address: '' }
  const asked = await house.people.passkeys.requestAdd(prover, site)
  const device = fakeAuthenticator(site)
  await house.people.passkeys.add(prover, { flow: asked.flow, response: device.create(asked) }, site)
  const ask = async (by: ReturnType<typeof fakeAuthenticator>): Promise<Asked> => {
    const challenge = (await call(post('/api/sign-in/passkeys', undefined))).json
    const response = by.get(challenge, { challenge: 'A'.repeat(43), userHandle: 'AAAA' })
    return post('/api/sign-in/passkey', { flow: challenge.flow, response })
  }
  return {
    name: 'a passkey is shown',
    samples: 40,
    isTimed: true,
    asks: { known: () => ask(device), unknown: () => ask(fakeAuthenticator(site)) },
  }
}

function second({ call }: FamilyHouse): Door {
  const ask = (flow: string) => post('/api/sign-in/second-factor', { flow, second: { totp: '000000' } })
  const identifier = { email: 'cleo@example.org' }
  return {
    name: 'a second factor is given',
    samples: 2,
    // Whoever knows the flow has given the right password.
    isTimed: false,
    asks: {
      live: async () => {
        const { json, text } = await call(post('/api/sign-in/password', { identifier, password }))
        assert.ok(json.secondFactor, text)
        return ask(json.secondFactor.flow)
      },
      none: async () => ask(secretText(systemRandom, 32)),
    },
  }
}

const someCode = (bytes: number): string => secretText(systemRandom, bytes)

async function invitation({ house, home, owner, somebody }: FamilyHouse): Promise<Door> {
  const { code } = await house.family.invitations.create(home, owner.subject, { role: 'guest' })
  const guest = await somebody('guest')
  await house.family.invitations.accept(code, guest.subject, '')
  const ask = (given: string) => post('/api/invitations/look', { code: given })
  return {
    name: 'an invitation is looked at',
    samples: 50,
    isTimed: true,
    asks: { used: async () => ask(code), none: async () => ask(someCode(10)) },
  }
}

async function panel({ house, home, owner }: FamilyHouse): Promise<Door> {
  const { pairing } = await house.panels.add(home, owner.subject, { name: 'Hall' })
  await house.panels.pair(pairing.code, '')
  const ask = (given: string) => post('/api/panels/pair', { code: given })
  return {
    name: 'a panel is paired',
    samples: 50,
    isTimed: true,
    asks: { used: async () => ask(pairing.code), none: async () => ask(someCode(5)) },
  }
}

async function undo({ house, clock, call }: FamilyHouse, subject: SubjectId): Promise<Door> {
  const code = someCode(20)
  const handle = asSelf(house.stores.facts, subject)
  const id = newId()
  const address = await handle.seal('address_undo', 'address', id, { email: 'ben@example.org' })
  const at = clock.now()
  const row = { subject, id, hash: hashOf(code), address, changed_at: at, expires_at: at + hours }
  await addUndo(asSignIn(house.stores.facts, 'service.core'), { ...row, verified_at: 0, told_at: at })
  const ask = (given: string) => post('/api/undo', { code: given })
  const first = await call(ask(code))
  assert.equal(first.status, 204, first.text)
  return {
    name: 'a change of address is undone',
    samples: 50,
    isTimed: true,
    asks: { used: async () => ask(code), none: async () => ask(someCode(20)) },
  }
}

export interface Measured {
  /** What a quarter of the answers beats: nearer to the work itself than a median on a busy machine. */
  readonly tookMs: Readonly<Record<string, number>>
  /** Each different answer, without what is new in every one. */
  readonly answers: ReadonlySet<string>
}
/** Asks in turn, each time in another order, with nothing else under way. */
export async function measure({ family }: Strangers, { samples, asks }: Door): Promise<Measured> {
  const { house, clock, call } = family
  const names = Object.keys(asks)
  const took = new Map(names.map((name) => [name, [] as number[]]))
  const answers = new Set<string>()
  for (let turn = 0; turn < samples; turn++) {
    clock.advance(2 * hours)
    for (let n = 0; n < names.length; n++) {
      const name = names[(n + turn) % names.length]!
      const asked = await asks[name]!()
      await house.people.settled()
      const begun = performance.now()
      const answer = await call(asked)
      took.get(name)!.push(performance.now() - begun)
      answers.add(plain(answer))
      await house.people.settled()
    }
  }
  return {
    answers,
    tookMs: Object.fromEntries([...took].map(([name, times]) => [name, lowerQuartile(times)])),
  }
}

const lowerQuartile = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)]!

/** Status, headers and words; not the ids that every answer makes anew. */
const plain = ({ status, headers, text }: Answer): string =>
  JSON.stringify([status, headers.toSorted(([a], [b]) => a.localeCompare(b)), text]).replaceAll(
    /[a-z2-7]{26}/g,
    'ID',
  )
