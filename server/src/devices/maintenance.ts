import { errorTable, type ErrorCode, type HomeId } from '@eaves/model'
import type { Maintenance } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { cellOf, isShown, usualGapMs, withoutNumbers, type Homes, type LiveDevice } from '../homes/homes.ts'
import { isReachable, shown, type Bridges } from './bridges.ts'
import type { Connections } from './connections.ts'

const lowPercent = 15

export interface MaintenanceDeps {
  readonly homes: Homes
  readonly connections: Pick<Connections, 'list'>
  readonly bridges: Pick<Bridges, 'of'>
}

/** What asks for care in a home, worked out from what is known at this moment. */
export function maintenanceOf({ homes, connections, bridges }: MaintenanceDeps, home: HomeId): Maintenance {
  const { runtime, places } = homes.home(home)
  const devices = [...runtime.devices.values()].filter(isShown)
  const about = ({ id, name, room }: LiveDevice) => ({
    device: id,
    name,
    room,
    roomName: room === null ? null : (places.roomName(room) ?? null),
  })
  const single = devices.filter((each) => each.members === undefined)
  const found = {
    offline: single
      .filter((each) => !each.online)
      .map((each) => ({
        ...about(each),
        ...(each.lastSeen === undefined ? {} : { lastSeen: isoInstant(each.lastSeen) }),
      })),
    silent: single
      .filter((each) => each.online && each.silentSince !== undefined)
      .map((each) => ({
        ...about(each),
        lastSeen: isoInstant(each.silentSince!),
        usualSeconds: Math.round((usualGapMs(each) ?? 0) / 1000),
      })),
    batteryLow: single.flatMap((each) => {
      const low = lowBattery(each)
      return low === undefined ? [] : [{ ...about(each), ...low }]
    }),
    updates: single.flatMap((each) => updatesOf(each).map((update) => ({ ...about(each), ...update }))),
    problems: single
      .filter((each) => (each.shape.problems ?? []).length > 0)
      .map((each) => ({ ...about(each), problems: [...(each.shape.problems ?? [])] })),
    interview: single.filter((each) => each.shape.interview === 'failed').map(about),
    connections: troubledConnections(connections.list(home)),
    bridges: bridges
      .of(home)
      .filter((each) => !isReachable(each) || each.status.warning !== undefined)
      .map((each) => ({
        bridge: each.id,
        connection: each.connection,
        name: shown(each.status.name) ?? 'Bridge',
        online: isReachable(each),
        ...(each.status.warning === undefined
          ? {}
          : { warning: withoutNumbers(each.status.warning).slice(0, 300) }),
      })),
  }
  return { count: Object.values(found).reduce((sum, each) => sum + each.length, 0), ...found }
}

/** The emptiest of its batteries, when that is low. */
function lowBattery(device: LiveDevice): { percent?: number } | undefined {
  const percents: number[] = []
  let isLow = false
  for (const part of device.parts.keys()) {
    const percent = cellOf(device, part, 'battery', 'percent')?.value
    if (typeof percent === 'number') percents.push(percent)
    if (cellOf(device, part, 'battery', 'low')?.value === true) isLow = true
  }
  const least = percents.length > 0 ? Math.min(...percents) : undefined
  if (!isLow && (least === undefined || least > lowPercent)) return undefined
  return least === undefined ? {} : { percent: least }
}

function updatesOf(
  device: LiveDevice,
): { part: string; installed?: string; available?: string; state?: string }[] {
  return [...device.parts.keys()].flatMap((part) => {
    const value = (attribute: string): string | undefined => {
      const known = cellOf(device, part, 'firmware', attribute)?.value
      return typeof known === 'string' ? known : undefined
    }
    const [state, installed, available] = [value('state'), value('installed'), value('available')]
    if (state === undefined || state === 'current') return []
    return [
      {
        part,
        state,
        ...(installed === undefined ? {} : { installed }),
        ...(available === undefined ? {} : { available }),
      },
    ]
  })
}

function troubledConnections(all: ReturnType<Connections['list']>): Maintenance['connections'] {
  return all.flatMap(({ id, name, state, error }) => {
    if (state === 'online' || (state === 'connecting' && error === undefined)) return []
    const known = error === undefined ? undefined : errorTable[error.code as ErrorCode]
    return [
      {
        connection: id,
        name,
        state,
        ...(error === undefined || known === undefined
          ? {}
          : { error: { code: error.code, title: known.title, todo: known.todo } }),
      },
    ]
  })
}
