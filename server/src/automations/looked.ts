import { AppError, type AutomationId, type FieldError, type HomeId, type SubjectId } from '@eaves/model'
import type { AutomationBody } from '@eaves/model/api'
import type { AutomationsDeps } from './automations.ts'
import { mayCallOut } from './call-out.ts'
import { faultsOf } from './check.ts'
import type { Looked, LookedHome } from './check/check.ts'
import { commanderOf, standingOf, wishOf } from './hands.ts'
import type { HomeAutomations } from './home.ts'
import type { NamesOf } from './named.ts'
import type { Kept } from './store.ts'
import { isShown } from '../homes/homes.ts'

export interface LookedDeps extends Pick<
  AutomationsDeps,
  'homes' | 'commands' | 'role' | 'hasThing' | 'modes' | 'prices'
> {
  readonly home: HomeId
  readonly of: Pick<HomeAutomations, 'kept' | 'world'>
  readonly scenes: LookedHome['scenes']
}

/** A home as a look over its automations sees it, with one of them as it is being written. Each author is asked for as they stand now. // pp.5.1 */
export function lookedHome(deps: LookedDeps, draft?: Looked): LookedHome {
  const { homes, commands, modes, home, of, scenes } = deps
  const automations = new Map<Looked['id'], Looked>(of.kept)
  if (draft !== undefined) automations.set(draft.id, draft)
  return {
    world: of.world,
    hasRoom: (room) => homes.home(home).places.roomName(room) !== undefined,
    hasThing: (...thing) => deps.hasThing(home, ...thing),
    mayCost: (ask) => deps.prices.mayBe(home, ask),
    hasMode: (mode) => modes.has(home, mode),
    automations,
    scenes,
    standing: (author) => standingOf(deps, home, { author }),
    mayDo: (author, device, wish) => {
      try {
        commands.judge(home, device, wishOf(wish), commanderOf(homes, author), false)
        return true
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        // What else is wrong with the wish has a place of its own.
        return !error.code.startsWith('auth.') && error.code !== 'home.confirm-required'
      }
    },
  }
}

/** What keeps one from running as its author writes it, now. `also` are those that come with it. */
export function faultsIn(
  { homes, commands, role, modes, hasThing, home, of }: Omit<LookedDeps, 'scenes'>,
  subject: SubjectId,
  body: AutomationBody,
  self?: AutomationId,
  also?: ReadonlySet<string>,
): FieldError[] {
  const by = commanderOf(homes, subject)
  return faultsOf(
    {
      world: of.world,
      hasRoom: (room) => homes.home(home).places.roomName(room) !== undefined,
      hasThing: (...thing) => hasThing(home, ...thing),
      hasOther: (other) => other !== self && (of.kept.has(other) || also?.has(other) === true),
      hasPerson: (who) => homes.relations.get(home, who as SubjectId) !== undefined,
      hasMode: (mode) => modes.has(home, mode),
      judge: (device, wish) => void commands.judge(home, device, wishOf(wish), by, true),
      mayCall: mayCallOut(role, by.principal, home),
    },
    body,
  )
}

/** What the things of a home are called that automations name by an id. */
export async function namesIn(
  { homes, sceneNames }: Pick<AutomationsDeps, 'homes' | 'sceneNames'>,
  home: HomeId,
  kept: ReadonlyMap<AutomationId, Kept>,
): Promise<NamesOf> {
  const { runtime, places } = homes.home(home)
  const shown = [...runtime.devices.values()].filter(isShown)
  return {
    device: new Map(shown.map(({ id, name }) => [id, name])),
    room: new Map(places.rooms().map(({ id, name }) => [id, name])),
    scene: await sceneNames(home),
    automation: new Map([...kept.values()].map(({ id, body }) => [id, body.name])),
  }
}
