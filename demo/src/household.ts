import type { Gadget as Announced } from './discovery/gadget.ts'
import { humidifier, thermostat } from './discovery/climate.ts'
import { ledStrip, washingMachine } from './discovery/lamps.ts'
import { meters } from './discovery/meters.ts'
import { blinds, vacuum } from './discovery/movers.ts'
import { alarm, frontDoorLock } from './discovery/security.ts'
import { drift } from './world/chance.ts'
import type { Room } from './world/family.ts'
import { wantsLight, type Moment } from './world/world.ts'
import type { BridgeDevice, Newcomer } from './zigbee/bridge.ts'
import type { Gadget } from './zigbee/gadget.ts'
import { lamp, plug } from './zigbee/lamps.ts'
import { button, climate, contact, leak, motion, radiator, smoke } from './zigbee/sensors.ts'

const ieee = (index: number): string => `0x00158d00de${index.toString(16).padStart(6, '0')}`
const hour = ({ local }: Moment): number => local.minute / 60

const isEvening = (moment: Moment): boolean => moment.isDark && hour(moment) >= 16
const airsBedroom = ({ local, people, weather }: Moment): boolean => {
  const [commuter] = people
  const isMorning = commuter?.place !== 'Bedroom' && local.minute > 400 && local.minute < 425
  return isMorning || (weather.celsius > 19 && local.minute > 12 * 60 && local.minute < 18 * 60)
}
const isReading = ({ people, isDark }: Moment): boolean =>
  isDark && people.some((person) => person.place === 'Bedroom' && !person.isAsleep)
const watchedTelevision = (seed: string) => (moment: Moment) =>
  moment.isTelevisionOn ? 88 + 24 * drift(moment.at, 20_000, seed, 'picture') : 0.6

/** The seventeen devices behind the Zigbee bridge. */
export function zigbeeDevices(seed: string): readonly BridgeDevice[] {
  const light = (room: Room) => (moment: Moment) => wantsLight(moment, room)
  const list: readonly (readonly [name: string, room: Room, gadget: (seed: string) => Gadget])[] = [
    [
      'Living room ceiling',
      'Living room',
      (own) => lamp({ seed: own, kind: 'white', wants: light('Living room'), percent: 70 }),
    ],
    [
      'Floor lamp',
      'Living room',
      (own) =>
        lamp({
          seed: own,
          kind: 'color',
          wants: (moment) => isEvening(moment) && moment.inUse.has('Living room'),
          percent: 45,
          hue: 28,
        }),
    ],
    [
      'Television',
      'Living room',
      (own) => plug({ seed: own, draws: watchedTelevision(own), usedKilowattHours: 214.6 }),
    ],
    ['Living room motion', 'Living room', (own) => motion(own, 'Living room')],
    [
      'Kitchen ceiling',
      'Kitchen',
      (own) => lamp({ seed: own, kind: 'dimmable', wants: light('Kitchen'), percent: 85 }),
    ],
    ['Kitchen leak', 'Kitchen', leak],
    ['Kitchen smoke alarm', 'Kitchen', smoke],
    ['Bedside lamp', 'Bedroom', (own) => lamp({ seed: own, kind: 'white', wants: isReading, percent: 30 })],
    ['Bedroom window', 'Bedroom', (own) => contact(own, airsBedroom, 'Bedroom')],
    ['Bedside button', 'Bedroom', (own) => button(own, isReading)],
    ['Bedroom radiator', 'Bedroom', (own) => radiator(own, 'Bedroom')],
    [
      "Children's lamp",
      "Children's room",
      (own) => lamp({ seed: own, kind: 'color', wants: light("Children's room"), percent: 60, hue: 205 }),
    ],
    ["Children's room climate", "Children's room", (own) => climate(own, "Children's room")],
    ['Bathroom climate', 'Bathroom', (own) => climate(own, 'Bathroom', true)],
    [
      'Bathroom mirror',
      'Bathroom',
      (own) => lamp({ seed: own, kind: 'white', wants: light('Bathroom'), percent: 100 }),
    ],
    ['Hall light', 'Hall', (own) => lamp({ seed: own, kind: 'dimmable', wants: light('Hall') })],
    ['Front door', 'Hall', (own) => contact(own, (moment) => moment.isDoorOpen)],
  ]
  return list.map(([name, room, make], index) => ({
    name,
    room,
    ieee: ieee(index + 1),
    gadget: make(`${seed} ${name}`),
  }))
}

/** The twelve that announce themselves. */
export function announcedDevices(seed: string): readonly Announced[] {
  return [
    ledStrip(seed, (moment) => isEvening(moment) && moment.inUse.has('Kitchen')),
    washingMachine(131.2),
    thermostat(['Living room', 'Kitchen', "Children's room", 'Bathroom', 'Hall']),
    humidifier((moment) => hour(moment) >= 19 || hour(moment) < 7),
    blinds((moment) => !moment.isNight && (!moment.isDark || hour(moment) < 12)),
    vacuum((moment) => hour(moment) >= 11 && hour(moment) < 11.5),
    frontDoorLock((moment) => (!moment.isAnyoneHome || moment.isNight) && !moment.isDoorOpen),
    alarm((moment) => (moment.isAnyoneHome ? (moment.isNight ? 'armed_night' : 'disarmed') : 'armed_away')),
    ...meters(),
  ]
}

/** What else lies in the drawer, waiting to be joined: each time the next one. */
export function drawer(seed: string): () => Newcomer | undefined {
  const kinds: readonly ((own: string) => Gadget)[] = [
    (own) => motion(own, 'Hall'),
    (own) => plug({ seed: own, draws: () => 38, usedKilowattHours: 0 }),
    (own) => climate(own, 'Kitchen'),
    (own) => lamp({ seed: own, kind: 'white', wants: () => false }),
    (own) => contact(own, () => false),
  ]
  let next = 0
  return () => {
    const make = kinds[next % kinds.length]!
    next += 1
    return { ieee: ieee(0x1000 + next), gadget: make(`${seed} newcomer ${next}`) }
  }
}
