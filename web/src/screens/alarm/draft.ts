import { alarmSenses, type AlarmSense, type DeviceView } from '@eaves/model'
import type { AlarmSensor } from '@eaves/model/api'

/** Something that could count. */
export interface Candidate {
  readonly device: string
  readonly part: string
  readonly sense: string
  readonly name: string
}
export type How = 'not' | 'entry' | 'at-once'

export const keyOf = ({ device, part, sense }: Pick<Candidate, 'device' | 'part' | 'sense'>): string =>
  `${device} ${part} ${sense}`

const partName = (device: DeviceView, part: string): string =>
  device.parts.length > 1 && part !== 'main' ? `${device.name} (${part})` : device.name

export const candidatesOf = (devices: readonly DeviceView[]): readonly Candidate[] =>
  devices
    .filter(({ kind }) => kind !== 'group')
    .flatMap((device) =>
      device.parts.flatMap(({ id: part, capabilities }) =>
        (Object.keys(alarmSenses) as AlarmSense[])
          .filter((sense) => Object.hasOwn(capabilities, sense))
          .map((sense) => ({ device: device.id, part, sense, name: partName(device, part) })),
      ),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name))

export const sirensOf = (devices: readonly DeviceView[]) =>
  devices.flatMap((device) =>
    device.parts
      .filter(({ capabilities }) => Object.hasOwn(capabilities, 'siren'))
      .map(({ id: part }) => ({ device: device.id as string, part, name: partName(device, part) })),
  )

export function howOf(sensors: readonly AlarmSensor[], candidate: Candidate): How {
  const found = sensors.find((each) => keyOf(each) === keyOf(candidate))
  if (found === undefined) return 'not'
  return found.entry ? 'entry' : 'at-once'
}

export function withHow(sensors: readonly AlarmSensor[], candidate: Candidate, how: How): AlarmSensor[] {
  const { device, part, sense } = candidate
  const rest = sensors.filter((each) => keyOf(each) !== keyOf(candidate))
  return how === 'not'
    ? rest
    : [...rest, { device, part, sense: sense as AlarmSense, entry: how === 'entry' }]
}
