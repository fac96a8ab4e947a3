import type { ThingDeps } from '../thing.ts'
import { shippedVersion, type State } from './gadget.ts'
import { readJson, type Entry } from './words.ts'

/** What a request can do with the bridge. */
export interface Bridged extends Pick<ThingDeps, 'now' | 'setTimer'> {
  readonly say: (topic: string, body: unknown) => void
  readonly find: (nameOrAddress: string) => Entry | undefined
  readonly permit: (seconds: number) => void
  readonly rename: (entry: Entry, name: string) => void
  readonly remove: (entry: Entry) => void
  readonly restart: () => void
}

/** A request that cannot be done; its sentence is the answer's error. */
class Refusal extends Error {}

/** Answers `bridge/request/…` on `bridge/response/…`, with the transaction that was sent along. */
export function answerRequest(bridge: Bridged, request: string, payload: string): void {
  const asked = readJson(payload) ?? wordOf(payload)
  const { transaction } = asked
  const reply = (body: State) =>
    bridge.say(`bridge/response/${request}`, {
      ...body,
      ...(transaction === undefined ? {} : { transaction }),
    })
  try {
    const act = Object.hasOwn(requests, request) ? requests[request] : undefined
    if (act === undefined) throw new Refusal(`Request '${request}' is not one of this bridge`)
    reply({ data: act(bridge, asked), status: 'ok' })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reply({ data: {}, status: 'error', error: error.message })
  }
}

/** Some requests may be one word: a device, or a truth. */
function wordOf(payload: string): State {
  return payload === '' ? {} : { id: payload, value: payload === 'true' }
}

const longestPermitSeconds = 254

const requests: Readonly<Record<string, (bridge: Bridged, asked: State) => State>> = {
  permit_join: (bridge, asked) => {
    const time = typeof asked.time === 'number' ? asked.time : asked.value === true ? longestPermitSeconds : 0
    if (time < 0 || time > longestPermitSeconds) throw new Refusal(`Invalid time '${time}'`)
    bridge.permit(time)
    return { time }
  },
  health_check: () => ({ healthy: true }),
  restart: (bridge) => {
    bridge.restart()
    return {}
  },
  'device/rename': (bridge, asked) => {
    const entry = found(bridge, asked.from)
    const { to } = asked
    if (typeof to !== 'string' || to === '' || /[+#]/.test(to) || to.startsWith('bridge'))
      throw new Refusal('The new name cannot be used')
    if (bridge.find(to) !== undefined && to !== entry.name)
      throw new Refusal(`friendly_name '${to}' is already in use`)
    const from = entry.name
    bridge.rename(entry, to)
    return { from, to, homeassistant_rename: asked.homeassistant_rename === true }
  },
  'device/remove': (bridge, asked) => {
    const entry = found(bridge, asked.id)
    if (entry.thing.fault === 'offline' && asked.force !== true)
      throw new Refusal(`Failed to remove device '${entry.name}' (no answer from the device)`)
    bridge.remove(entry)
    return { id: entry.name, block: asked.block === true, force: asked.force === true }
  },
  'device/configure': (bridge, asked) => ({ id: found(bridge, asked.id).name }),
  'device/interview': (bridge, asked) => ({ id: found(bridge, asked.id).name }),
  'device/ota_update/check': (bridge, asked) => {
    const entry = updatable(bridge, asked)
    if (updateOf(entry)?.state === 'updating')
      throw new Refusal(`Update of '${entry.name}' already in progress`)
    const isOld = updateOf(entry)?.installed_version === versions.installed_version
    if (isOld) tellUpdate(entry, { state: 'available', ...versions })
    return { id: entry.name, update_available: isOld }
  },
  'device/ota_update/update': (bridge, asked) => {
    const entry = updatable(bridge, asked)
    if (updateOf(entry)?.state === 'updating')
      throw new Refusal(`Update of '${entry.name}' already in progress`)
    runUpdate(bridge, entry, 0)
    return { id: entry.name }
  },
}

function found(bridge: Bridged, id: unknown): Entry {
  const entry = typeof id === 'string' ? bridge.find(id) : undefined
  if (entry === undefined) throw new Refusal(`Device '${String(id)}' does not exist`)
  return entry
}

const versions = { installed_version: shippedVersion, latest_version: 10_500 } as const
const updateStepMs = 800
const updateSteps = 10

function updatable(bridge: Bridged, asked: State): Entry {
  const entry = found(bridge, asked.id)
  if (!entry.gadget.model.supportsUpdates)
    throw new Refusal(`Device '${entry.name}' does not support OTA updates`)
  return entry
}

const updateOf = ({ gadget }: Entry): State | undefined => gadget.state.update as State | undefined

function tellUpdate(entry: Entry, update: State): void {
  entry.gadget.state.update = update
  entry.thing.body.report()
}

/** A few seconds stand for the quarter of an hour that a bulb takes. */
function runUpdate(bridge: Bridged, entry: Entry, step: number): void {
  if (step >= updateSteps)
    return tellUpdate(entry, {
      state: 'idle',
      installed_version: versions.latest_version,
      latest_version: versions.latest_version,
    })
  tellUpdate(entry, {
    state: 'updating',
    progress: step * (100 / updateSteps),
    remaining: Math.round(((updateSteps - step) * updateStepMs) / 1000),
    ...versions,
  })
  bridge.setTimer(updateStepMs, () => runUpdate(bridge, entry, step + 1))
}
