import type { MeterKind, MeterUnit } from '@eaves/model'
import type { MeterCandidates, MeterSource } from '@eaves/model/api'
import { kindOf } from '../history/history.ts'
import type { HomeRuntime, LiveDevice } from '../homes/homes.ts'

/** What a value adds up to. */
export interface Countable {
  readonly unit: MeterUnit
  readonly by: 'counter' | 'power'
}
const unitsOf: Readonly<Record<string, Countable>> = {
  kilowattHours: { unit: 'kilowattHours', by: 'counter' },
  kWh: { unit: 'kilowattHours', by: 'counter' },
  watts: { unit: 'kilowattHours', by: 'power' },
  W: { unit: 'kilowattHours', by: 'power' },
  cubicMeters: { unit: 'cubicMeters', by: 'counter' },
  'm³': { unit: 'cubicMeters', by: 'counter' },
}

export const pathOf = ({ part, capability, attribute }: Omit<MeterSource, 'device'>): string =>
  `${part}/${capability}/${attribute}`

/** Whether a value is one that can be counted, and how; what a device adds up over a day of its own is none. */
export function countableOf(
  source: Omit<MeterSource, 'device'>,
  device: LiveDevice | undefined,
): Countable | undefined {
  if (source.capability === 'energyPeriods') return undefined
  const { type, unit } = kindOf(pathOf(source), device)
  return type === 'number' && unit !== undefined && Object.hasOwn(unitsOf, unit) ? unitsOf[unit] : undefined
}

/** Water is a volume; gas is told as one, or as what is in it. */
export const fits = (kind: MeterKind, { unit }: Countable): boolean =>
  kind === 'water' ? unit === 'cubicMeters' : kind === 'gas' || unit === 'kilowattHours'

/** Everything of a home that a meter could read: what is not kept could not be counted later. */
export function candidatesIn(runtime: HomeRuntime): MeterCandidates {
  return shownDevices(runtime).flatMap((device) =>
    device.shape.parts.flatMap((part) =>
      [
        ...Object.entries(part.capabilities).flatMap(([capability, shape]) =>
          (shape?.attributes ?? []).map((attribute) => ({ part: part.id, capability, attribute })),
        ),
        ...Object.keys(part.vendor).map((attribute) => ({ part: part.id, capability: 'vendor', attribute })),
      ].flatMap((source) => {
        const countable = countableOf(source, device)
        return countable === undefined || device.unkept?.includes(pathOf(source))
          ? []
          : [{ device: device.id, ...source, ...countable }]
      }),
    ),
  )
}

/** Devices that stand for themselves: what a group uses, its members use. */
export const shownDevices = (runtime: HomeRuntime): LiveDevice[] =>
  [...runtime.devices.values()].filter(
    ({ id, members, shape }) =>
      members === undefined && shape.members === undefined && runtime.shown(id) !== undefined,
  )

/** What a device uses by itself: each of its parts by its counter, or by its power where there is none. */
export function usesOf(device: LiveDevice): readonly Use[] {
  return device.shape.parts.flatMap(({ id, capabilities }): Use[] => {
    const use = uses.find(({ capability, attribute }) =>
      capabilities[capability]?.attributes.includes(attribute),
    )
    return use === undefined ? [] : [{ part: id, ...use }]
  })
}
const uses = [
  { capability: 'energy', attribute: 'kilowattHours', by: 'counter' },
  { capability: 'power', attribute: 'watts', by: 'power' },
] as const
type Use = Omit<MeterSource, 'device'> & Pick<Countable, 'by'>
