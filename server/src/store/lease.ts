import { AppError, newId } from '@eaves/model'
import type { Clock } from '../deps.ts'
import type { Db, InstanceHandle } from './handle.ts'
import type { Facts } from './schema.ts'

/** A hub has one partition; its epoch rises at every start, so that a process that was taken over can write no more. */
export interface Lease {
  /** Takes the partition; every earlier holder is fenced from now on. */
  acquire(): Promise<number>
  /** Runs writes in one transaction with the proof that this epoch still holds the partition. */
  fenced<R>(epoch: number, fn: (handle: InstanceHandle<Facts>) => Promise<R>): Promise<R>
}

const onlyPart = 0
const holdMs = 3_000

export function createLease(facts: Db<Facts>, clock: Clock): Lease {
  const owner = newId()
  const db = () =>
    facts.as({
      scope: { instance: true },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
  return {
    acquire: async () => {
      const { epoch } = await db()
        .updateTable('partition_lease')
        .set((eb) => ({ owner, epoch: eb('epoch', '+', 1), expires: clock.now() + holdMs }))
        .where('part', '=', onlyPart)
        .returning('epoch')
        .executeTakeFirstOrThrow()
      return epoch
    },
    fenced: (epoch, fn) =>
      db().transaction(async (handle) => {
        const held = await handle
          .updateTable('partition_lease')
          .set((eb) => ({ seq: eb('seq', '+', 1), expires: clock.now() + holdMs }))
          .where('part', '=', onlyPart)
          .where('epoch', '=', epoch)
          .where('owner', '=', owner)
          .returning('seq')
          .executeTakeFirst()
        if (!held) throw new AppError('server.busy', { detail: 'Another process has taken over this home.' })
        return fn(handle)
      }),
  }
}
