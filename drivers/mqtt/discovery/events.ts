import { isJson, textField, textList } from '../payload.ts'
import { valueTemplate } from '../template/template.ts'
import { placeAction } from '../zigbee2mqtt/actions.ts'
import { isPayload, type Entity, type HandleEvent, type Message } from './entity.ts'

function listen(entity: Entity, topic: string, take: (message: Message, event: HandleEvent) => void): void {
  const list = entity.assembly.events.get(topic)
  // What a broker kept is no happening.
  const fresh = (message: Message, event: HandleEvent): void => {
    if (!message.retained) take(message, event)
  }
  if (list === undefined) entity.assembly.events.set(topic, [fresh])
  else list.push(fresh)
}

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
  const known = Object.hasOwn(gestures, type) ? gestures[type] : undefined
  const place =
    known === undefined
      ? placeAction(type === 'action' ? subtype : `${type}`, undefined)
      : { part: buttonPart(subtype), capability: 'button' as const, event: known }
  const payload = entity.payload('payload', '')
  const source = entity.text('value_template')
  let evaluate: ReturnType<typeof valueTemplate> | undefined
  try {
    evaluate = source === undefined ? undefined : valueTemplate(source)
  } catch {
    return entity.problem('the template value_template of a trigger is not supported')
  }
  entity.assembly.draft.event(place.part, 'button', place.event)
  listen(entity, topic, (message, event) => {
    const text = message.text()
    if (text === undefined) return
    const value = evaluate === undefined ? text : evaluate(text, message.json)
    if (payload === '' || isPayload(value, payload)) event(place.part, place.capability, place.event)
  })
}
function buttonPart(subtype: string): string {
  const number = /^button_(\d+)$/.exec(subtype)?.[1]
  if (number !== undefined) return number === '1' ? 'main' : `button${number}`
  return /^[a-z0-9_]{1,40}$/i.test(subtype) && subtype !== 'turn_on' && subtype !== 'turn_off'
    ? subtype.toLowerCase()
    : 'main'
}

/** An event entity: JSON that names one of the event types. */
export function addEvent(entity: Entity): void {
  const topic = entity.topic('state_topic')
  const types = textList(entity.config, 'event_types')
  if (topic === undefined || types.length === 0) return
  const places = new Map(
    types.map((type) => [type, placeAction(type, entity.part === 'main' ? undefined : entity.part)]),
  )
  const source = entity.text('value_template')
  let evaluate: ReturnType<typeof valueTemplate> | undefined
  try {
    evaluate = source === undefined ? undefined : valueTemplate(source)
  } catch {
    return entity.problem('the template value_template of an event is not supported')
  }
  for (const place of places.values()) entity.assembly.draft.event(place.part, 'button', place.event)
  listen(entity, topic, (message, event) => {
    const text = message.text()
    if (text === undefined) return
    const rendered = evaluate === undefined ? message.json() : parsed(evaluate(text, message.json))
    const type = isJson(rendered) ? textField(rendered, 'event_type', 128) : undefined
    const place = type === undefined ? undefined : places.get(type)
    if (place !== undefined) event(place.part, place.capability, place.event)
  })
}
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
