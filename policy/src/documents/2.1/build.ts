import type { ClauseId } from '../../clauses.ts'
import { clauses } from '../../clauses.ts'
import { keeps, type Block, type PolicyDocument, type Section, type SectionId } from '../ast.ts'

/** The sections that say something else than before; the others are taken over word for word. */
export type Replaced = Readonly<Partial<Record<SectionId, readonly Block[]>>>

export const version = '2.1'
export const publishedOn = '2026-11-30'

/** A document of this version: the sections of the one before, in their order, with those that were written anew. */
export function next(before: PolicyDocument, replaced: Replaced): PolicyDocument {
  return {
    ...before,
    version,
    publishedOn,
    sections: before.sections.map((section) => {
      const blocks = replaced[section.id]
      return blocks === undefined ? takenOver(section) : { ...section, blocks }
    }),
  }
}

/** A section taken over makes every promise that stands in it; one that is not kept must be written anew. */
function takenOver(section: Section): Section {
  const [first, ...rest] = section.blocks
  const held: readonly ClauseId[] = section.clauses.filter((id) => clauses[id].kind.is !== 'declaratory')
  return first === undefined ? section : { ...section, blocks: [keeps(held, first), ...rest] }
}
