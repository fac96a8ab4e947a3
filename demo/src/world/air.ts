import { rooms, type Room } from './family.ts'
import { clamp } from './weather.ts'
import { heatingTarget, type Moment } from './world.ts'

interface RoomAir {
  celsius: number
  humidityPercent: number
  /** What its thermostat asks for; undefined is off. */
  target: number | undefined
  isHeating: boolean
}
const hourSeconds = 3600
const warmsPerHour = 5
const dampingHours = 70
const airingHours = 0.6
const hysteresis = 0.15

/** The air of each room: it follows heating, weather, open windows and people, so it needs to have lived. */
export class Air {
  readonly #rooms: ReadonlyMap<Room, RoomAir>
  /** Rooms whose window is open. */
  readonly airing = new Set<Room>()
  constructor(moment: Moment) {
    this.#rooms = new Map(
      rooms.map((room, index) => {
        const target = heatingTarget(moment, room)
        const celsius = Math.max(target, moment.weather.celsius * 0.3 + 15) + (index % 3) * 0.15
        return [room, { celsius, humidityPercent: 46 + index, target, isHeating: false }]
      }),
    )
  }

  of(room: Room): Readonly<RoomAir> {
    return this.#rooms.get(room)!
  }

  setTarget(room: Room, celsius: number | undefined): void {
    this.#rooms.get(room)!.target = celsius
  }

  step(moment: Moment, seconds: number): void {
    for (const [room, air] of this.#rooms) {
      const hours = seconds / hourSeconds
      const { target } = air
      air.isHeating =
        target !== undefined && air.celsius < target + (air.isHeating ? hysteresis : -hysteresis)
      const loss = hours / (this.airing.has(room) ? airingHours : dampingHours)
      const warmth = (air.isHeating ? warmsPerHour : 0) + (moment.inUse.has(room) ? 0.25 : 0)
      air.celsius += (moment.weather.celsius - air.celsius) * Math.min(1, loss) + warmth * hours
      const rest = 38 + moment.weather.humidityPercent * 0.12 + (moment.inUse.has(room) ? 3 : 0)
      const isShowered = room === 'Bathroom' && moment.inUse.has(room)
      const pull = isShowered ? hours * 6 : hours * (this.airing.has(room) ? 4 : 1.2)
      air.humidityPercent = clamp(
        air.humidityPercent + ((isShowered ? 82 : rest) - air.humidityPercent) * Math.min(1, pull),
        20,
        95,
      )
    }
  }
}
