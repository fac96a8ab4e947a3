import {
  AppError,
  capabilities,
  isBuiltInMode,
  isCapability,
  type CapabilityId,
  type Unit,
} from '@eaves/model'
import {
  blueprintForm,
  inputText,
  mostInputs,
  type AutomationBody,
  type BlueprintInput,
  type BlueprintKind,
  type BlueprintWrite,
  type BlueprintWritten,
} from '@eaves/model/api'
import { Document, isMap, visit } from 'yaml'
import { isExpression, kindsAt, mapExpression, mapLeaves, type Place } from './blueprint-leaves.ts'

/** What a home calls things and people. */
export interface HomeWords {
  /** The kind of what has this id; undefined when nothing here has it. */
  readonly kindOf: (id: string) => BlueprintKind | undefined
  readonly names: readonly string[]
}
/** The names of the home that stand in a text. */
type Named = (text: string) => readonly string[]
type Now = string | number | number[]
interface Found {
  readonly kind: BlueprintKind
  readonly now: Now
  must: boolean
  readonly at: string[]
  readonly capabilities: Set<CapabilityId>
  readonly unit: Unit | undefined
}
const idWithin = /(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])/
const isId = (text: string): boolean => /^[a-z2-7]{26}$/.test(text)

/** An automation as a blueprint. What names something of the home becomes an input, whatever was chosen. */
export function asBlueprint(words: HomeWords, wish: BlueprintWrite): BlueprintWritten {
  const { enabled: _enabled, name, description: _described, labels: _labels, ...body } = wish.automation
  // What it is called itself tells nothing that its title would not.
  const named = namesWithin(words.names.filter((each) => each !== name))
  const found = foundIn(words, named, body)
  const asked = new Set(wish.inputs)
  const inputs = [...found].map(([inputName, each]) => ({
    input: inputOf(inputName, each, wish.labels?.[inputName] ?? inputName),
    must: each.must,
    isAsked: each.must || asked.has(inputName),
    now: each.now,
    at: each.at,
  }))
  const chosen = inputs.filter(({ isAsked }) => isAsked)
  if (chosen.length > mostInputs)
    throw new AppError('automation.not-shareable', { errors: [{ path: 'automation', code: 'too-big' }] })
  const title = wish.name ?? (named(name).length === 0 && !idWithin.test(name) ? name : 'Blueprint')
  const written = {
    eaves: blueprintForm,
    name: title,
    ...(wish.description === undefined || wish.description === '' ? {} : { description: wish.description }),
    inputs: chosen.map(({ input }) => input),
    automation: withInputs(body, found, new Set(chosen.map(({ input }) => input.name))),
  }
  demandNothingOfHome(written, named)
  const labels = chosen.map(({ input }) => input.label)
  const own = [title, wish.description ?? '', ...labels, ...ownWords(written.automation)]
  return { text: textOf(written, wish.as), inputs, named: [...new Set(own.flatMap(named))] }
}

/** Nothing leaves that could be an id, wherever it stands, nor a name in what an automation says. */
function demandNothingOfHome(written: { readonly automation: unknown }, named: Named): void {
  const errors: { path: string; code: string }[] = []
  mapLeaves(written, (leaf, place) => {
    const { path } = place
    const isSaid = path[0] === 'automation' && isText(place)
    const hasId = [leaf, ...path].some((each) => typeof each === 'string' && idWithin.test(each))
    if (hasId || (isSaid && typeof leaf === 'string' && named(leaf).length > 0))
      errors.push({ path: path.join('.'), code: 'names-home' })
    return leaf
  })
  if (errors.length > 0) throw new AppError('automation.not-shareable', { errors })
}

/** What people named within an automation and that stays as it is. */
function ownWords(body: unknown): string[] {
  const found: string[] = []
  mapLeaves(body, (leaf, { key }) => {
    if (typeof leaf === 'string' && ['name', 'part', 'id'].includes(key)) found.push(leaf)
    return leaf
  })
  return found
}

/** Calls `input` for each part of a value that could be asked for: the leaf, or each text that an expression names. */
function eachInput(
  words: HomeWords,
  named: Named,
  body: unknown,
  say: (
    one: { readonly kind: BlueprintKind; readonly now: Now; readonly must: boolean },
    place: Place,
  ) => string | undefined,
): unknown {
  return mapLeaves(body, (leaf, place) => {
    if (typeof leaf === 'string' && isExpression(place))
      return mapExpression(leaf, {
        quoted: (text) => {
          const kind = isId(text) ? (words.kindOf(text) ?? 'device') : 'text'
          const isPlain = kind === 'text' && !isSecret(place) && named(text).length === 0
          if (isPlain || (kind === 'text' && isKnownWord(text))) return undefined
          const name = say({ kind, now: text, must: true }, place)
          return name === undefined ? undefined : `input.${name}`
        },
      })
    const one = candidate(leaf, place, named)
    const name = one && say(one, place)
    return name === undefined ? leaf : { $input: name }
  })
}

function foundIn(words: HomeWords, named: Named, body: Omit<AutomationBody, 'name'>) {
  const found = new Map<string, Found>()
  const byValue = new Map<string, string>()
  const counts = new Map<BlueprintKind, number>()
  eachInput(words, named, body, ({ kind, now, must }, place) => {
    // What has an id, or says the same words, is asked for once; two equal numbers need not mean the same.
    const isOne = isChosen(kind) || kind === 'text'
    const key = isOne && typeof now === 'string' ? `${kind} ${now}` : `${kind} ${place.path.join('/')}`
    let name = byValue.get(key)
    if (name === undefined) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      name = `${kind}${count}`
      byValue.set(key, name)
      found.set(name, { kind, now, must, at: [], capabilities: new Set(), unit: unitAt(place) })
    }
    const one = found.get(name)!
    one.must ||= must
    one.at.push(place.path.join('/'))
    const { capability } = place.beside
    if (kind === 'device' && typeof capability === 'string' && isCapability(capability))
      one.capabilities.add(capability)
    return name
  })
  return found
}

/** The same walk again, now that it is known what is asked for. */
function withInputs(
  body: Omit<AutomationBody, 'name'>,
  found: ReadonlyMap<string, Found>,
  asked: ReadonlySet<string>,
) {
  const at = new Map<string, Map<Now, string>>()
  for (const [name, { at: places, now }] of found) {
    if (!asked.has(name)) continue
    for (const place of places) at.set(place, (at.get(place) ?? new Map()).set(now, name))
  }
  return mapLeaves(body, (leaf, place) => {
    const here = at.get(place.path.join('/'))
    if (here === undefined) return leaf
    if (typeof leaf === 'string' && isExpression(place))
      return mapExpression(leaf, {
        quoted: (text) => {
          const name = here.get(text)
          return name === undefined ? undefined : `input.${name}`
        },
      })
    const name = here.get(leaf as Now)
    return name === undefined ? leaf : { $input: name }
  })
}

const isChosen = (kind: BlueprintKind): boolean =>
  !['number', 'duration', 'time', 'date', 'weekdays', 'text'].includes(kind)

/** What a leaf could be asked for as; what is of the home has to be. */
function candidate(leaf: unknown, place: Place, named: Named) {
  const [first] = kindsAt(place)
  if (first === undefined) return undefined
  if (typeof leaf === 'number') {
    const kind = first === 'duration' || place.key.endsWith('Seconds') ? 'duration' : 'number'
    return { kind, now: leaf, must: false } as const
  }
  if (first === 'weekdays')
    return Array.isArray(leaf) ? ({ kind: first, now: leaf as number[], must: false } as const) : undefined
  if (typeof leaf !== 'string') return undefined
  if (isChosen(first)) {
    const isOwn = first === 'person' ? isId(leaf) : first === 'mode' ? !isBuiltInMode(leaf) : true
    return isOwn ? ({ kind: first, now: leaf, must: true } as const) : undefined
  }
  if (first === 'time' || first === 'date') return { kind: first, now: leaf, must: false } as const
  // However long it is: an address stays here.
  if (isSecret(place)) return { kind: 'text', now: leaf, must: true } as const
  if (!isText(place) || !inputText.safeParse(leaf).success) return undefined
  // Which tag was read is as good as a name.
  const must = named(leaf).length > 0 || idWithin.test(leaf) || place.beside.capability === 'tagReader'
  return { kind: 'text', now: leaf, must } as const
}

/** Where a home calls to and what it says there may be a secret between both. // pp.5.1 */
const isSecret = ({ owner, key, isArg }: Place): boolean => owner === 'webhook' && (key === 'url' || isArg)

const isText = (place: Place): boolean => kindsAt(place).includes('text') && !isWordOfList(place)
/** Words that every device of a kind knows are nobody's names. */
function isWordOfList({ key, isArg, beside }: Place): boolean {
  const { capability, attribute, command } = beside
  if (typeof capability !== 'string' || !isCapability(capability)) return false
  const spec = capabilities[capability]
  if (isArg) return typeof command === 'string' && spec.commands[command]?.args[key]?.type === 'enum'
  return typeof attribute === 'string' && spec.attributes[attribute]?.type === 'enum'
}
let known: ReadonlySet<string> | undefined
/** Functions and values as expressions name them. */
function isKnownWord(text: string): boolean {
  known ??= new Set([
    'main',
    'vendor',
    ...Object.entries(capabilities).flatMap(([id, { attributes }]) => [id, ...Object.keys(attributes)]),
  ])
  return known.has(text)
}

function unitAt({ key, isArg, beside }: Place): Unit | undefined {
  const { capability, attribute, command } = beside
  if (typeof capability !== 'string' || !isCapability(capability)) return undefined
  if (isArg) {
    const arg =
      typeof command === 'string' ? capabilities[capability].commands[command]?.args[key] : undefined
    return arg?.type === 'number' ? arg.unit : undefined
  }
  const spec = typeof attribute === 'string' ? capabilities[capability].attributes[attribute] : undefined
  return spec?.type === 'number' ? spec.unit : undefined
}

function inputOf(
  name: string,
  { kind, now, must, capabilities: has, unit }: Found,
  label: string,
): BlueprintInput {
  const usual = must ? {} : { default: now }
  const more = {
    ...(kind === 'device' && has.size > 0 ? { capabilities: [...has].slice(0, 10) } : {}),
    ...(kind === 'number' && unit !== undefined ? { unit } : {}),
    ...usual,
  }
  return { name, kind, label, ...more } as BlueprintInput
}

const hasNoGaps = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]/u
const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)
const fold = (text: string): string => text.normalize('NFC').toLocaleLowerCase()

/** The names of the home that a text has in it as words of their own. Found by how they begin: a home may have ten thousand. */
function namesWithin(names: readonly string[]): Named {
  const byStart = new Map<string, [name: string, folded: string][]>()
  for (const name of new Set(names.map((each) => each.trim()))) {
    const folded = fold(name)
    if (folded.length < 2 && !hasNoGaps.test(folded)) continue
    const start = folded.slice(0, 2)
    const known = byStart.get(start)
    if (known === undefined) byStart.set(start, [[name, folded]])
    else known.push([name, folded])
  }
  return (text) => {
    const whole = fold(text)
    const found = new Set<string>()
    for (let at = 0; at < whole.length; at++)
      for (const length of [1, 2])
        for (const [name, folded] of byStart.get(whole.slice(at, at + length)) ?? [])
          if (standsAt(whole, folded, at)) found.add(name)
    return [...found]
  }
}
function standsAt(whole: string, name: string, at: number): boolean {
  if (!whole.startsWith(name, at)) return false
  return hasNoGaps.test(name) || (!isLetter(whole[at - 1]) && !isLetter(whole[at + name.length]))
}

function textOf(written: object, as: BlueprintWrite['as']): string {
  if (as === 'json') return `${JSON.stringify(written, undefined, 2)}\n`
  const document = new Document(written)
  visit(document, (_key, node) => {
    if (isMap(node) && node.has('$input')) node.flow = true
  })
  return document.toString({ lineWidth: 0, indentSeq: true })
}
