// What tests of a new version share: versions that differ in one thing, and a server that is given them.
import type { Promised } from '@eaves/policy'
import { openPeople } from '../../people/testing.ts'
import { quietLog, type TestClock, type TestStores } from '../../store/testing.ts'
import { ownVersions, type TextVersion } from '../catalogue.ts'
import { createPrivacy, nothingShared, type PrivacyDeps } from '../privacy.ts'

export const dayMs = 86_400_000
export const [before] = ownVersions().slice(-1) as [TextVersion]
const { 'account.search-history': _search, ...withoutSearch } = before.promised.purposes
/** As if the version of now had not known of kept searches: then they are new in the next one, and a choice. */
const older: Promised = {
  ...before.promised,
  purposes: withoutSearch,
  uses: Object.fromEntries(
    Object.entries(before.promised.uses).map(([category, uses]) => [
      category,
      Object.fromEntries(Object.entries(uses).filter(([purpose]) => purpose !== 'account.search-history')),
    ]),
  ),
}
export const as = (version: string, promised: Promised, publishedOn = '2026-01-01'): TextVersion => ({
  ...before,
  version,
  publishedOn,
  promised,
  texts: before.texts.map((text) => ({ ...text, version, publishedOn })),
})
export const added: readonly TextVersion[] = [as('7.0', older), as('7.1', before.promised, '2026-01-02')]
export const contacts: readonly TextVersion[] = [
  as('7.0', before.promised),
  as('7.1', { ...before.promised, contacts: { ...before.promised.contacts, household: 'another' } }),
]
export const small: readonly TextVersion[] = [as('7.0', before.promised), as('7.1', older)]

/** Somebody who agreed to the first of the versions, and the server after it was given the others. */
export async function changed(at: TestStores, versions: readonly TextVersion[]) {
  const t = await openPeople(at)
  const { subject } = await t.claimed()
  const { facts, vault, stops, jobs } = at.stores
  const sharing = nothingShared(jobs)
  const clock = at.options.clock as TestClock
  const common = {
    facts,
    role: 'household',
    clock,
    log: quietLog,
    activity: t.activity,
    vault,
    stops,
    sharing,
  } as const
  const first = createPrivacy({ ...common, versions: versions.slice(0, 1) })
  await first.start()
  clock.advance(1000)
  await first.act(subject, first.currentActs('en', 'EU'), 'app')
  clock.advance(1000)
  const open = async (more: Partial<PrivacyDeps> = {}) => {
    const privacy = createPrivacy({ ...common, versions, ...more })
    await privacy.start()
    return privacy
  }
  return { t, subject, clock, first, open }
}
