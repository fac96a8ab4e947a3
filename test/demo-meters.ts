import type { ConnectionId, PartShape } from '@eaves/model'
import type { FakeDriver } from '../server/src/devices/testing.ts'

const kilowattHours = { energy: { attributes: ['kilowattHours'], commands: [] } }
const watts = { power: { attributes: ['watts'], commands: [] } }
const cubicMeters = (attribute: string) => ({ meter: { attributes: [attribute], commands: [] } })
type Parts = Readonly<
  Record<string, readonly [capabilities: PartShape['capabilities'], shown: readonly number[]]>
>

/** What the counters of the demo house announce, part by part, and show. */
const all: Readonly<Record<string, Parts>> = {
  'Electricity meter': {
    main: [{ ...kilowattHours, ...watts }, [4_101.8, -300]],
    imported: [kilowattHours, [9_432.5]],
  },
  'Solar inverter': {
    main: [{ ...kilowattHours, ...watts }, [3_510.4, 1_000]],
    battery: [watts, [-500]],
    discharged: [kilowattHours, [3_159.4]],
    made: [kilowattHours, [8_264.2]],
  },
  'Gas meter': { main: [cubicMeters('gasCubicMeters'), [6_120.4]] },
  'Water meter': { main: [cubicMeters('waterCubicMeters'), [612.7]] },
  Television: { main: [kilowattHours, [214.6]] },
  'Washing machine': { main: [kilowattHours, [131.2]] },
}

/** The counters of the demo house at a driver that says what it is told to, with what they show. */
export function openDemoMeters(driver: FakeDriver, connection: ConnectionId): void {
  for (const [index, [name, parts]] of Object.entries(all).entries()) {
    const handle = 80 + index
    driver.say({
      t: 'device',
      connection,
      handle,
      shape: {
        nativeId: name,
        name,
        kind: 'sensor',
        confirmable: true,
        parts: Object.entries(parts).map(([id, [capabilities]]) => ({ id, capabilities, vendor: {} })),
      },
      base: handle * 10,
      slots: Object.entries(parts).flatMap(([part, [capabilities]]) =>
        Object.entries(capabilities).map(([capability, shape]): [string, string, string] => [
          part,
          capability,
          shape?.attributes[0] ?? '',
        ]),
      ),
      online: true,
    })
    const shown = Object.values(parts).flatMap(([, values]) => values)
    driver.say({ t: 'r', v: shown.flatMap((value, slot) => [handle * 10 + slot, value]) })
  }
}
