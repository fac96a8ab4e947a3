import type { CapabilityId } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { clamp, field, isJson, numberField, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { take, words, type Entity } from './entity.ts'

const movements = [
  ['state_open', 'open', 'open'],
  ['state_opening', 'opening', 'opening'],
  ['state_closed', 'closed', 'closed'],
  ['state_closing', 'closing', 'closing'],
  ['state_stopped', 'stopped', 'stopped'],
] as const

export function addCover(entity: Entity): void {
  const isGate = ['door', 'garage', 'gate'].includes(entity.text('device_class') ?? '')
  const capability: CapabilityId = isGate ? 'garageDoor' : 'cover'
  const scale = positionScale(entity)
  const hasPosition =
    scale !== undefined &&
    entity.readInto(capability, 'openPercent', 'position_topic', 'position_template', scale.toPercent)
  addCoverState(entity, capability, hasPosition)
  for (const [command, key, fallback] of [
    ['open', 'payload_open', 'OPEN'],
    ['close', 'payload_close', 'CLOSE'],
    ['stop', 'payload_stop', 'STOP'],
  ] as const) {
    const topic = entity.topic('command_topic')
    // An explicit null says that the cover cannot do it.
    if (topic !== undefined && field(entity.config, key) !== null)
      entity.write(capability, command, () => [entity.message(topic, entity.payload(key, fallback))])
  }
  if (isGate) return
  if (scale !== undefined) addSetPosition(entity, scale)
  addTilt(entity)
}

interface Scale {
  readonly toPercent: (value: Worth) => number | undefined
  readonly toTheirs: (percent: number) => number
  readonly open: number
  readonly closed: number
}
function positionScale(entity: Entity): Scale | undefined {
  const closed = numberField(entity.config, 'position_closed') ?? 0
  const open = numberField(entity.config, 'position_open') ?? 100
  if (open === closed) return undefined
  return {
    open,
    closed,
    toPercent: (value) => {
      const position = toNumber(value)
      return position === undefined
        ? undefined
        : clamp(Math.round(((position - closed) / (open - closed)) * 100), 0, 100)
    },
    toTheirs: (percent) => Math.round(closed + (percent / 100) * (open - closed)),
  }
}
function addSetPosition(entity: Entity, { open, closed, toTheirs }: Scale): void {
  const topic = entity.topic('set_position_topic')
  const render = entity.renderer('set_position_template', [
    'position',
    'value',
    'position_open',
    'position_closed',
    'tilt_min',
    'tilt_max',
  ])
  if (topic === undefined || render === undefined) return
  const tilt = { tilt_min: tiltEnds(entity).min, tilt_max: tiltEnds(entity).max }
  entity.write('cover', 'setPosition', (args) => {
    const position = toTheirs(args.openPercent as number)
    const values = { position, value: position, position_open: open, position_closed: closed, ...tilt }
    return [entity.message(topic, render(values))]
  })
}
function addCoverState(entity: Entity, capability: CapabilityId, hasPosition: boolean): void {
  if (!entity.canRead('state_topic', 'value_template')) return
  const word = words(entity, movements)
  const position = hasPosition ? undefined : entity.attribute(capability, 'openPercent')
  const moving = entity.attribute(capability, 'moving')
  entity.read('state_topic', 'value_template', (value) => {
    const state = value === null ? undefined : word(value)
    if (state === undefined) {
      if (position !== undefined) take(position, value, () => undefined)
      return
    }
    if (moving !== undefined) put(moving, state === 'opening' || state === 'closing' ? state : 'stopped')
    if (position !== undefined && (state === 'open' || state === 'closed'))
      put(position, state === 'open' ? 100 : 0)
  })
}
function tiltEnds(entity: Entity): { readonly min: number; readonly max: number } {
  return {
    min: numberField(entity.config, 'tilt_min') ?? 0,
    max: numberField(entity.config, 'tilt_max') ?? 100,
  }
}
function addTilt(entity: Entity): void {
  const { min, max } = tiltEnds(entity)
  if (max <= min) return
  const read = (value: Worth): number | undefined => {
    const tilt = toNumber(value)
    return tilt === undefined ? undefined : clamp(Math.round(((tilt - min) / (max - min)) * 100), 0, 100)
  }
  entity.readInto('cover', 'tiltPercent', 'tilt_status_topic', 'tilt_status_template', read)
  const topic = entity.topic('tilt_command_topic')
  const render = entity.renderer('tilt_command_template', [
    'tilt_position',
    'value',
    'tilt_min',
    'tilt_max',
    'position_open',
    'position_closed',
  ])
  if (topic === undefined || render === undefined) return
  const ends = {
    tilt_min: min,
    tilt_max: max,
    position_open: numberField(entity.config, 'position_open') ?? 100,
    position_closed: numberField(entity.config, 'position_closed') ?? 0,
  }
  entity.write('cover', 'setTilt', (args) => {
    const tilt = Math.round(min + ((args.tiltPercent as number) / 100) * (max - min))
    return [entity.message(topic, render({ tilt_position: tilt, value: tilt, ...ends }))]
  })
}

/** A valve that says open and closed, or one that tells its position on the same topic. */
export function addValve(entity: Entity): void {
  const reports = entity.isOn('reports_position')
  const scale = reports ? positionScale(entity) : undefined
  readValve(entity, scale)
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  if (topic === undefined || render === undefined) return
  const say = (value: Worth) => [entity.message(topic, render({ value }))]
  if (scale !== undefined) {
    entity.write('valve', 'open', () => say(scale.toTheirs(100)))
    entity.write('valve', 'close', () => say(scale.toTheirs(0)))
    entity.write('valve', 'setPosition', (args) => say(scale.toTheirs(args.openPercent as number)))
  } else {
    if (field(entity.config, 'payload_open') !== null)
      entity.write('valve', 'open', () => say(entity.payload('payload_open', 'OPEN')))
    if (field(entity.config, 'payload_close') !== null)
      entity.write('valve', 'close', () => say(entity.payload('payload_close', 'CLOSE')))
  }
  const stop = entity.payload('payload_stop', '')
  if (stop !== '') entity.write('valve', 'stop', () => say(stop))
}
function readValve(entity: Entity, scale: Scale | undefined): void {
  if (!entity.canRead('state_topic', 'value_template')) return
  const word = words(entity, movements)
  const open = entity.attribute('valve', 'open')
  const percent = scale === undefined ? undefined : entity.attribute('valve', 'openPercent')
  const moving = entity.attribute('valve', 'moving')
  entity.read('state_topic', 'value_template', (value, message) => {
    const whole = isJson(value)
      ? value
      : typeof value === 'string' && value.startsWith('{')
        ? parsed(value, message.json)
        : undefined
    const state = word((whole === undefined ? value : (field(whole, 'state') ?? null)) as Worth)
    const told = (whole === undefined ? value : field(whole, 'position')) as Worth
    const position = scale?.toPercent(told)
    if (state === undefined && position === undefined) {
      if (open !== undefined) take(open, value, () => undefined)
      return
    }
    // Only at its ends does a place say that it stands still.
    if (moving !== undefined && (state !== undefined || position === 0 || position === 100))
      put(moving, state === 'opening' || state === 'closing' ? state : 'stopped')
    if (percent !== undefined && position !== undefined) put(percent, position)
    if (open === undefined) return
    if (position !== undefined) put(open, position > 0)
    else if (state === 'open' || state === 'closed') put(open, state === 'open')
  })
}
function parsed(text: string, whole: () => unknown): ReturnType<typeof asJson> {
  try {
    return asJson(JSON.parse(text))
  } catch {
    return asJson(whole())
  }
}
const asJson = (value: unknown) => (isJson(value) ? value : undefined)
