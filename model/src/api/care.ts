import { z } from 'zod'
import { bridgeActs, deviceActs, joinStages } from '../devices.ts'
import { device } from './homes.ts'
import { id, instant, name } from './common.ts'

const trouble = z.object({
  code: z.string(),
  title: z.string(),
  todo: z.string(),
  detail: z.string().optional(),
})

/** Care of a device at its bridge: `rename` takes a name, `remove` may be forced, members are ids of devices of this home. */
export const actRequest = z.strictObject({
  act: z.enum(deviceActs),
  args: z
    .strictObject({ name: name.optional(), force: z.boolean().optional(), member: id.optional() })
    .optional(),
})

/** A bridge of the home; its id says nothing of its hardware. */
export const bridge = z.object({
  id,
  connection: id,
  name: z.string(),
  online: z.boolean(),
  version: z.string().optional(),
  joinUntil: instant.optional(),
  /** The join that is open now, for those who may see it. */
  join: id.optional(),
  acts: z.array(z.enum(bridgeActs)),
  warning: z.string().optional(),
  /** How many devices hang on it, groups not counted. */
  devices: z.int(),
})
/** Joining has an address of its own (`joins`), so only the other acts of a bridge are asked here. */
export const bridgeActRequest = z.strictObject({
  act: z.enum(['createGroup']),
  args: z.strictObject({ name }),
})

export const joinCreate = z.strictObject({ bridge: id, seconds: z.int().min(10).max(254).default(180) })
export const joinFound = z.object({
  /** The bridge's name for it; absent while that is only its hardware number. */
  name: z.string().optional(),
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  stage: z.enum(joinStages),
  since: instant,
  /** Its id as soon as it is listed among the home's devices. */
  device: id.optional(),
})
/** Devices may join through one bridge for a while; it goes on whoever looks. */
export const join = z.object({
  id,
  bridge: id,
  bridgeName: z.string(),
  /** `lost`: the bridge or its connection went away while it was open. */
  state: z.enum(['open', 'ended', 'lost']),
  openedBy: id,
  openedAt: instant,
  until: instant,
  found: z.array(joinFound),
})

export const pictureQuery = z.strictObject({ part: z.string().max(120).optional() })

/** One readable value as it was last reported. */
export const rawValue = z.object({
  part: z.string(),
  /** A capability, or "vendor". */
  capability: z.string(),
  attribute: z.string(),
  value: z.json().optional(),
  unit: z.string().optional(),
  /** When it last changed, as far as this start of the server has seen it. */
  changedAt: instant.optional(),
  history: z.boolean(),
})

const about = { device: id, name: z.string(), room: id.nullable(), roomName: z.string().nullable() }
/** What asks for care, worked out at this moment from what is known; nothing of it is stored. */
export const maintenance = z.object({
  count: z.int(),
  offline: z.array(z.object({ ...about, lastSeen: instant.optional() })),
  silent: z.array(z.object({ ...about, lastSeen: instant, usualSeconds: z.number() })),
  batteryLow: z.array(z.object({ ...about, percent: z.number().optional() })),
  updates: z.array(
    z.object({
      ...about,
      part: z.string(),
      installed: z.string().optional(),
      available: z.string().optional(),
      state: z.string().optional(),
    }),
  ),
  problems: z.array(z.object({ ...about, problems: z.array(z.string()) })),
  /** Devices whose bridge could not learn what they are. */
  interview: z.array(z.object(about)),
  connections: z.array(
    z.object({
      connection: id,
      name: z.string(),
      state: z.enum(['connecting', 'offline', 'failed']),
      error: trouble.optional(),
    }),
  ),
  bridges: z.array(
    z.object({
      bridge: id,
      connection: id,
      name: z.string(),
      online: z.boolean(),
      warning: z.string().optional(),
    }),
  ),
})

export const replacementRequest = z.strictObject({ by: id })
const path = z.object({ part: z.string(), capability: z.string(), attribute: z.string() })
export const replacementPreview = z.object({
  device: id,
  by: id,
  /** What stays with the device, with how many of each there are. */
  keeps: z.array(
    z.object({
      kind: z.enum(['name', 'room', 'history', 'groups', 'commands']),
      count: z.int(),
      /** The name, the room's name, or the names of the groups. */
      names: z.array(z.string()),
    }),
  ),
  /** Each history of the device: goes on as `to`, or ends here and stays readable. */
  history: z.array(path.extend({ to: path.optional() })),
  /** Functions of the old hardware that the new one does not have. */
  lacks: z.array(z.object({ part: z.string(), capability: z.string() })),
  /** Functions that the new hardware brings. */
  gains: z.array(z.object({ part: z.string(), capability: z.string() })),
  /** What was recorded of the new hardware so far is added to the device's history. */
  merges: z.int(),
  warnings: z.array(
    z.enum(['still-online', 'new-offline', 'new-in-groups', 'kind-differs', 'still-announced']),
  ),
})

export const groupCreate = z.strictObject({
  name,
  room: id.nullable().optional(),
  devices: z.array(id).min(1).max(50),
})
export const groupEdit = z.strictObject({
  name: name.optional(),
  devices: z.array(id).min(1).max(50).optional(),
})
export const group = device.extend({ members: z.array(id) })

export type ActWish = z.infer<typeof actRequest>
export type Bridge = z.infer<typeof bridge>
export type BridgeActWish = z.infer<typeof bridgeActRequest>
export type Join = z.infer<typeof join>
export type JoinFound = z.infer<typeof joinFound>
export type RawValue = z.infer<typeof rawValue>
export type Maintenance = z.infer<typeof maintenance>
export type ReplacementPreview = z.infer<typeof replacementPreview>
export type GroupView = z.infer<typeof group>
