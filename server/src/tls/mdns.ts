import type { Answer, MulticastDns, Packet, Sender } from 'multicast-dns'
import type { Log } from '../log.ts'
import type { Link } from './names.ts'

const ttlSeconds = 120
const legacyTtlSeconds = 10
const probes = 3
const probeEveryMs = 250
const announceAgainMs = 1000
const mostNames = 20
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
  #name: string
  #tries = 1
  #state: 'probing' | 'named' | 'stopped' = 'probing'
  #isTaken = false

  constructor(deps: MdnsDeps) {
    this.#deps = deps
    this.#name = deps.name
  }

  /** Ends when the name is ours, or when none was free. */
  async start(): Promise<void> {
    this.#sync()
    await this.#claim()
  }

  /** Networks come and go with cables and Wi-Fi. */
  refresh(): void {
    if (this.#state !== 'named' || !this.#sync()) return
    this.#announce()
  }

  async stop(): Promise<void> {
    const wasNamed = this.#state === 'named'
    this.#state = 'stopped'
    const ends = [...this.#open.values()].map(
      ({ link, mdns }) =>
        new Promise<void>((resolve) => {
          const close = () => mdns.destroy(resolve)
          if (wasNamed) mdns.respond({ answers: this.#records(link, 0) }, undefined, close)
          else close()
        }),
    )
    this.#open.clear()
    await Promise.all(ends)
  }

  async #claim(): Promise<void> {
    for (;;) {
      this.#state = 'probing'
      this.#isTaken = false
      for (let turn = 0; turn < probes && !this.#isTaken && !this.#isStopped(); turn++) {
        for (const { link, mdns } of this.#open.values())
          mdns.query({
            questions: [{ name: this.#name, type: 'ANY' }],
            authorities: this.#records(link, ttlSeconds, false),
          })
        await this.#deps.wait(probeEveryMs)
      }
      if (this.#isStopped()) return
      if (!this.#isTaken) break
      if (!this.#next()) return this.#giveUp()
    }
    this.#state = 'named'
    this.#deps.named(this.#name)
    this.#announce()
    await this.#deps.wait(announceAgainMs)
    if (!this.#isStopped()) this.#announce()
  }

  #isStopped(): boolean {
    return this.#state === 'stopped'
  }

  /** eaves.local, eaves-2.local, eaves-3.local … */
  #next(): boolean {
    if (++this.#tries > mostNames) return false
    this.#name = this.#deps.name.replace(/\.local$/, `-${this.#tries}.local`)
    return true
  }
  #giveUp(): void {
    this.#deps.log.warn('mdns.no-free-name', { count: mostNames })
    this.#deps.named(undefined)
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
    if (this.#state === 'probing') return this.#sawProbe(link, packet, from)
    if (this.#state !== 'named') return
    const mine = (packet.questions ?? []).filter((each) => this.#isMine(each.name))
    const isLegacy = from.port !== mdnsPort
    const answers = this.#records(link, isLegacy ? legacyTtlSeconds : ttlSeconds, !isLegacy).filter(
      (record) => mine.some(({ type }) => type === 'ANY' || type === record.type),
    )
    if (answers.length === 0) return
    if (isLegacy) mdns.respond({ id: packet.id ?? 0, questions: mine, answers }, from)
    else mdns.respond({ answers })
  }

  /** Two that ask for the same name at once: the one with the greater address keeps it. */
  #sawProbe(link: Link, packet: Packet, from: Sender): void {
    if (link.addresses.includes(from.address)) return
    const theirs = (packet.authorities ?? []).filter((each) => this.#isForeign(link, each))
    if (theirs.some((each) => typeof each.data === 'string' && isGreater(each.data, link.addresses[0] ?? '')))
      this.#isTaken = true
  }

  #heard(link: Link, answers: readonly Answer[], from: Sender): void {
    if (!link.holds(from.address) || link.addresses.includes(from.address)) return
    if (!answers.some((each) => each.ttl !== 0 && this.#isForeign(link, each))) return
    this.#isTaken = true
    if (this.#state !== 'named') return
    // Somebody answers for our name: ask again, and take another if they stay.
    this.#deps.named(undefined)
    void this.#claim()
  }

  #isMine(name: string): boolean {
    return name.toLowerCase() === this.#name
  }
  #isForeign(link: Link, { name, type, data }: Answer): boolean {
    return (
      this.#isMine(name) &&
      (type === 'A' || type === 'AAAA') &&
      typeof data === 'string' &&
      !link.addresses.includes(data)
    )
  }

  #announce(): void {
    for (const { link, mdns } of this.#open.values())
      mdns.respond({ answers: this.#records(link, ttlSeconds) })
  }
  #records(link: Link, ttl: number, flush = true): readonly Answer[] {
    return link.addresses.map((address) => ({
      name: this.#name,
      type: address.includes(':') ? 'AAAA' : 'A',
      ttl,
      flush,
      data: address,
    }))
  }
}

function isGreater(theirs: string, ours: string): boolean {
  const [a, b] = [theirs, ours].map((address) => address.split('.').map(Number))
  for (let n = 0; n < 4; n++) if (a?.[n] !== b?.[n]) return (a?.[n] ?? 0) > (b?.[n] ?? 0)
  return false
}
