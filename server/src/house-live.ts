import { AppError, type OperatingRole, type SubjectId } from '@eaves/model'
import type { Activity } from './activity/activity.ts'
import type { Bus } from './bus/bus.ts'
import { commanderOf } from './commands/confirm.ts'
import type { Caller } from './http/entry.ts'
import { callerOf, principalOf, type GuardDeps } from './http/guard.ts'
import type { LiveDeps } from './http/live.ts'
import type { People } from './people/people.ts'

/** What the live socket needs of the house. */
export function houseLive({
  role,
  guard,
  people,
  activity,
  bus,
}: {
  readonly role: OperatingRole
  readonly guard: GuardDeps
  readonly people: People
  readonly activity: Activity
  readonly bus: Bus
}): LiveDeps {
  return {
    role,
    claimed: guard.claimed,
    watch: bus.watch,
    command: async (home, device, request, caller, onStatus) => {
      const { subject, surface, session, token } = caller
      if (subject === undefined) throw new AppError('auth.required')
      const { confirm, ...wish } = request
      const by = commanderOf(caller, confirm)
      const origin = { address: '', surface, subject, device: session ?? token }
      await activity.during(origin, () => bus.request(home, device, wish, by, onStatus))
    },
    redeem: async ({ token, ticket }) => {
      const identity =
        ticket === undefined ? await people.authenticate({ bearer: token }) : people.tickets.redeem(ticket)
      if (identity === undefined || !(await mayAct(guard, identity.subject))) return undefined // sa.1
      return callerOf(identity, await principalOf(guard, identity), '')
    },
    refresh: refreshCaller(guard),
  }
}

/** Whether the agreement is current and, for a minor, an adult has agreed. // sa.1 pp.6 */
async function mayAct(guard: GuardDeps, subject: SubjectId): Promise<boolean> {
  return (await guard.agreementCurrent(subject)) && (await guard.guardianStanding(subject)) !== 'missing'
}

/** The same caller with the roles of this moment; nobody once the agreement is no longer current. */
function refreshCaller(guard: GuardDeps): LiveDeps['refresh'] {
  return async (caller: Caller) => {
    const { subject } = caller
    if (subject === undefined || !(await mayAct(guard, subject))) return undefined // sa.1
    const { roles, limits } = await guard.relationsOf(subject)
    return {
      ...caller,
      principal: 'roles' in caller.principal ? { ...caller.principal, roles, limits } : caller.principal,
    }
  }
}
