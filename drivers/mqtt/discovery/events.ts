import { field, isJson, jsonOf, textField, textList } from '../payload.ts'
import { placeAction } from '../zigbee2mqtt/actions.ts'
import { isPayload, type Entity } from './entity.ts'

const gestures: Readonly<Record<string, string>> = {
  button_short_press: 'pressed',
  button_short_release: 'pressed',
  button_long_press: 'longPressed',
  button_long_release: 'released',
  button_double_press: 'doublePressed',
  button_triple_press: 'triplePressed',
  button_quadruple_press: 'multiPressed',
  button_quintuple_press: 'multiPressed',
}

/** A trigger of a device: one payload on a topic is one gesture of one button. */
export function addTrigger(entity: Entity): void {
  const topic = entity.topic('topic')
  if (entity.text('automation_type') !== 'trigger' || topic === undefined) return
  const [type, subtype] = [
    entity.text('type')?.slice(0, 100) ?? '',
    entity.text('subtype')?.slice(0, 100) ?? '',
  ]
  const gesture = Object.hasOwn(gestures, type) ? gestures[type] : undefined
  const place =
    gesture === undefined
      ? placeAction(type === 'action' ? subtype : type, undefined)
      : { part: buttonPart(subtype), capability: 'button' as const, event: gesture }
  const payload = entity.payload('payload', '')
  const evaluate = entity.template('value_template')
  if (evaluate === undefined) return
  const detail = type === 'action' ? subtype : `${subtype} ${type}`.trim()
  entity.assembly.draft.event(place.part, 'button', place.event)
  entity.happens(topic, (message, handle) => {
    const text = message.text()
    if (text === undefined) return
    if (payload === '' || isPayload(evaluate(text, message.json), payload))
      handle.event(place.part, place.capability, place.event, detail)
  })
}
function buttonPart(subtype: string): string {
  const number = /^button_(\d+)$/.exec(subtype)?.[1]
  if (number !== undefined) return number === '1' ? 'main' : `button${number}`
  return /^[a-z0-9_]{1,40}$/i.test(subtype) && subtype !== 'turn_on' && subtype !== 'turn_off'
    ? subtype.toLowerCase()
    : 'main'
}

/** An event entity: an object that names one of its types; the type is told in the device's own word too. */
export function addEvent(entity: Entity): void {
  const topic = entity.topic('state_topic')
  const types = textList(entity.config, 'event_types')
  if (topic === undefined || types.length === 0) return
  const evaluate = entity.template('value_template')
  if (evaluate === undefined) return
  const places = new Map(
    types.map((type) => [type, placeAction(type, entity.part === 'main' ? undefined : entity.part)]),
  )
  for (const place of places.values()) entity.assembly.draft.event(place.part, 'button', place.event)
  const hasTemplate = entity.text('value_template') !== undefined
  entity.happens(topic, (message, handle) => {
    const text = message.text()
    if (text === undefined) return
    const rendered = hasTemplate ? evaluate(text, message.json) : message.json()
    const told = typeof rendered === 'string' ? jsonOf(rendered) : rendered
    const type = isJson(told) ? textField(told, 'event_type', 128) : undefined
    const place = type === undefined ? undefined : places.get(type)
    if (place === undefined || !isJson(told)) return
    handle.event(place.part, place.capability, place.event, detailOf(type!, told))
  })
}
/** The type with what was said beside it, such as which button or which way. */
function detailOf(type: string, told: Readonly<Record<string, unknown>>): string {
  const more = Object.keys(told)
    .filter((key) => key !== 'event_type')
    .slice(0, 8)
    .flatMap((key) => {
      const value = field(told, key)
      return typeof value === 'string' || typeof value === 'number' ? [`${key} ${value}`] : []
    })
  return [type, ...more].join(', ').slice(0, 128)
}
