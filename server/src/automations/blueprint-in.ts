import {
  automationWrite,
  blueprintForm,
  blueprintHead,
  inputDate,
  inputText,
  inputTime,
  inputWeekdays,
  mostInputs,
  type AutomationWrite,
  type BlueprintFault,
  type BlueprintHead,
  type BlueprintInput,
  type BlueprintKind,
  type BlueprintRead,
} from '@eaves/model/api'
import { AppError } from '@eaves/model'
import { isMap, isPair, isScalar, isSeq, visit } from 'yaml'
import { parseWith } from '../parse.ts'
import {
  isExpression,
  isPlaceholder,
  kindsAt,
  literal,
  mapExpression,
  mapLeaves,
  type Path,
} from './blueprint-leaves.ts'
import { readText, type ReadText } from './text.ts'

/** What inputs are chosen from; each answers the code of what speaks against it. */
export type Speaks = (input: BlueprintInput, chosen: string) => string | undefined
type Value = string | number | readonly number[]
type Fault = (path: Path, code: string, input?: string) => BlueprintFault

/** A blueprint that was read, before anything is put in. */
export interface ReadBlueprint {
  readonly head: BlueprintHead
  readonly automation: unknown
  readonly fault: Fault
}
const own = ['eaves', 'name', 'description', 'inputs', 'automation']

/** Reads a text as data alone, bounded as every text of automations is. */
export function readBlueprint(text: string): ReadBlueprint | readonly BlueprintFault[] {
  const read = readText(text)
  if (!('document' in read)) return read
  const fault: Fault = (path, code, input) => ({
    path: path.join('.'),
    code,
    ...read.placeOf(path),
    ...(input === undefined ? {} : { input }),
  })
  const misshapen = misshapenIn(read)
  if (misshapen !== undefined) return [fault(misshapen.path, misshapen.code)]
  const { automation, eaves: _, ...rest } = read.document.toJS() as Readonly<Record<string, unknown>>
  try {
    return { head: parseWith(blueprintHead, { inputs: [], ...rest }, 'body'), automation, fault }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return (error.errors ?? []).map(({ path, code }) => fault(path.split('.'), code))
  }
}

/** What keeps it from being looked at as a blueprint at all. */
function misshapenIn({ document }: ReadText): { readonly path: Path; readonly code: string } | undefined {
  const root = document.contents
  if (!isMap(root)) return { path: [], code: 'text-no-blueprint' }
  const said: unknown = root.get('eaves')
  if (said !== blueprintForm)
    return { path: ['eaves'], code: typeof said === 'string' ? 'text-form' : 'text-no-blueprint' }
  for (const { key } of root.items) {
    if (!isScalar(key)) return { path: [], code: 'input-place' }
    if (!own.includes(String(key.value))) return { path: [String(key.value)], code: 'unknown-field' }
  }
  const inputs: unknown = root.get('inputs', true)
  if (isSeq(inputs) && inputs.items.length > mostInputs) return { path: ['inputs'], code: 'text-too-big' }
  if (!isMap(root.get('automation', true))) return { path: ['automation'], code: 'text-no-automation' }
  let isKeyed = false
  visit(document, (_key, node) => {
    if (isPair(node) && !isScalar(node.key)) isKeyed = true
    return isKeyed ? visit.BREAK : undefined
  })
  return isKeyed ? { path: ['automation'], code: 'input-place' } : undefined
}

export interface PutIn {
  readonly faults: readonly BlueprintFault[]
  /** Undefined while something is missing. */
  readonly automation: AutomationWrite | undefined
  /** A fault of the automation, at its line and with the input that stands there. */
  readonly faultOf: (path: string, code: string) => BlueprintFault
}

/** Puts the values in place of the inputs. */
export function putIn(
  blueprint: ReadBlueprint,
  values: NonNullable<BlueprintRead['values']>,
  speaks: Speaks,
): PutIn {
  const { head, fault, automation } = blueprint
  const given = givenOf(blueprint, values, speaks)
  const faults = [...given.faults]
  const at = new Map<string, string>()
  const used = new Set<string>()
  const valueOf = (name: string, path: Path, kinds?: readonly BlueprintKind[]): Value | undefined => {
    const kind = given.kinds.get(name)
    if (kind === undefined) faults.push(fault(['automation', ...path], 'input-unknown', name))
    else {
      used.add(name)
      at.set(path.join('.'), name)
      // An expression has no lists.
      if (kinds === undefined ? kind === 'weekdays' : !kinds.includes(kind))
        faults.push(fault(['automation', ...path], 'input-place', name))
    }
    return given.values.get(name)
  }
  const put = mapLeaves(automation, (leaf, place) => {
    if (isPlaceholder(leaf)) {
      const { $input: name, ...more } = leaf
      if (typeof name === 'string' && Object.keys(more).length === 0)
        return valueOf(name, place.path, kindsAt(place))
      faults.push(fault(['automation', ...place.path], 'input-place'))
      return undefined
    }
    if (typeof leaf !== 'string' || !isExpression(place)) return leaf
    const said = (value: Value | undefined) =>
      typeof value === 'object' || value === undefined ? undefined : literal(value)
    return mapExpression(leaf, { input: (name) => said(valueOf(name, place.path)) })
  })
  for (const [i, { name }] of head.inputs.entries())
    if (!used.has(name)) faults.push(fault(['inputs', i], 'input-unused', name))
  const faultOf: PutIn['faultOf'] = (path, code) =>
    fault(path === '' ? ['automation'] : ['automation', ...path.split('.')], code, at.get(path))
  if (faults.length > 0) return { faults, automation: undefined, faultOf }
  try {
    const whole = { name: head.name, ...(put as object) }
    return { faults, automation: parseWith(automationWrite, whole, 'body'), faultOf }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return {
      faults: (error.errors ?? []).map(({ path, code }) => faultOf(path, code)),
      automation: undefined,
      faultOf,
    }
  }
}

/** What each input is worth, as it was said or as it is usual. */
function givenOf({ head, fault }: ReadBlueprint, said: NonNullable<BlueprintRead['values']>, speaks: Speaks) {
  const kinds = new Map<string, BlueprintKind>()
  const values = new Map<string, Value>()
  const faults: BlueprintFault[] = []
  for (const [i, input] of head.inputs.entries()) {
    const { name, kind } = input
    if (kinds.has(name)) faults.push(fault(['inputs', i, 'name'], 'input-twice', name))
    kinds.set(name, kind)
    const value = Object.hasOwn(said, name) ? said[name] : 'default' in input ? input.default : undefined
    const code = value === undefined ? 'input-missing' : faultIn(input, value, speaks)
    if (code !== undefined) faults.push(fault(['inputs', i], code, name))
    else values.set(name, typeof value === 'string' ? value.trim() : (value as number | readonly number[]))
  }
  for (const name of Object.keys(said))
    if (!kinds.has(name)) faults.push({ path: `values.${name}`, code: 'input-unknown', input: name })
  return { kinds, values, faults }
}

const isLength = (value: number): boolean => value > 0 && value <= 86_400
function faultIn(input: BlueprintInput, value: unknown, speaks: Speaks): string | undefined {
  switch (input.kind) {
    case 'number':
    case 'duration': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'input-kind'
      const isIn = value >= (input.min ?? -Infinity) && value <= (input.max ?? Infinity)
      return isIn && (input.kind === 'number' || isLength(value)) ? undefined : 'input-bounds'
    }
    case 'time':
      return inputTime.safeParse(value).success ? undefined : 'input-kind'
    case 'date':
      return inputDate.safeParse(value).success ? undefined : 'input-kind'
    case 'weekdays':
      return inputWeekdays.safeParse(value).success ? undefined : 'input-kind'
    case 'text':
      return inputText.safeParse(value).success ? undefined : 'input-kind'
    default:
      return typeof value === 'string' ? speaks(input, value) : 'input-kind'
  }
}
