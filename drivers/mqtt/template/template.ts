import { TemplateError } from './lexer.ts'
import { compile, type Compiled } from './parser.ts'
import { member, textOfWorth, type Worth } from './values.ts'

export { TemplateError } from './lexer.ts'
export { textOfWorth, type Worth } from './values.ts'

const fuelPerRun = 2000
/** A computing template is not run over a longer message: steps are counted, so each must be small. */
const longestMessage = 16_384
const mostCached = 2000

/** Evaluates a `value_template`: undefined when what it asks for is not in the message, or when it fails on this message. */
export type ValueTemplate = (text: string, json: () => unknown) => Worth
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

/** Compiles once; throws TemplateError when the template is outside the documented subset. */
export function valueTemplate(source: string): ValueTemplate {
  const { run, path } = cached(source, ['value', 'value_json'])
  if (path !== undefined && path[0] === 'value') return (text) => (path.length === 1 ? text : undefined)
  if (path?.length === 2 && typeof path[1] === 'string') return oneKey(path[1])
  if (path !== undefined) return (_text, json) => path.slice(1).reduce<Worth>(member, json() as Worth)
  return (text, json) => {
    if (text.length > longestMessage) return undefined
    // Most templates never look at the other form, but both are names they may use.
    const names = new Map<string, Worth>([
      ['value', text],
      ['value_json', json() as Worth],
    ])
    return attempt(() => run({ names, fuel: fuelPerRun }))
  }
}
/** `{{ value_json.x }}`, by far the most frequent template: a plain look-up. */
function oneKey(key: string): ValueTemplate {
  return (_text, json) => {
    const value = json()
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Readonly<Record<string, Worth>>)[key]
      : undefined
  }
}
function attempt(run: () => Worth): Worth {
  try {
    return run()
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

/** Compiles a command template; throws TemplateError when it is outside the subset, and when it fails at run time. */
export function commandTemplate(source: string, names: readonly string[] = ['value']): CommandTemplate {
  const { run } = cached(source, names)
  return (values) =>
    textOfWorth(run({ names: new Map(names.map((name) => [name, values[name]])), fuel: fuelPerRun }))
}
