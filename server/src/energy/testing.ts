import type { DeviceId, PartShape } from '@eaves/model'
import type { MeterSource } from '@eaves/model/api'
import { openHouse, type House } from '../devices/testing.ts'
import { testClock, type Dialect } from '../store/testing.ts'
import { createEnergy, type Energy } from './energy.ts'

export interface EnergyHouse extends House {
  readonly energy: Energy
  readonly counter: MeterSource
  readonly power: MeterSource
  /** A device by its name, with these capabilities. */
  readonly plug: (name: string, capabilities: PartShape['capabilities']) => Promise<DeviceId>
  /** What a value was told to be at which instants. */
  readonly tell: (
    source: MeterSource,
    points: readonly (readonly [at: number, value: number])[],
  ) => Promise<void>
}

/** A house in Berlin with a meter that counts, and one that tells its power. */
export async function openEnergyHouse(now: number, dialect: Dialect = 'sqlite'): Promise<EnergyHouse> {
  const house = await openHouse(testClock(now), dialect)
  const { homes, history, reader, stores } = house
  const at = stores.stores.history.as({
    scope: { home: house.home },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  })
  let handle = 0
  const plug: EnergyHouse['plug'] = async (name, capabilities) => {
    handle++
    house.driver.say({
      t: 'device',
      connection: house.connection,
      handle,
      shape: {
        nativeId: name,
        name,
        kind: 'plug',
        confirmable: true,
        parts: [{ id: 'main', capabilities, vendor: {} }],
      },
      base: handle * 20,
      slots: Object.entries(capabilities).flatMap(([capability, shape]) =>
        shape.attributes.map((attribute): [string, string, string] => ['main', capability, attribute]),
      ),
      online: true,
    })
    // A device that stands in no row yet would be taken for one that is gone.
    await house.records.flush()
    return house.deviceId(name)
  }
  const of = (device: DeviceId, capability: string, attribute: string): MeterSource => ({
    ...{ device, part: 'main', capability, attribute },
  })
  const counts = { attributes: ['kilowattHours'], commands: [] }
  const draws = { attributes: ['watts'], commands: [] }
  return {
    ...house,
    energy: createEnergy({ facts: stores.stores.facts, homes, reader, history, now: house.clock.now }),
    counter: of(await plug('Mains', { energy: counts }), 'energy', 'kilowattHours'),
    power: of(await plug('Roof', { power: draws }), 'power', 'watts'),
    plug,
    tell: ({ device, part, capability, attribute }, points) =>
      at.append(
        points.map(([ts, value]) => ({
          device: device as DeviceId,
          path: `${part}/${capability}/${attribute}`,
          ts,
          value,
        })),
      ),
  }
}
