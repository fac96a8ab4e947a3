import type { BrokerScope } from '@eaves/driver-kit'
import { matches } from '../topics.ts'

const longestTopic = 512
const mostLevels = 32
/** Verdicts kept for each client and direction; of topics beyond these, and of long ones, each is judged anew. */
const mostVerdicts = 1024
const longestKept = 128
const dollar = 36

/** `announce`: a place that several may write to, each only where no other has left a message. */
export type PublishVerdict = 'yes' | 'announce' | 'no' | 'closed'

function fits(topic: string): boolean {
  if (topic.length === 0 || topic.length > longestTopic || topic.includes('\u0000')) return false
  let levels = 1
  for (let at = topic.indexOf('/'); at !== -1; at = topic.indexOf('/', at + 1)) levels++
  return levels <= mostLevels
}
const isWild = (topic: string): boolean => topic.includes('+') || topic.includes('#')

type Test = (topic: string) => boolean

/** A filter made ready: the usual forms cost a comparison, without taking the topic apart. */
function ready(filter: string): Test {
  if (filter === '#') return () => true
  const stem = filter.endsWith('/#') ? filter.slice(0, -2) : undefined
  if (isWild(stem ?? filter)) return (topic) => matches(filter, topic)
  if (stem === undefined) return (topic) => topic === filter
  const below = `${stem}/`
  return (topic) => topic.startsWith(below) || topic === stem
}
function anyOf(tests: readonly Test[], topic: string): boolean {
  for (const test of tests) if (test(topic)) return true
  return false
}
function keep<V>(kept: Map<string, V>, topic: string, verdict: V): V {
  if (kept.size < mostVerdicts && topic.length <= longestKept) kept.set(topic, verdict)
  return verdict
}

/** What one credential may say and hear. A topic is judged once and remembered: the check costs a look-up a message. */
export class Scope {
  readonly #scope: BrokerScope
  readonly #mayPublish: readonly Test[]
  readonly #mayAnnounce: readonly Test[]
  readonly #mayReceive: readonly Test[]
  readonly #published = new Map<string, PublishVerdict>()
  readonly #received = new Map<string, boolean>()

  constructor(scope: BrokerScope) {
    this.#scope = scope
    this.#mayPublish = scope.publish.map(ready)
    this.#mayAnnounce = scope.announce.map(ready)
    this.#mayReceive = scope.subscribe.map(ready)
  }
  get messagesPerSecond(): number {
    return this.#scope.messagesPerSecond
  }
  /** A bridge, or what has the whole home: what may announce anything. */
  get takesLists(): boolean {
    const { publish, announce } = this.#scope
    return publish.includes('#') || announce.some((filter) => filter.endsWith('/#'))
  }
  get mostRetained(): number {
    return this.#scope.mostRetained
  }

  /** `$SYS` and everything else that begins with a dollar sign is closed to all. */
  publish(topic: string): PublishVerdict {
    return this.#published.get(topic) ?? keep(this.#published, topic, this.#judge(topic))
  }
  /** Asked for every message at the moment of its delivery. */
  mayReceive(topic: string): boolean {
    return (
      this.#received.get(topic) ??
      keep(this.#received, topic, topic.charCodeAt(0) !== dollar && anyOf(this.#mayReceive, topic))
    )
  }
  /** A filter is allowed when one of the scope takes everything that it takes. */
  maySubscribe(filter: string): boolean {
    return (
      fits(filter) &&
      filter.charCodeAt(0) !== dollar &&
      this.#scope.subscribe.some((outer) => matches(outer, filter))
    )
  }

  #judge(topic: string): PublishVerdict {
    if (topic.charCodeAt(0) === dollar || !fits(topic) || isWild(topic)) return 'closed'
    if (anyOf(this.#mayPublish, topic)) return 'yes'
    return anyOf(this.#mayAnnounce, topic) ? 'announce' : 'no'
  }
}
