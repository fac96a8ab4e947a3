import { newId, type SubjectId } from '@eaves/model'
import type { SearchRow } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import { stackOf, type Log } from '../log.ts'
import type { Db, Facts } from '../store/stores.ts'
import { addSearch, asSearching, removeSearches, searchesOf } from './store.ts'

const longestText = 200

export interface SearchesDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly log: Log
  /** Whether the person chose to have their searches kept. */
  readonly chosen: (subject: SubjectId) => Promise<boolean>
  /** Whether that counts now: a restriction keeps what there is and adds nothing. // pp.4.4.c */
  readonly mayKeep: (subject: SubjectId) => Promise<boolean>
}
/** What a person searched for: kept only while they want it, for nobody but them. // pp.2.2.3 */
export interface Searches {
  /** Keeps a search if the person chose so. Never throws: the search itself goes on. */
  readonly note: (subject: SubjectId, text: string) => Promise<void>
  readonly list: (subject: SubjectId) => Promise<SearchRow[]>
  readonly remove: (subject: SubjectId) => Promise<void>
}

export function createSearches({ facts, clock, log, chosen, mayKeep }: SearchesDeps): Searches {
  const write = async (subject: SubjectId, text: string) => {
    if (!(await mayKeep(subject))) return
    const handle = asSearching(facts, subject)
    const id = newId()
    await addSearch(handle, {
      subject,
      id,
      at: clock.now(),
      text: await handle.seal('search_log', 'text', id, text),
    })
    // The choice may have been withdrawn between the look and the row.
    if (!(await chosen(subject))) await removeSearches(handle)
  }
  return {
    note: async (subject, given) => {
      const text = searchWords(given)
      if (text === '') return
      await write(subject, text).catch((error: unknown) =>
        log.warn('search.not-kept', { stack: stackOf(error) }),
      )
    },
    list: async (subject) => {
      const handle = asSearching(facts, subject)
      const cells = await handle.cells()
      return (await searchesOf(handle)).map((row) => ({
        id: row.id,
        at: isoInstant(row.at),
        text: cells.open('search_log', 'text', row.id, row.text),
      }))
    },
    remove: (subject) => removeSearches(asSearching(facts, subject)),
  }
}

/** One line of plain words: control characters, line breaks and halves of characters become spaces. */
export function searchWords(text: string): string {
  return Array.from(
    text
      .slice(0, 4 * longestText)
      .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
      .trim(),
  )
    .slice(0, longestText)
    .join('')
    .trim()
}
