import { AppError, type AutomationId, type HomeId, type OperatingRole, type SubjectId } from '@eaves/model'
import type { AutomationStop } from '@eaves/model/api'
import type { Commander, Commands } from '../commands/commands.ts'
import type { Homes } from '../homes/homes.ts'
import { keeperRoles, may, type Principal } from '../privacy/privacy.ts'
import type { Act, CommandWish, Hands, NotifyTo, Rule, SceneEnded } from './world.ts'

export interface HandsDeps {
  readonly homes: Homes
  readonly commands: Pick<Commands, 'automatic'>
  readonly role: OperatingRole
  readonly now: () => number
  /** Who wrote it, at this moment. */
  readonly authorOf: (automation: AutomationId) => SubjectId | undefined
  /** Runs a scene of the home for somebody, and tells what came of it. */
  readonly runScene: RunScene
  readonly notify: (subject: SubjectId, home: HomeId, text: string, by: AutomationId) => void
}
/** The way to scenes. */
export type RunScene = (
  ask: { readonly home: HomeId; readonly scene: string; readonly by: Commander },
  ended: SceneEnded,
) => void

const hourMs = 3_600_000
const noticesAnHour = 20

/** Whoever wrote an automation, with what they may at this moment; nobody is asked for a proof, so what takes one is refused. // pp.5.1 */
export function commanderOf(homes: Homes, subject: SubjectId): Commander {
  return { subject, principal: { kind: 'person', subject, ...homes.relationsOf(subject) } }
}

/** What speaks against an automation of theirs now. Outside their hours each step is refused by itself. */
export function standingOf(
  { homes, role }: Pick<HandsDeps, 'homes' | 'role'>,
  home: HomeId,
  { author }: Pick<Rule, 'author'>,
): AutomationStop | undefined {
  if (author === undefined) return 'author-gone'
  const { roles, limits } = homes.relationsOf(author)
  if (!roles.has(home)) return 'author-gone'
  const inHours = limits.get(home)?.isClosed === true ? new Map() : limits
  const principal: Principal = { kind: 'person', subject: author, roles, limits: inHours }
  const verdict = may(principal, 'automation.edit', { kind: 'home', home }, { operatingRole: role }) // pp.5.1
  return verdict.allow ? undefined : 'author-rights'
}

export function wishOf({ part, capability, command, args }: CommandWish) {
  return {
    capability,
    command,
    ...(part === undefined ? {} : { part }),
    ...(args === undefined ? {} : { args }),
  }
}

/** The hands of the automations of one home: each act is asked of whoever wrote it, at the moment of the act. */
export function handsOf(deps: HandsDeps, home: HomeId): Hands {
  const { homes, commands, now } = deps
  const notices = new Map<AutomationId, number[]>()
  const commander = ({ run: { automation }, cause, evenIfHeld }: Act): Commander => {
    const author = deps.authorOf(automation)
    if (author === undefined) throw new AppError('automation.author-rights')
    return { ...commanderOf(homes, author), acting: { cause, evenIfHeld } }
  }
  return {
    command: (act, device, wish, ended) =>
      commands.automatic(home, device.id, wishOf(wish), commander(act), { cause: act.cause, ended }),
    scene: (act, scene, ended) => deps.runScene({ home, scene, by: commander(act) }, ended),
    notify: (act, to, text) => {
      const { run } = act
      const { subject } = commander(act)
      const since = now() - hourMs
      const sent = (notices.get(run.automation) ?? []).filter((at) => at > since)
      if (sent.length >= noticesAnHour) throw new AppError('automation.too-many-notices')
      notices.set(run.automation, [...sent, now()])
      for (const each of toldBy(homes, home, to, subject)) deps.notify(each, home, text, run.automation)
    },
  }
}

/** Panels are nobody, and who reaches nothing is told nothing. */
function toldBy(homes: Homes, home: HomeId, to: NotifyTo, author: SubjectId): readonly SubjectId[] {
  if (to === 'author') return [author]
  return homes.relations
    .members(home)
    .filter(({ role }) => (to === 'keepers' ? keeperRoles.has(role) : role !== 'kiosk'))
    .filter(({ subject }) => homes.relationsOf(subject).limits.get(home)?.isClosed !== true)
    .map(({ subject }) => subject)
}
