import type { BrokerScope } from '@eaves/driver-kit'
import { AppError } from '@eaves/model'
import type { CredentialScopeWish } from '@eaves/model/api'
import type { CredentialScope } from '../drivers/data.ts'

const deviceMessagesPerSecond = 100
const deviceRetained = 1000
const bridgeMessagesPerSecond = 2000
const bridgeRetained = 10_000

/** First levels that firmware puts before a device's own word: Tasmota, Shelly, OpenMQTTGateway. */
const roots = ['cmnd', 'stat', 'tele', 'shellies', 'home']
/** Words that many devices share; as one device's own topic they would give it all of them. */
const shared = new Set([...roots, 'homeassistant', 'zigbee2mqtt', 'tasmota', 'esphome'])
/** Below these only a bridge may stand. */
const bridgesOnly = new Set(['homeassistant', 'zigbee2mqtt'])

/** The topic filters of a credential, for the broker. `prefix` is the home's discovery prefix. // pp.5.1 */
export function brokerScope(scope: CredentialScope, prefix: string): BrokerScope {
  if (scope.kind === 'everything')
    return {
      publish: ['#'],
      announce: [],
      subscribe: ['#'],
      messagesPerSecond: bridgeMessagesPerSecond,
      mostRetained: bridgeRetained,
    }
  if (scope.kind === 'bridge')
    return {
      publish: [`${scope.base}/#`],
      announce: [`${prefix}/#`],
      subscribe: [`${scope.base}/#`, `${prefix}/#`],
      messagesPerSecond: bridgeMessagesPerSecond,
      mostRetained: bridgeRetained,
    }
  const own = [`${scope.topic}/#`, ...roots.map((root) => `${root}/${scope.topic}/#`)]
  return {
    publish: [...own, `esphome/discover/${scope.topic}`],
    // Most firmware names these after its hardware number, which nobody knows beforehand.
    announce: [`${prefix}/+/+/config`, `${prefix}/+/+/+/config`],
    subscribe: [...own, `${prefix}/status`, 'esphome/discover', `esphome/ping/${scope.topic}`],
    messagesPerSecond: deviceMessagesPerSecond,
    mostRetained: deviceRetained,
  }
}

/** What a scope's topics begin with, in words for a form. */
export const topicOf = (scope: CredentialScope): string =>
  scope.kind === 'device' ? scope.topic : scope.kind === 'bridge' ? scope.base : '#'

/** The scope that was wished for; refused when it would reach into another's or into what many share. */
export function chooseScope(
  wish: CredentialScopeWish | undefined,
  username: string,
  others: readonly CredentialScope[],
  prefix: string,
): CredentialScope {
  if (wish?.kind === 'everything') return wish
  const isBridge = wish?.kind === 'bridge'
  const topic = isBridge ? wish.base : (wish?.topic ?? username)
  const path = isBridge ? 'scope.base' : 'scope.topic'
  const first = topic.split('/')[0] ?? ''
  if (
    isBridge
      ? topic === 'homeassistant' || roots.includes(topic)
      : shared.has(topic) ||
        bridgesOnly.has(first) ||
        meets(topic, 'esphome/discover') ||
        meets(topic, 'esphome/ping')
  )
    throw new AppError('input.invalid', { errors: [{ path, code: 'shared-topic' }] })
  if (meets(topic, prefix)) throw new AppError('input.invalid', { errors: [{ path, code: 'shared-topic' }] })
  if (others.some((other) => other.kind !== 'everything' && meets(stem(topicOf(other)), stem(topic))))
    throw new AppError('input.invalid', { errors: [{ path, code: 'topic-taken' }] })
  return isBridge ? { kind: 'bridge', base: topic } : { kind: 'device', topic }
}

/** Without the firmware's first level: "tele/lamp" is a piece of what "lamp" has. */
function stem(topic: string): string {
  const [first = '', ...rest] = topic.split('/')
  return rest.length > 0 && roots.includes(first) ? rest.join('/') : topic
}
/** Whether one topic is the other or stands below it. */
const meets = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
