import {
  AppError,
  type AlarmMode,
  type AutomationId,
  type HomeId,
  type OperatingRole,
  type SubjectId,
} from '@eaves/model'
import type { AutomationStop, ModeId } from '@eaves/model/api'
import { isWithin } from '../deps.ts'
import type { Commander, Commands } from '../commands/commands.ts'
import type { Cause, Homes } from '../homes/homes.ts'
import type { Question, Questions } from '../notifications/notifications.ts'
import { keeperRoles, may, type Principal } from '../privacy/privacy.ts'
import { answersOf, type Asked } from './ask.ts'
import type { CallsOut } from './call-out.ts'
import type { ModePast } from './replay-signals.ts'
import type { Act, CommandWish, Hands, Notice, Rule, SceneEnded } from './world.ts'

export interface HandsDeps {
  readonly homes: Homes
  readonly commands: Pick<Commands, 'automatic'>
  readonly role: OperatingRole
  readonly now: () => number
  /** Who wrote it, at this moment. */
  readonly authorOf: (automation: AutomationId) => SubjectId | undefined
  /** Runs a scene of the home for somebody, and tells what came of it. */
  readonly runScene: RunScene
  readonly modes: Pick<ModeHands, 'has' | 'set'>
  readonly notify: Notify
  readonly arm: ArmHome
  readonly questions: Pick<Questions, 'open' | 'close'>
  /** The way to addresses of others. */
  readonly calls: Pick<CallsOut, 'begin'>
}
/** Tells somebody what an automation says. */
export type Notify = (
  subject: SubjectId,
  home: HomeId,
  text: string,
  /** Absent where somebody only tries what it would say. */
  by: AutomationId | undefined,
  more: { readonly question?: Question; readonly againMinutes?: number },
) => void
/** The way to the mode of the home. */
export interface ModeHands {
  readonly has: (home: HomeId, mode: string) => boolean
  readonly set: (
    home: HomeId,
    mode: ModeId,
    by: { readonly automation: AutomationId; readonly cause: Cause } | { readonly person: SubjectId },
  ) => Promise<void>
  readonly past: (home: HomeId, subject: SubjectId, since: number) => Promise<ModePast>
}
/** The way to the alarm: it arms for somebody, and throws what speaks against it. */
export type ArmHome = (home: HomeId, subject: SubjectId, to: AlarmMode, cause: Cause) => void
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

/** Throws unless they may set the mode of the home at this moment. // pp.5.1 */
export function maySetMode(
  { homes, role }: Pick<HandsDeps, 'homes' | 'role'>,
  home: HomeId,
  author: SubjectId,
): void {
  const { principal } = commanderOf(homes, author)
  if (!may(principal, 'mode.set', { kind: 'home', home }, { operatingRole: role }).allow)
    throw new AppError('auth.forbidden')
}

/** The hands of the automations of one home: each act is asked of whoever wrote it, at the moment of the act. */
export function handsOf(deps: HandsDeps, home: HomeId): Hands {
  const { homes, commands, now } = deps
  const notices = new Map<AutomationId, number[]>()
  const known = new Map<SubjectId, { readonly held: object; readonly commander: Commander }>()
  const commander = ({ run: { automation } }: Act): Commander => {
    const author = deps.authorOf(automation)
    if (author === undefined) throw new AppError('automation.author-rights')
    // What somebody may is asked for each time, and put together anew when the answer is another.
    const held = homes.relationsOf(author)
    const before = known.get(author)
    if (before?.held === held) return before.commander
    const made = commanderOf(homes, author)
    known.set(author, { held, commander: made })
    return made
  }
  const acting = (act: Act): Commander => {
    const { cause, evenIfHeld } = act
    return { ...commander(act), acting: { cause, evenIfHeld } }
  }
  /** So many in an hour, whatever they are: past that it says nothing. */
  const count = (automation: AutomationId): void => {
    const sent = (notices.get(automation) ?? []).filter((at) => isWithin(hourMs, at, now()))
    if (sent.length >= noticesAnHour) throw new AppError('automation.too-many-notices')
    notices.set(automation, [...sent, now()])
  }
  return {
    command: (act, device, wish, ended) =>
      commands.automatic(home, device.id, wishOf(wish), acting(act), { cause: act.cause, ended }),
    scene: (act, scene, ended) => deps.runScene({ home, scene, by: acting(act) }, ended),
    webhook: (act, wish, ended) => deps.calls.begin(commander(act).subject, act.run.chain, wish, ended),
    alarm: (act, to) => deps.arm(home, commander(act).subject, to, act.cause),
    mode: (act, to) => {
      const { run, cause } = act
      maySetMode(deps, home, commander(act).subject)
      if (!deps.modes.has(home, to)) throw new AppError('input.not-found')
      // It is so at once; a fault in writing it down is told where it is written.
      void deps.modes.set(home, to, { automation: run.automation, cause }).catch(() => undefined)
    },
    notify: (act, notice) => {
      const { run } = act
      const { subject } = commander(act)
      count(run.automation)
      const { to, text, answers, repeatMinutes } = notice
      const question = answers && deps.questions.open(home, answers)
      for (const each of toldBy(homes, home, to, subject))
        deps.notify(each, home, text, run.automation, moreOf(question, repeatMinutes))
    },
    ask: (act, wish) => {
      const { run } = act
      const { subject } = commander(act)
      const people = toldBy(homes, home, wish.to, subject).filter((each) => mayBeAsked(deps, home, each))
      if (people.length === 0) throw new AppError('automation.nobody-to-ask')
      count(run.automation)
      const ms = wish.timeoutSeconds * 1_000
      const hear = (answer: string): void => {
        asked.answer = Number(answer)
        asked.hear()
      }
      const question = deps.questions.open(home, answersOf(wish), { ms, hear })
      const asked: Asked = {
        answer: undefined,
        hear: () => undefined,
        close: () => deps.questions.close(home, question),
      }
      for (const each of people)
        deps.notify(each, home, wish.text, run.automation, moreOf(question, wish.repeatMinutes))
      return asked
    },
  }
}

const moreOf = (question: Question | undefined, againMinutes: number | undefined) => ({
  ...(question === undefined ? {} : { question }),
  ...(againMinutes === undefined ? {} : { againMinutes }),
})

/** What follows an answer has the author's rights, so that only those are asked who could arrange it themselves. // pp.5.1 */
function mayBeAsked({ homes, role }: HandsDeps, home: HomeId, subject: SubjectId): boolean {
  const principal: Principal = { kind: 'person', subject, ...homes.relationsOf(subject) }
  return may(principal, 'automation.edit', { kind: 'home', home }, { operatingRole: role }).allow
}

/** Panels are nobody, and who reaches nothing is told nothing. */
function toldBy(homes: Homes, home: HomeId, to: Notice['to'], author: SubjectId): readonly SubjectId[] {
  if (to === 'author') return [author]
  return homes.relations
    .members(home)
    .filter(({ role }) => (to === 'keepers' ? keeperRoles.has(role) : role !== 'kiosk'))
    .filter(({ subject }) => homes.relationsOf(subject).limits.get(home)?.isClosed !== true)
    .map(({ subject }) => subject)
}
