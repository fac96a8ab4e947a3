import type { SceneCapability, Value } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'

/** A command that brings about one value, or two that belong together. */
export interface Act {
  readonly command: string
  readonly args: Readonly<Record<string, Value>>
  /** The attributes that it is about. */
  readonly of: readonly string[]
  /** Its turn at the device: on before bright, off after all else, so that nothing wakes what was put out. */
  readonly turn: number
}
interface Rule {
  readonly of: readonly string[]
  readonly act: (
    values: Readonly<Record<string, Value>>,
    has: ReadonlySet<string>,
  ) => Pick<Act, 'command' | 'args'> | undefined
  readonly turn?: (values: Readonly<Record<string, Value>>) => number
}

const [first, usual, last] = [0, 1, 2]
const plain = (attribute: string, command: string, arg = attribute): Rule => ({
  of: [attribute],
  act: (values) => ({ command, args: { [arg]: values[attribute]! } }),
})
/** What goes off goes off last, and whatever it was set to before. */
const mode: Rule = {
  ...plain('mode', 'setMode'),
  turn: ({ mode: wanted }) => (wanted === 'off' ? last : first),
}

const rules: Readonly<Record<SceneCapability, readonly Rule[]>> = {
  onOff: [
    {
      of: ['on'],
      act: ({ on }) => ({ command: on === true ? 'turnOn' : 'turnOff', args: {} }),
      turn: ({ on }) => (on === true ? first : last),
    },
  ],
  level: [plain('percent', 'setLevel')],
  color: [
    plain('kelvin', 'setTemperature'),
    {
      of: ['hue', 'saturation'],
      act: ({ hue, saturation }) =>
        hue === undefined || saturation === undefined
          ? undefined
          : { command: 'setColor', args: { hue, saturation } },
    },
  ],
  cover: [
    {
      of: ['openPercent'],
      // A cover that knows no place in between goes to either end.
      act: ({ openPercent }, has): Pick<Act, 'command' | 'args'> =>
        has.has('setPosition') || (openPercent !== 0 && openPercent !== 100)
          ? { command: 'setPosition', args: { openPercent: openPercent! } }
          : { command: openPercent === 100 ? 'open' : 'close', args: {} },
    },
    { ...plain('tiltPercent', 'setTilt'), turn: () => last },
  ],
  thermostat: [
    mode,
    plain('targetCelsius', 'setTarget', 'celsius'),
    plain('coolingTargetCelsius', 'setCoolingTarget', 'celsius'),
  ],
  fan: [
    mode,
    plain('percent', 'setSpeed'),
    plain('oscillating', 'setOscillating'),
    plain('direction', 'setDirection'),
  ],
  lock: [
    {
      of: ['locked'],
      // Whoever runs a scene opens nothing with it.
      act: ({ locked }) => (locked === true ? { command: 'lock', args: {} } : undefined),
    },
  ],
}

/** The commands of one setting on a device that takes `commands`, in no order; and the attributes that none of them is for. */
export function actsOf(
  { capability, values }: Pick<SceneSetting, 'capability' | 'values'>,
  commands: readonly string[],
): { readonly acts: readonly Act[]; readonly unmet: readonly string[] } {
  const has = new Set(commands)
  const acts = rules[capability].flatMap(({ of, act, turn }): Act[] => {
    if (!of.some((attribute) => Object.hasOwn(values, attribute))) return []
    const found = act(values, has)
    if (found === undefined || !has.has(found.command)) return []
    return [{ ...found, of, turn: turn?.(values) ?? usual }]
  })
  const met = new Set(acts.flatMap(({ of }) => of))
  return { acts, unmet: Object.keys(values).filter((attribute) => !met.has(attribute)) }
}

/** Where it is off, these say nothing: to ask for them would switch it on. */
export const whileOn: ReadonlySet<string> = new Set<SceneCapability>(['level', 'color', 'fan'])
/** What a scene of these parts may change in passing: a lamp that is given a brightness comes on. */
export const together: Readonly<Partial<Record<SceneCapability, readonly SceneCapability[]>>> = {
  level: ['onOff'],
  color: ['onOff', 'level'],
  fan: ['onOff'],
  onOff: ['level', 'fan'],
}
