import { z } from 'zod'
import { instant, locale } from './common.ts'
import { block, documentEntry, documentId } from './gate.ts'

/** Something that a version does to people and the clause that makes it large; `text` says it in the asked language. // pp.7.3 */
export const policyChange = z.object({ clause: z.string(), kind: z.string(), text: z.string() })

/** One version of the two texts, or the source policy that came before them. // fm.date pp.7.1 */
export const versionEntry = z.object({
  version: z.string(),
  /** `source`: the policy that ours was made from, never offered for agreement and not shown. */
  standing: z.enum(['source', 'past', 'announced', 'current']),
  publishedOn: z.string(),
  /** Absent where this server never offered it. */
  publishedAt: instant.optional(),
  effectiveAt: instant.optional(),
  noticeDays: z.int(),
  title: z.string().optional(),
  sha256: z.string().optional(),
  documents: z.array(documentEntry),
  changes: z.array(policyChange),
  /** Of the source: its defects and what became of each. */
  errata: z.array(z.object({ clauses: z.array(z.string()), defect: z.string(), mended: z.string() })),
})

/** What two versions say differently, section by section, with the clauses that stand there. // pp.7.1 */
export const versionChanges = z.object({
  from: z.string(),
  to: z.string(),
  locale,
  changes: z.array(policyChange),
  documents: z.array(
    z.object({
      document: documentId,
      title: z.string(),
      sections: z.array(
        z.object({
          id: z.string(),
          heading: z.string(),
          clauses: z.array(z.string()),
          blocks: z.array(z.object({ change: z.enum(['added', 'removed']), block })),
        }),
      ),
    }),
  ),
  /** From the source policy, of which only summaries are kept: what each clause was, and where it stands now. */
  clauses: z.array(
    z.object({
      clause: z.string(),
      title: z.string(),
      was: z.string(),
      document: documentId,
      section: z.string(),
    }),
  ),
})

/** How a promise is kept: by which files, shown by which tests; or why nothing runs, or what is missing. */
export const promiseEntry = z.object({
  clause: z.string(),
  title: z.string(),
  document: documentId,
  section: z.string(),
  state: z.enum(['kept', 'statement', 'later']),
  lines: z.array(z.string()),
  tests: z.array(z.string()),
  /** Why nothing runs, or what is missing. */
  reason: z.string().optional(),
  /** What holds until it is there. */
  refused: z.string().optional(),
  /** What this server did last. */
  evidence: z.array(z.object({ kind: z.enum(['retention', 'published']), at: instant, count: z.int() })),
})
export type PolicyChange = z.infer<typeof policyChange>
export type VersionEntry = z.infer<typeof versionEntry>
export type VersionChanges = z.infer<typeof versionChanges>
export type PromiseEntry = z.infer<typeof promiseEntry>
