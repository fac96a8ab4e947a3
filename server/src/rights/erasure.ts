import { newId, type HomeId, type SubjectId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import type { Members } from './ports.ts'
import type { People } from '../people/people.ts'
import type { Sharing } from '../privacy/privacy.ts'
import type { Stores } from '../store/stores.ts'
import { certificateOf } from './certificate.ts'
import type { ErasureTable, StepResult } from './data.ts'
import { nextOf, noticesFor, type Notice } from './erasure-notices.ts'
import { outsideOf, personPlaces, removeRows, type PlaceResult } from './places.ts'
import { beginErasure, changeErasure, erasureOf, planErasure, unfinishedErasures } from './store.ts'

export interface ErasureDeps {
  readonly stores: Pick<Stores, 'facts' | 'vault' | 'erase' | 'expiry'>
  readonly homes: Pick<Homes, 'rolesOf' | 'find' | 'remove' | 'relations' | 'ids' | 'forgetting'>
  readonly members: Members
  readonly people: Pick<People, 'sessions' | 'tokens' | 'claim' | 'farewell'>
  /** Runs while nothing about the person is on its way to anybody. */
  readonly hold: <T>(subject: SubjectId, work: () => Promise<T>) => Promise<T>
  /** Tells recipients of it. */
  readonly notices: Pick<Sharing, 'named' | 'hasEndpoint' | 'tellErased'>
  readonly clock: Clock
  readonly log: Log
  /** Where the certificate of an erasure will be seen. */
  readonly linkTo: (erasure: string) => string
  /** Called before each step; tests end the process there. */
  readonly onStep?: (step: ErasureStep) => void
}
/** The steps in their order: each may be done again, so that a run that broke off begins anew. */
export const erasureSteps = [
  'begin',
  'letter',
  'close',
  'ways',
  'homes',
  'key',
  'rows',
  'files',
  'verify',
  'certify',
] as const
export type ErasureStep = (typeof erasureSteps)[number]

export interface Progress {
  readonly homes: readonly { readonly home: HomeId; readonly goes: boolean }[]
  readonly places: readonly PlaceResult[]
  /** How many homes went, once their ids need not stand here any more. */
  readonly homesEnded?: number
  /** That the last letter has gone and the account is closed. */
  readonly told?: boolean
  /** The recipients that are told; absent until they are known. */
  readonly notices?: readonly Notice[]
}
/** A step that could not be finished now and will be tried again. */
export class ErasureUnfinished extends Error {
  override readonly name = 'ErasureUnfinished'
  readonly code = 'erasure.unfinished'
}

/**
 * Erases a person: a letter and the tombstone first, then ways in, homes, the key, and every row that the data map knows; then the files are
 * cleared, every place is looked at again, and what was found is signed. // pp.4.4.a pp.4.2.1-3 pp.ret.2
 */
export async function erasePerson(
  deps: ErasureDeps,
  subject: SubjectId,
  guardian: SubjectId | null = null,
): Promise<ErasureTable> {
  const { stores, clock } = deps
  const before = await erasureOf(stores.facts, subject)
  if (before === undefined) {
    step(deps, 'begin')
    await planErasure(stores.facts, planned(deps, subject))
  }
  const plan = before ?? (await erasureOf(stores.facts, subject))
  if (plan === undefined) throw new Error('An erasure was begun and stands nowhere.')
  if (plan.finished_at !== null) return plan
  const erasure = await begunOf(deps, subject, plan, guardian)
  step(deps, 'ways')
  await endWays(deps, subject)
  step(deps, 'homes')
  const homes = await homesNow(deps, subject, erasure)
  const begun: Progress = { ...(JSON.parse(erasure.progress) as Progress), homes }
  await endHomes(deps, subject, homes)
  const keyGoneAt = erasure.key_gone_at ?? clock.now()
  // A report that is just leaving would leave without a line about it. // pp.3.1
  const notices = await deps.hold(subject, async () => {
    // Who got what stands in the rows that go.
    const told = begun.notices ?? (await noticesFor(deps.notices, subject, clock.now()))
    await changeErasure(stores.facts, erasure.id, { progress: JSON.stringify({ ...begun, notices: told }) })
    step(deps, 'key')
    await stores.vault.destroyKey({ subject }) // pp.ret.2
    await changeErasure(stores.facts, erasure.id, { key_gone_at: keyGoneAt })
    step(deps, 'rows')
    // Whoever still came in while an address led here: until the key was gone.
    await endWays(deps, subject)
    await removeRows(stores.expiry, subject)
    return told
  })
  await passOnClaim(deps, subject)
  step(deps, 'files')
  stores.erase.dropCopies()
  // A reader that holds an old copy would hold the erased with it: not finished, then, and tried again.
  if (!(await stores.erase.checkpoint())) throw new ErasureUnfinished('A reader keeps an old copy open.')
  step(deps, 'verify')
  const places = await verified(deps, subject, homes)
  const failed = places.filter(({ result }) => result === 'failed')
  await changeErasure(stores.facts, erasure.id, { progress: JSON.stringify({ homes, places, notices }) })
  if (failed.length > 0) throw new ErasureUnfinished(`${failed.length} places still hold something.`)
  step(deps, 'certify')
  const finishedAt = clock.now()
  const homesEnded = homes.filter(({ goes }) => goes).length
  // Where the homes are known no more, their ids need not be either.
  const ended: Progress = { homes: [], places, homesEnded, notices }
  const certificate = await certificateOf(stores.vault, {
    ...erasure,
    ...ended,
    homesEnded,
    keyGoneAt,
    finishedAt,
  })
  const progress = JSON.stringify(ended)
  await changeErasure(stores.facts, erasure.id, {
    progress,
    finished_at: finishedAt,
    certificate,
    tell_at: nextOf(notices),
  })
  deps.log.info('a person was erased')
  return { ...erasure, key_gone_at: keyGoneAt, finished_at: finishedAt, certificate, progress }
}

/** The last letter, whose link is that of the plan however often this breaks off; then, with one write, no way back. */
async function begunOf(
  deps: ErasureDeps,
  subject: SubjectId,
  erasure: ErasureTable,
  guardian: SubjectId | null,
): Promise<ErasureTable> {
  const before = JSON.parse(erasure.progress) as Progress
  if (before.told === true) return erasure
  step(deps, 'letter')
  const certificate = deps.linkTo(erasure.id)
  await deps.people.farewell(subject, { kind: 'erased', certificate })
  // Of the child nothing is left by which they could ask how it went. // pp.6
  if (guardian !== null) await deps.people.farewell(guardian, { kind: 'child-erased', certificate })
  const progress = JSON.stringify({ ...before, told: true })
  step(deps, 'close')
  await beginErasure(deps.stores.facts, { ...erasure, progress })
  return { ...erasure, progress }
}

/** Goes on with what broke off, and answers how many are still not finished. */
export async function resumeErasures(deps: ErasureDeps): Promise<number> {
  let left = 0
  for (const { of_subject: subject } of await unfinishedErasures(deps.stores.facts)) {
    try {
      await erasePerson(deps, subject as SubjectId)
    } catch (error) {
      left += 1
      const code = error instanceof ErasureUnfinished ? error.code : 'server.fault'
      deps.log.error('an erasure is not finished', { code })
    }
  }
  return left
}

function step({ onStep }: ErasureDeps, name: ErasureStep): void {
  onStep?.(name)
}

function planned({ homes, members, clock }: ErasureDeps, subject: SubjectId): ErasureTable {
  const progress: Progress = {
    homes: [...homes.rolesOf(subject).keys()].map((home) => ({
      home,
      goes: members.isLastAdult(home, subject),
    })),
    places: [],
  }
  return {
    id: newId(),
    of_subject: subject,
    progress: JSON.stringify(progress),
    started_at: clock.now(),
    key_gone_at: null,
    finished_at: null,
    certificate: null,
    tell_at: null,
  }
}

async function endWays({ people }: ErasureDeps, subject: SubjectId): Promise<void> {
  await people.sessions.end(subject)
  await people.tokens.end(subject)
}

/** Which homes go, asked again: since the beginning somebody may have come, or the only other adult gone. What was begun is kept to. */
async function homesNow(
  { homes, members, stores }: ErasureDeps,
  subject: SubjectId,
  { id, progress }: ErasureTable,
): Promise<Progress['homes']> {
  const begun = JSON.parse(progress) as Progress
  const held = homes.rolesOf(subject)
  const now = new Map(begun.homes.map(({ home, goes }) => [home, goes]))
  for (const home of held.keys())
    if (homes.find(home) !== undefined) now.set(home, members.isLastAdult(home, subject))
  const settled = [...now].map(([home, goes]) => ({ home, goes }))
  await changeErasure(stores.facts, id, { progress: JSON.stringify({ ...begun, homes: settled }) })
  return settled
}

/** A home goes with its last adult; any other stays with its people, and who is erased is no longer in it. */
async function endHomes(
  { homes, members, stores }: ErasureDeps,
  subject: SubjectId,
  planned: Progress['homes'],
): Promise<void> {
  for (const { home, goes } of planned) {
    if (!goes) {
      await members.depart(home, subject)
      continue
    }
    if (homes.find(home) !== undefined) await homes.remove(home, subject)
    // Should its removal have been cut short after its rows were gone.
    await stores.vault.destroyKey({ home })
  }
  // Also in homes that they had left before.
  for (const forget of homes.forgetting) await forget(subject)
}

/** A server whose claimant is gone is claimed by whoever keeps a home there longest, or by nobody. */
async function passOnClaim({ people, homes }: ErasureDeps, subject: SubjectId): Promise<void> {
  if (people.claim.claimant() !== subject) return
  const owners = homes
    .ids()
    .flatMap((home) => homes.relations.members(home))
    .filter(({ role }) => role === 'owner')
  await people.claim.passOn(owners.toSorted((a, b) => a.since - b.since)[0]?.subject)
}

async function verified(
  { stores, homes }: ErasureDeps,
  subject: SubjectId,
  planned: Progress['homes'],
): Promise<readonly PlaceResult[]> {
  const { vault, expiry } = stores
  const yes = (place: string, isGone: boolean): PlaceResult => ({
    place,
    result: isGone ? 'verified' : ('failed' satisfies StepResult),
  })
  const rows: PlaceResult[] = []
  for (const { place, column } of personPlaces())
    rows.push(
      yes(`${place.store}.${place.table}.${column}`, (await expiry.countOf(place, column, subject)) === 0),
    )
  const isClaimed = (await expiry.countOf({ store: 'facts', table: 'instance' }, 'value', subject)) > 0
  rows.push(yes('facts.instance.value', !isClaimed))
  const keys = [yes('vault.key', !(await vault.hasKey({ subject })))]
  for (const { home, goes } of planned)
    if (goes)
      keys.push(yes('vault.key of a home', !(await vault.hasKey({ home })) && homes.find(home) === undefined))
  return [
    ...keys,
    ...rows,
    yes('write-ahead logs', true),
    yes('copies of before an update', true),
    ...outsideOf(),
  ]
}
