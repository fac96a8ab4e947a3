import type { BlueprintKind } from '@eaves/model/api'

export type Path = readonly (string | number)[]
/** Where something stands in the text of an automation. */
export interface Place {
  readonly path: Path
  /** The key that it stands under; of what stands in a list that of the list. */
  readonly key: string
  /** The kind of the trigger, condition or action that it is part of. */
  readonly owner?: string | undefined
  /** It is given to a command, or to an address that is called. */
  readonly isArg: boolean
  /** What it stands in. */
  readonly beside: Readonly<Record<string, unknown>>
}
const top: Place = { path: [], key: '', isArg: false, beside: {} }

/** A text such as `{$input: lamp}`, well formed or not. */
export const isPlaceholder = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '$input')
export const isExpression = ({ key }: Place): boolean => key === 'cel' || key === '$cel'

/** The same again with another in place of each leaf; a placeholder is one, and what is put in is not looked at again. */
export function mapLeaves(
  value: unknown,
  put: (leaf: unknown, place: Place) => unknown,
  place: Place = top,
): unknown {
  if (Array.isArray(value) && !isDays(place))
    return value.map((each, i) => mapLeaves(each, put, { ...place, path: [...place.path, i] }))
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isPlaceholder(value))
    return put(value, place)
  const beside = value as Readonly<Record<string, unknown>>
  const isArg = place.isArg || place.key === 'args' || place.key === 'body'
  const owner = isArg ? place.owner : typeof beside.kind === 'string' ? beside.kind : undefined
  return Object.fromEntries(
    Object.entries(beside).map(([key, each]) => [
      key,
      mapLeaves(each, put, {
        path: [...place.path, key],
        key,
        owner,
        isArg,
        beside: isArg ? place.beside : beside,
      }),
    ]),
  )
}

/** Days of the week are one thing, however many. */
const isDays = ({ key, isArg }: Place): boolean => key === 'weekdays' && !isArg

const ids: Readonly<Record<string, BlueprintKind>> = {
  device: 'device',
  room: 'room',
  who: 'person',
  scene: 'scene',
  automation: 'automation',
  calendar: 'calendar',
  meter: 'meter',
  hook: 'hook',
  place: 'place',
}
const numbers = [
  'above',
  'below',
  'hysteresis',
  'minutes',
  'offsetMinutes',
  'afterMinutes',
  'beforeMinutes',
  'repeatMinutes',
  'times',
  'over',
  'cheapest',
]
const kindsOf = new Map<string, readonly BlueprintKind[]>([
  ...Object.entries(ids).map(([key, kind]) => [key, [kind]] as const),
  ...numbers.map((key) => [key, ['number']] as const),
  ...['forSeconds', 'seconds', 'timeoutSeconds'].map((key) => [key, ['duration']] as const),
  ...['at', 'after', 'before'].map((key) => [key, ['time']] as const),
  ['date', ['date']],
  ['weekdays', ['weekdays']],
  ...['text', 'label', 'labels', 'matching', 'description', 'detail'].map((key) => [key, ['text']] as const),
])
const values: readonly BlueprintKind[] = ['number', 'text', 'duration']

/** The kinds of inputs that may stand at a place. */
export function kindsAt({ key, owner, isArg, beside, path }: Place): readonly BlueprintKind[] {
  if (isArg) return beside.capability === 'vendor' && key === 'key' ? [] : key === '$cel' ? [] : values
  if (key === 'url') return owner === 'webhook' ? ['text'] : []
  if (key === 'from' || key === 'to' || key === 'is') {
    if (owner === 'mode') return ['mode']
    return owner === 'state' ? values : []
  }
  if (key === 'name') return path.length === 1 ? ['text'] : []
  return kindsOf.get(key) ?? []
}

const quoted = String.raw`"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const inExpression = new RegExp(String.raw`${quoted}|(?<![\w.$])input\.([A-Za-z_]\w*)`, 'g')
/** So long may an expression be; a longer one is refused whatever stands in it. */
const longestExpression = 1_000

/** An expression with what is said in place of each `input.name`, and of each text in quotes; undefined leaves it. */
export function mapExpression(
  cel: string,
  say: {
    readonly input?: (name: string) => string | undefined
    readonly quoted?: (text: string) => string | undefined
  },
): string {
  if (cel.length > longestExpression) return cel
  return cel.replaceAll(inExpression, (whole, name: string | undefined) => {
    if (name !== undefined) return say.input?.(name) ?? whole
    const marks = /^("""|''')/.test(whole) ? 3 : 1
    return say.quoted?.(whole.slice(marks, -marks)) ?? whole
  })
}
/** As an expression writes it. */
export function literal(value: string | number | boolean): string {
  if (typeof value !== 'number') return JSON.stringify(value)
  return value < 0 ? `(${value})` : String(value)
}
