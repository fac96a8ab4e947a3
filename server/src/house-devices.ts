import type { Commands } from './commands/commands.ts'
import {
  Acts,
  Bridges,
  DeviceGroups,
  Devices,
  Joins,
  Onboardings,
  Replacements,
  type Connections,
  type DeviceRecords,
} from './devices/devices.ts'
import type { DriverHost } from './drivers/drivers.ts'
import type { History } from './history/history.ts'
import type { Homes, Timers } from './homes/homes.ts'
import type { Log } from './log.ts'
import type { OperatingRole } from '@eaves/model'
import type { Stores } from './store/stores.ts'

interface Parts {
  readonly stores: Pick<Stores, 'facts' | 'erase'>
  readonly homes: Homes
  readonly connections: Connections
  readonly records: DeviceRecords
  readonly drivers: DriverHost
  readonly history: History
  readonly commands: Pick<Commands, 'endOf'>
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
  readonly role: OperatingRole
}

/** All that is done about devices beside switching them: bringing them in, caring for them, grouping and replacing them. */
export function devicesOf(parts: Parts) {
  const { stores, homes, connections, records, drivers, history, commands, now, timers, log, role } = parts
  const { facts, erase } = stores
  const acts = new Acts({ homes, drivers, timers, role })
  const bridges = new Bridges({ homes, connections, drivers, acts })
  const joins = new Joins({ homes, bridges, acts, timers, now })
  const onboardings = new Onboardings({ homes, connections, drivers, now })
  return {
    devices: new Devices({ homes, records, drivers, erase, log }),
    acts,
    bridges,
    joins,
    onboardings,
    groups: new DeviceGroups({ homes, records, now }),
    replacements: new Replacements({
      facts,
      homes,
      records,
      history,
      erase,
      log,
      endCommands: (device) => commands.endOf(device),
    }),
    start: () => {
      onboardings.start()
      acts.start()
      bridges.start()
      joins.start()
    },
    stop: () => {
      onboardings.stop()
      joins.stop()
      bridges.stop()
      acts.stop()
    },
  }
}
