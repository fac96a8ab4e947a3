import { z } from 'zod'
import { commandStatuses, deviceActs, deviceKinds } from '../devices.ts'
import { isZone, roles } from '../homes.ts'
import { id, instant, name } from './common.ts'

export const zone = z.string().max(64).refine(isZone, 'not an IANA zone')
export const homeCreate = z.strictObject({ name, zone })
export const homeEdit = z.strictObject({ name: name.optional(), zone: zone.optional() })
export const home = z.object({
  id,
  name: z.string(),
  zone: z.string(),
  role: z.enum(roles),
  /** Only when something narrows the caller's access in time: whether it is open now, and until when. */
  access: z
    .object({ isOpen: z.boolean(), turnsAt: instant.optional(), endsAt: instant.optional() })
    .optional(),
  /** Acts of the role in this home, for showing only what can be done; the server decides again each time. */
  verbs: z.array(z.string()),
})
export const floorCreate = z.strictObject({ name })
export const floorEdit = z.strictObject({
  name: name.optional(),
  position: z.int().min(0).max(1000).optional(),
})
export const floor = z.object({ id, name: z.string(), position: z.int() })
export const roomCreate = z.strictObject({ name, floor: id.nullable().optional() })
export const roomEdit = z.strictObject({
  name: name.optional(),
  floor: id.nullable().optional(),
  position: z.int().min(0).max(1000).optional(),
})
export const room = z.object({ id, name: z.string(), floor: id.nullable(), position: z.int() })

const value: z.ZodType<unknown> = z.json()
export const attribute = z.union([z.boolean(), z.number(), z.string()])
export const part = z.object({
  id: z.string(),
  capabilities: z.record(z.string(), z.record(z.string(), attribute)),
  vendor: z.record(z.string(), value),
})
export const device = z.object({
  id,
  name: z.string(),
  kind: z.enum(deviceKinds),
  room: id.nullable(),
  roomName: z.string().nullable(),
  online: z.boolean(),
  driver: z.string(),
  isNew: z.boolean(),
  lastSeen: instant.optional(),
  stale: z.boolean().optional(),
  /** Since when it has said nothing though it usually would have. */
  silentSince: instant.optional(),
  /** A keeper has said that it is to be treated as a lock. */
  guarded: z.boolean().optional(),
  /** How long it may stand open before keepers are told, where that is not the usual ten minutes. */
  openMinutes: z.int().optional(),
  parts: z.array(part),
})
const limits = z.object({
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  values: z.array(z.string()).optional(),
})
export const partShape = z.object({
  id: z.string(),
  name: z.string().optional(),
  capabilities: z.record(
    z.string(),
    z.object({
      attributes: z.array(z.string()),
      commands: z.array(z.string()),
      events: z.array(z.string()).optional(),
      limits: z.record(z.string(), limits).optional(),
    }),
  ),
  vendor: z.record(
    z.string(),
    z.object({
      type: z.enum(['number', 'text', 'boolean', 'enum', 'list', 'composite']),
      name: z.string(),
      description: z.string().optional(),
      unit: z.string().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      step: z.number().optional(),
      values: z.array(z.string()).optional(),
      readable: z.boolean(),
      writable: z.boolean(),
      category: z.enum(['state', 'config', 'diagnostic']),
    }),
  ),
})
export const deviceDetail = device.extend({
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  firmware: z.string().optional(),
  confirmable: z.boolean(),
  problems: z.array(z.string()),
  addedAt: instant,
  /** What can be asked of its bridge for it. */
  acts: z.array(z.enum(deviceActs)),
  interview: z.enum(['waiting', 'running', 'done', 'failed']).optional(),
  /** The devices of a group. */
  members: z.array(id).optional(),
  /** The groups it is in. */
  groups: z.array(id),
  connection: id.optional(),
  shapes: z.array(partShape),
  privacy: z.object({
    categories: z.array(z.string()),
    recipients: z.array(z.string()),
    reach: z.enum(['local', 'cloud']),
  }),
})
export const deviceEdit = z.strictObject({
  name: name.optional(),
  room: id.nullable().optional(),
  isNew: z.literal(false).optional(),
  /** How long it may stand open before keepers are told; null is the usual ten minutes. */
  openMinutes: z.int().min(1).max(1_440).nullable().optional(),
})

export const commandRequest = z.strictObject({
  part: z.string().max(120).optional(),
  capability: z.string().max(64),
  command: z.string().max(64),
  args: z.record(z.string().max(120), value).optional(),
  idempotencyKey: z.string().min(1).max(128).optional(),
  /** What a lock, garage door or alarm may ask for: the member's PIN, or the panel's. It is compared and kept nowhere. */
  confirm: z.strictObject({ pin: z.string().max(64) }).optional(),
})
export const command = z.object({
  id,
  device: id,
  status: z.enum(commandStatuses),
  at: z.object({
    accepted: instant,
    sent: instant.optional(),
    confirmed: instant.optional(),
    ended: instant.optional(),
  }),
  reason: z.object({ code: z.string(), detail: z.string().optional() }).optional(),
  confirmable: z.boolean(),
  recorded: z.boolean().optional(),
})

export const stepState = z.enum(['waiting', 'running', 'done', 'failed'])
export const onboardingStep = z.object({
  id: z.string(),
  name: z.string(),
  state: stepState,
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  usualSeconds: z.number(),
  error: z
    .object({ code: z.string(), title: z.string(), todo: z.string(), detail: z.string().optional() })
    .optional(),
})
export const onboardingCreate = z.strictObject({
  driver: z.string().max(40),
  config: z.record(z.string(), value),
})
/** Without settings, and without a body, it is tried again as it was. */
export const onboardingRetry = z.strictObject({ config: z.record(z.string(), value).optional() }).optional()
export const onboarding = z.object({
  id,
  driver: z.string(),
  connection: id.optional(),
  state: z.enum(['running', 'done', 'failed']),
  steps: z.array(onboardingStep),
  found: z.int(),
})
export const connection = z.object({
  id,
  driver: z.string(),
  name: z.string(),
  source: z.enum(['person', 'environment']),
  state: z.enum(['connecting', 'online', 'offline', 'failed']),
  error: z.object({ code: z.string(), title: z.string(), todo: z.string() }).optional(),
  since: instant,
  devices: z.int(),
})
const longestTopicPath = 128
const mostTopicLevels = 8
const topicPath = z
  .string()
  .min(1)
  .max(longestTopicPath)
  .refine(
    (text) =>
      !/[+#\p{Cc}]/u.test(text) &&
      !text.startsWith('$') &&
      text.split('/').length <= mostTopicLevels &&
      text.split('/').every((level) => level !== ''),
    'not the beginning of a topic',
  )
/** Which topics it is for: one device's own, a bridge's base, or all of the home. A device's topic is its user name unless named. */
export const credentialScopeWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('device'), topic: topicPath.optional() }),
  z.strictObject({ kind: z.literal('bridge'), base: topicPath }),
  z.strictObject({ kind: z.literal('everything') }),
])
export const credentialScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('device'), topic: z.string() }),
  z.object({ kind: z.literal('bridge'), base: z.string() }),
  z.object({ kind: z.literal('everything') }),
])
export const credentialCreate = z.strictObject({ name, scope: credentialScopeWish.optional() })
export const credential = z.object({
  id,
  name: z.string(),
  username: z.string(),
  createdAt: instant,
  connected: z.boolean(),
  scope: credentialScope,
  /** Who made it, where that is known. */
  madeBy: id.optional(),
})
export const credentialMade = credential.extend({
  password: z.string(),
  host: z.string(),
  port: z.int(),
  /** Whether the port speaks TLS. */
  tls: z.boolean(),
  /** What its topics begin with. */
  topic: z.string(),
  /** Everything in one text, for a QR code; only in this answer. */
  uri: z.string(),
})
export const driverEntry = z.object({
  id: z.string(),
  name: z.string(),
  reach: z.enum(['local', 'cloud']),
  collects: z.array(z.string()),
  talksTo: z.array(z.string()),
  config: z.array(
    z.object({ key: z.string(), type: z.enum(['text', 'secret', 'boolean']), required: z.boolean() }),
  ),
})

export type Home = z.infer<typeof home>
export type Floor = z.infer<typeof floor>
export type Room = z.infer<typeof room>
export type Onboarding = z.infer<typeof onboarding>
export type OnboardingStep = z.infer<typeof onboardingStep>
export type Connection = z.infer<typeof connection>
export type Credential = z.infer<typeof credential>
export type CredentialScopeWish = z.infer<typeof credentialScopeWish>
export type CredentialMade = z.infer<typeof credentialMade>
export type DriverEntry = z.infer<typeof driverEntry>
