import type { DriverContext } from '@eaves/driver-kit'
import { jsonOf, maxListBytes, textOf } from '../payload.ts'
import { mostDevices } from '../roster.ts'
import { readListed, type Listed } from './devices.ts'
import { mostGroups, readGroup, type ListedGroup } from './groups.ts'

/** A burst of lists, as when a device is renamed again and again, is read once at its end. */
const gatherMs = 25

/** What Zigbee2MQTT lists: its devices by native id, and its groups. */
export interface Lists {
  readonly devices: ReadonlyMap<string, Listed>
  readonly groups: readonly ListedGroup[]
}
/** Reads the lists of devices and groups as they come. */
export interface ListReader {
  readonly takeDevices: (payload: Buffer) => void
  readonly takeGroups: (payload: Buffer) => void
  readonly close: () => void
}

/** `onLists` is called once the devices are known: groups are made of them. */
export function readLists(context: DriverContext, onLists: (lists: Lists) => void): ListReader {
  const logged = new Set<string>()
  const pending: { devices?: Buffer | undefined; groups?: Buffer | undefined } = {}
  let devices: ReadonlyMap<string, Listed> | undefined
  let groups: readonly ListedGroup[] = []
  let gather: { cancel: () => void } | undefined

  const warnOnce = (event: string, fields: Readonly<Record<string, number>> = {}): void => {
    if (!logged.has(event)) context.log('warn', event, fields)
    logged.add(event)
  }
  const listOf = (payload: Buffer | undefined, refusal: string): readonly unknown[] | undefined => {
    if (payload === undefined) return undefined
    const raw = jsonOf(textOf(payload, maxListBytes))
    if (Array.isArray(raw)) return raw
    warnOnce(refusal, { bytes: payload.length })
    return undefined
  }
  const devicesOf = (raw: readonly unknown[]): ReadonlyMap<string, Listed> => {
    const byId = new Map<string, Listed>()
    for (const item of raw.slice(0, mostDevices)) {
      const one = readListed(item)
      if (one === undefined) continue
      // The later entry counts: Zigbee2MQTT adds what is newer at the end.
      if (byId.has(one.described.ieee)) warnOnce('device listed twice')
      byId.set(one.described.ieee, one)
    }
    return byId
  }
  const groupsOf = (raw: readonly unknown[]): readonly ListedGroup[] => {
    const byNumber = new Map<number, ListedGroup>()
    for (const item of raw.slice(0, mostGroups)) {
      const group = readGroup(item)
      if (group !== undefined) byNumber.set(group.number, group)
    }
    return [...byNumber.values()]
  }
  const wake = (): void => {
    // The first list is what everybody waits for.
    gather ??= context.setTimer(devices === undefined ? 0 : gatherMs, () => {
      gather = undefined
      const rawDevices = listOf(pending.devices, 'device list refused')
      const rawGroups = listOf(pending.groups, 'group list refused')
      pending.devices = undefined
      pending.groups = undefined
      if (rawDevices !== undefined) devices = devicesOf(rawDevices)
      if (rawGroups !== undefined) groups = groupsOf(rawGroups)
      if (devices !== undefined) onLists({ devices, groups })
    })
  }
  return {
    takeDevices: (payload) => {
      pending.devices = payload
      wake()
    },
    takeGroups: (payload) => {
      pending.groups = payload
      wake()
    },
    close: () => gather?.cancel(),
  }
}
