import { AppError, type OperatingRole } from '@eaves/model'
import { createActivity } from '../activity/activity.ts'
import type { Clock, Log } from '../deps.ts'
import { createPrivacy, nothingShared, Retention } from '../privacy/privacy.ts'
import { noteEpoch } from '../store/epochs.ts'
import { instanceValue } from '../store/instance.ts'
import { mapRows } from '../store/schema.ts'
import type { Stores } from '../store/stores.ts'
import { replayErasures } from './replay.ts'
import { claimIsOf, endSignIns, makeOwner, membersOf, openNames } from './store.ts'

export interface Settled {
  readonly homes: number
  readonly removedRows: number
}

/** What must happen to older data before anybody looks: the erased go, what has outlived its time goes, sign-ins end; then something sealed must open. // pp.ret.1 pp.ret.2 */
export async function settleStores(stores: Stores, clock: Clock, log: Log): Promise<Settled> {
  const { vault, facts, erase } = stores
  const gone = new Set((await vault.tombstones.after(0)).map(({ id }) => id))
  let removedRows = await replayErasures(stores, mapRows(), [...gone])
  await passOn(facts, gone)
  removedRows += await retained(stores, clock, log)
  await endSignIns(facts)
  await noteEpoch(stores)
  erase.dropCopies()
  if (!(await erase.checkpoint())) throw new AppError('server.busy')
  return { homes: await openNames(facts), removedRows }
}

const heirs = ['admin', 'adult'] as const
/** A home whose owner is gone is the longest-standing other adult's, and the claim of the server follows: as it was when they went. */
async function passOn(facts: Stores['facts'], gone: ReadonlySet<string>): Promise<void> {
  for (const [home, members] of Map.groupBy(await membersOf(facts), (each) => each.home_id)) {
    if (members.some(({ role }) => role === 'owner')) continue
    const [heir] = heirs.flatMap((role) => members.filter((each) => each.role === role))
    if (heir !== undefined) await makeOwner(facts, home, heir.subject)
  }
  const claimant = await instanceValue(facts, 'claimed_by')
  if (claimant === undefined || !gone.has(claimant)) return
  await claimIsOf(facts, (await membersOf(facts)).find(({ role }) => role === 'owner')?.subject)
}

async function retained(stores: Stores, clock: Clock, log: Log): Promise<number> {
  const { facts, vault, stops } = stores
  const role = ((await instanceValue(facts, 'role')) ?? 'household') as OperatingRole
  const activity = createActivity({ facts, stops, clock, log })
  const { has } = createPrivacy({
    facts,
    role,
    clock,
    log,
    activity,
    vault,
    stops,
    sharing: nothingShared(stores.jobs),
  })
  const retention = new Retention({ stores, clock, log, has, settle: async () => undefined })
  return (await retention.run()).reduce((sum, { rows }) => sum + rows, 0) // pp.ret.1
}
