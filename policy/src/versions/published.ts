import type { MapFact } from '../documents/collection-table.ts'
import { currentVersion } from './current.ts'
import type { Promised } from './promised.ts'
import twoFacts from './2.0.facts.json' with { type: 'json' }
import two from './2.0.json' with { type: 'json' }
import twoOneFacts from './2.1.facts.json' with { type: 'json' }
import twoTwoFacts from './2.2.facts.json' with { type: 'json' }
import twoTwo from './2.2.json' with { type: 'json' }
import twoOne from './2.1.json' with { type: 'json' }

/** A version of the two texts: what it promised, and the facts its tables were made from. Frozen once published. // fm.date */
export interface PublishedVersion {
  readonly version: string
  readonly publishedOn: string
  readonly promised: Promised
  readonly facts: readonly MapFact[]
}

const every: readonly PublishedVersion[] = [
  {
    version: '2.0',
    publishedOn: '2026-11-22',
    promised: two as Promised,
    facts: twoFacts as readonly MapFact[],
  },
  {
    version: '2.1',
    publishedOn: '2026-11-30',
    promised: twoOne as unknown as Promised,
    facts: twoOneFacts as readonly MapFact[],
  },
  {
    version: '2.2',
    publishedOn: '2026-11-30',
    promised: twoTwo as unknown as Promised,
    facts: twoTwoFacts as readonly MapFact[],
  },
]
const at = every.findIndex(({ version }) => version === currentVersion)

/** Every published version, oldest first. */
export const publishedVersions: readonly PublishedVersion[] = Object.freeze(every.slice(0, at + 1))

/** The last published version: what a change is measured against. */
export const lastPublished: PublishedVersion = publishedVersions.at(-1)!

/** The version that is being written; while there is one, the program may do more than the published text says. */
export const draftVersion: PublishedVersion | undefined = every[at + 1]
