import { bridgeActs, deviceActs, joinStages } from '@eaves/model'
import {
  imageTypes,
  mostImageBytes,
  type DriverManifest,
  type FromDriver,
  type ToDriver,
} from './messages.ts'
import { cleanShape, isBag } from './shape.ts'

type Bag = Readonly<Record<string, unknown>>
const isText = (value: unknown, max = 120): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max
const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isOptionalText = (value: unknown): boolean =>
  value === undefined || (typeof value === 'string' && value.length <= 1000)
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isListOf = (value: unknown, check: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(check)
const oneOf =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    names.includes(value as string)

type Check = (message: Bag) => boolean
type Checks<M extends { readonly t: string }> = { readonly [T in M['t']]: Check }

const longestPem = 65_536
const isListen = (value: unknown): boolean =>
  value === null ||
  (isBag(value) &&
    isText(value.host, 255) &&
    isIndex(value.port) &&
    value.port <= 65_535 &&
    (value.tls === undefined ||
      (isBag(value.tls) && isText(value.tls.cert, longestPem) && isText(value.tls.key, longestPem))))
const isFilters = (value: unknown): boolean => isListOf(value, (filter) => isText(filter, 512))
const isScope = (value: unknown): boolean =>
  isBag(value) &&
  isFilters(value.publish) &&
  isFilters(value.announce) &&
  isFilters(value.subscribe) &&
  isIndex(value.messagesPerSecond) &&
  isIndex(value.mostRetained)
const isCredential = (value: unknown): boolean =>
  isBag(value) &&
  isText(value.id) &&
  isText(value.home) &&
  isText(value.username) &&
  isText(value.passwordHash) &&
  isScope(value.scope)

const toDriver: Checks<ToDriver> = {
  open: (m) => isText(m.connection) && isText(m.home) && isText(m.driver) && isBag(m.config),
  close: (m) => isText(m.connection),
  command: (m) =>
    isText(m.command) &&
    isIndex(m.handle) &&
    isText(m.part) &&
    isText(m.capability) &&
    isText(m.name) &&
    isBag(m.args) &&
    isListOf(m.watch, isIndex) &&
    (m.quiet === undefined || typeof m.quiet === 'boolean'),
  act: (m) =>
    isText(m.act) &&
    isText(m.connection) &&
    (m.bridge === undefined || isText(m.bridge, 200)) &&
    (m.handle === undefined || isIndex(m.handle)) &&
    oneOf(...bridgeActs, ...deviceActs)(m.name) &&
    isBag(m.args),
  ended: (m) => isText(m.command),
  broker: (m) => isListen(m.listen),
  credentials: (m) => isListOf(m.list, isCredential),
  stop: () => true,
}

const isState = oneOf('connecting', 'online', 'offline', 'failed')
const isStepState = oneOf('running', 'done', 'failed')
const isSlotName = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 3 && value.every((v) => typeof v === 'string')
function isRun(value: unknown): boolean {
  if (!Array.isArray(value) || value.length % 2 !== 0) return false
  for (let i = 0; i < value.length; i += 2) if (!isIndex(value[i])) return false
  return true
}

const isBridge = (value: unknown): boolean =>
  isBag(value) &&
  isText(value.id, 200) &&
  isText(value.name, 200) &&
  isFlag(value.online) &&
  isOptionalText(value.version) &&
  (value.joinUntil === undefined || isIndex(value.joinUntil)) &&
  isListOf(value.acts, oneOf(...bridgeActs)) &&
  isOptionalText(value.warning)
const isJoining = (value: unknown): boolean =>
  isBag(value) &&
  isText(value.bridge, 200) &&
  isText(value.nativeId, 200) &&
  oneOf(...joinStages)(value.stage) &&
  isOptionalText(value.name) &&
  isOptionalText(value.manufacturer) &&
  isOptionalText(value.model)

const fromDriver: Checks<FromDriver> = {
  ready: (m) => isListOf(m.drivers, isManifest),
  connection: (m) =>
    isText(m.connection) && isState(m.state) && isOptionalText(m.code) && isOptionalText(m.detail),
  step: (m) =>
    isText(m.connection) &&
    isText(m.step) &&
    isStepState(m.state) &&
    isOptionalText(m.code) &&
    isOptionalText(m.detail),
  device: (m) =>
    isText(m.connection) &&
    isIndex(m.handle) &&
    isIndex(m.base) &&
    isListOf(m.slots, isSlotName) &&
    isFlag(m.online) &&
    cleanShape(m.shape) !== undefined,
  gone: (m) => isText(m.connection) && isIndex(m.handle),
  r: (m) => isRun(m.v),
  kept: (m) => isRun(m.v),
  forget: (m) => isListOf(m.slots, isIndex),
  reach: (m) => isIndex(m.handle) && isFlag(m.online),
  seen: (m) => isListOf(m.handles, isIndex),
  event: (m) =>
    isIndex(m.handle) &&
    isText(m.part) &&
    isText(m.capability) &&
    isText(m.event) &&
    isOptionalText(m.detail),
  image: (m) =>
    isIndex(m.handle) &&
    isText(m.part) &&
    oneOf(...imageTypes)(m.type) &&
    isText(m.data, Math.ceil(mostImageBytes / 3) * 4),
  bridge: (m) => isText(m.connection) && isBridge(m.bridge),
  'bridge-gone': (m) => isText(m.connection) && isText(m.bridge, 200),
  joining: (m) => isText(m.connection) && isJoining(m.joining),
  acted: (m) => isText(m.act) && isOptionalText(m.code) && isOptionalText(m.detail),
  sent: (m) => isText(m.command),
  refused: (m) => isText(m.command) && isText(m.code) && isOptionalText(m.detail),
  broker: (m) =>
    oneOf('listening', 'failed', 'off')(m.state) &&
    (m.port === undefined || isIndex(m.port)) &&
    isOptionalText(m.detail),
  client: (m) => isText(m.credential) && isFlag(m.connected),
  log: (m) =>
    oneOf('debug', 'info', 'warn', 'error')(m.level) &&
    isLogEvent(m.event) &&
    (m.fields === undefined || isBag(m.fields)),
}

function passes(checks: Readonly<Record<string, Check>>, message: unknown): boolean {
  return (
    isBag(message) &&
    typeof message.t === 'string' &&
    Object.hasOwn(checks, message.t) &&
    checks[message.t]!(message)
  )
}

/** The message when it is one the driver process understands. */
export function readToDriver(message: unknown): ToDriver | undefined {
  return passes(toDriver, message) ? (message as ToDriver) : undefined
}
/** The message when it is one the core understands. */
export function readFromDriver(message: unknown): FromDriver | undefined {
  return passes(fromDriver, message) ? (message as FromDriver) : undefined
}

/** Whether a text may be a log line's event: fixed words, nothing that could hold an address, a key or a name with digits. // pp.2.2.3 */
export function isLogEvent(event: unknown): event is string {
  return (
    typeof event === 'string' &&
    /^[A-Za-z][A-Za-z0-9 ,.'_-]{0,99}$/.test(event) &&
    !/\d{3}|\d\.\d|[0-9a-f]{12}/.test(event)
  )
}

const isWordList = (value: unknown): boolean => isListOf(value, (v) => isText(v, 300))
/** Whether a value is a driver's manifest, complete and well-formed: brands differ, and each says what it reads and reaches. // fm.about */
export function isManifest(value: unknown): value is DriverManifest {
  if (!isBag(value)) return false
  const isSocket = (s: unknown): boolean => isBag(s) && isText(s.module) && isText(s.why, 300)
  const isConfig = (c: unknown): boolean =>
    isBag(c) && isText(c.key) && oneOf('text', 'secret', 'boolean')(c.type) && isFlag(c.required)
  const isStep = (s: unknown): boolean =>
    isBag(s) && isText(s.id) && isText(s.name) && typeof s.usualSeconds === 'number' && s.usualSeconds >= 0
  return (
    typeof value.id === 'string' &&
    /^[a-z][a-z0-9-]{0,39}$/.test(value.id) &&
    isText(value.name) &&
    oneOf('local', 'cloud')(value.reach) &&
    oneOf('bronze', 'silver', 'gold')(value.quality) &&
    isWordList(value.talksTo) &&
    isWordList(value.collects) &&
    isListOf(value.sockets, isSocket) &&
    isListOf(value.config, isConfig) &&
    isListOf(value.steps, isStep)
  )
}

/** The manifest alone, as plain data that can cross the boundary. */
export function manifestOf(driver: DriverManifest): DriverManifest {
  const { id, name, reach, quality, talksTo, sockets, collects, config, steps } = driver
  return { id, name, reach, quality, talksTo, sockets, collects, config, steps }
}
