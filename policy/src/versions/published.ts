import type { Promised } from './promised.ts'
import two from './2.0.json' with { type: 'json' }

/** A version that people may have agreed to: what it promised is frozen, and a test holds it to its hash. // fm.date */
export interface PublishedVersion {
  readonly version: string
  readonly publishedOn: string
  readonly promised: Promised
}

/** Every published version, oldest first. */
export const publishedVersions: readonly PublishedVersion[] = Object.freeze([
  { version: '2.0', publishedOn: '2026-11-22', promised: two as Promised },
])

/** The last published version: what a change is measured against. */
export const lastPublished: PublishedVersion = publishedVersions.at(-1)!
