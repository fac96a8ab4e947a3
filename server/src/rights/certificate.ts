import { isoInstant } from '../deps.ts'
import { createSigner, type Vault } from '../privacy/privacy.ts'
import type { ErasureTable } from './data.ts'
import type { Progress } from './erasure.ts'
import { unrecoverableAfterMs } from './places.ts'

export interface Finished extends Progress, Pick<ErasureTable, 'id' | 'started_at'> {
  readonly keyGoneAt: number
  readonly finishedAt: number
}

/** A statement that names nobody, signed as everything is that people take away. // pp.ret.2 */
export function certificateOf(vault: Pick<Vault, 'ownKey'>, done: Finished): Promise<string> {
  return createSigner(vault).sign('eaves-erasure', {
    erasure: done.id,
    startedAt: isoInstant(done.started_at),
    keyDestroyedAt: isoInstant(done.keyGoneAt),
    verifiedAt: isoInstant(done.finishedAt),
    // A copy of the vault may live this long: before it nobody can say that nothing can be read again.
    unrecoverableAt: isoInstant(done.keyGoneAt + unrecoverableAfterMs),
    homesEnded: done.homes.filter(({ goes }) => goes).length,
    places: done.places,
    notCovered: ['copies that a person keeps outside of this server', 'snapshots of a file system'],
  })
}
