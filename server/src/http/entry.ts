import { AppError, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type { z } from 'zod'
import type { Principal, Verb } from '../privacy/privacy.ts'

/** Who may call: nothing registers without one of these. The default is deny. */
export type AccessEntry =
  /** Anybody, agreement or not; `beforeClaim` puts it on the closed list of what an unclaimed server answers. // sa.1 */
  | { readonly kind: 'public'; readonly beforeClaim: boolean; readonly reason: string }
  /** A signed-in person about themselves. `withoutAgreement` only for the closed list of clause sa.1 (sign out, agree, leave). */
  | ({
      readonly kind: 'self'
      readonly verb: Verb
      readonly withoutAgreement?: string
      /** Why it is open to a minor for whom no adult has agreed. // pp.6 */
      readonly withoutGuardian?: string
      /** Why it is not for somebody who needs a guardian. // pp.6 */
      readonly notForMinors?: string
    } & StepUp)
  /** Somebody with a relation to the home named by the path parameter {home}. */
  | ({ readonly kind: 'home'; readonly verb: Verb } & StepUp)
  /** A keeper of a household's server, about its health; anybody else gets 404. */
  | ({ readonly kind: 'instance'; readonly verb: Verb } & StepUp)
  /** Somebody who works for a hosted service, about nobody in particular; anybody else gets 404. */
  | ({ readonly kind: 'staff'; readonly verb: Verb } & StepUp)
interface StepUp {
  /** Why the act takes a proof of the last five minutes of who is there; a token, which can prove nothing, is refused. // T14 */
  readonly stepUp?: string
}

/** Who is calling, once authenticated. */
export interface Caller {
  readonly principal: Principal
  /** Undefined for a stranger on a public route. */
  readonly subject: SubjectId | undefined
  readonly session: string | undefined
  readonly token: string | undefined
  /** When the person last proved who they are, epoch ms. */
  readonly provedAt: number
  /** When the sign-in or token ends by itself, epoch ms. */
  readonly expiresAt: number
  /** Since when a sign-in has its present secret, epoch ms. */
  readonly secretAt?: number | undefined
  readonly surface: 'app' | 'api' | 'cli'
  /** Whether the request says by Global Privacy Control that nothing is to be shared. // pp.4.4.d */
  readonly gpc?: boolean
  /** The peer's address, already truncated (/24, /48). */
  readonly address: string
  /** Where tries are counted; kept nowhere but as a keyed hash. */
  readonly countedAt: string
}

/** The server as this request named it, its Host checked: what a passkey is bound to. */
export interface Site {
  /** As a browser writes it: scheme, name, port unless standard. */
  readonly origin: string
  readonly host: string
}

export interface Request<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly caller: Caller
  readonly site: Site
  /** Sets or clears the session cookie of the answer. */
  readonly cookie: (session: { readonly secret: string; readonly maxAgeSeconds: number } | null) => void
  /** The status of the answer when it differs from the entry's. */
  readonly status: (status: 200 | 201 | 202) => void
  /** The media type of an answer of bytes, when it differs from the entry's, and when those were made. */
  readonly media: (type: string, madeAtMs?: number) => void
}

interface EntryShape<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** OpenAPI form: /api/homes/{home}/devices/{device} */
  readonly path: `/${string}`
  readonly summary: string
  readonly access: AccessEntry
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** The schema of the answer; absent = 204 without a body. */
  readonly answer?: A
  readonly status?: 200 | 201 | 202 | 204
  /** Media type of an answer that is not JSON; the handler then returns its text or its bytes. */
  readonly mediaType?: string
  /** Largest body in bytes, 64 kB unless named. */
  readonly maxBytes?: number
  readonly handle: (request: Request<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>
}
export type Entry = EntryShape<z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/** Declares a route with its authorisation entry, its schemas and its handler. */
export function entry<
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
  A extends z.ZodType = z.ZodType<undefined>,
>(shape: EntryShape<P, Q, B, A>): Entry {
  return shape
}
export type HomePath = { readonly home: HomeId }
export type DevicePath = HomePath & { readonly device: DeviceId }

/** The person behind a request; a stranger has none. */
export function subjectOf(caller: Caller): SubjectId {
  if (caller.subject === undefined) throw new AppError('auth.required')
  return caller.subject
}
