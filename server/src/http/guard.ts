import { AppError, type HomeId, type HomeRole, type OperatingRole, type SubjectId } from '@eaves/model'
import { may, type Principal, type Verb } from '../privacy/privacy.ts'
import type { Caller, Entry } from './entry.ts'

/** Who a cookie or token belongs to, as the people slice tells it. */
export interface Identity {
  readonly subject: SubjectId
  readonly session: string | undefined
  readonly token: string | undefined
  /** Scopes of a token; undefined for a session. */
  readonly homes?: ReadonlySet<HomeId> | 'all'
  readonly verbs?: ReadonlySet<Verb> | 'all'
  readonly provedAt: number
  readonly expiresAt: number
  /** Since when a sign-in has its present secret. */
  readonly secretAt?: number
}

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
  readonly agreementCurrent: (subject: SubjectId) => Promise<boolean>
  readonly rolesOf: (subject: SubjectId) => Promise<ReadonlyMap<HomeId, HomeRole>>
}

/** How long a proof of who one is counts for what asks for a fresh one. */
export const stepUpMs = 5 * 60 * 1000

export interface Arrival {
  readonly cookie: string | undefined
  readonly bearer: string | undefined
  readonly address: string
}

/** The order of refusals on every entry: claim, authentication, agreement, relation, fresh proof. Parsing, Host and Origin come before it. */
export async function admit(
  deps: GuardDeps,
  entry: Pick<Entry, 'access'>,
  arrival: Arrival,
  home: string | undefined,
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
  if (!withoutAgreement && !(await deps.agreementCurrent(identity.subject)))
    throw new AppError('policy.agreement-required') // sa.1
  const principal = await principalOf(deps, identity)
  const resource =
    access.kind === 'home'
      ? ({ kind: 'home', home: home as HomeId, safety: 'comfort' } as const)
      : access.kind === 'instance'
        ? ({ kind: 'instance' } as const)
        : ({ kind: 'self', subject: identity.subject } as const)
  const verdict = may(principal, access.verb, resource, { operatingRole: deps.role }) // pp.5.1
  if (!verdict.allow)
    throw new AppError(access.kind !== 'instance' && verdict.within ? 'auth.forbidden' : 'auth.not-found')
  if (access.stepUp !== undefined && !isFresh(identity, deps.now()))
    throw new AppError('auth.step-up-required') // T14
  return callerOf(identity, principal, arrival.address)
}

/** A token is in a program's hands: it proves nothing about who is there. */
function isFresh({ token, provedAt }: Identity, nowMs: number): boolean {
  return token === undefined && nowMs - provedAt <= stepUpMs
}

async function identify(deps: GuardDeps, arrival: Arrival): Promise<Identity | undefined> {
  if (arrival.bearer !== undefined) return deps.authenticate({ bearer: arrival.bearer })
  if (arrival.cookie !== undefined) return deps.authenticate({ cookie: arrival.cookie })
  return undefined
}

/** The principal of an identity with the roles of this moment. */
export async function principalOf(deps: Pick<GuardDeps, 'rolesOf'>, identity: Identity): Promise<Principal> {
  const roles = await deps.rolesOf(identity.subject)
  if (identity.token === undefined) return { kind: 'person', subject: identity.subject, roles }
  return {
    kind: 'token',
    subject: identity.subject,
    roles,
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
  }
}

/** /24 of an IPv4 address, /48 of an IPv6 one. // pp.2.2.3 */
export function truncated(address: string): string {
  const v4 = /(?:^|:)(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(address)
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0`
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const whole =
    tail === undefined
      ? groups
      : [
          ...groups,
          ...Array<string>(Math.max(0, 8 - groups.length - tail.split(':').length)).fill('0'),
          ...tail.split(':'),
        ]
  return `${whole
    .slice(0, 3)
    .map((g) => (g === '' ? '0' : g))
    .join(':')}::`
}
