import type { FromDriver } from '@eaves/driver-kit'
import {
  newId,
  type ConnectionId,
  type DeviceId,
  type HomeRole,
  type PartShape,
  type SubjectId,
} from '@eaves/model'
import { alarmContent } from '@eaves/model/api'
import type { HomeSignals } from '../automations/automations.ts'
import { HomeSignals as Signals } from '../automations/automations.ts'
import { openHouse, type House } from '../devices/testing.ts'
import type { Caller } from '../http/entry.ts'
import type { NoticeFacts } from '../notifications/notifications.ts'
import { createPasswords } from '../people/passwords.ts'
import { quietLog, testClock, type Dialect } from '../store/testing.ts'
import { Alarms } from './alarm.ts'

const shape = (capabilities: PartShape['capabilities']): PartShape => ({
  id: 'main',
  capabilities,
  vendor: {},
})
const detector = shape({
  contact: { attributes: ['open'], commands: [] },
  occupancy: { attributes: ['occupied'], commands: [] },
  tamper: { attributes: ['detected'], commands: [] },
})
const siren = shape({
  siren: { attributes: ['sounding', 'durationSeconds'], commands: ['turnOn', 'turnOff'] },
})
/** open, occupied and tampered of a detector, or sounding of a siren, from handle × 10 on. */
export function deviceMessage(connection: ConnectionId, handle: number, name: string): FromDriver {
  const isSiren = name === 'Siren'
  return {
    t: 'device',
    connection,
    handle,
    shape: {
      nativeId: name,
      name,
      kind: isSiren ? 'siren' : 'sensor',
      confirmable: isSiren,
      parts: [isSiren ? siren : detector],
    },
    base: handle * 10,
    slots: isSiren
      ? [
          ['main', 'siren', 'sounding'],
          ['main', 'siren', 'durationSeconds'],
        ]
      : [
          ['main', 'contact', 'open'],
          ['main', 'occupancy', 'occupied'],
          ['main', 'tamper', 'detected'],
        ],
    online: true,
  }
}

export interface Told extends NoticeFacts {
  readonly subject: SubjectId
  readonly kind: string
}
export interface AlarmHouse {
  house: House
  alarms: Alarms
  signals: HomeSignals
  readonly told: Told[]
  readonly say: (slot: number, value: boolean) => void
  readonly member: (role: HomeRole) => Promise<SubjectId>
  /** As they come in now; `old` when they proved long ago who they are. */
  readonly caller: (subject: SubjectId, old?: 'old') => Caller
  readonly state: () => Promise<string>
  readonly sirens: () => string[]
  readonly again: (way: 'restart' | 'kill') => Promise<void>
  readonly settled: () => Promise<void>
}

/** A door by which people come in, a window, a hall and a siren; armed as away they all count. */
export async function withAlarm(act: (it: AlarmHouse) => Promise<void>, dialect?: Dialect): Promise<void> {
  const clock = testClock()
  const told: Told[] = []
  const open = async (house: House) => {
    const signals = new Signals()
    const alarms = new Alarms({
      facts: house.stores.stores.facts,
      homes: house.homes,
      commands: house.commands,
      role: 'household',
      now: clock.now,
      timers: house.timers,
      log: quietLog,
      signals,
      hashing: createPasswords({ memoryKibibytes: 64, passes: 1 }),
      counters: house.stores.stores.vault.counters,
      tell: (subject, kind, about = {}) => void told.push({ subject, kind, ...about }),
    })
    await alarms.start()
    return { house, alarms, signals }
  }
  const first = await openHouse(clock, dialect)
  const announce = ({ driver, connection }: House): void =>
    ['Door', 'Window', 'Hall', 'Siren'].forEach((name, index) =>
      driver.say(deviceMessage(connection, index + 1, name)),
    )
  announce(first)
  first.driver.say({ t: 'r', v: [10, false, 20, false, 31, false, 40, false] })
  await first.records.flush()
  const it: AlarmHouse = {
    ...(await open(first)),
    told,
    say: (slot, value) => it.house.driver.say({ t: 'r', v: [slot, value] }),
    member: async (role) => {
      const subject = newId<SubjectId>()
      const guardian = role === 'child' ? { guardian: it.house.subject } : {}
      await it.house.homes.keepMember(it.house.home, subject, { role, since: clock.now(), ...guardian })
      return subject
    },
    caller: (subject, old) => ({
      principal: {
        kind: it.house.homes.rolesOf(subject).get(it.house.home) === 'kiosk' ? 'panel' : 'person',
        subject,
        ...it.house.homes.relationsOf(subject),
      },
      subject,
      session: 's',
      token: undefined,
      provedAt: old === 'old' ? 0 : clock.now(),
      expiresAt: clock.now() + 1e9,
      surface: 'app',
      address: '192.0.2.0',
      countedAt: '192.0.2.1',
    }),
    state: async () => {
      const now = await it.alarms.view(it.house.home, it.caller(it.house.subject))
      return now.state
    },
    sirens: () => it.house.driver.of('command').map(({ name }) => name),
    again: async (way) => {
      if (way === 'restart') await it.alarms.stop()
      Object.assign(it, await open(await it.house[way]()))
      announce(it.house)
    },
    settled: () => new Promise((resolve) => setTimeout(resolve, 30)),
  }
  try {
    await setUp(it)
    await act(it)
  } finally {
    await it.alarms.stop()
    await it.house.end()
  }
}

const sensor = (device: DeviceId, sense: string, entry: boolean) => ({ device, sense, entry })
async function setUp({ house, alarms }: AlarmHouse): Promise<void> {
  const id = (name: string) => house.deviceId(name)
  const sensors = [
    sensor(id('Door'), 'contact', true),
    sensor(id('Window'), 'contact', false),
    sensor(id('Hall'), 'occupancy', false),
  ]
  const content = alarmContent.parse({
    away: { sensors, exitSeconds: 45, entrySeconds: 30 },
    night: { sensors: sensors.slice(0, 2), exitSeconds: 0, entrySeconds: 0 },
    sirens: [{ device: id('Siren') }],
    sirenSeconds: 180,
  })
  await alarms.edit(house.home, house.subject, { ...content, version: 0 })
}
