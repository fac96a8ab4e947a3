import { z } from 'zod'

export const filled = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .refine((text) => !placeholder.test(text), 'placeholder')
/** Words that stand where a real entry belongs. */
const placeholder =
  /\b(?:todo|tbd|fixme|changeme|change me|lorem|placeholder|your (?:name|company|address|e-?mail)|example\.(?:com|org|net)|x{3,})\b|^[^\p{L}\p{N}]+$|[<>{}]/iu
const orReason = z.union([
  z.strictObject({ name: filled, contact: filled }),
  z.strictObject({ notRequired: filled.min(10) }),
])
export const webAddress = filled.refine((text) => /^https:\/\/[^\s/]+\.[^\s/]+/.test(text), 'https-address')

/** Who answers for a hosted service: everything the source policy left blank. // fm.controller */
export const operator = z.strictObject({
  controller: z.strictObject({ name: filled, address: filled }),
  privacyContact: filled,
  dataProtectionOfficer: orReason,
  euRepresentative: orReason,
  complaintChannel: filled,
  affiliatesUrl: z.union([webAddress, z.strictObject({ notRequired: filled.min(10) })]),
})
export type Operator = z.infer<typeof operator>

/** Reads the text of operator.json; the faults name each field that is missing, empty or a placeholder. */
export function readOperator(
  text: string | undefined,
): { readonly operator: Operator } | { readonly faults: readonly string[] } {
  if (text === undefined) return { faults: ['operator.json is missing'] }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { faults: ['operator.json is not valid JSON'] }
  }
  const read = operator.safeParse(json)
  if (read.success) return { operator: read.data }
  return {
    faults: read.error.issues.map(
      (issue) =>
        `${issue.path.join('.') || 'operator.json'}: ${issue.code === 'custom' ? issue.message : issue.code.replaceAll('_', ' ')}`,
    ),
  }
}
