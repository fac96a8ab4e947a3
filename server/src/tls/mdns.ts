import type { Answer, MulticastDns, Packet, Sender } from 'multicast-dns'
import type { Log } from '../log.ts'
import type { Link } from './names.ts'

const ttlSeconds = 120
const legacyTtlSeconds = 10
const probes = 3
const probeEveryMs = 250
const announceAgainMs = 1000
const mostNames = 20
/** The wished name is asked for again at every fifth look at the networks while another has it. */
const wishAgainLooks = 5
const mdnsPort = 5353

export interface MdnsDeps {
  readonly name: string
  /** The networks to announce in, as they are now. */
  readonly links: () => readonly Link[]
  readonly open: (link: Link) => MulticastDns
  readonly wait: (ms: number) => Promise<void>
  readonly log: Log
  /** Told the name that was found free, and each later one. */
  readonly named: (name: string | undefined) => void
}

/** Answers for one name under .local in each network, once it has asked that nobody else has it (RFC 6762). */
export class Announcer {
  readonly #deps: MdnsDeps
  readonly #open = new Map<string, { readonly link: Link; readonly mdns: MulticastDns }>()
  /** The name that is announced and answered for. */
  #name: string | undefined
  /** The name that is asked for at this moment. */
  #probe: { readonly name: string; isTaken: boolean } | undefined
  #told: string | null | undefined = null
  #looks = 0
  #isStopped = false

  constructor(deps: MdnsDeps) {
    this.#deps = deps
  }

  /** Ends when a name is ours, or when none was free. */
  async start(): Promise<void> {
    this.#sync()
    await this.#claim()
  }

  /** Networks come and go with cables and Wi-Fi, and so do others that have the wished name. */
  refresh(): void {
    if (this.#isStopped || this.#probe !== undefined) return
    if (this.#sync() && this.#name !== undefined) this.#announce()
    if (this.#name === this.#deps.name) return
    if (++this.#looks % wishAgainLooks === 0) void this.#claim()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    const name = this.#name
    this.#name = undefined
    const ends = [...this.#open.values()].map(
      ({ link, mdns }) =>
        new Promise<void>((resolve) => {
          const close = () => mdns.destroy(resolve)
          if (name === undefined) close()
          else mdns.respond({ answers: records(name, link, 0) }, undefined, close)
        }),
    )
    this.#open.clear()
    await Promise.all(ends)
  }

  /** Takes the first name that is free, the wished one before all; a name that is announced already stays so meanwhile. */
  async #claim(): Promise<void> {
    for (let number = 1; number <= mostNames; number++) {
      const name = numbered(this.#deps.name, number)
      if (name === this.#name) return
      const isFree = await this.#isFree(name)
      if (this.#isStopped) return
      if (isFree) return this.#take(name)
    }
    this.#deps.log.warn('mdns.no-free-name', { count: mostNames })
    this.#tell(undefined)
  }

  async #isFree(name: string): Promise<boolean> {
    const probe = (this.#probe = { name, isTaken: false })
    for (let turn = 0; turn < probes && !probe.isTaken && !this.#isStopped; turn++) {
      for (const { link, mdns } of this.#open.values())
        mdns.query({
          questions: [{ name, type: 'ANY' }],
          authorities: records(name, link, ttlSeconds, false),
        })
      await this.#deps.wait(probeEveryMs)
    }
    this.#probe = undefined
    return !probe.isTaken
  }

  async #take(name: string): Promise<void> {
    const before = this.#name
    if (before !== undefined)
      for (const { link, mdns } of this.#open.values()) mdns.respond({ answers: records(before, link, 0) })
    this.#name = name
    this.#tell(name)
    this.#announce()
    await this.#deps.wait(announceAgainMs)
    this.#announce()
  }

  #tell(name: string | undefined): void {
    if (name === this.#told) return
    this.#told = name
    this.#deps.named(name)
  }

  /** Opens what is new and closes what is gone; true when something is new. */
  #sync(): boolean {
    const now = new Map(this.#deps.links().map((link) => [`${link.via} ${link.addresses.join(' ')}`, link]))
    for (const [key, { mdns }] of this.#open)
      if (!now.has(key)) {
        this.#open.delete(key)
        mdns.destroy()
      }
    let isNew = false
    for (const [key, link] of now) {
      if (this.#open.has(key)) continue
      isNew = true
      const mdns = this.#deps.open(link)
      // Networks that refuse multicast are no fault of the hub; the address still works.
      const failed = () => this.#deps.log.debug('mdns.fault')
      mdns.on('error', failed)
      mdns.on('warning', failed)
      mdns.on('query', (packet: Packet, from: Sender) => this.#asked(link, mdns, packet, from))
      mdns.on('response', (packet: Packet, from: Sender) => this.#heard(link, packet.answers ?? [], from))
      this.#open.set(key, { link, mdns })
    }
    return isNew
  }

  #asked(link: Link, mdns: MulticastDns, packet: Packet, from: Sender): void {
    if (!link.holds(from.address)) return
    this.#sawProbe(link, packet, from)
    const name = this.#name
    if (name === undefined) return
    const mine = (packet.questions ?? []).filter((each) => each.name.toLowerCase() === name)
    const isLegacy = from.port !== mdnsPort
    const answers = records(name, link, isLegacy ? legacyTtlSeconds : ttlSeconds, !isLegacy).filter(
      (record) => mine.some(({ type }) => type === 'ANY' || type === record.type),
    )
    if (answers.length === 0) return
    if (isLegacy) mdns.respond({ id: packet.id ?? 0, questions: mine, answers }, from)
    else mdns.respond({ answers })
  }

  /** Two that ask for the same name at once: the one with the greater address keeps it. */
  #sawProbe(link: Link, packet: Packet, from: Sender): void {
    const probe = this.#probe
    if (probe === undefined || link.addresses.includes(from.address)) return
    const theirs = (packet.authorities ?? []).filter((each) => isForeign(probe.name, link, each))
    if (theirs.some((each) => typeof each.data === 'string' && isGreater(each.data, link.addresses[0] ?? '')))
      probe.isTaken = true
  }

  #heard(link: Link, answers: readonly Answer[], from: Sender): void {
    if (!link.holds(from.address) || link.addresses.includes(from.address)) return
    const isTheirs = (name: string) => answers.some((each) => each.ttl !== 0 && isForeign(name, link, each))
    const probe = this.#probe
    if (probe !== undefined && isTheirs(probe.name)) probe.isTaken = true
    if (this.#name === undefined || !isTheirs(this.#name)) return
    // Somebody answers for our name: ask again, and take another while they stay.
    this.#deps.log.warn('mdns.name-contested')
    this.#name = undefined
    if (probe === undefined) void this.#claim()
  }

  #announce(): void {
    const name = this.#name
    if (name === undefined) return
    for (const { link, mdns } of this.#open.values())
      mdns.respond({ answers: records(name, link, ttlSeconds) })
  }
}

/** eaves.local, eaves-2.local, eaves-3.local … */
const numbered = (name: string, number: number): string =>
  number === 1 ? name : name.replace(/\.local$/, `-${number}.local`)

function isForeign(own: string, link: Link, { name, type, data }: Answer): boolean {
  return (
    name.toLowerCase() === own &&
    (type === 'A' || type === 'AAAA') &&
    typeof data === 'string' &&
    !link.addresses.includes(data)
  )
}

const records = (name: string, link: Link, ttl: number, flush = true): readonly Answer[] =>
  link.addresses.map((address) => ({
    name,
    type: address.includes(':') ? 'AAAA' : 'A',
    ttl,
    flush,
    data: address,
  }))

function isGreater(theirs: string, ours: string): boolean {
  const [a, b] = [theirs, ours].map((address) => address.split('.').map(Number))
  for (let n = 0; n < 4; n++) if (a?.[n] !== b?.[n]) return (a?.[n] ?? 0) > (b?.[n] ?? 0)
  return false
}
