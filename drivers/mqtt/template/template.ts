import { TemplateError } from './lexer.ts'
import { isoText } from './moments.ts'
import { compile, type Compiled } from './parser.ts'
import type { Purse } from './purse.ts'
import { member, Moment, Space, takeWeighed, textOfWorth, weigh, type Worth } from './values.ts'

export { TemplateError } from './lexer.ts'
export { textOfWorth, type Worth } from './values.ts'

const fuelPerRun = 10_000
/** A computing template is not run over a longer message: steps are counted, so each must be small. */
const longestMessage = 16_384
const mostCached = 4000

/** What a template may know besides the message. */
export interface Surroundings {
  readonly now: () => number
  readonly entityId?: string
  readonly name?: string
  readonly purse?: Purse
}
const nowhere: Surroundings = { now: () => 0 }

/** Evaluates a `value_template`: undefined when what it asks for is not in the message, or when it fails on this message. */
export interface ValueTemplate {
  (text: string, json: () => unknown): Worth
  /** The key of the message's object that it looks up and nothing else; undefined for any other template. */
  readonly key?: string
}
/** Renders a command template with `value` and the other names it may see. */
export type CommandTemplate = (names: Readonly<Record<string, Worth>>) => string

const cache = new Map<string, Compiled | TemplateError>()

function cached(source: string, names: readonly string[]): Compiled {
  const key = `${names.join()}\n${source}`
  let found = cache.get(key)
  if (found === undefined) {
    try {
      found = compile(source, names)
    } catch (error) {
      // A stack overflow here would be a bug of the depth limit; it is still only this template's.
      found = error instanceof TemplateError ? error : new TemplateError('the template is not understood')
    }
    if (cache.size >= mostCached) cache.clear()
    cache.set(key, found)
  }
  if (found instanceof TemplateError) throw found
  return found
}

const shared = ['entity_id', 'name']
const valueNames = ['value', 'value_json', ...shared]
/** Look-ups of one key are shared by all entities that ask for it. */
const lookUps = new Map<string, ValueTemplate>()
const wholeText: ValueTemplate = (text) => text

/** Compiles once; throws TemplateError when the template is outside the documented subset. */
export function valueTemplate(source: string, surroundings = nowhere): ValueTemplate {
  const { run, path } = cached(source, valueNames)
  if (path !== undefined && path[0] === 'value' && path.length === 1) return wholeText
  if (path?.length === 2 && path[0] === 'value_json' && typeof path[1] === 'string') return oneKey(path[1])
  if (path !== undefined && path[0] === 'value_json')
    return (_text, json) => path.slice(1).reduce<Worth>(member, json() as Worth)
  const { now, purse } = surroundings
  return (text, json) => {
    if (text.length > longestMessage) return undefined
    const evaluate = () =>
      attempt(() => {
        // Most templates never look at the other form, but both are names they may use.
        const names = new Map<string, Worth>([
          ['value', text],
          ['value_json', json() as Worth],
          ['entity_id', surroundings.entityId],
          ['name', surroundings.name],
        ])
        return plainOf(run({ names, meter: { fuel: fuelPerRun }, now }))
      })
    return purse === undefined ? evaluate() : purse.spend(now(), evaluate)
  }
}
/** `{{ value_json.x }}`, by far the most frequent template: a plain look-up. */
function oneKey(key: string): ValueTemplate {
  let found = lookUps.get(key)
  if (found === undefined) {
    const lookUp = (_text: string, json: () => unknown): Worth => {
      const value = json()
      return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Readonly<Record<string, Worth>>)[key]
        : undefined
    }
    found = Object.assign(lookUp, { key })
    if (lookUps.size >= mostCached) lookUps.clear()
    lookUps.set(key, found)
  }
  return found
}
/** Nothing leaves a template but JSON. */
function plainOf(value: Worth): Worth {
  if (typeof value === 'object' && value !== null) weigh(value)
  return value instanceof Moment ? isoText(value) : value instanceof Space ? undefined : value
}
function attempt(run: () => Worth): Worth {
  try {
    takeWeighed()
    return run()
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

/** Compiles a command template; throws TemplateError when it is outside the subset, and when it fails at run time. */
export function commandTemplate(
  source: string,
  names: readonly string[] = ['value'],
  surroundings = nowhere,
): CommandTemplate {
  const { run } = cached(source, [...names, ...shared])
  return (values) => {
    takeWeighed()
    const known = new Map<string, Worth>(names.map((name) => [name, values[name]]))
    known.set('entity_id', surroundings.entityId)
    known.set('name', surroundings.name)
    const value = plainOf(run({ names: known, meter: { fuel: fuelPerRun }, now: surroundings.now }))
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : textOfWorth(value)
  }
}
