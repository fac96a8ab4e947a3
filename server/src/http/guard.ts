import {
  AppError,
  type DeviceId,
  type HomeId,
  type OperatingRole,
  type StaffRole,
  type SubjectId,
} from '@eaves/model'
import { truncated, wholeAddress } from '../activity/activity.ts'
import type { Identity } from '../people/people.ts'
import {
  isFreshProof,
  may,
  type DeviceFacts,
  type Principal,
  type Relations,
  type Verb,
} from '../privacy/privacy.ts'
import { isOwnNetwork } from '../tls/tls.ts'
import type { Caller, Entry } from './entry.ts'

export interface GuardDeps {
  readonly role: OperatingRole
  readonly now: () => number
  readonly claimed: () => boolean
  readonly authenticate: (credentials: {
    readonly cookie?: string
    readonly bearer?: string
  }) => Promise<Identity | undefined>
  /** A new secret for a sign-in whose present one has lived its day. // T14 */
  readonly renew: (
    subject: SubjectId,
    session: string,
    cookie: string,
  ) => Promise<{ readonly secret: string; readonly maxAgeSeconds: number } | undefined>
  /** Whether a person's acts open anything at all. */
  readonly agreementCurrent: (subject: SubjectId) => Promise<boolean>
  /** Whether they open this route: in the limited state few are. // pp.7.3 */
  readonly agreementOpens: (
    subject: SubjectId,
    route: { readonly verb: Verb; readonly way: string },
  ) => Promise<boolean>
  /** Whether an adult has to agree for this person, and has. // pp.6 */
  readonly guardianStanding: (subject: SubjectId) => Promise<'not-needed' | 'given' | 'missing'>
  /** Whether this is a wall panel, which is nobody. */
  readonly isPanel: (subject: SubjectId) => boolean
  /** What somebody who works for a hosted service is there for. */
  readonly staffRoleOf: (subject: SubjectId) => StaffRole | undefined
  /** Whether this person claimed the server. */
  readonly isClaimant: (subject: SubjectId) => boolean
  /** What the person is in each home, and what narrows them there, at this moment. */
  readonly relationsOf: (subject: SubjectId) => Promise<Relations>
  /** A device of the home that is shown to its members. */
  readonly deviceIn: (home: HomeId, device: DeviceId) => DeviceFacts | undefined
}
/** What a path names. */
export interface Named {
  readonly home?: string | undefined
  /** A device, or a group, which is one. */
  readonly device?: string | undefined
}

export interface Arrival {
  readonly cookie: string | undefined
  readonly bearer: string | undefined
  readonly address: string
}

/** The order of refusals on every entry: claim, authentication, agreement, relation, fresh proof. Parsing, Host and Origin come before it. */
export async function admit(
  deps: GuardDeps,
  entry: Pick<Entry, 'access' | 'method' | 'path'>,
  arrival: Arrival,
  named: Named,
): Promise<Caller> {
  const { access } = entry
  if (!deps.claimed() && !(access.kind === 'public' && access.beforeClaim))
    throw new AppError('server.unclaimed')
  const identity = await identify(deps, arrival)
  if (access.kind === 'public')
    return identity === undefined
      ? stranger(arrival.address)
      : callerOf(identity, await principalOf(deps, identity), arrival.address)
  if (identity === undefined) throw new AppError('auth.required')
  const withoutAgreement = access.kind === 'self' && access.withoutAgreement !== undefined
  const route = { verb: access.verb, way: `${entry.method} ${entry.path}` }
  if (!withoutAgreement && !(await deps.agreementOpens(identity.subject, route)))
    throw new AppError('policy.agreement-required') // sa.1
  if (!withoutAgreement) await demandGuardian(deps, access, identity.subject)
  const principal = await principalOf(deps, identity)
  const resource =
    access.kind === 'home'
      ? homeResource(deps, principal, named)
      : access.kind === 'instance'
        ? ({ kind: 'instance' } as const)
        : access.kind === 'staff'
          ? ({ kind: 'console' } as const)
          : ({ kind: 'self', subject: identity.subject } as const)
  const verdict = may(principal, access.verb, resource, { operatingRole: deps.role }) // pp.5.1
  if (!verdict.allow)
    throw new AppError(access.kind !== 'instance' && verdict.within ? 'auth.forbidden' : 'auth.not-found')
  if (access.stepUp !== undefined && !isFresh(identity, deps.now()))
    throw new AppError('auth.step-up-required') // T14
  return callerOf(identity, principal, arrival.address)
}

/** A minor reaches nothing until the adult who answers for them has agreed, and nothing more once that ends. // pp.6 */
async function demandGuardian(
  { guardianStanding }: GuardDeps,
  access: Entry['access'],
  subject: SubjectId,
): Promise<void> {
  const standing = await guardianStanding(subject)
  const isExempt = access.kind === 'self' && access.withoutGuardian !== undefined
  if (standing === 'missing' && !isExempt) throw new AppError('policy.guardian-required')
  if (standing !== 'not-needed' && access.kind === 'self' && access.notForMinors !== undefined)
    throw new AppError('policy.minor')
}

/** The home with the device that the path names; for whoever is narrowed, what they do not see was never there. */
function homeResource(deps: GuardDeps, principal: Principal, named: Named) {
  const home = named.home as HomeId
  const limits = 'limits' in principal ? principal.limits.get(home) : undefined
  const comfort = { kind: 'home', home, safety: 'comfort' } as const
  if (named.device === undefined || limits === undefined) return comfort
  const device = deps.deviceIn(home, named.device as DeviceId)
  if (device !== undefined) return { ...comfort, device }
  if (limits.isClosed) return comfort
  throw new AppError('auth.not-found')
}

/** For an act that asks for a fresh proof only in some cases; throws the refusal. // T14 */
export function demandFresh(caller: Pick<Caller, 'token' | 'provedAt'>, nowMs: number): void {
  if (!isFresh(caller, nowMs)) throw new AppError('auth.step-up-required')
}

/** A token is in a program's hands: it proves nothing about who is there. */
function isFresh({ token, provedAt }: Pick<Identity, 'token' | 'provedAt'>, nowMs: number): boolean {
  return token === undefined && isFreshProof(provedAt, nowMs)
}

async function identify(deps: GuardDeps, arrival: Arrival): Promise<Identity | undefined> {
  if (arrival.bearer !== undefined) return deps.authenticate({ bearer: arrival.bearer })
  if (arrival.cookie !== undefined) return deps.authenticate({ cookie: arrival.cookie })
  return undefined
}

/** The principal of an identity with the roles and limits of this moment. */
export async function principalOf(
  deps: Pick<GuardDeps, 'relationsOf' | 'isPanel' | 'isClaimant' | 'staffRoleOf'>,
  identity: Identity,
): Promise<Principal> {
  const role = deps.staffRoleOf(identity.subject)
  if (role !== undefined) return { kind: 'staff', subject: identity.subject, role }
  const { roles, limits } = await deps.relationsOf(identity.subject)
  if (deps.isPanel(identity.subject)) return { kind: 'panel', subject: identity.subject, roles, limits }
  const isClaimant = deps.isClaimant(identity.subject)
  if (identity.token === undefined)
    return { kind: 'person', subject: identity.subject, roles, limits, isClaimant }
  return {
    kind: 'token',
    subject: identity.subject,
    roles,
    limits,
    homes: identity.homes ?? new Set(),
    verbs: identity.verbs ?? new Set(),
  }
}

export function callerOf(identity: Identity, principal: Principal, address: string): Caller {
  return {
    principal,
    subject: identity.subject,
    session: identity.session,
    token: identity.token,
    provedAt: identity.provedAt,
    expiresAt: identity.expiresAt,
    secretAt: identity.secretAt,
    surface: identity.token === undefined ? 'app' : 'api',
    address: truncated(address),
    countedAt: countedAt(address),
  }
}

function stranger(address: string): Caller {
  return {
    principal: { kind: 'stranger' },
    subject: undefined,
    session: undefined,
    token: undefined,
    provedAt: 0,
    expiresAt: Number.POSITIVE_INFINITY,
    secretAt: undefined,
    surface: 'app',
    address: truncated(address),
    countedAt: countedAt(address),
  }
}

/**
 * In the house's own networks each device counts for itself, so that none can spend what the others may try;
 * on the internet whoever has one address of a network has many, so there the shortened one counts. // T13 pp.2.2.3
 */
export function countedAt(address: string): string {
  const whole = wholeAddress(address)
  return whole !== undefined && isOwnNetwork(whole) ? whole : truncated(address)
}
