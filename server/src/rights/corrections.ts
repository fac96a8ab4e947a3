import { AppError, locales, type Locale, type Sealed, type SubjectId } from '@eaves/model'
import type {
  CorrectionAnswer,
  RequestAsk,
  RequestView,
  Statement,
  WaitingCorrections,
} from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import type { People } from '../people/people.ts'
import { described } from '../privacy/privacy.ts'
import type { Db, Facts, PersonHandle } from '../store/stores.ts'
import { columns, isWithheld, namingColumns } from './belongings.ts'
import type { RequestTable } from './data.ts'
import { accountOf, openCorrections, own, requestById, requestsOf } from './store.ts'

export interface CorrectionDeps {
  readonly facts: Db<Facts>
  readonly people: Pick<People, 'tell' | 'contacts'>
  readonly clock: Clock
}
/** What keepers of a household's server do with what people say is wrong. */
export interface Corrections {
  readonly waiting: (keeper: SubjectId, locale: Locale) => Promise<WaitingCorrections>
  readonly answer: (id: string, words: CorrectionAnswer) => Promise<void>
}
/** A field and what is said to be wrong with it. */
export interface Said {
  readonly place: string
  readonly field: string
  readonly text: string
}
/** Of the histories these two are listed; the points themselves are in the copy alone. */
const listed: ReadonlySet<string> = new Set(['history.live_state.values', 'history.series.path'])

/** Whether what is held can list this field: what proves who somebody is, and what names nobody, cannot be. // pp.4.4.a */
function isListed(key: string): boolean {
  const row = columns.get(key)
  if (row === undefined || isWithheld(row.field) || described(row, 'EU', 'en') === undefined) return false
  if (row.store !== 'facts') return listed.has(key)
  const { path, isCopy, seen } = row.entry
  if (isCopy === true) return false
  return (
    path.to === 'subject' || namingColumns(row.entry).length > 0 || (path.to === 'home' && seen !== undefined)
  )
}

/** What a wish says is wrong; undefined of every other kind, which takes none of it. // pp.4.4.a pp.8 */
export function saidIn({ kind, place, field, text }: RequestAsk): Said | undefined {
  const given = { place, field, text }
  if (kind !== 'correction') {
    const [stray] = Object.entries(given).filter(([, value]) => value !== undefined)
    if (stray !== undefined) throw invalid(stray[0], 'not-here')
    return undefined
  }
  if (place === undefined) throw invalid('place', 'required')
  if (field === undefined) throw invalid('field', 'required')
  if (text === undefined) throw invalid('text', 'required')
  if (!isListed(`${place}.${field}`))
    throw invalid(
      [...columns.keys()].some((key) => key.startsWith(`${place}.`)) ? 'field' : 'place',
      'not-held',
    )
  return { place, field, text }
}
const invalid = (path: string, code: string) => new AppError('input.invalid', { errors: [{ path, code }] })
/** A second text is refused, and never lost in silence. */
export const stillOpen = () =>
  new AppError('input.conflict', {
    detail:
      'You have already said what is wrong with this field, and it waits for an answer. Take that back to write something else.',
  })

/** What a field is called, in each language; one that a later version knows no more, by itself. */
function namesOf(place: string, field: string): Record<Locale, string> {
  const row = columns.get(`${place}.${field}`)
  const name = (locale: Locale) => (row && described(row, 'EU', locale)?.name) ?? field
  return Object.fromEntries(locales.map((locale) => [locale, name(locale)])) as Record<Locale, string>
}
export const aboutOf = ({
  about_place: place,
  about_field: field,
}: Pick<RequestTable, 'about_place' | 'about_field'>): Pick<RequestView, 'about'> =>
  place === null || field === null ? {} : { about: { place, field, names: namesOf(place, field) } }

/** The words of a request, as far as there are any: cells of its person. */
export async function writtenIn(
  facts: Db<Facts>,
  { subject, id, statement, reply, outcome }: RequestTable,
): Promise<Pick<RequestView, 'text' | 'reply' | 'outcome'>> {
  if (statement === null && reply === null) return {}
  const cells = await own(facts, subject).cells()
  return {
    ...(statement === null ? {} : { text: cells.open('request', 'statement', id, statement) }),
    ...(reply === null ? {} : { reply: cells.open('request', 'reply', id, reply) }),
    ...(outcome === null ? {} : { outcome }),
  }
}

/** What somebody has said is wrong, by place and field, newest first: it stands beside the value from the moment it is said. // pp.4.4.a */
export async function saidOf(
  facts: Db<Facts>,
  subject: SubjectId,
): Promise<ReadonlyMap<string, readonly Statement[]>> {
  const found = new Map<string, Statement[]>()
  for (const row of await requestsOf(facts, subject)) {
    const { text, ...rest } = await writtenIn(facts, row)
    if (row.kind !== 'correction' || text === undefined) continue
    const key = `${row.about_place}.${row.about_field}`
    const statements = found.get(key) ?? []
    statements.push({ text, at: isoInstant(row.received_at), ...rest })
    found.set(key, statements)
  }
  return found
}

/** Puts the answer into the row, if nobody was faster: neither another who answers nor its person, who took it back. */
export async function answerIn(
  handle: Pick<PersonHandle<Facts>, 'updateTable'>,
  id: string,
  {
    outcome,
    reply,
    atMs,
  }: Pick<CorrectionAnswer, 'outcome'> & { readonly reply: Sealed<string>; readonly atMs: number },
): Promise<void> {
  const row = await handle
    .updateTable('request')
    .set({ outcome, reply, state: 'answered', answered_at: atMs, ended_at: atMs })
    .where('id', '=', id)
    .where('kind', '=', 'correction')
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined)
    throw new AppError('input.conflict', { detail: 'It has been answered meanwhile, or was taken back.' })
}

export function createCorrections({ facts, people, clock }: CorrectionDeps): Corrections {
  /** Whoever is just being erased asks for nothing any more. */
  const isThere = async (subject: SubjectId) => (await accountOf(facts, subject))?.closed_at === null
  return {
    waiting: async (keeper, locale) => {
      const found: WaitingCorrections = []
      for (const row of await openCorrections(facts)) {
        if (!(await isThere(row.subject))) continue
        const { about } = aboutOf(row)
        const { text } = await writtenIn(facts, row)
        if (about === undefined || text === undefined) continue
        found.push({
          id: row.id,
          place: about.place,
          field: about.field,
          name: about.names[locale],
          text,
          receivedAt: isoInstant(row.received_at),
          dueAt: isoInstant(row.due_at),
          isOverdue: row.due_at < clock.now(),
          ...(await people.contacts.of(row.subject)),
          isOwn: row.subject === keeper,
        })
      }
      return found
    },
    answer: async (id, { outcome, reply }) => {
      const row = await requestById(facts, id)
      if (row?.kind !== 'correction' || !(await isThere(row.subject))) throw new AppError('auth.not-found')
      const handle = own(facts, row.subject)
      const sealed = await handle.seal('request', 'reply', id, reply)
      await answerIn(handle, id, { outcome, reply: sealed, atMs: clock.now() })
      people.tell(row.subject, { kind: 'correction-answered' })
    },
  }
}
