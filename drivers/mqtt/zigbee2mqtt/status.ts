import type { BridgeStatus, DriverContext } from '@eaves/driver-kit'
import { field, isJson, jsonOf, maxListBytes, numberField, textField, textOf, type Json } from '../payload.ts'
import type { Incoming } from '../topics.ts'

const longestWarning = 300
/** Warnings come in bursts: the last one is told at most this often. */
const warnEveryMs = 1000
const lookEveryMs = 50
/** A countdown that is told anew every second ends at the same moment, give or take this. */
const joinToleranceMs = 3000
/** Old versions could leave the network open for good; it is told as open for a day. */
const openEndedMs = 24 * 60 * 60 * 1000
/** Told in place of any warning: without it all devices would be silent for no visible reason. */
const hiddenStates =
  'Zigbee2MQTT sends single values only, so no state can be read. Set its "output" to "json" or "attribute_and_json".'

/** `online`, or `{"state":"online"}`. */
export function stateOf(message: Incoming): boolean | undefined {
  const text = textOf(message.payload, 1024)
  const json = text?.startsWith('{') === true ? jsonOf(text) : text
  const state = isJson(json) ? field(json, 'state') : json
  return state === 'online' ? true : state === 'offline' ? false : undefined
}

export interface StatusDeps {
  readonly context: DriverContext
  readonly isLinked: () => boolean
  /** Whether a text speaks of a device or group rather than of the bridge. */
  readonly namesDevice: (text: string) => boolean
  /** Called when devices may have become reachable or unreachable. */
  readonly onReach: () => void
}
/** What one Zigbee2MQTT says about itself. */
export interface Status {
  readonly isOnline: () => boolean
  /** Whether it watches over the availability of devices; undefined while it has not said so. */
  readonly isWatching: () => boolean | undefined
  /** It has shown itself in some way: from now on it is a bridge of the connection. */
  readonly found: () => void
  readonly tell: () => void
  readonly takeState: (message: Incoming) => void
  readonly takeInfo: (message: Incoming) => void
  readonly takeLogging: (message: Incoming) => void
  readonly close: () => void
}

export function openStatus(id: string, name: string, deps: StatusDeps): Status {
  const { context } = deps
  let isFound = false
  let isOnline = true
  let isWatching: boolean | undefined
  let version: string | undefined
  let joinUntil: number | undefined
  let warning: string | undefined
  let hidesStates = false
  let lookedAt = 0
  let warnTimer: { cancel: () => void } | undefined

  const tell = (): void => {
    if (!isFound) return
    const bridge: BridgeStatus = {
      id,
      name,
      online: isOnline && deps.isLinked(),
      acts: ['permitJoin', 'createGroup'],
      ...(version === undefined ? {} : { version }),
      ...(joinUntil === undefined || joinUntil <= context.now() ? {} : { joinUntil }),
      ...(warning === undefined ? {} : { warning }),
      ...(hidesStates ? { warning: hiddenStates } : {}),
    }
    context.bridge(bridge)
  }
  const found = (): void => {
    if (isFound) return
    isFound = true
    tell()
  }
  const takeState = (message: Incoming): void => {
    // An empty retained state is one that was taken away, as when the bridge's access was revoked.
    const state = message.payload.length === 0 ? false : stateOf(message)
    if (state === undefined || (message.payload.length === 0 && !isFound)) return
    isFound = true
    if (state !== isOnline) {
      isOnline = state
      if (state) warning = undefined
      context.log(state ? 'info' : 'warn', state ? 'bridge back' : 'bridge offline', {})
      deps.onReach()
    }
    tell()
  }
  const takeInfo = (message: Incoming): void => {
    const info = jsonOf(textOf(message.payload, maxListBytes))
    if (!isJson(info)) return
    isFound = true
    version = textField(info, 'version', 64)
    joinUntil = joinEnd(info, context.now(), joinUntil)
    hidesStates = outputOf(info) === 'attribute'
    const watching = watchesOf(info)
    if (watching !== isWatching) {
      isWatching = watching
      deps.onReach()
    }
    tell()
  }
  const takeLogging = (message: Incoming): void => {
    // Zigbee2MQTT logs every message it sends; those lines are left unparsed, and of a flood only some are looked at.
    if (!isFound || message.retained || message.payload.includes('"level":"info"')) return
    if (context.now() - lookedAt < lookEveryMs) return
    lookedAt = context.now()
    const line = jsonOf(textOf(message.payload))
    const text = isJson(line) && isWarning(line) ? textField(line, 'message', 100_000) : undefined
    if (text === undefined || text.startsWith("Request '") || deps.namesDevice(text)) return
    warning = text.slice(0, longestWarning).toWellFormed()
    warnTimer ??= context.setTimer(warnEveryMs, () => {
      warnTimer = undefined
      tell()
    })
  }
  return {
    isOnline: () => isOnline,
    isWatching: () => isWatching,
    found,
    tell,
    takeState,
    takeInfo,
    takeLogging,
    close: () => warnTimer?.cancel(),
  }
}

function outputOf(info: Json): unknown {
  const config = field(info, 'config')
  if (!isJson(config)) return undefined
  // It was an advanced, then an experimental setting before it became one of MQTT.
  for (const key of ['mqtt', 'advanced', 'experimental']) {
    const section = field(config, key)
    if (isJson(section) && field(section, 'output') !== undefined) return field(section, 'output')
  }
  return undefined
}

const isWarning = (line: Json): boolean =>
  ['warning', 'warn', 'error'].includes(textField(line, 'level', 16) ?? '')

/** Until when devices may join: a moment in newer versions, seconds that are left in older ones. */
function joinEnd(info: Json, now: number, before: number | undefined): number | undefined {
  if (field(info, 'permit_join') !== true) return undefined
  const end = numberField(info, 'permit_join_end')
  if (end !== undefined) return end > 0 && end <= now + openEndedMs ? Math.round(end) : undefined
  const seconds = numberField(info, 'permit_join_timeout')
  if (seconds === undefined) return before !== undefined && before > now ? before : now + openEndedMs
  const until = now + Math.min(Math.max(seconds, 0) * 1000, openEndedMs)
  return before !== undefined && Math.abs(before - until) <= joinToleranceMs ? before : Math.round(until)
}

function watchesOf(info: Json): boolean | undefined {
  const config = field(info, 'config')
  if (!isJson(config)) return undefined
  const availability = field(config, 'availability')
  // Newer versions always have the object, older ones named it only when it was on.
  if (isJson(availability)) return field(availability, 'enabled') !== false
  return availability === true
}
