import { Thing, type Body, type HouseNow, type ThingDeps } from '../thing.ts'
import type { Room } from '../world/family.ts'
import type { Wire } from '../wire.ts'
import type { Gadget } from './gadget.ts'
import { answerRequest, type Bridged } from './requests.ts'
import { describe, info, readJson, type Entry } from './words.ts'

export const base = 'zigbee2mqtt'
/** A device that could come while joining is permitted. */
export interface Newcomer {
  readonly ieee: string
  readonly gadget: Gadget
}
export interface BridgeDevice {
  readonly name: string
  readonly room: Room
  readonly ieee: string
  readonly gadget: Gadget
}
export interface BridgeDeps extends ThingDeps {
  readonly wire: Wire
  /** The next device that would be brought near; undefined when there is none left. */
  readonly newcomer: () => Newcomer | undefined
}

const joinsAfterMs = 4000
const interviewAfterMs = 1500
const interviewTakesMs = 3500

/** Zigbee devices behind one bridge, in the words of Zigbee2MQTT's public topics. */
export class Bridge {
  readonly #deps: BridgeDeps
  readonly #entries: Entry[] = []
  #joinUntil = 0
  #join: { readonly cancel: () => void } | undefined
  #hasJoined = false
  #last: HouseNow | undefined

  constructor(deps: BridgeDeps) {
    this.#deps = deps
  }

  start(devices: readonly BridgeDevice[], house: HouseNow): void {
    this.#last = house
    for (const { name, room, ieee, gadget } of devices)
      this.#entries.push(this.#entry(name, ieee, gadget, room, 'done'))
    const { wire } = this.#deps
    wire.onMessage((topic, payload) => this.#hear(topic, payload))
    for (const filter of ['+/set', '+/get', '+/+/set', '+/+/get', 'bridge/request/#'])
      wire.subscribe(`${base}/${filter}`)
    this.#say('bridge/state', { state: 'online' }, true)
    this.#sayInfo()
    this.#say('bridge/groups', [], true)
    this.#sayDevices()
    for (const entry of this.#entries) this.#greet(entry)
  }

  things(): readonly Thing[] {
    return this.#entries.flatMap((entry) => entry.thing)
  }

  step(house: HouseNow, seconds: number): void {
    this.#last = house
    for (const { thing, interview } of [...this.#entries])
      if (interview === 'done') thing.step(house, seconds)
  }

  stop(): void {
    this.#join?.cancel()
    for (const { thing } of this.#entries) thing.stop()
    this.#say('bridge/state', { state: 'offline' }, true)
  }

  #entry(
    name: string,
    ieee: string,
    gadget: Gadget,
    room: Room | undefined,
    interview: Entry['interview'],
  ): Entry {
    const entry: Entry = { name, ieee, gadget, interview, thing: undefined as never }
    const body: Body = {
      name: () => entry.name,
      room,
      reportEveryMs: gadget.reportEveryMs,
      live: gadget.live,
      report: () => this.#report(entry),
      presence: (isOnline) =>
        this.#say(`${entry.name}/availability`, { state: isOnline ? 'online' : 'offline' }, true),
      ...(gadget.drain === undefined ? {} : { drain: gadget.drain }),
    }
    return Object.assign(entry, { thing: new Thing(body, this.#deps) })
  }

  #greet(entry: Entry): void {
    entry.thing.body.presence(entry.thing.fault !== 'offline')
    if (this.#last !== undefined) entry.thing.step(this.#last, 0)
  }

  #report({ name, gadget }: Entry): void {
    const action = gadget.takeAction?.()
    // The broker keeps states for whoever comes later; an action is a moment.
    this.#say(name, action === undefined ? gadget.state : { ...gadget.state, action }, action === undefined)
  }

  #say(topic: string, body: unknown, retain = false): void {
    this.#deps.wire.publish(
      `${base}/${topic}`,
      typeof body === 'string' ? body : JSON.stringify(body),
      retain,
    )
  }

  #forget({ name }: Entry): void {
    for (const topic of [name, `${name}/availability`]) this.#say(topic, '', true)
  }

  #sayDevices(): void {
    this.#say('bridge/devices', describe(this.#entries), true)
  }

  #sayInfo(): void {
    this.#say('bridge/info', info(this.#joinUntil > this.#deps.now() ? this.#joinUntil : undefined), true)
  }

  #hear(topic: string, payload: string): void {
    const path = topic.slice(base.length + 1)
    const request = /^bridge\/request\/(.+)$/.exec(path)?.[1]
    if (request !== undefined) return answerRequest(this.#bridged(), request, payload)
    const [, name, verb] = /^(.+)\/(set|get)$/.exec(path) ?? []
    const entry = this.#entries.find((each) => each.name === name || each.ieee === name)
    const asked = readJson(payload)
    if (entry === undefined || asked === undefined) return
    entry.thing.ask(() => {
      if (verb === 'set') entry.gadget.obey(asked)
    })
  }

  /** What requests may do with the bridge. */
  #bridged(): Bridged {
    return {
      say: (topic, body) => this.#say(topic, body),
      now: this.#deps.now,
      setTimer: this.#deps.setTimer,
      find: (id) => this.#entries.find((entry) => entry.name === id || entry.ieee === id),
      permit: (seconds) => this.#permit(seconds),
      rename: (entry, name) => {
        this.#forget(entry)
        entry.name = name
        this.#sayDevices()
        this.#greet(entry)
        entry.thing.body.report()
      },
      remove: (entry) => {
        entry.thing.stop()
        this.#entries.splice(this.#entries.indexOf(entry), 1)
        this.#say('bridge/event', {
          type: 'device_leave',
          data: { ieee_address: entry.ieee, friendly_name: entry.name },
        })
        this.#forget(entry)
        this.#sayDevices()
      },
      restart: () => {
        this.#say('bridge/state', { state: 'offline' }, true)
        this.#deps.setTimer(1500, () => this.#say('bridge/state', { state: 'online' }, true))
      },
    }
  }

  #permit(seconds: number): void {
    this.#join?.cancel()
    this.#join = undefined
    this.#joinUntil = this.#deps.now() + seconds * 1000
    this.#hasJoined = false
    this.#sayInfo()
    if (seconds <= 0) return
    this.#after(Math.min(joinsAfterMs, seconds * 1000), () => this.#bring(seconds * 1000))
  }

  #after(ms: number, run: () => void): void {
    this.#join = this.#deps.setTimer(ms, run)
  }

  /** Somebody holds a new device near and it joins: one in each time that is permitted. */
  #bring(permittedMs: number): void {
    const newcomer = this.#hasJoined ? undefined : this.#deps.newcomer()
    const rest = Math.max(0, permittedMs - joinsAfterMs)
    if (newcomer === undefined) return this.#after(rest, () => this.#sayInfo())
    this.#hasJoined = true
    const { ieee, gadget } = newcomer
    const data = { friendly_name: ieee, ieee_address: ieee }
    const entry = this.#entry(ieee, ieee, gadget, undefined, 'waiting')
    this.#entries.push(entry)
    this.#say('bridge/event', { type: 'device_joined', data })
    this.#sayDevices()
    this.#deps.setTimer(interviewAfterMs, () => {
      entry.interview = 'running'
      this.#say('bridge/event', { type: 'device_interview', data: { ...data, status: 'started' } })
      this.#sayDevices()
    })
    this.#deps.setTimer(interviewAfterMs + interviewTakesMs, () => this.#admit(entry))
    this.#after(rest, () => this.#sayInfo())
  }

  #admit(entry: Entry): void {
    if (!this.#entries.includes(entry)) return
    entry.interview = 'done'
    this.#say('bridge/event', {
      type: 'device_interview',
      data: {
        friendly_name: entry.name,
        ieee_address: entry.ieee,
        status: 'successful',
        supported: true,
        definition: describe([entry]).at(-1)?.definition,
      },
    })
    this.#sayDevices()
    this.#greet(entry)
  }
}
