import { z } from 'zod'
import { categories, purposes } from '../privacy.ts'
import { accessOutcomes, caseKinds, staffRoles } from '../staff.ts'
import { id, instant, locale } from './common.ts'
import { identifier, password } from './people.ts'
import { correctedField, requestKinds, requestView } from './rights.ts'

const totp = z.string().min(6).max(12)
const enrolmentCode = z.string().min(8).max(100)
/** The link that was printed once: what to put into an authenticator app. */
export const enrolmentLook = z.strictObject({ code: enrolmentCode })
export const enrolment = z.object({
  name: z.string(),
  role: z.enum(staffRoles),
  secret: z.string(),
  uri: z.string(),
  until: instant,
})
export const enrolmentConfirm = z.strictObject({ code: enrolmentCode, password, totp })
export const staffSignIn = z.strictObject({
  name: z.string().min(1).max(200),
  password: z.string().min(1).max(256),
  totp,
})
export const staffSelf = z.object({
  name: z.string(),
  role: z.enum(staffRoles),
  /** When the sign-in ends by itself. */
  until: instant,
})

export const staffQueue = z.array(
  z.object({
    id,
    kind: z.enum(requestKinds),
    state: requestView.shape.state,
    regime: z.string(),
    receivedAt: instant,
    dueAt: instant,
    isOverdue: z.boolean(),
  }),
)

/** With a case; or, in an emergency, with an address and a reason that the person is shown at once. */
export const openingAsk = z.union([
  z.strictObject({ case: id }),
  z.strictObject({ address: identifier, reason: z.string().trim().min(20).max(500) }),
])
export const openingView = z.object({
  id,
  case: id,
  caseKind: z.enum(caseKinds),
  purpose: z.enum(purposes),
  categories: z.array(z.enum(categories)),
  endsAt: instant,
})
export const openedPerson = z.object({
  opening: openingView,
  email: z.string().optional(),
  phone: z.string().optional(),
  locale: locale.optional(),
  /** The request that is the case. */
  request: z
    .object({
      kind: z.enum(requestKinds),
      state: requestView.shape.state,
      receivedAt: instant,
      dueAt: instant,
      steps: z.array(z.object({ place: z.string(), result: z.string() })),
      /** Of a correction: the field, and what its person says is wrong. */
      about: correctedField.optional(),
      text: z.string().optional(),
    })
    .optional(),
})

export const supportCaseAsk = z.strictObject({ hours: z.int().min(1).max(24) })
export const supportCase = z.object({ id, openedAt: instant, until: instant, isOpen: z.boolean() })
export const accessLogQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,16}-[a-z2-7]{26}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
/** Who looked at a person's data, or tried: by what they are there for, never by their name. */
export const accessLogPage = z.object({
  entries: z.array(
    z.object({
      id,
      at: instant,
      role: z.enum(staffRoles),
      outcome: z.enum(accessOutcomes),
      caseKind: z.enum(caseKinds),
      case: id,
      purpose: z.enum(purposes),
      categories: z.array(z.enum(categories)),
      endsAt: instant.optional(),
      /** What staff wrote for an emergency. */
      reason: z.string().optional(),
      /** Why a try was refused, as a word. */
      refusal: z.string().optional(),
    }),
  ),
  next: z.string().optional(),
})
export type Enrolment = z.infer<typeof enrolment>
export type StaffSelf = z.infer<typeof staffSelf>
export type StaffQueue = z.infer<typeof staffQueue>
export type OpeningAsk = z.infer<typeof openingAsk>
export type OpeningView = z.infer<typeof openingView>
export type OpenedPerson = z.infer<typeof openedPerson>
export type SupportCase = z.infer<typeof supportCase>
export type AccessLogQuery = z.infer<typeof accessLogQuery>
export type AccessLogPage = z.infer<typeof accessLogPage>
