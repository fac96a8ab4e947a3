import { isoInstant } from '../deps.ts'
import { createSigner, type Vault } from '../privacy/privacy.ts'
import type { ErasureTable } from './data.ts'
import type { Progress } from './erasure.ts'
import { unrecoverableAfterMs } from './places.ts'

export interface Finished
  extends Pick<Progress, 'places' | 'notices'>, Pick<ErasureTable, 'id' | 'started_at'> {
  readonly keyGoneAt: number
  readonly homesEnded: number
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
    homesEnded: done.homesEnded,
    places: done.places,
    // Who had received something by which they could find the erased, and what they said. // pp.4.4.a
    recipients: (done.notices ?? []).map(({ name, state }) => ({ name, result: state })),
    notCovered: ['copies that a person keeps outside of this server', 'snapshots of a file system'],
  })
}
