import { AppError, type Confirmers, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import { confirmEdit, confirmState, guardEdit, id, pinSet } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { mayRemove, mustConfirm } from '../privacy/privacy.ts'
import type { Homes } from './homes.ts'
import type { Pins } from './pins.ts'
import { isSeen, limitsIn } from './sight.ts'
import { memberOf, standingOf } from './standing.ts'
import type { LiveDevice } from './state.ts'

export interface ConfirmRoutesDeps {
  readonly homes: Homes
  readonly pins: Pins
  /** Stores the device's row at once. */
  readonly keep: (home: HomeId, device: LiveDevice) => Promise<void>
  /** Throws unless the person proved who they are within five minutes. */
  readonly freshly: (caller: Caller) => void
}
const homePath = z.strictObject({ home: id })
const laxer: Readonly<Record<Confirmers, number>> = { everybody: 0, guests: 1, nobody: 2 }

/** What a home wants confirmed, the devices that are treated as locks, and the PINs of members. */
export function confirmRoutes(deps: ConfirmRoutesDeps): readonly Entry[] {
  return [...homeEntries(deps), ...guardEntries(deps), ...pinEntries(deps)]
}

function homeEntries({ homes, pins, freshly }: ConfirmRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/confirm'
  const view = async (home: HomeId, caller: Caller) => {
    const { confirm: who, runtime } = homes.home(home)
    const limits = limitsIn(caller.principal, home)
    const role = 'roles' in caller.principal ? caller.principal.roles.get(home) : undefined
    return {
      who,
      needed: role !== undefined && mustConfirm(who, role, 'security'),
      hasPin: await pins.has(home, subjectOf(caller)),
      guarded: [...runtime.devices.values()]
        .filter((device) => device.guarded === true && isSeen(limits, device))
        .map((device) => device.id),
    }
  }
  return [
    entry({
      method: 'get',
      path,
      summary: 'What this home wants confirmed, and whether you must',
      access: { kind: 'home', verb: 'home.read' },
      params: homePath,
      answer: confirmState,
      handle: ({ params, caller }) => view(params.home as HomeId, caller),
    }),
    entry({
      method: 'put',
      path,
      summary:
        'Who must confirm what locks, garage doors and alarms are told; asking it of fewer needs a fresh sign-in',
      access: { kind: 'home', verb: 'home.edit' },
      params: homePath,
      body: confirmEdit,
      answer: confirmState,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        if (laxer[body.who] > laxer[homes.home(home).confirm]) freshly(caller)
        await homes.edit(home, subjectOf(caller), { confirm: body.who })
        return view(home, caller)
      },
    }),
  ]
}

function guardEntries({ homes, keep, freshly }: ConfirmRoutesDeps): Entry[] {
  return [
    entry({
      method: 'put',
      path: '/api/homes/{home}/confirm/devices/{device}',
      summary:
        'Treat a device as a lock, such as a relay that opens a gate; ending that needs a fresh sign-in',
      access: { kind: 'home', verb: 'home.edit' },
      params: z.strictObject({ home: id, device: id }),
      body: guardEdit,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        const device = homes.device(home, params.device as DeviceId)
        const before = device.guarded
        if (before === true && !body.guarded) freshly(caller)
        device.guarded = body.guarded ? true : undefined
        try {
          await keep(home, device)
        } catch (error) {
          device.guarded = before
          throw error
        }
        const { runtime } = homes.home(home)
        runtime.act(() => runtime.touch(device))
      },
    }),
  ]
}

function pinEntries({ homes, pins, freshly }: ConfirmRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/members'
  return [
    entry({
      method: 'put',
      path: `${path}/me/pin`,
      summary: 'Set your PIN for locks in this home, after a fresh sign-in or with the current PIN',
      access: { kind: 'home', verb: 'member.self' },
      params: homePath,
      body: pinSet,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        const subject = subjectOf(caller)
        if (body.currentPin === undefined) freshly(caller)
        else await pins.check(home, subject, body.currentPin)
        await pins.set(home, subject, body.pin)
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/{member}/pin`,
      summary: 'Take away your own PIN, or that of somebody you could remove',
      access: { kind: 'home', verb: 'member.manage' },
      params: z.strictObject({ home: id, member: id }),
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        const now = homes.now()
        const member = memberOf(homes, home, params.member as SubjectId)
        const actor = memberOf(homes, home, subjectOf(caller))
        if (actor.subject !== member.subject && !mayRemove(standingOf(actor, now), standingOf(member, now)))
          throw new AppError('auth.forbidden')
        await pins.remove(home, member.subject)
      },
    }),
  ]
}
