import type { FromDriver } from '@eaves/driver-kit'
import type { ConnectionId, HomeId, PartShape, SubjectId } from '@eaves/model'
import { automationWrite, type AutomationBody } from '@eaves/model/api'
import { readPast } from '../house-acting.ts'
import type { House } from '../devices/testing.ts'
import type { Timers } from '../homes/homes.ts'
import { quietLog, type TestClock } from '../store/testing.ts'
import { Automations, noScenes } from './automations.ts'

export interface Told {
  readonly subject: SubjectId
  readonly home: HomeId
  readonly text: string
}
export interface AutomatedHouse {
  readonly house: House
  readonly automations: Automations
  readonly told: Told[]
}

export async function automated(house: House, clock: TestClock, timers: Timers): Promise<AutomatedHouse> {
  const told: Told[] = []
  const automations = new Automations({
    facts: house.stores.stores.facts,
    homes: house.homes,
    commands: house.commands,
    role: 'household',
    now: clock.now,
    timers,
    log: quietLog,
    runScene: noScenes,
    notify: (subject, home, text) => void told.push({ subject, home, text }),
    past: (home, subject) => readPast(house.history, house.stores.stores.history, home, subject),
  })
  await automations.start()
  return { house, automations, told }
}

/** As the API takes it. */
export function written(body: unknown): AutomationBody {
  const { enabled: _enabled, ...rest } = automationWrite.parse(body)
  return rest
}

const sensorPart: PartShape = {
  id: 'main',
  capabilities: {
    occupancy: { attributes: ['occupied'], commands: [] },
    temperature: { attributes: ['celsius'], commands: [] },
    button: { attributes: [], commands: [], events: ['pressed'] },
  },
  vendor: {},
}
/** occupied and celsius get the slots `base` and `base` + 1. */
export function sensorMessage(connection: ConnectionId, handle: number, nativeId: string): FromDriver {
  return {
    t: 'device',
    connection,
    handle,
    shape: { nativeId, name: `Sensor ${nativeId}`, kind: 'sensor', confirmable: false, parts: [sensorPart] },
    base: handle * 10,
    slots: [
      ['main', 'occupancy', 'occupied'],
      ['main', 'temperature', 'celsius'],
    ],
    online: true,
  }
}
