import { DriverError, type ActRequest } from '@eaves/driver-kit'
import type { Dialect, DialectDeps } from '../dialect.ts'
import type { Source } from '../roster.ts'
import type { Incoming } from '../topics.ts'
import { planAct } from './acts.ts'
import { JoiningTracker, readEvent } from './joining.ts'
import { openNetwork } from './network.ts'
import { openRequests } from './requests.ts'
import { openStatus } from './status.ts'

export const sourceOf = (base: string): Source => `zigbee2mqtt:${base}`

/** Speaks with one Zigbee2MQTT under one base topic, which is also what its bridge is known by: it is there before anything is said. */
export function openZigbee2mqtt(base: string, name: string, deps: DialectDeps): Dialect {
  const { context, topics } = deps
  const joining = new JoiningTracker(base, context.joining)
  const requests = openRequests(base, deps)
  const status = openStatus(base, name, {
    context,
    isLinked: deps.isLinked,
    namesDevice: (text) => network.namesDevice(text),
    onReach: () => network.reachAll(),
  })
  const network = openNetwork({ ...deps, base, source: sourceOf(base), status, joining })

  const onEvent = (message: Incoming): void => {
    const event = readEvent(message)
    if (event === undefined) return
    status.found()
    joining.take(event, network.has(event.nativeId))
    if (event.type !== 'left') network.arrived(event.nativeId)
  }
  const heard =
    (take: (payload: Buffer) => void) =>
    ({ payload }: Incoming): void => {
      // An empty payload is how a kept list is cleared; it lists nothing.
      if (payload.length === 0) return
      deps.found()
      status.found()
      take(payload)
    }
  topics.add(`${base}/bridge/state`, status.takeState)
  topics.add(`${base}/bridge/info`, status.takeInfo)
  topics.add(`${base}/bridge/logging`, status.takeLogging)
  topics.add(`${base}/bridge/event`, onEvent)
  topics.add(`${base}/bridge/devices`, heard(network.takeDevices))
  topics.add(`${base}/bridge/groups`, heard(network.takeGroups))

  return {
    wildcards: () => [
      ...['state', 'info', 'logging', 'event', 'devices', 'groups'].map((topic) => `${base}/bridge/${topic}`),
      ...requests.filters,
      ...network.filters(),
    ],
    linked: () => {
      status.tell()
      network.linked()
    },
    unlinked: () => {
      requests.end()
      status.tell()
    },
    act: (request: ActRequest) => {
      const target =
        request.bridge === base
          ? ({ kind: 'bridge' } as const)
          : request.nativeId === undefined
            ? undefined
            : network.target(request.nativeId)
      if (target === undefined) return undefined
      return act(request, target)
    },
    close: () => {
      requests.end()
      status.close()
      network.close()
    },
  }

  async function act(request: ActRequest, target: Parameters<typeof planAct>[1]): Promise<void> {
    const asked = planAct(request, target)
    if (!status.isOnline()) throw new DriverError('unreachable', 'Zigbee2MQTT is not running.')
    await requests.ask(asked)
  }
}
