import { alarmSenses, type AlarmMode, type AlarmSense, type DeviceId } from '@eaves/model'
import type { AlarmContent, AlarmSensor } from '@eaves/model/api'
import { cellOf, isShown, type Cell, type LiveDevice } from '../homes/homes.ts'
import type { LeftOut } from './data.ts'

type Devices = ReadonlyMap<DeviceId, LiveDevice>
type Place = Pick<LeftOut, 'device' | 'part' | 'sense'>

export const keyOf = ({ device, part, sense }: Place): string => `${device} ${part} ${sense}`

export function deviceOf(devices: Devices, id: string): LiveDevice | undefined {
  const device = devices.get(id as DeviceId)
  return device !== undefined && isShown(device) ? device : undefined
}

/** The value by which a sensor tells; undefined when its device is gone or has become something else. */
export function cellOfSensor(devices: Devices, { device, part, sense }: AlarmSensor): Cell | undefined {
  const found = deviceOf(devices, device)
  return found === undefined ? undefined : cellOf(found, part, sense, alarmSenses[sense])
}

/** What says that somebody has opened the device itself. */
export function tamperCells(devices: Devices, id: string): Cell[] {
  const found = deviceOf(devices, id)
  return [...(found?.parts.keys() ?? [])].flatMap((part) => {
    const cell = cellOf(found!, part, 'tamper', 'detected')
    return cell === undefined ? [] : [cell]
  })
}

/** Somebody walks about while arming: motion is no reason not to. */
const mustRest = (sense: AlarmSense): boolean => sense === 'contact'

/** The sensors that stand open, are silent or gone, and what each is. */
export function problemsOf(devices: Devices, content: AlarmContent | undefined, mode: AlarmMode): LeftOut[] {
  return (content?.[mode].sensors ?? []).flatMap((sensor): LeftOut[] => {
    const { device, part, sense } = sensor
    const cell = cellOfSensor(devices, sensor)
    const live = deviceOf(devices, device)
    const why =
      cell === undefined || live === undefined
        ? 'gone'
        : !live.online || live.silentSince !== undefined
          ? 'silent'
          : mustRest(sense) && cell.value === true
            ? 'open'
            : undefined
    return why === undefined ? [] : [{ device, part, sense, why, returns: false }]
  })
}
