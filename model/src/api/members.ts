import { z } from 'zod'
import { deviceKinds } from '../devices.ts'
import { locales, roles } from '../homes.ts'
import { personalActs, reachActs } from '../members.ts'
import { id, instant, name } from './common.ts'
import { device, floor, room } from './homes.ts'
import { identifier } from './people.ts'

const mostRules = 500
const mostShares = 10
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const instantText = z.iso.datetime({ precision: 3 })

const target = z.union([
  z.strictObject({ device: id }),
  z.strictObject({ room: id }),
  z.strictObject({ kind: z.enum(deviceKinds) }),
  z.strictObject({ home: z.literal(true) }),
])
export const reachRule = z.strictObject({
  effect: z.enum(['allow', 'deny']),
  on: target,
  acts: z.array(z.enum(reachActs)).min(1).max(reachActs.length),
})
export const hours = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: wallTime,
  to: wallTime,
})
/** What narrows a member beyond the role; see MemberLimits. */
export const memberLimits = z.strictObject({
  reach: z.enum(['all', 'listed']),
  rules: z.array(reachRule).max(mostRules),
  hours: z.array(hours).max(50),
})

/** What decides over a member's place; null takes a part away. */
const place = {
  name: name.nullable().optional(),
  limits: memberLimits.nullable().optional(),
  startsAt: instantText.nullable().optional(),
  endsAt: instantText.nullable().optional(),
  /** The adult of the home that a child hangs on; needed for a child. */
  guardian: id.nullable().optional(),
}
const memberRoles = z.enum(['owner', 'admin', 'adult', 'child', 'guest'])
export const memberEdit = z.strictObject({ ...place, role: memberRoles.optional() })

/** `outside-hours`: a member who reaches nothing now; `waiting`: before the beginning; `no-guardian`: a child without an adult here. */
const state = z.enum(['active', 'outside-hours', 'waiting', 'no-guardian'])
export const member = z.object({
  accountId: id,
  role: z.enum(roles),
  since: instant,
  you: z.boolean(),
  name: z.string().optional(),
  /** When somebody comes and goes is for keepers of the home, oneself and a child's adult: nobody else gets the four below, but of a child that it has no adult here. */
  state: state.optional(),
  /** When they next begin or cease to reach the home; absent when they do not before their end. */
  turnsAt: instant.optional(),
  startsAt: instant.optional(),
  endsAt: instant.optional(),
  guardian: id.optional(),
  /** For keepers of the home and for oneself. */
  limits: memberLimits.optional(),
  /** What they let the caller see of them. */
  contact: z.object({ email: z.string().optional(), phone: z.string().optional() }).optional(),
  /** Of oneself: what one lets the others see. */
  shares: z.array(z.enum(personalActs)).optional(),
})
export const sharesEdit = z.strictObject({
  shares: z.array(z.enum(personalActs)).max(mostShares),
})

export const invitationCreate = z.strictObject({
  role: memberRoles.exclude(['owner']),
  name: name.optional(),
  limits: memberLimits.optional(),
  startsAt: instantText.optional(),
  endsAt: instantText.optional(),
  guardian: id.optional(),
  /** How long the code is good for; three days unless named. */
  hours: z.int().min(1).max(168).optional(),
  /** Whom to send it to; the address is used once and kept nowhere. */
  sendTo: identifier.optional(),
  locale: z.enum(locales).optional(),
})
export const invitation = z.object({
  id,
  role: z.enum(roles),
  name: z.string().optional(),
  limits: memberLimits.optional(),
  startsAt: instant.optional(),
  endsAt: instant.optional(),
  guardian: id.optional(),
  invitedBy: id,
  createdAt: instant,
  expiresAt: instant,
  isExpired: z.boolean(),
})
/** The code is shown this once; the link opens the app with it behind the #. */
export const invitationMade = invitation.extend({ code: z.string(), link: z.string() })
export const invitationCode = z.strictObject({ code: z.string().min(1).max(100) })
/** What somebody learns who holds the code: enough to decide, nothing of what is in the home. */
export const invitationLook = z.object({
  homeName: z.string(),
  inviterName: z.string().optional(),
  role: z.enum(roles),
  expiresAt: instant,
  startsAt: instant.optional(),
  endsAt: instant.optional(),
  hours: z.array(hours),
  /** The zone in which the hours are meant. */
  zone: z.string(),
})

/** With `keep` both own the home afterwards; without it whoever offers becomes an admin. */
export const transferCreate = z.strictObject({ to: id, keep: z.boolean().optional() })
export const transfer = z.object({
  from: id,
  to: id,
  keep: z.boolean(),
  createdAt: instant,
  expiresAt: instant,
})
/**
 * Whether what a member made as a keeper ends when they are removed, or are a keeper no more: access data of the built-in
 * broker, and wall panels whose tablets they let in. It does unless kept; of oneself nothing is kept.
 */
export const memberEnd = z.strictObject({
  credentials: z.enum(['end', 'keep']).optional(),
  panels: z.enum(['end', 'keep']).optional(),
})

/** Ends every other member, invitation and panel of the home; with `credentials` the access data of its broker too. */
export const lockOut = z.strictObject({ credentials: z.boolean() })
export const lockedOut = z.object({
  members: z.int(),
  invitations: z.int(),
  credentials: z.int(),
})

/** What another member gets, as the server decides it. */
export const viewAs = z.object({
  role: z.enum(roles),
  state,
  verbs: z.array(z.string()),
  floors: z.array(floor),
  rooms: z.array(room),
  devices: z.array(device.extend({ acts: z.array(z.enum(reachActs)) })),
})

export type Member = z.infer<typeof member>
export type MemberEdit = z.infer<typeof memberEdit>
export type Invitation = z.infer<typeof invitation>
export type InvitationCreate = z.infer<typeof invitationCreate>
export type InvitationMade = z.infer<typeof invitationMade>
export type InvitationLook = z.infer<typeof invitationLook>
export type Transfer = z.infer<typeof transfer>
export type LockedOut = z.infer<typeof lockedOut>
export type ViewAs = z.infer<typeof viewAs>
