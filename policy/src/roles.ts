import type { Confirmers, HomeRole, SafetyClass } from '@eaves/model'
import { verbs, type HomeVerb, type Verb } from './verbs.ts'

const allHomeVerbs = (Object.keys(verbs) as (keyof typeof verbs)[]).filter(
  (verb): verb is HomeVerb => verbs[verb] === 'home',
)
/** Giving the home away, ending it, and ending everybody else's way in. */
const ownerVerbs: ReadonlySet<HomeVerb> = new Set<HomeVerb>(['home.delete', 'home.transfer', 'home.lock'])
const using = [
  'home.read',
  'device.read',
  'device.command',
  'scene.read',
  'scene.run',
  // Whether somebody may disarm, the alarm itself asks: a child never, others with a code or a fresh proof. // pp.5.1
  'alarm.read',
  'alarm.use',
] as const satisfies readonly HomeVerb[]
const guest = [...using, 'member.self'] as const satisfies readonly HomeVerb[]
const child = [
  ...guest,
  'member.read',
  'history.read',
  'command.read',
  'mode.read',
] as const satisfies readonly HomeVerb[]
const adult = [
  ...child,
  'picture.read',
  'device.edit',
  'room.edit',
  'scene.edit',
  'connection.read',
  'home.about',
  'member.guard',
  'automation.read',
  'automation.edit',
  'energy.read',
  'mode.set',
  'presence.read',
  'vacation.manage',
] as const satisfies readonly HomeVerb[]

/** What each role may do in its home. // pp.4.1 */
export const roleVerbs: ReadonlyMap<HomeRole, ReadonlySet<HomeVerb>> = new Map<
  HomeRole,
  ReadonlySet<HomeVerb>
>([
  ['owner', new Set(allHomeVerbs)],
  ['admin', new Set(allHomeVerbs.filter((verb) => !ownerVerbs.has(verb)))],
  ['adult', new Set(adult)],
  ['child', new Set(child)],
  ['guest', new Set<HomeVerb>(guest)],
  // A panel hangs within the home; a guest is not told when nobody is there.
  ['kiosk', new Set<HomeVerb>([...using, 'mode.read'])],
])

const weak: ReadonlySet<HomeRole> = new Set<HomeRole>(['child', 'guest', 'kiosk'])

/** Whether somebody of this role proves who they are before a command of this class, where the home asks it of `who`. */
export function mustConfirm(who: Confirmers, role: HomeRole, safety: SafetyClass): boolean {
  return safety === 'security' && (who === 'everybody' || (who === 'guests' && weak.has(role)))
}

/** Roles that answer for the home and therefore see the health of a household's own server. */
export const keeperRoles: ReadonlySet<HomeRole> = new Set<HomeRole>(['owner', 'admin'])

/** What a token may never do: on the account it could outlive or outgrow itself, and what others write to whoever keeps the server is for people. */
export const personOnlyVerbs: ReadonlySet<Verb> = new Set<Verb>([
  'self.edit',
  'token.manage',
  'session.manage',
  'home.create',
  'home.join',
  'instance.answer',
])

/** What somebody whose reach is limited never does: arranging things could widen their own reach, and connections and automations tell of devices they do not see. */
export const unlimitedVerbs: ReadonlySet<HomeVerb> = new Set<HomeVerb>([
  'device.edit',
  'room.edit',
  'scene.edit',
  'connection.read',
  'member.guard',
  'automation.read',
  'automation.edit',
  'hook.manage',
  'energy.read',
  'energy.edit',
  // Setting one sets off automations, which reach further.
  'mode.set',
  'alarm.manage',
  'vacation.manage',
])
