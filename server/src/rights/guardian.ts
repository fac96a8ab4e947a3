import { AppError, type HomeId, type Locale, type SubjectId } from '@eaves/model'
import type { GuardianAsk, Held, PackageLink, RequestView } from '@eaves/model/api'
import type { People } from '../people/people.ts'
import type { Privacy } from '../privacy/privacy.ts'
import type { Requests } from './requests.ts'

export interface GuardianDeps {
  readonly minors: Pick<Privacy['minors'], 'asGuardian'>
  /** The homes in which this adult answers for this child; undefined: they do not. */
  readonly answeredIn: (guardian: SubjectId, child: SubjectId) => Promise<ReadonlySet<HomeId> | undefined>
  readonly requests: Requests
  readonly held: (subject: SubjectId, locale: Locale, within: ReadonlySet<HomeId>) => Promise<Held>
  readonly note: People['note']
}
/** What an adult may ask about a child they answer for; to anybody else the child is not there. // pp.6 */
export interface GuardianRights {
  readonly held: (guardian: SubjectId, child: SubjectId, locale: Locale) => Promise<Held>
  readonly ask: (guardian: SubjectId, child: SubjectId, wish: GuardianAsk) => Promise<RequestView>
  readonly list: (guardian: SubjectId, child: SubjectId) => Promise<RequestView[]>
  readonly read: (guardian: SubjectId, child: SubjectId, id: string) => Promise<RequestView>
  readonly end: (guardian: SubjectId, child: SubjectId, id: string) => Promise<RequestView>
  readonly link: (guardian: SubjectId, child: SubjectId, id: string) => Promise<PackageLink>
  readonly fetch: (guardian: SubjectId, child: SubjectId, code: string) => Promise<AsyncIterable<Uint8Array>>
}

/** The rights of a child in the hands of its guardian: the same engine, and a line in the child's own activity for each act. // pp.6 */
export function createGuardianRights(deps: GuardianDeps): GuardianRights {
  const { minors, requests, held, note } = deps
  const answering = async (guardian: SubjectId, child: SubjectId) => {
    const homes = await deps.answeredIn(guardian, child)
    if (homes === undefined) throw new AppError('auth.not-found')
    return { homes, actor: minors.asGuardian(guardian, child) }
  }
  return {
    held: async (guardian, child, locale) => {
      const { homes } = await answering(guardian, child)
      await note(child, 'guardian-saw')
      return held(child, locale, homes)
    },
    ask: async (guardian, child, wish) => {
      const { actor } = await answering(guardian, child)
      const made = await requests.ask(child, wish, actor)
      await note(child, wish.kind === 'erasure' ? 'guardian-erasure-asked' : 'guardian-copy-asked')
      return made
    },
    list: async (guardian, child) => requests.list(child, (await answering(guardian, child)).actor),
    read: async (guardian, child, id) => requests.read(child, id, (await answering(guardian, child)).actor),
    end: async (guardian, child, id) => {
      const ended = await requests.end(child, id, (await answering(guardian, child)).actor)
      await note(child, 'guardian-took-back')
      return ended
    },
    link: async (guardian, child, id) => requests.link(child, id, (await answering(guardian, child)).actor),
    fetch: async (guardian, child, code) =>
      requests.fetch(child, code, (await answering(guardian, child)).actor),
  }
}
