import { createHash } from 'node:crypto'
import { DriverError, type DeviceCommand, type DeviceHandle } from '@eaves/driver-kit'
import type { Dialect, DialectDeps } from '../dialect.ts'
import { writerKey, type Outgoing } from '../draft.ts'
import { isJson, jsonOf, maxListBytes, textOf } from '../payload.ts'
import { mostDevices, type Offer } from '../roster.ts'
import type { Incoming } from '../topics.ts'
import { placeAction } from './actions.ts'
import { readDevice } from './devices.ts'
import { mapDevice, type MappedDevice } from './map.ts'

/** A burst of lists, as when a device is renamed again and again, is read once at its end. */
const gatherMs = 25
const askEveryMs = 200
const mostAsked = 200
const mostFolders = 50

interface Known {
  readonly print: string
  readonly name: string
  readonly mapped: MappedDevice
  readonly isDisabled: boolean
  isAvailable: boolean
  hasSpoken: boolean
}

/** Speaks with one Zigbee2MQTT under one base topic. */
export function openZigbee2mqtt(base: string, deps: DialectDeps): Dialect {
  const { context, topics, roster } = deps
  const known = new Map<string, Known>()
  let isBridgeOnline = true
  let list: Buffer | undefined
  let gather: { cancel: () => void } | undefined
  let asking: { cancel: () => void } | undefined
  const asks: string[] = []
  let asked = 0

  const isOnline = (device: Known): boolean => isBridgeOnline && device.isAvailable && !device.isDisabled
  const reach = (ieee: string, device: Known): void => {
    if (roster.isActive('zigbee2mqtt', ieee))
      roster.handle(ieee)?.reachable(deps.isLinked() && isOnline(device))
  }
  const onState = (message: Incoming): void => {
    isBridgeOnline = stateOf(message) ?? isBridgeOnline
    for (const [ieee, device] of known) reach(ieee, device)
  }
  const onDevices = (message: Incoming): void => {
    deps.found()
    list = message.payload
    gather ??= context.setTimer(gatherMs, () => {
      gather = undefined
      const payload = list
      list = undefined
      if (payload !== undefined) take(payload)
    })
  }
  const take = (payload: Buffer): void => {
    const raw = jsonOf(textOf(payload, maxListBytes))
    if (!Array.isArray(raw)) return context.log('warn', 'device list refused', { bytes: payload.length })
    const present = new Set<string>()
    for (const item of raw.slice(0, mostDevices)) {
      const ieee = takeOne(item)
      if (ieee !== undefined) present.add(ieee)
    }
    for (const ieee of known.keys()) {
      if (present.has(ieee)) continue
      known.delete(ieee)
      roster.withdraw('zigbee2mqtt', ieee)
    }
    deps.changed()
    ask()
  }
  const takeOne = (item: unknown): string | undefined => {
    const described = readDevice(item)
    if (described === undefined) return undefined
    const print = createHash('sha1').update(JSON.stringify(item)).digest('base64')
    const old = known.get(described.ieee)
    if (old?.print === print) return described.ieee
    const device: Known = {
      print,
      name: described.name,
      mapped: mapDevice(described),
      isDisabled: isJson(item) && item.disabled === true,
      isAvailable: old?.isAvailable ?? true,
      hasSpoken: old?.hasSpoken ?? false,
    }
    known.set(described.ieee, device)
    roster.offer('zigbee2mqtt', offerOf(described.ieee, device))
    return described.ieee
  }
  const offerOf = (ieee: string, device: Known): Offer => ({
    shape: device.mapped.shape,
    targets: device.mapped.targets,
    isOnline: () => isOnline(device),
    write: (command) => [writeSet(base, device, command)],
    attach: (handle) => {
      const ends = [
        topics.add(`${base}/${device.name}`, stateReader(device, handle)),
        topics.add(`${base}/${device.name}/availability`, (message) => {
          device.isAvailable = stateOf(message) ?? device.isAvailable
          reach(ieee, device)
        }),
      ]
      if (!device.hasSpoken && device.mapped.askable.length > 0 && device.mapped.shape.sleepy !== true)
        asks.push(ieee)
      return () => ends.forEach((end) => end())
    },
  })
  // Zigbee2MQTT keeps no states at the broker unless told to: mains-powered devices are asked once, a few a second, to spare the radio.
  const ask = (): void => {
    if (asking !== undefined || asks.length === 0 || asked >= mostAsked || !deps.isLinked()) return
    asking = context.setTimer(askEveryMs, () => {
      asking = undefined
      const device = known.get(asks.shift() ?? '')
      if (device !== undefined && !device.hasSpoken && !device.isDisabled) {
        asked++
        deps.send({
          topic: `${base}/${device.name}/get`,
          payload: JSON.stringify(
            Object.fromEntries(device.mapped.askable.map((property) => [property, ''])),
          ),
          qos: 0,
          retain: false,
        })
      }
      ask()
    })
  }

  topics.add(`${base}/bridge/state`, onState)
  topics.add(`${base}/bridge/devices`, onDevices)
  return {
    wildcards: () => {
      const names = [...known.values()].map((device) => device.name)
      const folders = new Set(
        names.flatMap((name) => (name.includes('/') ? [name.slice(0, name.lastIndexOf('/'))] : [])),
      )
      if (folders.size > mostFolders) return [`${base}/#`]
      const deep = [...folders].flatMap((folder) => [
        `${base}/${folder}/+`,
        `${base}/${folder}/+/availability`,
      ])
      return [
        `${base}/bridge/state`,
        `${base}/bridge/devices`,
        ...(known.size > 0 ? [`${base}/+`, `${base}/+/availability`] : []),
        ...deep,
      ]
    },
    linked: () => {
      asked = 0
      ask()
    },
    close: () => {
      gather?.cancel()
      asking?.cancel()
    },
  }
}

/** `online`, or `{"state":"online"}`. */
function stateOf(message: Incoming): boolean | undefined {
  const text = textOf(message.payload, 1024)
  const json = text?.startsWith('{') === true ? jsonOf(text) : text
  const state = isJson(json) ? json.state : json
  return state === 'online' ? true : state === 'offline' ? false : undefined
}

/** Compiled once a device: one parse a message, then a fixed row of readers into numbered slots. */
function stateReader(device: Known, handle: DeviceHandle): (message: Incoming) => void {
  const { readers, actions, actionEndpoint } = device.mapped
  const hasActions = device.mapped.shape.parts.some((part) => part.capabilities.button !== undefined)
  return (message) => {
    const state = jsonOf(textOf(message.payload))
    if (!isJson(state)) return
    device.hasSpoken = true
    for (const read of readers) read(state)
    const { action } = state
    // An event is a moment: what a broker kept is none.
    if (!hasActions || message.retained || typeof action !== 'string' || action === '') return
    const place = actions.get(action) ?? placeAction(action, actionEndpoint)
    handle.event(place.part, place.capability, place.event)
  }
}

function writeSet(base: string, device: Known, command: DeviceCommand): Outgoing {
  const name = command.capability === 'vendor' ? command.args.key : command.name
  const writer =
    typeof name === 'string'
      ? device.mapped.writers.get(writerKey(command.part, command.capability, name))
      : undefined
  if (writer === undefined) throw new DriverError('unsupported')
  return {
    topic: `${base}/${device.name}/set`,
    payload: JSON.stringify(writer(command.args)),
    qos: 0,
    retain: false,
  }
}
