import { dataMap, type StoreMap } from '../store/schema.ts'
import type { Expiry, Place } from '../store/stores.ts'
import { namingColumns } from './belongings.ts'
import type { StepResult } from './data.ts'

export interface PlaceResult {
  readonly place: string
  readonly result: StepResult
  /** Of what is kept: why, and until when at the latest. */
  readonly reason?: string
  readonly days?: number
}
export interface PersonPlace {
  readonly place: Place
  readonly column: string
  readonly how: 'row' | 'cleared' | 'blank'
}

/** Every column of the three stores that can hold a person's id, and what an erasure does there; by looping over the data map. // pp.4.4.a */
export function personPlaces(
  map: Readonly<Record<Place['store'], StoreMap>> = dataMap,
): readonly PersonPlace[] {
  return (['facts', 'history', 'vault'] as const).flatMap((store) =>
    Object.entries(map[store]).flatMap(([table, entry]): PersonPlace[] => {
      const place = { store, table }
      const own =
        entry.path.to === 'subject' ? [{ place, column: entry.path.column, how: 'row' as const }] : []
      const named = namingColumns(entry).map((column) => {
        const field = entry.columns[column]
        const how = field?.class === 'reference' ? field.erased : undefined
        if (how === undefined) throw new Error(`Nobody has said what an erasure does to ${table}.${column}.`)
        return { place, column, how }
      })
      return [...own, ...named]
    }),
  )
}

/** Removes all rows of a person, also those that are only ever added, and their id from the rows of others. May be done again; answers how many rows it touched. // pp.ret.2 */
export async function removeRows(expiry: Expiry, subject: string): Promise<number> {
  let touched = 0
  for (const { place, column, how } of personPlaces())
    touched +=
      how === 'row'
        ? await expiry.removeOf(place, column, subject)
        : await expiry.writeOf(place, column, subject, how === 'cleared' ? null : '')
  return touched
}

const vaultBackupDays = 7
const messageDays = 1
/** The longest period over which tries are counted. */
const countDays = 1

/** What no deletion here reaches at once, with the day by which it is gone. */
export function outsideOf(): readonly PlaceResult[] {
  return [
    // A copy of the vault holds the key until it is thrown away: the honest date is this one.
    { place: 'vault backups', result: 'kept', reason: 'they run out by themselves', days: vaultBackupDays },
    {
      place: 'messages already written',
      result: 'kept',
      reason: 'they are removed after a day',
      days: messageDays,
    },
    {
      place: 'vault.counter',
      result: 'kept',
      reason: 'keyed hashes by which tries are counted, until their day ends',
      days: countDays,
    },
  ]
}
/** How long after the destruction of a key the last copy of it can live. */
export const unrecoverableAfterMs = vaultBackupDays * 86_400_000
