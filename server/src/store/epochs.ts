import type { HomeId, SubjectId } from '@eaves/model'
import { StartError } from '../start-error.ts'
import { instanceValue, keepInstanceValue } from './instance.ts'
import type { Stores } from './stores.ts'

const epochKey = 'erasure-epoch'
/** Ids of one query. */
const atOnce = 500
type Parts = Pick<Stores, 'facts' | 'vault'>

/**
 * Refuses data that does not know of an erasure that its vault has carried out, and a vault that does not know of one that the
 * data has seen: somebody would be back. What an erasure that broke off has left is not that: it goes on by itself. // pp.ret.2
 */
export async function refuseBehind({ facts, vault }: Parts): Promise<void> {
  const seen = Number((await instanceValue(facts, epochKey)) ?? 0)
  const after = await vault.tombstones.after(seen)
  const newest = after.at(-1)?.epoch ?? (await vault.tombstones.after(0)).at(-1)?.epoch ?? 0
  if (newest < seen)
    throw new StartError(
      `The vault is older than the data beside it: it knows ${newest} erasures, the data ${seen}, and keys that were destroyed would be back. Put back the newest vault, or restore a backup with "eaves restore".`,
    )
  const back = await stillThere(
    facts,
    after.map(({ id }) => id),
  )
  if (back > 0)
    throw new StartError(
      `The data is older than the vault beside it: ${back} people or homes that have been erased since are in it again. Put back the newest data; or have those erasures carried out once more on this data with "eaves replay"; or restore a backup with "eaves restore", which does so.`,
    )
}

/** Of these ids those that people or homes have who are in the data as if nothing had happened. */
async function stillThere(facts: Parts['facts'], gone: readonly string[]): Promise<number> {
  const db = facts.as({
    scope: { instance: true },
    actor: { kind: 'system', part: 'start' },
    purpose: 'service.core',
  })
  let found = 0
  for (let from = 0; from < gone.length; from += atOnce) {
    const ids = gone.slice(from, from + atOnce)
    const people = await db
      .selectFrom('account')
      .select('subject')
      .where('subject', 'in', ids as SubjectId[])
      .where('closed_at', 'is', null)
      .execute()
    const homes = await db
      .selectFrom('home')
      .select('home_id')
      .where('home_id', 'in', ids as HomeId[])
      .execute()
    found += people.length + homes.length
  }
  return found
}

/** The data has seen every erasure of its vault. */
export async function noteEpoch({ facts, vault }: Parts): Promise<void> {
  const newest = (await vault.tombstones.after(0)).at(-1)?.epoch ?? 0
  await keepInstanceValue(facts, epochKey, String(newest))
}

/** Keeps it noted with each erasure from now on. What cannot be noted now is looked at again with the next start. */
export async function keepEpochNoted(parts: Parts): Promise<void> {
  await noteEpoch(parts)
  parts.vault.tombstones.onAdded(() => void noteEpoch(parts).catch(() => undefined))
}
