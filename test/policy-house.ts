import type { HomeId, SubjectId } from '@eaves/model'
import type { Promised } from '@eaves/policy'
import { ownVersions } from '../server/src/privacy/catalogue.ts'
import type { TextVersion } from '../server/src/privacy/privacy.ts'
import { openInHouse, type InHouse } from './in-house.ts'

const [base] = ownVersions().slice(-1) as [TextVersion]
/** The texts of now under another version, with a paragraph more in one section of the second. */
function version(name: string, promised: Promised, more?: string): TextVersion {
  return {
    ...base,
    version: name,
    promised,
    texts: base.texts.map((text) => ({
      ...text,
      version: name,
      sections: text.sections.map((section) =>
        more !== undefined && section.id === 'contact'
          ? { ...section, blocks: [...section.blocks, { kind: 'paragraph', text: [more] } as const] }
          : section,
      ),
    })),
  }
}
const { 'account.search-history': _search, ...purposes } = base.promised.purposes
const withoutSearches = Object.fromEntries(
  Object.entries(base.promised.uses).map(([category, uses]) => [
    category,
    Object.fromEntries(Object.entries(uses).filter(([purpose]) => purpose !== 'account.search-history')),
  ]),
)

export interface PolicyHouse {
  readonly inside: InHouse
  readonly owner: SubjectId
  readonly home: HomeId
  /** Publishes a second version: `choice` adds a purpose that is one, `contact` also names somebody else to ask. */
  readonly publish: (change: 'choice' | 'contact') => Promise<void>
}

/** A house whose person agreed to a first version of the texts, with a second that waits to be published. */
export async function openPolicyHouse(): Promise<PolicyHouse> {
  const older: Promised = { ...base.promised, purposes, uses: withoutSearches }
  const texts = [version('7.0', older)]
  const opened = await agreedTo(texts)
  const { inside } = opened
  return {
    ...opened,
    publish: async (change) => {
      const contacts = { ...base.promised.contacts, household: 'somebody else' }
      texts.push(
        version(
          '7.1',
          change === 'choice' ? base.promised : { ...base.promised, contacts },
          'A paragraph that is new.',
        ),
      )
      await inside.house.privacy.start()
      inside.clock.advance(6_000)
    },
  }
}

/** A claimed house with a home, whose person agreed to the last of these texts. */
export async function agreedTo(
  texts: readonly TextVersion[],
  more: Parameters<typeof openInHouse>[2] = {},
): Promise<Omit<PolicyHouse, 'publish'>> {
  const inside = await openInHouse('sqlite', Date.now(), { texts, ...more })
  const { house, codes } = inside
  const { subject: owner } = await house.people.claim.claim({
    code: codes.at(-1)!,
    identifier: { email: 'owner@example.org' },
    acts: house.privacy.currentActs('en', 'EU'),
    surface: 'app',
    place: { address: '192.0.2.0' },
  })
  const home = await house.createHome(owner, { name: 'Elm Street', zone: 'Europe/Berlin' })
  return { inside, owner, home }
}
