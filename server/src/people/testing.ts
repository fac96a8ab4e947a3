import { newId, type HomeId, type OperatingRole, type SubjectId } from '@eaves/model'
import type { Acts, HalfSignedIn } from '@eaves/model/api'
import { Secret, TOTP } from 'otpauth'
import type { Log } from '../deps.ts'
import { createActivity, type Activity } from '../activity/activity.ts'
import { createPrivacy, nothingShared, type Privacy, type PrivacyDeps } from '../privacy/privacy.ts'
import { quietLog, type TestStores } from '../store/testing.ts'
import { createMail, type Message } from './mail.ts'
import { createPasswords } from './passwords.ts'
import type { SignedIn } from './sign-in.ts'
import { createPeople, systemRandom, type People, type Random } from './people.ts'

export interface TestPeople {
  readonly people: People
  readonly privacy: Privacy
  readonly activity: Activity
  /** Every claim code announced so far. */
  readonly codes: string[]
  readonly sent: Message[]
  /** Every phone number whose code was noted as entered. */
  readonly entered: string[]
  /** Every sign-in code made, sent or not. */
  readonly drawn: string[]
  /** How often a password was compared: hashing is what an answer's time could tell. */
  readonly hashed: () => number
  /** Waits for late work, then the digits of the last message that has some. */
  readonly lastCode: () => Promise<string>
  readonly homes: Map<SubjectId, Set<HomeId>>
  readonly acts: (locale?: 'en' | 'zh-Hans') => Acts
  readonly claimed: (
    email?: string,
  ) => Promise<{ subject: SubjectId; secret: string; recoveryCodes: readonly string[] }>
}

export const here = { address: '192.0.2.0' }
export const site = { origin: 'http://localhost:8420', host: 'localhost' }
export const nobody = { subject: undefined, session: undefined }

/** A sign-in that was asked for nothing more. */
export function whole(done: SignedIn | HalfSignedIn): SignedIn {
  if ('secondFactor' in done) throw new Error('A second factor was asked for.')
  return done
}
/** One that was. */
export function halfOf(done: SignedIn | HalfSignedIn): HalfSignedIn['secondFactor'] {
  if (!('secondFactor' in done)) throw new Error('No second factor was asked for.')
  return done.secondFactor
}
/** What an authenticator app shows. */
export const appCode = (secret: string, atMs: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs })

/** A server without recipients, from which nothing can leave. */
/** People and privacy over the stores of one test, with messages kept in memory and hashing made cheap. */
export async function openPeople(
  at: Pick<TestStores, 'stores' | 'options'>,
  role: OperatingRole = 'household',
  {
    log = quietLog,
    isInvited,
    source = systemRandom,
    sharing = {},
  }: {
    readonly sharing?: Partial<PrivacyDeps['sharing']>
    readonly log?: Log
    readonly isInvited?: (code: string) => Promise<boolean>
    /** Where secrets are drawn from. */
    readonly source?: Random
  } = {},
): Promise<TestPeople> {
  const { facts, vault, stops } = at.stores
  const { clock } = at.options
  const activity = createActivity({ facts, stops, clock, log })
  const privacy = createPrivacy({
    facts,
    role,
    clock,
    log,
    activity,
    vault,
    stops,
    sharing: { ...nothingShared(at.stores.jobs), ...sharing },
  })
  const codes: string[] = []
  const sent: Message[] = []
  const entered: string[] = []
  const drawn: string[] = []
  const random = (bytes: Uint8Array<ArrayBuffer>) => {
    const filled = source(bytes)
    if (bytes.length === 4)
      drawn.push(String(new DataView(bytes.buffer).getUint32(0) % 1_000_000).padStart(6, '0'))
    return filled
  }
  const cheap = createPasswords({ memoryKibibytes: 64, passes: 1 })
  let hashed = 0
  const homes = new Map<SubjectId, Set<HomeId>>()
  const sender = { send: async (message: Message) => void sent.push(message) }
  const people = createPeople({
    facts,
    vault,
    privacy,
    activity,
    clock,
    log,
    role,
    mail: createMail({
      email: sender,
      phone: { ...sender, entered: async (number) => void entered.push(number) },
      log: quietLog,
      retryAfterMs: [],
    }),
    announceClaim: (code) => codes.push(code),
    homesOf: async (subject) => homes.get(subject) ?? new Set(),
    mayCreateHome: () => true,
    passwords: {
      ...cheap,
      verify: (password, record) => {
        hashed += 1
        return cheap.verify(password, record)
      },
    },
    laterMs: 0,
    ...(isInvited === undefined ? {} : { isInvited }),
    random,
  })
  await privacy.start()
  await people.start()
  const acts = (locale: 'en' | 'zh-Hans' = 'en') => privacy.currentActs(locale, 'EU')
  return {
    people,
    privacy,
    activity,
    codes,
    sent,
    entered,
    drawn,
    hashed: () => hashed,
    homes,
    acts,
    lastCode: async () => {
      await people.settled()
      return sent.flatMap(({ text }) => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? []).at(-1) ?? ''
    },
    claimed: async (email = 'ada@example.org') => {
      const done = await people.claim.claim({
        code: codes.at(-1) ?? '',
        identifier: { email },
        acts: acts(),
        surface: 'app',
        place: here,
      })
      return { subject: done.subject, secret: done.session?.secret ?? '', recoveryCodes: done.recoveryCodes }
    },
  }
}

/** Gives the person a home of their own, as far as tokens can tell. */
export function giveHome({ homes }: TestPeople, subject: SubjectId): HomeId {
  const home = newId<HomeId>()
  homes.set(subject, new Set([...(homes.get(subject) ?? []), home]))
  return home
}
