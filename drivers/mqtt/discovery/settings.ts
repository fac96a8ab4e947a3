import type { VendorAttribute } from '@eaves/driver-kit'
import { numberField, textField, textList, toNumber, withinDepth } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { spellUnit } from '../units.ts'
import { unkept } from './codes.ts'
import { isPayload, take, type Entity } from './entity.ts'
import { scalarText } from './sensors.ts'

export function addNumber(entity: Entity): void {
  const unit = spellUnit(entity.text('unit_of_measurement'))
  const reset = entity.payload('payload_reset', 'None')
  addSetting(
    entity,
    {
      type: 'number',
      min: numberField(entity.config, 'min') ?? 1,
      max: numberField(entity.config, 'max') ?? 100,
      step: numberField(entity.config, 'step') ?? 1,
      ...(unit === undefined ? {} : { unit }),
    },
    (value) => (isPayload(value, reset) ? undefined : toNumber(value)),
  )
}
export function addSelect(entity: Entity): void {
  const options = textList(entity.config, 'options')
  if (options.length === 0) return
  addSetting(entity, { type: 'enum', values: options }, (value) =>
    options.find((option) => isPayload(value, option)),
  )
}
export function addText(entity: Entity): void {
  const most = Math.min(8192, numberField(entity.config, 'max') ?? 255)
  // What is typed as a password is sent and never read back.
  const isSecret = textField(entity.config, 'mode') === 'password'
  addSetting(
    entity,
    { type: 'text', min: numberField(entity.config, 'min') ?? 0, max: most },
    (value) => scalarText(value)?.slice(0, most),
    isSecret,
  )
}
const forms = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d(:\d\d)?$/,
  datetime: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?$/,
} as const
/** Days and times of day are texts in the form of ISO 8601. */
export function addTimeSetting(form: keyof typeof forms): (entity: Entity) => void {
  return (entity) =>
    addSetting(entity, { type: 'text', max: 40 }, (value) => {
      const text = scalarText(value)
      return text !== undefined && forms[form].test(text) ? text : undefined
    })
}
function addSetting(
  entity: Entity,
  attribute: Pick<VendorAttribute, 'type' | 'min' | 'max' | 'step' | 'unit' | 'values'>,
  convert: (value: Worth) => number | string | undefined,
  isSecret = false,
): void {
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  const writable = topic !== undefined && render !== undefined
  const readable = !isSecret && entity.canRead('state_topic', 'value_template')
  if (!readable && !writable) return
  const target = entity.vendor(entity.key, { ...attribute, readable, writable })
  if (target === undefined) return
  if (readable) entity.read('state_topic', 'value_template', (value) => take(target, value, convert))
  if (!writable) return
  entity.writeVendor(entity.key, (value) => {
    const message = entity.message(topic, render({ value: withinDepth(value, 1) ? value : null }))
    return [isSecret ? unkept(message) : message]
  })
}

export function addButton(entity: Entity): void {
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  if (topic === undefined || render === undefined) return
  const press = entity.payload('payload_press', 'PRESS')
  const send = () => [entity.message(topic, render({ value: press }))]
  const { draft } = entity.assembly
  if (entity.text('device_class') === 'identify' && !draft.has(entity.part, 'identify'))
    return entity.write('identify', 'identify', send)
  if (entity.category() === 'state' && !draft.has(entity.part, 'press'))
    return entity.write('press', 'press', send)
  // Among the settings a press is the one thing that can be told; nothing about it can be read.
  const target = entity.vendor(entity.key, {
    type: 'enum',
    values: ['press'],
    readable: false,
    writable: true,
  })
  if (target !== undefined) entity.writeVendor(entity.key, send)
}
export function addScene(entity: Entity): void {
  const payload = entity.payload('payload_on', 'ON')
  entity.send('scene', 'activate', 'command_topic', 'command_template', () => payload)
}
export function addNotify(entity: Entity): void {
  entity.send('message', 'send', 'command_topic', 'command_template', (args) => args.text)
}
