import {
  AppError,
  type HomeId,
  type Locale,
  type OperatingRole,
  type Region,
  type SubjectId,
} from '@eaves/model'
import type { Identifier } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import type { Clock, Log } from '../deps.ts'
import type { Privacy, Vault } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import { createTurn, type AccountDeps } from './accounts.ts'
import { createAddresses, type Addresses } from './addresses.ts'
import { Claim } from './claim.ts'
import { createContacts, type Contacts } from './contacts.ts'
import { createDoor } from './door.ts'
import { readIdentifier } from './identifiers.ts'
import type { Mail } from './mail.ts'
import { createNotices, type Notices } from './notices.ts'
import { createPasskeys, type Passkeys } from './passkeys.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createProfile, type Profile } from './profile.ts'
import { createProofs, type Proofs } from './proofs.ts'
import { createRecovery } from './recovery.ts'
import { systemRandom, type Random } from './secrets.ts'
import {
  Sessions,
  idleMs,
  maxAgeSeconds,
  type Credentials,
  type Identity,
  type Opened,
  type Revoked,
} from './sessions.ts'
import { SignIn } from './sign-in.ts'
import { accountExists, asSignIn, removeExpired } from './store.ts'
import { createTickets } from './tickets.ts'
import { createTotp, type Totp } from './totp.ts'
import { createTokens, type Tokens } from './tokens.ts'

export type { Contact, Contacts } from './contacts.ts'
export { createMail, type Mail, type Message, type Sender } from './mail.ts'
export type { MailText } from './mail-text.ts'
export { Outbox } from './outbox.ts'
export { findAccount } from './accounts.ts'
export { readIdentifier } from './identifiers.ts'
export { peopleEntries } from './routes.ts'
export { withinLimits, type Counters, type From } from './limits.ts'
export { grouped, hashOf, secretText, systemRandom, typedCode, type Random } from './secrets.ts'
export { idleMs, secretLifeMs, type Credentials, type Identity, type Revoked } from './sessions.ts'
export { createTexts, type TextAlert, type Texts } from './texts.ts'
export { authenticator, type Authenticator } from './totp.ts'
export { textTemplates, type TextTemplate } from './text-templates.ts'

export interface PeopleDeps {
  readonly facts: Db<Facts>
  readonly vault: Vault
  readonly privacy: Privacy
  readonly activity: Pick<Activity, 'note' | 'noteWithin'>
  readonly clock: Clock
  readonly log: Log
  readonly mail: Mail
  readonly role: OperatingRole
  /** Told each new claim code, for the console. */
  readonly announceClaim: (code: string) => void
  /** The homes the person belongs to now: a token reaches no other. */
  readonly homesOf: (subject: SubjectId) => Promise<ReadonlySet<HomeId>>
  /** Whether the person may make a home on this server at this moment. */
  readonly mayCreateHome: (subject: SubjectId) => boolean
  /** Whether this is the code of a live invitation: who has one may sign up in a household. */
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
  readonly proofs: Proofs
  readonly passkeys: Passkeys
  readonly totp: Totp
  readonly addresses: Addresses
  readonly profile: Profile
  readonly tickets: LiveTickets
  /** Writes a line of the person's own activity. */
  readonly note: Activity['note']
  readonly contacts: Contacts
  /** Tells the person of their account at every verified address. */
  readonly tell: Notices['tell']
  /** The same, waited for: what is told last of all must be on its way before the address is gone. */
  readonly farewell: Notices['tellNow']
  /** One-time sign-in for a link on the server's own console, such as the demonstration's. */
  readonly consoleLink: {
    readonly issue: (subject: SubjectId) => string
    readonly redeem: (code: string) => SubjectId | undefined
  }
  readonly authenticate: (credentials: Credentials) => Promise<Identity | undefined>
  /** A new secret for a sign-in whose present one has lived its day. // T14 */
  readonly renew: (
    subject: SubjectId,
    session: string,
    cookie: string,
  ) => Promise<{ readonly secret: string; readonly maxAgeSeconds: number } | undefined>
  /** Called the moment a sign-in or token ends, so that its open sockets close. */
  readonly onRevoked: (listener: (revoked: Revoked) => void) => () => void
  /** Called after somebody signed in where they were not signed in before. */
  readonly onOpened: (listener: (opened: Opened) => void) => () => void
  /** Called after an address of somebody's was changed, removed or brought back; by message they are told already. */
  readonly onAddressChanged: (listener: (subject: SubjectId) => void) => () => void
  /** Claims without a browser: account, acts, the first home and a token for it. */
  readonly claimByCli: (request: CliClaim) => Promise<CliClaimed>
  /** Claims for a demonstration: an account that has agreed to nothing yet, so that whoever opens it is asked. // sa.1 */
  readonly claimForDemonstration: (request: Omit<CliClaim, 'createHome'>) => Promise<SubjectId>
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
  const { facts, privacy, activity, clock, log } = given
  const random = given.random ?? systemRandom
  const passwords = given.passwords ?? createPasswords()
  const background = createBackground(log, given.laterMs ?? 25)
  const addressListeners = new Set<(subject: SubjectId) => void>()
  const notices = createNotices({
    facts,
    clock,
    mail: given.mail,
    note: activity.note,
    later: background.later,
    addressChanged: (subject) => {
      for (const listener of addressListeners) listener(subject)
    },
  })
  const sessions = new Sessions({
    facts,
    privacy,
    activity,
    log,
    clock,
    random,
    reused: (subject) => notices.tell(subject, { kind: 'secret-reused' }),
  })
  const accounts: AccountDeps = {
    facts,
    vault: given.vault,
    privacy,
    activity,
    sessions,
    passwords,
    clock,
    random,
    tenant: given.tenant ?? 'main',
    turn: createTurn(),
  }
  const passkeys = createPasskeys({ ...accounts, notices })
  const claim = new Claim({ ...accounts, announce: given.announceClaim })
  const totp = createTotp({ ...accounts, notices })
  const failed = (subject: SubjectId) => background.later(() => activity.note(subject, 'sign-in-failed'))
  const door = createDoor({ ...accounts, notices, totp, failed })
  const signIn = new SignIn({
    ...accounts,
    role: given.role,
    mail: given.mail,
    later: background.later,
    failed,
    door,
    recover: createRecovery({ ...accounts, door, totp, failed }),
    isInvited: given.isInvited,
  })
  const tokens = createTokens({ facts, sessions, note: activity.note, clock, random, homesOf: given.homesOf })
  const addresses = createAddresses({
    ...accounts,
    notices,
    tokens,
    mail: given.mail,
    later: background.later,
  })
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
    note: activity.note,
    passkeys,
    totp,
    addresses,
    proofs: createProofs({ ...accounts, passkeys, door, totp, mail: given.mail, later: background.later }),
    profile: createProfile({
      facts,
      privacy,
      note: activity.note,
      sessions,
      passwords,
      clock,
      random,
      totp,
      notices,
      mayCreateHome: given.mayCreateHome,
      turn: accounts.turn,
    }),
    contacts: createContacts({ facts, vault: given.vault, mail: given.mail, later: background.later }),
    tell: notices.tell,
    farewell: notices.tellNow,
    tickets: {
      issue: ({ subject, session, provedAt, expiresAt }) =>
        tickets.issue({ subject, session, token: undefined, provedAt, expiresAt }),
      redeem: tickets.redeem,
    },
    consoleLink: { issue: links.issue, redeem: links.redeem },
    start: async () => {
      await signIn.start()
      await claim.start()
      background.later(addresses.resume)
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
    renew: async (subject, session, cookie) => {
      const secret = await sessions.renew(subject, session, cookie)
      return secret === undefined ? undefined : { secret, maxAgeSeconds }
    },
    onRevoked: (listener) => sessions.onRevoked(listener),
    onOpened: (listener) => sessions.onOpened(listener),
    onAddressChanged: (listener) => {
      addressListeners.add(listener)
      return () => addressListeners.delete(listener)
    },
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
        { name: 'setup', homes: [homeId], verbs: 'all', days: cliTokenDays },
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
