import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { BrokerContext, BrokerScope } from '@eaves/driver-kit'
import { credential, deviceScope, passwordOf, wholeHome } from '../../testing/embedded.ts'
import { createBrokerHub } from '../hub.ts'
import { lineOf, ReferenceBroker, type Holder } from './reference.ts'
import { traffic, WireClient } from './wire-client.ts'

const bridgeScope: BrokerScope = {
  ...wholeHome,
  publish: ['z/#'],
  announce: ['homeassistant/#'],
  subscribe: ['z/#', 'homeassistant/#'],
}
/** Three homes; two devices whose names differ in case alone; the same name in two homes. */
const places: readonly (readonly [home: string, scope: BrokerScope])[] = [
  ['a', deviceScope('lamp')],
  ['a', deviceScope('Lamp')],
  ['a', bridgeScope],
  ['a', wholeHome],
  ['b', wholeHome],
  ['b', deviceScope('lamp')],
  ['c', wholeHome],
]
const topics = [
  'lamp/state',
  'lamp/set',
  'Lamp/state',
  'z/x',
  'homeassistant/light/one/config',
  'homeassistant/status',
  'other',
  'a/lamp/state',
  '$SYS/x',
]
const filters = [
  '#',
  'lamp/#',
  'lamp/+',
  '+/state',
  'Lamp/#',
  '+/+',
  'z/#',
  'homeassistant/#',
  'homeassistant/+/+/config',
  'homeassistant/status',
  'b/#',
  '$SYS/#',
  '$share/g/#',
]
const verbs = [
  'connect',
  'connect',
  'publish',
  'publish',
  'publish',
  'publish',
  'publish',
  'subscribe',
  'subscribe',
  'unsubscribe',
  'disconnect',
  'kill',
  'revoke',
  'issue',
  'speak',
] as const

export interface Act {
  readonly verb: (typeof verbs)[number]
  readonly who: number
  readonly topic: number
  readonly filter: number
  readonly qos: number
  readonly retain: boolean
  readonly isEmpty: boolean
  readonly isClean: boolean
  readonly hasWill: boolean
}
const act: fc.Arbitrary<Act> = fc.record({
  verb: fc.constantFrom(...verbs),
  who: fc.nat(places.length - 1),
  topic: fc.nat(topics.length - 1),
  filter: fc.nat(filters.length - 1),
  qos: fc.nat(2),
  retain: fc.boolean(),
  isEmpty: fc.nat(7).map((n) => n === 0),
  isClean: fc.boolean(),
  hasWill: fc.boolean(),
})
const opening: Act = {
  verb: 'connect',
  who: 0,
  topic: 0,
  filter: 0,
  qos: 1,
  retain: false,
  isEmpty: false,
  isClean: true,
  hasWill: false,
}
/** The filter that each place begins with. */
const opened = [1, 4, 6, 0, 0, 1, 5]
/** Ticks without a byte after which nothing more comes: the longest way in the broker has fewer. */
const quietTicks = 8

async function quiet(): Promise<void> {
  let seen = traffic.packets
  for (let ticks = 0; ticks < quietTicks; ticks++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (traffic.packets !== seen) ticks = -1
    seen = traffic.packets
  }
}

/** The real broker and its model side by side, through one order of acts. */
class Trace {
  readonly #hub: Bench['hub']
  readonly #broker: Bench['broker']
  readonly #model = new ReferenceBroker()
  readonly #holders = new Map<number, Holder>()
  readonly #clients = new Map<string, WireClient>()
  readonly #drivers = new Map<string, string[]>()
  readonly #links: ReturnType<Bench['hub']['openLink']>[] = []
  readonly #name: string
  #issues = 0
  #said = 0
  deliveries = 0

  constructor(bench: Bench, name: string) {
    this.#hub = bench.hub
    this.#broker = bench.broker
    this.#name = name
  }
  async open(): Promise<void> {
    for (const at of places.keys()) this.#issue(at)
    for (const home of ['a', 'b']) {
      const heard: string[] = []
      const link = this.#hub.openLink(this.#home(home))
      link.onMessage(({ topic, payload, retained }) =>
        heard.push(lineOf(topic, payload.toString(), retained)),
      )
      link.open()
      await link.subscribe(['#'])
      this.#drivers.set(this.#home(home), heard)
      this.#links.push(link)
    }
    // Most begin inside and listening, so that most acts meet somebody.
    for (const who of places.keys()) this.#act({ ...opening, who, isClean: who % 2 === 0 })
    await quiet()
    for (const who of places.keys()) this.#act({ ...opening, verb: 'subscribe', who, filter: opened[who]! })
    await quiet()
    this.#compare(opening)
  }
  async run(acts: readonly Act[]): Promise<void> {
    for (const one of acts) {
      this.#act(one)
      await quiet()
      this.#compare(one)
    }
  }
  async close(): Promise<void> {
    for (const client of this.#clients.values()) client.kill()
    for (const link of this.#links) await link.close()
    this.#holders.clear()
    this.#push()
  }

  #home(home: string): string {
    return `${this.#name}-${home}`
  }
  #push(): void {
    this.#broker.credentials(
      [...this.#holders.values()].map((one) => credential(one.id, one.home, one.scope)),
    )
  }
  #issue(at: number): void {
    const [home, scope] = places[at]!
    const holder = { id: `${this.#name}-${at}-${this.#issues++}`, home: this.#home(home), scope }
    this.#holders.set(at, holder)
    this.#model.issue(holder)
    this.#push()
  }
  #act(one: Act): void {
    const holder = this.#holders.get(one.who)
    const client = holder === undefined ? undefined : this.#clients.get(holder.id)
    if (one.verb === 'issue') {
      if (holder === undefined) this.#issue(one.who)
    } else if (holder === undefined) return
    else if (one.verb === 'revoke') {
      this.#holders.delete(one.who)
      this.#push()
      this.#model.revoke(holder.id)
    } else if (one.verb === 'connect') this.#connect(holder, one)
    else if (one.verb === 'speak') this.#speak(holder.home, topics[one.topic]!)
    else if (client?.isOpen === true) this.#use(client, holder, one)
  }
  #connect(holder: Holder, { isClean, hasWill, topic, retain }: Act): void {
    const will = hasWill ? { topic: topics[topic]!, payload: this.#tag(holder), retain } : undefined
    const old = this.#clients.get(holder.id)
    const client = new WireClient(this.#hub.answer, {
      username: holder.id,
      password: passwordOf(holder.id),
      // Another's name: it must gain nothing by it.
      clientId: [...this.#clients.keys()][0] ?? 'x',
      isClean,
      ...(will === undefined ? {} : { will }),
    })
    if (!this.#model.mayConnect(holder.id, will?.topic)) return
    // A second connection ends the first, whose will is then due.
    if (old?.isOpen === true) this.#model.end(holder.id, false)
    this.#clients.set(holder.id, client)
    this.#model.connect(holder.id, isClean, will && { sender: holder, ...will })
  }
  #use(client: WireClient, holder: Holder, one: Act): void {
    const topic = topics[one.topic]!
    const filter = filters[one.filter]!
    if (one.verb === 'publish') {
      const payload = one.isEmpty ? '' : this.#tag(holder)
      client.publish(topic, payload, one.qos as 0 | 1 | 2, one.retain)
      if (!this.#model.publish(holder, { topic, payload }, one.qos, one.retain))
        this.#model.end(holder.id, false)
    } else if (one.verb === 'subscribe') {
      client.subscribe(filter)
      this.#model.subscribe(holder.id, filter)
    } else if (one.verb === 'unsubscribe') {
      client.unsubscribe(filter)
      this.#model.unsubscribe(holder.id, filter)
    } else {
      if (one.verb === 'disconnect') client.disconnect()
      else client.kill()
      this.#model.end(holder.id, one.verb === 'disconnect')
    }
  }
  #speak(home: string, topic: string): void {
    if (topic.startsWith('$') || !this.#drivers.has(home)) return
    const payload = `driver ${this.#said++}`
    void this.#links[home.endsWith('-a') ? 0 : 1]!.publish({ topic, payload, qos: 1, retain: false })
    this.#model.speak(home, topic, payload)
  }
  #tag(holder: Holder): string {
    return `${holder.id} ${this.#said++}`
  }
  #compare(one: Act): void {
    const due = new Map<string, string[]>()
    for (const { to, line } of this.#model.take()) {
      const key = to.startsWith('driver of ') && !this.#drivers.has(to.slice(10)) ? undefined : to
      if (key !== undefined) due.set(key, [...(due.get(key) ?? []), line])
    }
    const told = new Map<string, string[]>()
    for (const [id, client] of this.#clients) {
      const lines = client.heard.splice(0).map((each) => lineOf(each.topic, each.payload, each.retain))
      if (lines.length > 0) told.set(id, lines)
    }
    for (const [home, heard] of this.#drivers)
      if (heard.length > 0) told.set(`driver of ${home}`, heard.splice(0))
    this.deliveries += [...told.values()].reduce((sum, lines) => sum + lines.length, 0)
    const [is, mustBe] = [sorted(told), sorted(due)]
    // Put into words only when they differ: there are a hundred thousand of these.
    if (JSON.stringify(is) !== JSON.stringify(mustBe))
      assert.deepEqual(is, mustBe, `after ${JSON.stringify(one)}`)
    for (const [id, client] of this.#clients)
      if (client.isOpen !== this.#model.isConnected(id))
        assert.fail(`${id} is ${client.isOpen ? 'in' : 'out'} after ${JSON.stringify(one)}`)
  }
}
const sorted = (all: ReadonlyMap<string, readonly string[]>) =>
  [...all].map(([to, lines]) => [to, lines.toSorted()] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))

interface Bench {
  readonly hub: ReturnType<typeof createBrokerHub>
  readonly broker: ReturnType<ReturnType<typeof createBrokerHub>['broker']>
}

/** Runs so many traces with a printed seed; the number of deliveries that were compared. */
export async function runTraces(numRuns: number): Promise<number> {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  let clock = 0
  // Time runs ahead, so that no rate limit speaks: they have tests of their own.
  const context: BrokerContext = {
    now: () => (clock += 100_000),
    log: () => undefined,
    state: () => undefined,
    client: () => undefined,
  }
  const hub = createBrokerHub()
  const bench: Bench = { hub, broker: hub.broker(context) }
  await bench.broker.listen({ host: '127.0.0.1', port: 0 })
  let traces = 0
  let deliveries = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 30, size: 'max' }), async (acts) => {
        const trace = new Trace(bench, `t${traces++}`)
        await trace.open()
        try {
          await trace.run(acts)
        } finally {
          await trace.close()
        }
        deliveries += trace.deliveries
      }),
      { numRuns, seed },
    )
  } finally {
    await bench.broker.stop()
  }
  return deliveries
}
