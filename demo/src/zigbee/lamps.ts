import { chance } from '../world/chance.ts'
import { clamp } from '../world/weather.ts'
import type { Moment } from '../world/world.ts'
import { toHueSaturation, toXy } from './color.ts'
import { gadget, type Gadget, type Habit, type State } from './gadget.ts'
import { models, type Model } from './models.ts'

interface LampWish {
  readonly seed: string
  readonly kind: 'dimmable' | 'white' | 'color'
  /** Whether the family would have it on now. */
  readonly wants: (moment: Moment) => boolean
  readonly percent?: number
  /** The tint of a lamp that is coloured most evenings. */
  readonly hue?: number
}

/** A lamp that the family switches when its own wish changes; between, it stays as anybody has set it. */
export function lamp({ seed, kind, wants, percent = 80, hue }: LampWish): Gadget {
  const model: Model = models[kind]
  const state: State = { state: 'OFF', brightness: Math.round(percent * 2.54), power_on_behavior: 'previous' }
  if (kind !== 'dimmable') Object.assign(state, { color_temp: 370, color_mode: 'color_temp' })
  if (kind === 'color' && hue !== undefined) paint(state, { hue, saturation: 62 })
  else if (kind === 'color') Object.assign(state, { color: { x: 0.4578, y: 0.41 } })
  return gadget({
    model,
    seed,
    state,
    reportEveryMs: 60_000,
    habits: [switchedBy(state, wants)],
    obey: (asked) => obeyLight(state, asked, kind),
  })
}

/** Switches when the wish changes, and at the very first look. */
export function switchedBy(state: State, wants: (moment: Moment) => boolean): Habit {
  let wish: boolean | undefined
  return ({ moment }) => {
    const now = wants(moment)
    if (now === wish) return false
    wish = now
    const next = now ? 'ON' : 'OFF'
    const isNews = state.state !== next
    state.state = next
    return isNews
  }
}

export function switched(state: State, asked: unknown): void {
  if (asked === 'TOGGLE') state.state = state.state === 'ON' ? 'OFF' : 'ON'
  else if (asked === 'ON' || asked === 'OFF') state.state = asked
}

function obeyLight(state: State, asked: State, kind: LampWish['kind']): void {
  switched(state, asked.state)
  const { brightness, color_temp: mireds, color } = asked
  if (typeof brightness === 'number') {
    state.state = brightness > 0 ? 'ON' : 'OFF'
    if (brightness > 0) state.brightness = Math.round(clamp(brightness, 1, 254))
  }
  if (typeof mireds === 'number' && kind !== 'dimmable')
    Object.assign(state, { color_temp: Math.round(clamp(mireds, 153, 454)), color_mode: 'color_temp' })
  if (kind === 'color' && typeof color === 'object' && color !== null) paint(state, color as State)
}

function paint(state: State, { hue, saturation, x, y }: State): void {
  if (typeof hue === 'number' && typeof saturation === 'number')
    Object.assign(state, {
      color: { ...toXy({ hue, saturation }), hue: Math.round(hue), saturation: Math.round(saturation) },
      color_mode: 'hs',
    })
  else if (typeof x === 'number' && typeof y === 'number')
    Object.assign(state, { color: { x, y, ...toHueSaturation({ x, y }) }, color_mode: 'xy' })
}

interface PlugWish {
  readonly seed: string
  /** What is plugged in draws this much; undefined while it is off by itself. */
  readonly draws: (moment: Moment) => number
  /** Energy used before the demonstration began. */
  readonly usedKilowattHours: number
}

/** A plug that measures: its meter sums up what flows through it. */
export function plug({ seed, draws, usedKilowattHours }: PlugWish): Gadget {
  const state: State = { state: 'ON', power_on_behavior: 'previous', child_lock: 'UNLOCK' }
  let energy = usedKilowattHours
  let told = 0
  const meter: Habit = ({ moment }, seconds) => {
    const watts = state.state === 'ON' ? draws(moment) : 0
    const volts = 229 + 4 * chance(seed, Math.floor(moment.at / 20_000), 'volts')
    energy += (watts * seconds) / 3_600_000
    Object.assign(state, {
      power: Math.round(watts * 10) / 10,
      voltage: Math.round(volts * 10) / 10,
      current: Math.round((watts / volts) * 1000) / 1000,
      energy: Math.round(energy * 1000) / 1000,
    })
    if (Math.abs(watts - told) <= Math.max(5, told * 0.1)) return false
    told = watts
    return true
  }
  return gadget({
    model: models.plug,
    seed,
    state,
    reportEveryMs: 10_000,
    habits: [meter],
    obey: (asked) => switched(state, asked.state),
  })
}
