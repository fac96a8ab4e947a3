import type { DocumentId, SectionId } from '../documents/ast.ts'

/**
 * `executable`: lines keep it and tests show it. `declaratory`: nothing can execute it, for this reason.
 * `later`: not kept yet; what is missing, and what is refused until then. The published text does not promise it.
 */
export type ClauseKind =
  | { readonly is: 'executable' }
  | { readonly is: 'declaratory'; readonly reason: string }
  | { readonly is: 'later'; readonly missing: string; readonly refused: string }

/** One promise: what it says in our own words, where the living document says it, and whether code can keep it. */
export interface ClauseEntry {
  readonly title: string
  /** The clause of the source policy in our own words, before its defects were mended. */
  readonly summary: string
  readonly anchor: { readonly document: DocumentId; readonly section: SectionId }
  readonly kind: ClauseKind
  /** Files of this package, from its root, whose lines enforce the clause; a test looks for the id in each. */
  readonly keptBy?: readonly string[]
}

type Place<D extends DocumentId> = readonly [document: D, section: SectionId]

/** An entry that code keeps. */
export function executable(
  title: string,
  summary: string,
  [document, section]: Place<DocumentId>,
  keptBy?: readonly string[],
): ClauseEntry {
  return {
    title,
    summary,
    anchor: { document, section },
    kind: { is: 'executable' },
    ...(keptBy === undefined ? {} : { keptBy }),
  }
}

/** An entry that nothing can execute, with the reason. */
export function declaratory(
  title: string,
  summary: string,
  [document, section]: Place<DocumentId>,
  reason: string,
): ClauseEntry {
  return { title, summary, anchor: { document, section }, kind: { is: 'declaratory', reason } }
}

/** An entry that code will keep, with what is missing and what is refused until then. */
export function later(
  title: string,
  summary: string,
  [document, section]: Place<DocumentId>,
  { missing, refused }: { readonly missing: string; readonly refused: string },
): ClauseEntry {
  return { title, summary, anchor: { document, section }, kind: { is: 'later', missing, refused } }
}
