import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  capabilities,
  type AutomationId,
  type CapabilityShape,
  type DeviceId,
  type DeviceKind,
  type PartShape,
  type RoomId,
  type SubjectId,
  type VendorAttribute,
} from '@eaves/model'
import { automationWrite } from '@eaves/model/api'
import { createDevice, groupDriver, type LiveDevice } from '../../../homes/homes.ts'
import type { Looked, LookedHome, SceneSetting } from '../home.ts'

type CapabilityName = keyof typeof capabilities
interface WrittenDevice {
  readonly kind: DeviceKind
  readonly room: string | null
  readonly has?: readonly CapabilityName[]
  readonly parts?: Readonly<Record<string, readonly CapabilityName[]>>
  readonly members?: readonly string[]
  readonly events?: readonly string[]
  readonly limits?: Partial<Record<CapabilityName, CapabilityShape['limits']>>
  readonly vendor?: Readonly<Record<string, Pick<VendorAttribute, 'type'>>>
  readonly guarded?: boolean
  readonly gone?: boolean
}
/** A home of the corpus, by short names; `expect` is what there is to find, each as `code place`. */
export interface WrittenHome {
  readonly name: string
  readonly devices: Readonly<Record<string, WrittenDevice>>
  readonly automations: Readonly<
    Record<string, { readonly enabled?: boolean; readonly author?: string | null }>
  >
  readonly expect: Readonly<Record<string, readonly string[]>>
  readonly scenes?: Readonly<
    Record<string, readonly (readonly [string, string, SceneSetting['values']])[]>
  >
  /** Devices that somebody may not command. */
  readonly mayNot?: Readonly<Record<string, readonly string[]>>
  readonly mayNotHave?: readonly string[]
  /** Changes an hour of every value of a device. */
  readonly rates?: Readonly<Record<string, number>>
}

/** A short name as an id, so that a body of the corpus is one that the API would take. */
export const idOf = <T extends string = string>(name: string): T => name.padEnd(26, 'a') as T
export const nameOf = (id: string): string => id.replace(/a+$/, '') || 'a'
const usualAuthor = 'owner'

export function readCorpus(folder: string): WrittenHome[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as WrittenHome[])
}

export function homeOf(written: WrittenHome): LookedHome {
  const devices = new Map<DeviceId, LiveDevice>()
  for (const [name, each] of Object.entries(written.devices)) {
    const device = deviceOf(name, each)
    devices.set(device.id, device)
  }
  const rooms = new Set(Object.values(written.devices).map(({ room }) => room))
  const { rates, mayNot = {}, mayNotHave = [] } = written
  return {
    world: { devices },
    hasRoom: (room) => rooms.has(nameOf(room)),
    automations: automationsOf(written),
    scenes: written.scenes === undefined ? undefined : scenesOf(written.scenes),
    standing: (author) => (mayNotHave.includes(nameOf(author)) ? 'author-rights' : undefined),
    mayDo: (author, device) => mayNot[nameOf(author)]?.includes(nameOf(device.id)) !== true,
    ...(rates === undefined ? {} : { changesAnHour: ({ group }) => rates[nameOf(group.device.id)] }),
  }
}

function automationsOf({ automations }: WrittenHome): Map<AutomationId, Looked> {
  return new Map(
    Object.entries(automations).map(([name, { enabled = true, author = usualAuthor, ...body }]) => {
      const id = idOf<AutomationId>(name)
      const { enabled: _enabled, ...parsed } = automationWrite.parse({ name, ...(withIds(body) as object) })
      return [id, { id, body: parsed, enabled, author: author === null ? undefined : idOf<SubjectId>(author) }]
    }),
  )
}

const named = new Set(['device', 'room', 'scene', 'automation', 'hook', 'calendar', 'meter'])
function withIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (named.has(key) && typeof each === 'string') return [key, idOf(each)]
      if (key === 'cel') return [key, String(each).replaceAll(/@([a-z2-7]+)/g, (_, name: string) => idOf(name))]
      return [key, withIds(each)]
    }),
  )
}

function scenesOf(scenes: NonNullable<WrittenHome['scenes']>): Map<string, SceneSetting[]> {
  return new Map(
    Object.entries(scenes).map(([name, settings]) => [
      idOf(name),
      settings.map(([device, capability, values]) => ({
        device: idOf(device),
        part: 'main',
        capability,
        values,
      })),
    ]),
  )
}

function deviceOf(name: string, written: WrittenDevice): LiveDevice {
  const { kind, room, members, guarded, gone = false } = written
  const parts = Object.entries(written.parts ?? { main: written.has ?? [] }).map(([id, has]) =>
    partOf(id, has, written),
  )
  const device = createDevice(
    { report: () => undefined },
    {
      id: idOf<DeviceId>(name),
      driver: members === undefined ? 'mqtt' : groupDriver,
      addedAt: 0,
      connection: undefined,
      room: room === null ? null : idOf<RoomId>(room),
      isNew: false,
      name,
      guarded,
      shape: {
        nativeId: name,
        name,
        kind,
        confirmable: true,
        parts: members === undefined ? parts : [partOf('main', ['onOff'], written)],
        ...(members === undefined ? {} : { members: members.map((each) => idOf(each)) }),
      },
    },
  )
  device.isRemoved = gone
  return device
}

function partOf(
  id: string,
  has: readonly CapabilityName[],
  { events, limits, vendor = {} }: WrittenDevice,
): PartShape {
  const shapes = has.map((name) => {
    const { attributes, commands, events: all } = capabilities[name]
    const own = limits?.[name]
    return [
      name,
      {
        attributes: Object.keys(attributes),
        commands: Object.keys(commands),
        ...(all === undefined ? {} : { events: events ?? all }),
        ...(own === undefined ? {} : { limits: own }),
      },
    ]
  })
  return {
    id,
    capabilities: Object.fromEntries(shapes) as PartShape['capabilities'],
    vendor: Object.fromEntries(
      Object.entries(vendor).map(([key, { type }]) => [
        key,
        { type, name: key, readable: true, writable: true, category: 'state' },
      ]),
    ),
  }
}
