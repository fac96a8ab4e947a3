import { AppError, newId, type HomeId, type SubjectId } from '@eaves/model'
import type { TokenRow } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import { isoInstant, type Clock } from '../deps.ts'
import { isVerb } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { TokenTable } from './data.ts'
import { hashOf, secretText, tokenPrefix, type Random } from './secrets.ts'
import type { Sessions } from './sessions.ts'
import { addToken, asSelf, endTokens, ownTokens } from './store.ts'

export interface TokenDeps {
  readonly facts: Db<Facts>
  readonly sessions: Sessions
  readonly note: Activity['note']
  readonly clock: Clock
  readonly random: Random
  /** The homes the person belongs to at this moment. */
  readonly homesOf: (subject: SubjectId) => Promise<ReadonlySet<HomeId>>
}
export interface TokenRequest {
  readonly name: string
  readonly homes: readonly string[] | 'all'
  readonly verbs: readonly string[] | 'all'
  readonly days: number
}
export interface Tokens {
  readonly create: (
    subject: SubjectId,
    request: TokenRequest,
    surface: string,
  ) => Promise<TokenRow & { readonly token: string }>
  readonly list: (subject: SubjectId) => Promise<TokenRow[]>
  readonly end: (subject: SubjectId, only?: string) => Promise<number>
}

const dayMs = 24 * 60 * 60 * 1000

/** Personal access tokens: shown once, hashed at rest, bounded in time, never more than their maker may. // pp.5.1 */
export function createTokens(deps: TokenDeps): Tokens {
  const { facts, sessions, note, clock, random } = deps
  return {
    create: async (subject, request, surface) => {
      await withinMaker(deps, subject, request)
      const handle = asSelf(facts, subject)
      const id = newId(random)
      const token = `${tokenPrefix}${secretText(random, 32)}`
      const now = clock.now()
      const row: TokenTable = {
        subject,
        id,
        hash: hashOf(token),
        name: await handle.seal('token', 'name', id, request.name),
        homes: stored(request.homes),
        verbs: stored(request.verbs),
        created_at: now,
        expires_at: now + request.days * dayMs,
        last_used_at: null,
        surface,
      }
      await addToken(handle, row)
      await note(subject, 'token-made', surface === 'cli' ? { surface } : {})
      return { ...shown(row, request.name), token }
    },
    list: async (subject) => {
      const handle = asSelf(facts, subject)
      const cells = await handle.cells()
      return (await ownTokens(handle)).map((row) => shown(row, cells.open('token', 'name', row.id, row.name)))
    },
    end: async (subject, only) => {
      const ended = await endTokens(asSelf(facts, subject), only)
      const ids = new Set(ended)
      sessions.forget((identity) => identity.token !== undefined && ids.has(identity.token))
      for (const token of ended) sessions.announce({ subject, token })
      if (ended.length > 0) await note(subject, 'token-ended')
      return ended.length
    },
  }
}

/** A home that is not the maker's is refused like one that never existed. */
async function withinMaker(
  { homesOf }: TokenDeps,
  subject: SubjectId,
  { homes, verbs }: TokenRequest,
): Promise<void> {
  const own = homes === 'all' ? undefined : await homesOf(subject)
  const errors = [
    ...(homes === 'all' ? [] : homes).flatMap((home, index) =>
      own?.has(home as HomeId) === true ? [] : [{ path: `homes.${index}`, code: 'unknown' }],
    ),
    ...(verbs === 'all' ? [] : verbs).flatMap((verb, index) =>
      isVerb(verb) ? [] : [{ path: `verbs.${index}`, code: 'unknown' }],
    ),
  ]
  if (errors.length > 0) throw new AppError('input.invalid', { errors })
}

const stored = (scope: readonly string[] | 'all'): string | null =>
  scope === 'all' ? null : JSON.stringify([...new Set(scope)])

function shown(row: TokenTable, name: string): TokenRow {
  return {
    id: row.id,
    name,
    createdAt: isoInstant(row.created_at),
    expiresAt: isoInstant(row.expires_at),
    homes: row.homes === null ? 'all' : (JSON.parse(row.homes) as string[]),
    verbs: row.verbs === null ? 'all' : (JSON.parse(row.verbs) as string[]),
    ...(row.last_used_at === null ? {} : { lastUsedAt: isoInstant(row.last_used_at) }),
  }
}
