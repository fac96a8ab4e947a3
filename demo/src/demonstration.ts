import { connectTo, type Access, type Connection } from './connection.ts'
import { present, willOf } from './discovery/gadget.ts'
import { announcedDevices, drawer, zigbeeDevices } from './household.ts'
import type { Fault, HouseNow, Thing, ThingDeps } from './thing.ts'
import { Air } from './world/air.ts'
import { rooms } from './world/family.ts'
import { worldAt, type Moment } from './world/world.ts'
import { base, Bridge } from './zigbee/bridge.ts'

export const seed = 'demonstration'
/** The credential that speaks for all Zigbee devices. */
export const bridgeVoice = 'Zigbee bridge'
const stepMs = 1000

export interface Go {
  readonly broker: { readonly host: string; readonly port: number }
  readonly zone: string
  /** Added to the clock of the house, so that it may be another time of the day there. */
  readonly offsetMs: number
  /** By voice. */
  readonly access: Readonly<Record<string, Access>>
}
/** Something that connects by itself, and which topics are its own. */
export interface Voice {
  readonly name: string
  readonly scope:
    | { readonly kind: 'bridge'; readonly base: string }
    | { readonly kind: 'device'; readonly topic: string }
}
/** What the house holds before anything is switched on. */
export interface Plan {
  readonly rooms: readonly string[]
  readonly devices: readonly { readonly name: string; readonly room: string }[]
  /** Everything that speaks for itself and so needs access of its own. */
  readonly voices: readonly Voice[]
}

export function planOf(): Plan {
  const [zigbee, announced] = [zigbeeDevices(seed), announcedDevices(seed)]
  return {
    rooms,
    devices: [...zigbee, ...announced].map(({ name, room }) => ({ name, room })),
    voices: [
      { name: bridgeVoice, scope: { kind: 'bridge', base } },
      ...announced.map(({ name, node }) => ({ name, scope: { kind: 'device' as const, topic: node } })),
    ],
  }
}

/** The house while it lives: its clients at the broker and the one clock that moves everything. */
export class Demonstration {
  readonly #go: Go
  readonly #deps: ThingDeps
  readonly #connections: Connection[] = []
  readonly #announced: Thing[] = []
  #bridge: Bridge | undefined
  #house: HouseNow | undefined
  #clock: NodeJS.Timeout | undefined
  #steppedAt = 0

  constructor(go: Go) {
    this.#go = go
    this.#deps = {
      now: () => Date.now(),
      random: Math.random,
      setTimer: (ms, run) => {
        const timer = setTimeout(run, ms)
        return { cancel: () => clearTimeout(timer) }
      },
    }
  }

  start(): void {
    const moment = this.#moment()
    const house = { moment, air: new Air(moment) }
    this.#house = house
    this.#steppedAt = Date.now()
    this.#startBridge(house)
    for (const gadget of announcedDevices(seed)) {
      const wire = this.#connect(gadget.name, willOf(gadget))
      this.#announced.push(present(gadget, wire, this.#deps))
    }
    this.#step()
    this.#clock = setInterval(() => this.#step(), stepMs)
  }

  #startBridge(house: HouseNow): void {
    const wire = this.#connect(bridgeVoice, { topic: `${base}/bridge/state`, payload: '{"state":"offline"}' })
    const bridge = new Bridge({ ...this.#deps, wire, newcomer: drawer(seed) })
    bridge.start(zigbeeDevices(seed), house)
    this.#bridge = bridge
  }

  #connect(voice: string, will: { readonly topic: string; readonly payload: string }): Connection {
    const access = this.#go.access[voice]
    if (access === undefined) throw new Error(`Nobody gave ${voice} access to the broker.`)
    const connection = connectTo(this.#go.broker, access, will)
    this.#connections.push(connection)
    return connection
  }

  #moment(): Moment {
    return worldAt(Date.now() + this.#go.offsetMs, { zone: this.#go.zone, seed })
  }

  #step(): void {
    const now = Date.now()
    const seconds = Math.min(60, (now - this.#steppedAt) / 1000)
    this.#steppedAt = now
    const { air } = this.#house!
    const house = (this.#house = { moment: this.#moment(), air })
    air.step(house.moment, seconds)
    this.#bridge?.step(house, seconds)
    for (const thing of this.#announced) thing.step(house, seconds)
  }

  things(): readonly Thing[] {
    return [...(this.#bridge?.things() ?? []), ...this.#announced]
  }

  /** Throws a sentence when there is no such device or it cannot have this fault. */
  setFault(device: string, fault: Fault): void {
    const wanted = device.toLowerCase()
    const thing = this.things().find((each) => each.body.name().toLowerCase() === wanted)
    if (thing === undefined)
      throw new Error(`There is no device "${device}". "eaves demo faults" lists them all.`)
    thing.setFault(fault)
  }

  async stop(): Promise<void> {
    clearInterval(this.#clock)
    this.#bridge?.stop()
    for (const thing of this.#announced) {
      thing.stop()
      thing.body.presence(false)
    }
    await Promise.all(this.#connections.map((connection) => connection.end()))
  }
}
