import { flowOf, type DeviceId, type EnergyFlow, type FlowingMeter } from '@eaves/model'
import type { MeterSource } from '@eaves/model/api'
import { cellOf, type HomeRuntime } from '../homes/homes.ts'
import type { MeterRecord } from './store.ts'
import { countableOf } from './values.ts'

const watts = { capability: 'power', attribute: 'watts' } as const

/** Which value tells the power of a meter: the one named, its own, or the one beside its counter. */
export function liveOf(runtime: HomeRuntime, { source, power }: MeterRecord): MeterSource | undefined {
  const device = runtime.shown(source.device as DeviceId)
  if (power !== undefined || device === undefined) return power
  if (countableOf(source, device)?.by === 'power') return source
  const beside = { device: source.device, part: source.part, ...watts }
  const part = device.shape.parts.find(({ id }) => id === source.part)
  return part?.capabilities.power?.attributes.includes(watts.attribute) === true ? beside : undefined
}

export const keyOf = ({ device, part, capability, attribute }: MeterSource): string =>
  [device, part, capability, attribute].join(' ')

/** What flows at this moment, as far as devices that are there tell. */
export function flowNow(runtime: HomeRuntime, meters: readonly MeterRecord[]): EnergyFlow {
  return flowOf(
    meters.flatMap((meter): FlowingMeter[] => {
      const live = liveOf(runtime, meter)
      if (live === undefined) return []
      const device = runtime.shown(live.device as DeviceId)
      const value =
        device?.online === true
          ? cellOf(device, live.part, live.capability, live.attribute)?.value
          : undefined
      return [{ kind: meter.kind, key: keyOf(live), watts: typeof value === 'number' ? value : undefined }]
    }),
  )
}
