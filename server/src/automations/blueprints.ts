import type { HomeId, SubjectId } from '@eaves/model'
import type {
  AutomationBody,
  AutomationFinding,
  BlueprintInput,
  BlueprintKind,
  BlueprintPreview,
  BlueprintRead,
  BlueprintWrite,
  BlueprintWritten,
} from '@eaves/model/api'
import { putIn, readBlueprint } from './blueprint-in.ts'
import { asBlueprint } from './blueprint-out.ts'
import { namedKinds, type NamesOf } from './named.ts'
import type { TextsDeps } from './texts.ts'

/** What blueprints need of the automations of a home. */
export interface BlueprintsDeps extends Pick<TextsDeps, 'names' | 'faults'> {
  readonly checks: (
    home: HomeId,
    subject: SubjectId,
    body: AutomationBody,
  ) => Promise<readonly AutomationFinding[]>
  /** What speaks against a device as one that has these functions. */
  readonly lacks: (home: HomeId, device: string, input: BlueprintInput & { kind: 'device' }) => boolean
  /** Whether the home has what no text calls by a name. */
  readonly has: (home: HomeId, kind: BlueprintKind, id: string) => boolean
  /** What else is called by a name: people, the home itself. */
  readonly words: (home: HomeId) => readonly string[]
}

/** Automations that are made of a text with inputs, and such texts made of automations. Nothing of either is kept. */
export class AutomationBlueprints {
  readonly #deps: BlueprintsDeps

  constructor(deps: BlueprintsDeps) {
    this.#deps = deps
  }

  /** The automation that would be made, with what is wrong with it: saving it is as with any other. */
  async preview(
    home: HomeId,
    subject: SubjectId,
    { text, values = {} }: BlueprintRead,
  ): Promise<BlueprintPreview> {
    const read = readBlueprint(text)
    if (!('head' in read)) return { faults: [...read], checks: [] }
    const names = await this.#deps.names(home)
    const { faults, automation, faultOf } = putIn(read, values, (input, chosen) =>
      this.#speaks(home, names, input, chosen),
    )
    const seen = { faults: [...faults], blueprint: read.head, checks: [] }
    if (automation === undefined) return seen
    const { enabled: _enabled, ...body } = automation
    const lost = this.#deps.faults(home, subject, body, undefined, new Set())
    if (lost.length > 0)
      return { ...seen, automation, faults: lost.map(({ path, code }) => faultOf(path, code)) }
    return { ...seen, automation, checks: [...(await this.#deps.checks(home, subject, body))] }
  }

  async write(home: HomeId, wish: BlueprintWrite): Promise<BlueprintWritten> {
    const names = await this.#deps.names(home)
    const kindOf = (id: string): BlueprintKind | undefined => namedKinds.find((kind) => names[kind].has(id))
    const all = namedKinds.flatMap((kind) => [...names[kind].values()])
    return asBlueprint({ kindOf, names: [...all, ...this.#deps.words(home)] }, wish)
  }

  #speaks(home: HomeId, names: NamesOf, input: BlueprintInput, chosen: string): string | undefined {
    const { kind } = input
    if (kind === 'person' && (chosen === 'anyone' || chosen === 'everyone')) return undefined
    const named = namedKinds.find((each) => each === kind)
    const isThere = named === undefined ? this.#deps.has(home, kind, chosen) : names[named].has(chosen)
    if (!isThere) return 'not-found'
    return kind === 'device' && this.#deps.lacks(home, chosen, input) ? 'unsupported' : undefined
  }
}
