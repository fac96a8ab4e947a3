import type { DeviceHandle, DeviceShape, PartShape } from '@eaves/driver-kit'
import type { MappedDevice } from './map.ts'
import type { EventPlace } from './places.ts'

const words: readonly (readonly [RegExp, string])[] = [
  [/^(quadruple|quintuple|many|multi|(4|5|6)_?click)/, 'multiPressed'],
  [/^(triple|(3)_?click)/, 'triplePressed'],
  [/^(double|(2)_?click)/, 'doublePressed'],
  [
    /^((hold|long|long_press|held|button_hold)(_press)?_?(release|released|stop)|release|released|stop|hold_released)$/,
    'released',
  ],
  [/^(hold|long|held)/, 'longPressed'],
  [/^(dial_)?(rotate|rotation|knob)_?(left|counterclockwise|counter_clockwise|ccw)/, 'rotatedLeft'],
  [/^(dial_)?(rotate|rotation|knob)_?(right|clockwise|cw)/, 'rotatedRight'],
  [
    /^(single|short|press|pressed|click|initial_press|tap|toggle|on|off|up|down|1_?click|short_press|short_release)(_press|_pressed|_release|_released|_click)?$/,
    'pressed',
  ],
]
const gesture =
  '(?:single|double|triple|quadruple|quintuple|many|multi|hold|long|short|press|release|click|tap|held)'
const prefixed = new RegExp(`^(?:button_)?([a-z]+|\\d+|[a-z]+_\\d+)_(${gesture}.*)$`)
const suffixed = new RegExp(
  `^(${gesture}[a-z_]*?)_(?:button_)?(left|right|both|up|down|top|bottom|center|middle|\\d+)$`,
)

const eventOf = (action: string): string | undefined => words.find(([pattern]) => pattern.test(action))?.[1]

/** What a value of `action` means: the button it names is a part, the gesture an event; other words stay "other". */
export function placeAction(raw: string, endpoint: string | undefined): EventPlace {
  const action = raw.toLowerCase()
  const place = (part: string, event: string): EventPlace => ({
    part: endpoint ?? part,
    capability: 'button',
    event,
  })
  const whole = eventOf(action)
  const after = suffixed.exec(action)
  if (after?.[1] !== undefined && after[2] !== undefined) {
    const event = eventOf(after[1])
    if (event !== undefined) return place(partOf(after[2]), event)
  }
  if (whole !== undefined) return place('main', whole)
  const before = prefixed.exec(action)
  if (before?.[1] !== undefined && before[2] !== undefined) {
    const event = eventOf(before[2])
    if (event !== undefined) return place(partOf(before[1]), event)
  }
  return place('main', 'other')
}
const partOf = (button: string): string => (/^\d+$/.test(button) ? `button${button}` : button)

const longestWord = 128

/** Tells the actions of one device: the device's own word goes along as the detail of the event. */
export function actionTeller(
  { shape, actions, actionEndpoint }: Pick<MappedDevice, 'shape' | 'actions' | 'actionEndpoint'>,
  handle: DeviceHandle,
): ((word: unknown) => void) | undefined {
  const declared = new Map(
    shape.parts.map((part) => [part.id, new Set(part.capabilities.button?.events ?? [])]),
  )
  const fallback = shape.parts.find((part) => declared.get(part.id)?.has('other') === true)?.id
  if (fallback === undefined) return undefined
  return (word) => {
    // An empty word is the end of an action, as older versions tell it.
    if (typeof word !== 'string' || word === '' || word.length > longestWord) return
    const { part, capability, event } = actions.get(word) ?? placeAction(word, actionEndpoint)
    const isDeclared = capability !== 'button' || declared.get(part)?.has(event) === true
    if (isDeclared) handle.event(part, capability, event, word)
    else handle.event(declared.get(part)?.has('other') === true ? part : fallback, 'button', 'other', word)
  }
}

/** Gives each button the event for a word that was not announced. */
export function withOther(shape: DeviceShape): DeviceShape {
  if (!shape.parts.some((part) => part.capabilities.button !== undefined)) return shape
  return { ...shape, parts: shape.parts.map(otherIn) }
}
function otherIn(part: PartShape): PartShape {
  const { button } = part.capabilities
  if (button === undefined || button.events?.includes('other') === true) return part
  return {
    ...part,
    capabilities: {
      ...part.capabilities,
      button: { ...button, events: [...(button.events ?? []), 'other'] },
    },
  }
}
