import type { PolicyDocument } from '../ast.ts'
import type { Replaced } from '../2.1/build.ts'

const version = '2.2'
const publishedOn = '2026-11-30'

/** A document of this version: the one before, with the sections that were written anew. */
export const after = (before: PolicyDocument, replaced: Replaced): PolicyDocument => ({
  ...before,
  version,
  publishedOn,
  sections: before.sections.map((section) => ({
    ...section,
    blocks: replaced[section.id] ?? section.blocks,
  })),
})

/** The blocks of a section as it stood before. */
export const blocksOf = (document: PolicyDocument, id: string) =>
  document.sections.find((section) => section.id === id)!.blocks
