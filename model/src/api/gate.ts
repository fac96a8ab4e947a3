import { z } from 'zod'
import { operatingRoles } from '../homes.ts'
import { purposes } from '../privacy.ts'
import { locale, region } from './common.ts'

export const documentId = z.enum(['agreement', 'privacy'])
export const documentEntry = z.object({ document: documentId, version: z.string(), locale, sha256: z.string(), title: z.string(), publishedAt: z.string() })

/** The two acts: accept the agreement, acknowledge the privacy statement, each naming the exact text shown. // sa.1 */
export const acts = z.strictObject({
  agreement: z.strictObject({ act: z.literal('accept'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  privacy: z.strictObject({ act: z.literal('acknowledge'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  locale, region,
})
export const choices = z.partialRecord(z.enum(purposes), z.boolean())

export const gate = z.object({
  role: z.enum(operatingRoles),
  claimed: z.boolean(),
  documents: z.array(documentEntry),
  /** Optional purposes, generated from the data map; every switch starts off. */
  purposes: z.array(z.object({
    purpose: z.enum(purposes), name: z.string(), what: z.string(), why: z.string(), effectOfNo: z.string(), clauses: z.array(z.string()), keptFor: z.string(), recipients: z.array(z.string()),
  })),
  /** What signing up asks for, why, and what follows from refusing: shown beside the fields. // pp.lb.3 */
  notices: z.array(z.object({ field: z.string(), category: z.string(), mandatory: z.string(), why: z.string(), keptFor: z.string(), recipients: z.array(z.string()) })),
})
export type Gate = z.infer<typeof gate>
export type Acts = z.infer<typeof acts>
export type Choices = z.infer<typeof choices>
export type DocumentEntry = z.infer<typeof documentEntry>
