import { isMap, isScalar, isSeq, type Document, type Scalar } from 'yaml'
import type { AutomationTextFault } from '@eaves/model/api'

/** What automations name by an id, each with the names of this home. */
export const namedKinds = ['device', 'room', 'scene', 'automation'] as const
export type NamedKind = (typeof namedKinds)[number]
export type NamesOf = Readonly<Record<NamedKind, ReadonlyMap<string, string>>>

const idWithin = /(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])/g
const isId = (text: string): boolean => /^[a-z2-7]{26}$/.test(text)
/** Said of an expression with several ids: `id = name; id = name`. */
const pair = /([a-z2-7]{26}) = ([^;]+)/g
const fold = (name: string): string => name.normalize('NFC').trim().toLocaleLowerCase()

/** The name of whatever has this id in the home. */
export function nameOf(names: NamesOf, id: string): string | undefined {
  for (const kind of namedKinds) {
    const name = names[kind].get(id)
    if (name !== undefined) return name
  }
  return undefined
}

/** What a reader would like to know beside a text with ids in it. */
export function remarkOn(names: NamesOf, text: string): string | undefined {
  if (isId(text)) return nameOf(names, text)
  const said = [...new Set(text.match(idWithin))].flatMap((id) => {
    const name = nameOf(names, id)
    return name === undefined ? [] : [`${id} = ${name}`]
  })
  return said.length === 0 ? undefined : said.join('; ')
}

type Path = readonly (string | number)[]
/** Each text of a document under its key, whatever automations come to be made of. */
function* textsOf(node: unknown, key: string, path: Path): Generator<[Scalar<string>, string, Path]> {
  if (isMap(node)) {
    for (const { key: own, value } of node.items) {
      const name = isScalar(own) ? String(own.value) : ''
      yield* textsOf(value, name, [...path, name])
    }
  } else if (isSeq(node)) {
    for (const [i, each] of node.items.entries()) yield* textsOf(each, key, [...path, i])
  } else if (isScalar(node) && typeof node.value === 'string') yield [node as Scalar<string>, key, path]
}

/** Writes beside each id what it is called. */
export function remark(document: Document, names: NamesOf): void {
  for (const [scalar] of textsOf(document.contents, '', [])) {
    const said = remarkOn(names, scalar.value)
    if (said !== undefined) scalar.comment = ` ${said}`
  }
}

export interface MapDeps {
  readonly names: NamesOf
  /** Names that the text itself gives to its ids. */
  readonly given: ReadonlyMap<string, string>
  /** Automations of the text under their ids there, and the ids that they have or will have here. */
  readonly own: ReadonlyMap<string, string>
}
export type Unmapped = Omit<AutomationTextFault, 'line' | 'column'> & { readonly at: Path }

/**
 * Puts the ids of this home in place of those of another, by the name that stands beside each. What has no name, or a name
 * that several have, is told and left as it is.
 */
export function mapNamed(deps: MapDeps, root: unknown, path: Path): Unmapped[] {
  const unmapped: Unmapped[] = []
  for (const [scalar, key, at] of textsOf(root, '', path)) {
    // What goes to an address is called as its author likes.
    const kind = at.includes('body') ? undefined : namedKinds.find((each) => each === key)
    const beside = besideOf(scalar, deps.given)
    if (kind !== undefined) {
      const found = one(deps, kind, scalar.value, beside(scalar.value))
      if (typeof found === 'string') scalar.value = found
      else unmapped.push({ ...found, at, path: '' })
    } else if (!isId(scalar.value)) {
      scalar.value = scalar.value.replaceAll(idWithin, (id) => {
        if (nameOf(deps.names, id) !== undefined || beside(id) === undefined) return id
        const found = one(deps, 'device', id, beside(id))
        if (typeof found === 'string') return found
        unmapped.push({ ...found, at, path: '' })
        return id
      })
    }
  }
  return unmapped
}

function besideOf({ comment, value }: Scalar<string>, given: ReadonlyMap<string, string>) {
  const said = comment?.trim()
  const pairs = new Map([...(said ?? '').matchAll(pair)].map(([, id, name]) => [id!, name!.trim()] as const))
  const whole = said === undefined || said === '' || !isId(value) ? undefined : said
  return (id: string): string | undefined =>
    pairs.get(id) ?? (id === value ? whole : undefined) ?? given.get(id)
}

type Lost = Pick<AutomationTextFault, 'code' | 'what' | 'name'>
function one(
  { names, own }: MapDeps,
  kind: NamedKind,
  said: string,
  beside: string | undefined,
): string | Lost {
  const known = kind === 'automation' ? own.get(said) : undefined
  if (known !== undefined || names[kind].has(said)) return known ?? said
  const name = isId(said) ? beside : said
  if (name === undefined) return { code: 'not-found', what: kind }
  const wanted = fold(name)
  const found = [...names[kind]].filter(([, each]) => fold(each) === wanted)
  const [only] = found
  if (only !== undefined && found.length === 1) return only[0]
  return { code: found.length === 0 ? 'not-found' : 'several', what: kind, name: name.slice(0, 200) }
}
