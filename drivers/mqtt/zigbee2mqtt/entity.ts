import { DriverError, type DeviceCommand, type DeviceHandle, type DriverContext } from '@eaves/driver-kit'
import { writerKey, type Outgoing } from '../draft.ts'
import { isJson, jsonOf, textOf, type Json } from '../payload.ts'
import type { Incoming } from '../topics.ts'
import { actionTeller, withOther } from './actions.ts'
import { deviceActsOf, groupActs } from './acts.ts'
import type { Listed } from './devices.ts'
import { mapGroup, type ListedGroup } from './groups.ts'
import { mapDevice, type Described, type MappedDevice } from './map.ts'
import { firmwareRequest, withFirmware } from './ota.ts'

/** A device or group as one Zigbee2MQTT has it; what it said last stays when its description changes. */
export interface Entity {
  readonly id: string
  readonly print: string
  /** The friendly name: its topic. */
  readonly name: string
  /** By what Zigbee2MQTT is asked about it. */
  readonly address: string
  readonly mapped: MappedDevice
  readonly described: Described | undefined
  readonly isDisabled: boolean
  /** Native ids; only a group has them. */
  readonly members: readonly string[] | undefined
  /** What its availability topic said. */
  said: boolean | undefined
  hasSpoken: boolean
  /** Its actions come in its state; those of the topic of their own are the same once more. */
  saysActions: boolean
}

const remembered = (old: Entity | undefined): Pick<Entity, 'said' | 'hasSpoken' | 'saysActions'> => ({
  said: old?.said,
  hasSpoken: old?.hasSpoken ?? false,
  saysActions: old?.saysActions ?? false,
})
const interviewed = {
  done: 'done',
  running: 'running',
  waiting: 'waiting',
  failed: 'failed',
  unclear: 'failed',
} as const

const unknown =
  'Zigbee2MQTT could not learn what this device is. Keep it awake and close by, and interview it again.'
const unfinished =
  'The interview of this device did not end, so it may not tell everything. Keep it awake and interview it again.'

export function deviceEntity(base: string, listed: Listed, print: string, old: Entity | undefined): Entity {
  const { described, isDisabled, interview } = listed
  const mapped = mapDevice(described)
  const whole = listed.takesFirmware ? withFirmware(mapped) : mapped
  const stage = interviewed[interview]
  const problems = [
    ...(stage === 'failed' || stage === 'waiting'
      ? [described.supported ? unfinished : unknown]
      : (whole.shape.problems ?? [])),
    ...(isDisabled ? ['The device is disabled in Zigbee2MQTT.'] : []),
  ]
  return {
    id: described.ieee,
    print,
    name: described.name,
    address: listed.address,
    described,
    isDisabled,
    members: undefined,
    mapped: {
      ...whole,
      shape: {
        ...withOther(whole.shape),
        acts: deviceActsOf(isDisabled),
        bridge: base,
        interview: stage,
        ...(problems.length > 0 ? { problems } : {}),
      },
    },
    ...remembered(old),
  }
}

export function groupEntity(
  base: string,
  id: string,
  group: ListedGroup,
  described: readonly Described[],
  print: string,
  old: Entity | undefined,
): Entity {
  const mapped = mapGroup(id, group, described)
  return {
    id,
    print,
    name: group.name,
    address: group.name,
    described: undefined,
    isDisabled: false,
    members: group.members,
    mapped: { ...mapped, shape: { ...mapped.shape, acts: groupActs, bridge: base } },
    ...remembered(old),
  }
}

/** Zigbee2MQTT tells old states anew, as after its start: what it heard longer ago is no fresh word. Clocks of two machines may differ by less. */
const freshMs = 10 * 60 * 1000
function isOld(state: Json, now: number): boolean {
  const seen = state.last_seen
  if (typeof seen === 'number') return now - seen > freshMs
  return typeof seen === 'string' && now - Date.parse(seen) > freshMs
}

/** Compiled once a device: one parse a message, then a fixed row of readers into numbered slots. */
export function stateReader(
  entity: Entity,
  handle: DeviceHandle,
  { now, kept }: Pick<DriverContext, 'now' | 'kept'>,
): (message: Incoming) => void {
  const { readers } = entity.mapped
  const tellAction = actionTeller(entity.mapped, handle)
  const readAll = (state: Json): void => {
    for (const read of readers) read(state)
  }
  return (message) => {
    const state = jsonOf(textOf(message.payload))
    if (!isJson(state)) return
    entity.hasSpoken = true
    if (state.last_seen !== undefined && isOld(state, now())) kept(() => readAll(state))
    else readAll(state)
    // An event is a moment: what a broker kept is none.
    if (tellAction === undefined || message.retained || state.action === undefined) return
    entity.saysActions = true
    tellAction(state.action)
  }
}

/** Reads the topic that carries an action alone, of devices whose state does not. */
export function actionReader(
  entity: Entity,
  handle: DeviceHandle,
): ((message: Incoming) => void) | undefined {
  const tellAction = actionTeller(entity.mapped, handle)
  if (tellAction === undefined) return undefined
  return (message) => {
    if (!message.retained && !entity.saysActions) tellAction(textOf(message.payload, 1024))
  }
}

export function writeSet(base: string, entity: Entity, command: DeviceCommand): Outgoing {
  const name = command.capability === 'vendor' ? command.args.key : command.name
  const writer =
    typeof name === 'string'
      ? entity.mapped.writers.get(writerKey(command.part, command.capability, name))
      : undefined
  if (writer !== undefined)
    return {
      topic: `${base}/${entity.name}/set`,
      payload: JSON.stringify(writer(command.args)),
      qos: 0,
      retain: false,
    }
  const request =
    command.capability === 'firmware' ? firmwareRequest(base, entity.address, command.name) : undefined
  if (request === undefined) throw new DriverError('unsupported')
  return request
}
