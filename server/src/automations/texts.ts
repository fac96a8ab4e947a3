import {
  AppError,
  newId,
  type AutomationId,
  type FieldError,
  type HomeId,
  type SubjectId,
} from '@eaves/model'
import {
  automationWrite,
  type AutomationBody,
  type AutomationExport,
  type AutomationExportQuery,
  type AutomationTextEntry,
  type AutomationTextFault,
  type AutomationTextPreview,
  type AutomationTextSaved,
} from '@eaves/model/api'
import { Document, isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import { parseWith } from '../parse.ts'
import { callsOut, withoutAddresses } from './call-out-shown.ts'
import { mapNamed, nameOf, remark, type NamesOf, type Unmapped } from './named.ts'
import type { Kept } from './store.ts'
import { readText, type ReadText } from './text.ts'

/** What texts need of the automations of a home. */
export interface TextsDeps {
  readonly kept: (home: HomeId) => ReadonlyMap<AutomationId, Kept>
  readonly names: (home: HomeId) => Promise<NamesOf>
  /** What keeps it from running as it is written; `also` are automations that will be there. */
  readonly faults: (
    home: HomeId,
    subject: SubjectId,
    body: AutomationBody,
    self: AutomationId | undefined,
    also: ReadonlySet<string>,
  ) => FieldError[]
  readonly save: (home: HomeId, subject: SubjectId, one: Saving) => Promise<void>
}
export interface Saving {
  readonly id: AutomationId
  readonly body: AutomationBody
  /** Undefined: as it was, or on when it is new. */
  readonly enabled: boolean | undefined
  /** The version that it takes the place of. */
  readonly version: number | undefined
}
const form = 'automations/1'
const mostAtOnce = 500
const breatheEach = 20
const breathe = () => new Promise<void>((resolve) => void setImmediate(resolve))

/** Automations as a text that people read, keep, send and bring in elsewhere. */
export class AutomationTexts {
  readonly #deps: TextsDeps

  constructor(deps: TextsDeps) {
    this.#deps = deps
  }

  async write(
    home: HomeId,
    { id, automation, as = 'yaml' }: AutomationExportQuery & Partial<AutomationExport>,
    mayCall = false,
  ): Promise<string> {
    const all = this.#deps.kept(home)
    const names = await this.#deps.names(home)
    const chosen =
      automation === undefined
        ? (id === undefined ? [...all.keys()] : [id]).map((each) => {
            const kept = all.get(each as AutomationId)
            if (kept === undefined) throw new AppError('auth.not-found')
            const body = mayCall ? kept.body : withoutAddresses(kept.body)
            return { id: kept.id, ...body, enabled: kept.enabled }
          })
        : [automation]
    if (as === 'json') return jsonOf(chosen, names)
    const parts = [`eaves: ${form}`, chosen.length === 0 ? 'automations: []' : 'automations:']
    for (const [i, each] of chosen.entries()) {
      if (i % breatheEach === breatheEach - 1) await breathe()
      const document = new Document([inOrder(each)])
      remark(document, names)
      const lines = document.toString({ lineWidth: 0, indentSeq: true }).trimEnd().split('\n')
      parts.push(...lines.map((line) => (line === '' ? '' : `  ${line}`)))
    }
    return `${parts.join('\n')}\n`
  }

  /** What bringing it in would do; nothing is saved. */
  async preview(home: HomeId, subject: SubjectId, text: string): Promise<AutomationTextPreview> {
    return (await this.#read(home, subject, text)).view
  }

  /** Saves what is new and what has changed: all of it, or nothing when one has a fault, unless that one may be left. */
  async save(
    home: HomeId,
    subject: SubjectId,
    text: string,
    leaveFaulty: boolean,
    mayCall = false,
  ): Promise<AutomationTextSaved> {
    const { view, savings } = await this.#read(home, subject, text)
    const faults = [...view.faults, ...(leaveFaulty ? [] : view.automations.flatMap((each) => each.faults))]
    if (faults.length > 0)
      throw new AppError('automation.text-faulty', {
        errors: faults.map(({ path, code, line }) => ({
          path: [...(line === undefined ? [] : [`line ${line}`]), path].filter(Boolean).join(': '),
          code,
        })),
      })
    const saved: AutomationTextSaved = { created: [], changed: [], left: 0 }
    const sound = this.#sound(home, subject, savings)
    // A token may do less than whoever made it. // pp.5.1
    if (!mayCall && sound.some(({ body }) => callsOut(body.actions))) throw new AppError('auth.forbidden')
    for (const one of sound) {
      await this.#deps.save(home, subject, one)
      if (one.version === undefined) saved.created.push(one.id)
      else saved.changed.push(one.id)
    }
    return {
      ...saved,
      left: view.automations.filter(({ change }) => change !== 'same').length - sound.length,
    }
  }

  /** Without those that name one that is left out. */
  #sound(home: HomeId, subject: SubjectId, savings: readonly Saving[]): readonly Saving[] {
    const ids = new Set<string>(savings.map(({ id }) => id))
    const { faults, kept } = this.#deps
    const left = savings.filter(
      ({ id, body }) => faults(home, subject, body, kept(home).has(id) ? id : undefined, ids).length === 0,
    )
    return left.length === savings.length ? left : this.#sound(home, subject, left)
  }

  async #read(home: HomeId, subject: SubjectId, text: string): Promise<Reading> {
    const read = readText(text)
    if (!('document' in read)) return { view: { faults: [...read], automations: [] }, savings: [] }
    const found = entriesOf(read)
    if (!Array.isArray(found)) return { view: { faults: [found], automations: [] }, savings: [] }
    const kept = this.#deps.kept(home)
    const own = new Map<string, string>()
    const plans = found.map((entry) => {
      const known = kept.get(entry.id as AutomationId) ?? namesake(kept, entry.name)
      const id = known?.id ?? newId<AutomationId>()
      if (entry.id !== undefined) own.set(entry.id, id)
      return { entry, known, id }
    })
    const also = new Set<string>(plans.map(({ id }) => id))
    const there = await this.#deps.names(home)
    const named = plans.flatMap(({ id, entry: { name } }) =>
      name === undefined ? [] : [[id, name] as const],
    )
    const names = { ...there, automation: new Map<string, string>([...there.automation, ...named]) }
    const reading: Reading = { view: { faults: [], automations: [] }, savings: [] }
    const seen = new Set<string>()
    for (const [i, { entry, known, id }] of plans.entries()) {
      if (i % breatheEach === breatheEach - 1) await breathe()
      const unmapped = mapNamed({ names, given: givenIn(read), own }, entry.node, [])
      const judged = judgedEntry(read, entry, unmapped, (body) =>
        this.#deps.faults(home, subject, body, known?.id, also),
      )
      if (seen.has(id)) judged.faults.push({ path: 'id', code: 'text-twice', line: entry.line })
      seen.add(id)
      const change = known === undefined ? 'new' : isSame(known, judged) ? 'same' : 'changed'
      reading.view.automations.push({ ...judged, ...(known === undefined ? {} : { id }), change })
      if (judged.faults.length > 0 || change === 'same' || judged.automation === undefined) continue
      const { enabled, ...body } = judged.automation
      reading.savings.push({ id, body, enabled, version: known?.version })
    }
    return reading
  }
}
interface Reading {
  readonly view: AutomationTextPreview
  readonly savings: Saving[]
}
interface Entry {
  readonly node: ParsedNode
  readonly path: readonly (string | number)[]
  readonly line: number
  readonly id: string | undefined
  readonly name: string | undefined
}

/** The only one of that name. */
function namesake(kept: ReadonlyMap<AutomationId, Kept>, name: string | undefined): Kept | undefined {
  const [only, ...others] = [...kept.values()].filter(({ body }) => body.name === name?.trim())
  return others.length === 0 ? only : undefined
}

/** A list of automations, one alone, or our own form around either. */
function entriesOf(read: ReadText): Entry[] | AutomationTextFault {
  const root = read.document.contents
  const fault = (code: string, path: (string | number)[] = []): AutomationTextFault => ({
    path: path.join('.'),
    code,
    ...read.placeOf(path),
  })
  if (isMap(root) && !root.has('automations')) return [entryOf(read, root, [])]
  if (isMap(root)) {
    const said: unknown = root.get('eaves')
    if (said !== undefined && said !== form) return fault('text-form', ['eaves'])
    const strange = root.items.find(
      ({ key }) => !isScalar(key) || !['eaves', 'automations', 'names'].includes(String(key.value)),
    )
    if (strange !== undefined) return fault('unknown-field', [String(strange.key)])
  }
  const path = isMap(root) ? ['automations'] : []
  const list: unknown = isMap(root) ? root.get('automations', true) : root
  if (!isSeq(list)) return fault('text-no-list', path)
  if (list.items.length > mostAtOnce) return fault('text-too-big', path)
  return list.items.map((node, i) => entryOf(read, node as ParsedNode, [...path, i]))
}

function entryOf(read: ReadText, node: ParsedNode, path: readonly (string | number)[]): Entry {
  const word = (key: string): string | undefined => {
    const said: unknown = isMap(node) ? node.get(key) : undefined
    return typeof said === 'string' ? said.slice(0, 200) : undefined
  }
  return { node, path, line: read.placeOf(path).line, id: word('id'), name: word('name') }
}

function givenIn({ document }: ReadText): ReadonlyMap<string, string> {
  const names: unknown = isMap(document.contents) ? document.contents.get('names', true) : undefined
  const given = new Map<string, string>()
  if (isMap(names))
    for (const { key, value } of names.items)
      if (isScalar(key) && isScalar(value)) given.set(String(key.value), String(value.value))
  return given
}

function judgedEntry(
  read: ReadText,
  { node, path, line, name }: Entry,
  unmapped: readonly Unmapped[],
  faultsOf: (body: AutomationBody) => FieldError[],
): Omit<AutomationTextEntry, 'id' | 'change'> & { faults: AutomationTextFault[] } {
  const at = (field: string) => ({
    path: field,
    ...read.placeOf([...path, ...(field === '' ? [] : field.split('.'))]),
  })
  const lost = unmapped.map(({ at: where, ...rest }) => ({ ...rest, ...at(where.join('.')) }))
  const all = (faults: readonly FieldError[]): AutomationTextFault[] => [
    ...lost,
    ...faults
      .filter((each) => !lost.some((one) => one.path === each.path))
      .map((each) => ({ code: each.code, ...at(each.path) })),
  ]
  const said: unknown = node.toJS(read.document)
  const head = { line, ...(name === undefined ? {} : { name }) }
  try {
    const { id: _, ...rest } = (typeof said === 'object' && said !== null ? said : {}) as { id?: unknown }
    if (Array.isArray(said) || typeof said !== 'object' || said === null)
      return { ...head, faults: [{ code: 'text-no-automation', ...at('') }] }
    const { enabled, ...body } = parseWith(automationWrite, rest, 'body')
    const automation = { ...body, ...(enabled === undefined ? {} : { enabled }) }
    return { ...head, automation, faults: all(faultsOf(body)) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...head, faults: all(error.errors ?? []) }
  }
}

const plain = (body: AutomationBody): unknown => {
  const { conditions = [], mode = 'single', labels = [], ...rest } = body
  return sorted({ ...rest, conditions, mode, labels })
}
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
function isSame(kept: Kept, { automation }: Pick<AutomationTextEntry, 'automation'>): boolean {
  if (automation === undefined) return false
  const { enabled = kept.enabled, ...body } = automation
  return enabled === kept.enabled && JSON.stringify(plain(body)) === JSON.stringify(plain(kept.body))
}

/** As one would tell it: what it is called, when, if, then; what is empty is left out. */
function inOrder(
  one: AutomationBody & { readonly id?: string; readonly enabled?: boolean | undefined },
): object {
  const { id, name, description, enabled, labels, triggers, conditions, actions, mode, ...rest } = one
  const all = { id, name, description, enabled, labels, triggers, conditions, actions, mode, ...rest }
  return Object.fromEntries(
    Object.entries(all).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** JSON has no remarks, so the names of what it names stand below. */
function jsonOf(chosen: readonly AutomationBody[], names: NamesOf): string {
  const automations = chosen.map(inOrder)
  const ids = [...new Set(JSON.stringify(automations).match(/[a-z2-7]{26}/g))]
  const said = Object.fromEntries(
    ids.flatMap((id) => [nameOf(names, id)].flatMap((name) => (name === undefined ? [] : [[id, name]]))),
  )
  return `${JSON.stringify({ eaves: form, automations, names: said }, undefined, 2)}\n`
}
