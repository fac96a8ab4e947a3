import {
  AppError,
  type HomeId,
  type Locale,
  type OperatingRole,
  type Region,
  type SubjectId,
} from '@eaves/model'
import type { Identifier, TokenRow } from '@eaves/model/api'
import type { Clock, Log } from '../deps.ts'
import type { Privacy, Vault } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import { createTurn, type AccountDeps } from './accounts.ts'
import { Claim } from './claim.ts'
import { createContacts, type Contacts } from './contacts.ts'
import { readIdentifier } from './identifiers.ts'
import type { Mail } from './mail.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createProfile, type Profile } from './profile.ts'
import { systemRandom, type Random } from './secrets.ts'
import { Sessions, idleMs, type Credentials, type Identity, type Revoked } from './sessions.ts'
import { SignIn } from './sign-in.ts'
import { accountExists, asSignIn, removeExpired } from './store.ts'
import { createTickets } from './tickets.ts'
import { createTokens, type Tokens } from './tokens.ts'

export type { Contact, Contacts } from './contacts.ts'
export { createMail, type Mail, type Message, type Sender } from './mail.ts'
export { Outbox } from './outbox.ts'
export { peopleEntries } from './routes.ts'
export { grouped, hashOf, secretText, systemRandom, typedCode, type Random } from './secrets.ts'
export type { Credentials, Identity, Revoked } from './sessions.ts'

export interface PeopleDeps {
  readonly facts: Db<Facts>
  readonly vault: Vault
  readonly privacy: Privacy
  readonly clock: Clock
  readonly log: Log
  readonly mail: Mail
  readonly role: OperatingRole
  /** Told each new claim code, for the console. */
  readonly announceClaim: (code: string) => void
  /** The homes the person belongs to now: a token reaches no other. */
  readonly homesOf: (subject: SubjectId) => Promise<ReadonlySet<HomeId>>
  /** Whether this is the code of an invitation that still lets somebody in. */
  readonly isInvited?: (code: string) => Promise<boolean>
  readonly random?: Random
  readonly passwords?: Passwords
  readonly tenant?: string
  /** How long work that must not show in an answer's time waits for the answer to leave. */
  readonly laterMs?: number
}
export interface CliClaim {
  readonly owner: Identifier
  readonly locale: Locale
  readonly region: Region
  /** Makes the first home of the person. */
  readonly createHome: (subject: SubjectId) => Promise<HomeId>
}
export interface CliClaimed {
  readonly accountId: SubjectId
  readonly homeId: HomeId
  readonly token: string
}
export interface LiveTickets {
  readonly issue: (identity: Pick<Identity, 'subject' | 'session' | 'provedAt' | 'expiresAt'>) => string
  /** The identity behind a ticket, once, while its session lives. // T6 */
  readonly redeem: (ticket: string) => Identity | undefined
}

/** Accounts as the rest of the server meets them. */
export interface People {
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly isClaimed: () => boolean
  readonly claimant: () => SubjectId | undefined
  readonly claim: Claim
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly profile: Profile
  readonly tickets: LiveTickets
  readonly contacts: Contacts
  /** One-time sign-in for a link on the server's own console, such as the demonstration's. */
  readonly consoleLink: {
    readonly issue: (subject: SubjectId) => string
    readonly redeem: (code: string) => SubjectId | undefined
  }
  readonly authenticate: (credentials: Credentials) => Promise<Identity | undefined>
  /** Called the moment a sign-in or token ends, so that its open sockets close. */
  readonly onRevoked: (listener: (revoked: Revoked) => void) => () => void
  /** Claims without a browser: account, acts, the first home and a token for it. */
  readonly claimByCli: (request: CliClaim) => Promise<CliClaimed>
  /** Claims for a demonstration: an account that has agreed to nothing yet, so that whoever opens it is asked. // sa.1 */
  readonly claimForDemonstration: (request: Omit<CliClaim, 'createHome'>) => Promise<SubjectId>
  readonly createToken: (
    subject: SubjectId,
    name: string,
    homes: readonly HomeId[],
    days: number,
    surface: string,
  ) => Promise<TokenRow & { readonly token: string }>
  /** Removes what has expired. Runs by itself every ten minutes. */
  readonly sweep: () => Promise<void>
  /** Resolves when no message or other late work is under way. */
  readonly settled: () => Promise<void>
}

const sweepEveryMs = 10 * 60 * 1000
const tokenKeptMs = 30 * 24 * 60 * 60 * 1000
const ticketLifeMs = 30_000
const consoleLinkLifeMs = 10 * 60 * 1000
const cliTokenDays = 90

/** The front of the people slice. */
export function createPeople(given: PeopleDeps): People {
  const { facts, privacy, clock, log } = given
  const random = given.random ?? systemRandom
  const passwords = given.passwords ?? createPasswords()
  const sessions = new Sessions({ facts, privacy, clock, random })
  const background = createBackground(log, given.laterMs ?? 25)
  const accounts: AccountDeps = {
    facts,
    vault: given.vault,
    privacy,
    sessions,
    passwords,
    clock,
    random,
    tenant: given.tenant ?? 'main',
    turn: createTurn(),
  }
  const claim = new Claim({ ...accounts, announce: given.announceClaim })
  const signIn = new SignIn({
    ...accounts,
    role: given.role,
    mail: given.mail,
    later: background.later,
    isInvited: given.isInvited ?? (async () => false),
  })
  const tokens = createTokens({ facts, sessions, clock, random, homesOf: given.homesOf })
  const tickets = createTickets<Identity>({ clock, random, lifeMs: ticketLifeMs })
  const links = createTickets<SubjectId>({ clock, random, lifeMs: consoleLinkLifeMs })
  sessions.onRevoked(({ session }) =>
    tickets.drop((identity) => session !== undefined && identity.session === session),
  )
  const sweep = () => removeStale(accounts, signIn)
  let timer: NodeJS.Timeout | undefined
  return {
    claim,
    signIn,
    sessions,
    tokens,
    sweep,
    profile: createProfile({
      facts,
      counters: given.vault.counters,
      privacy,
      sessions,
      passwords,
      clock,
      random,
    }),
    contacts: createContacts({ facts, vault: given.vault, mail: given.mail, later: background.later }),
    tickets: {
      issue: ({ subject, session, provedAt, expiresAt }) =>
        tickets.issue({ subject, session, token: undefined, provedAt, expiresAt }),
      redeem: tickets.redeem,
    },
    consoleLink: { issue: links.issue, redeem: links.redeem },
    start: async () => {
      await signIn.start()
      await claim.start()
      timer = setInterval(() => background.later(sweep), sweepEveryMs)
      timer.unref()
    },
    stop: async () => {
      clearInterval(timer)
      await background.settled()
    },
    isClaimed: () => claim.isClaimed(),
    claimant: () => claim.claimant(),
    authenticate: (credentials) => sessions.authenticate(credentials),
    onRevoked: (listener) => sessions.onRevoked(listener),
    claimByCli: async ({ owner, locale, region, createHome }) => {
      if (claim.isClaimed()) throw new AppError('claim.claimed')
      const { subject } = await claim.take({
        identifier: await readIdentifier(owner),
        verified: false,
        acts: privacy.currentActs(locale, region),
        choices: {},
        surface: 'cli',
      })
      const homeId = await createHome(subject)
      const { token } = await tokens.create(
        subject,
        { name: 'setup', homes: [homeId], days: cliTokenDays },
        'cli',
      )
      return { accountId: subject, homeId, token }
    },
    claimForDemonstration: async ({ owner, locale, region }) => {
      const { subject } = await claim.take({
        identifier: await readIdentifier(owner),
        verified: false,
        acts: { locale, region },
        choices: {},
        surface: 'cli',
      })
      return subject
    },
    createToken: (subject, name, homes, days, surface) =>
      tokens.create(subject, { name, homes, days }, surface),
    settled: async () => {
      await background.settled()
      await given.mail.settled()
    },
  }
}

/** Expired flows, sign-ins and tokens go, and with a flow that made no account the key that was made for it. // pp.ret.1 sa.4 */
async function removeStale({ facts, vault, clock }: AccountDeps, signIn: SignIn): Promise<void> {
  const now = clock.now()
  const handle = asSignIn(facts, 'service.core')
  for (const subject of new Set(await removeExpired(handle, now, now - idleMs, now - tokenKeptMs))) {
    if (!signIn.isDecoy(subject) && !(await accountExists(handle, subject)))
      await vault.destroyKey({ subject })
  }
}

function createBackground(log: Log, laterMs: number) {
  const pending = new Set<Promise<void>>()
  return {
    later: (work: () => Promise<void>) => {
      const done = new Promise<void>((resolve) => setTimeout(resolve, laterMs))
        .then(work)
        .catch(() => log.error('late work failed', { part: 'people' }))
      pending.add(done)
      void done.finally(() => pending.delete(done))
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
