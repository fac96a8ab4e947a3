import { AppError, type HomeId, type OperatingRole, type SubjectId } from '@eaves/model'
import {
  home as homeSchema,
  id,
  lockedOut,
  lockOut,
  member,
  memberEdit,
  memberEnd,
  sharesEdit,
  transfer,
  transferCreate,
  viewAs,
} from '@eaves/model/api'
import { z } from 'zod'
import type { Activity } from '../activity/activity.ts'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import type { Family } from './family.ts'
import type { Homes } from './homes.ts'
import { homeView } from './views.ts'

const homePath = z.strictObject({ home: id })
const memberPath = z.strictObject({ home: id, member: id })
const at = '/api/homes/{home}'

export interface FamilyRoutesDeps {
  readonly family: Family
  readonly homes: Homes
  readonly role: OperatingRole
  /** Writes a line of the person's own activity. // pp.2.2.3 */
  readonly note: Activity['note']
}

/** What is asked of a home's people. */
export function memberRoutes(deps: FamilyRoutesDeps): readonly Entry[] {
  // What has a fixed word in its path stands before what has a parameter there.
  return [...ownEntries(deps), ...memberEntries(deps), ...weightyEntries(deps)]
}

/** The caller as somebody of a home, who `may` has let in. */
function memberOf({ principal }: Caller) {
  if (!('subject' in principal)) throw new AppError('auth.required')
  return principal
}

function memberEntries({ family: { members }, note }: FamilyRoutesDeps): Entry[] {
  const path = `${at}/members/{member}` as const
  const ids = (params: { home: string; member: string }) =>
    [params.home as HomeId, params.member as SubjectId] as const
  return [
    entry({
      method: 'get',
      path: `${at}/members`,
      summary: 'Who belongs to a home, with the addresses that they share with you',
      access: { kind: 'home', verb: 'member.read' },
      params: homePath,
      answer: z.array(member),
      handle: ({ params, caller }) => members.list(params.home as HomeId, memberOf(caller)),
    }),
    entry({
      method: 'patch',
      path,
      summary: 'Change a member: what the home calls them, role, limits, hours, beginning, end, guardian',
      access: { kind: 'home', verb: 'member.guard' },
      params: memberPath,
      query: memberEnd,
      body: memberEdit,
      answer: member,
      handle: async ({ params, query, body, caller }) => {
        const [home, target] = ids(params)
        const changed = await members.edit(home, subjectOf(caller), target, body, query)
        await note(subjectOf(caller), 'member-changed', { home })
        return members.view(home, changed, memberOf(caller))
      },
    }),
    entry({
      method: 'delete',
      path,
      summary: 'Remove a member; everything they could come in by ends at once',
      access: { kind: 'home', verb: 'member.manage' },
      params: memberPath,
      query: memberEnd,
      handle: async ({ params, query, caller }) => {
        const [home, target] = ids(params)
        await members.remove(home, subjectOf(caller), target, query)
        await note(subjectOf(caller), 'member-removed', { home })
      },
    }),
    entry({
      method: 'get',
      path: `${path}/view`,
      summary: 'What this member gets of the home now, as the server decides it',
      access: { kind: 'home', verb: 'member.manage' },
      params: memberPath,
      answer: viewAs,
      handle: async ({ params }) => members.viewAs(...ids(params)),
    }),
  ]
}

function ownEntries({ family: { members }, note }: FamilyRoutesDeps): Entry[] {
  return [
    entry({
      method: 'get',
      path: `${at}/members/me`,
      summary: 'Your own place in a home: role, limits, hours, what you share',
      access: { kind: 'home', verb: 'member.self' },
      params: homePath,
      answer: member,
      handle: ({ params, caller }) => members.own(params.home as HomeId, memberOf(caller)),
    }),
    entry({
      method: 'put',
      path: `${at}/members/me/shares`,
      summary: 'Say what the others of the home may see of you',
      access: { kind: 'home', verb: 'member.self' },
      params: homePath,
      body: sharesEdit,
      answer: member,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        return members.view(home, await members.share(home, subjectOf(caller), body.shares), memberOf(caller))
      },
    }),
    entry({
      method: 'post',
      path: `${at}/leave`,
      summary: 'Leave a home',
      access: { kind: 'home', verb: 'member.self' },
      params: homePath,
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        await members.leave(home, subjectOf(caller))
        await note(subjectOf(caller), 'home-left', { home })
      },
    }),
  ]
}

/** What gives a home away or closes it to everybody else: a session left open is not enough for either. */
const weighty = {
  transfer: { kind: 'home', verb: 'home.transfer', stepUp: 'the home changes hands' },
  accept: { kind: 'home', verb: 'member.self', stepUp: 'the home changes hands' },
  lockOut: { kind: 'home', verb: 'home.lock', stepUp: 'everybody else loses their way in' },
} as const satisfies Record<string, Entry['access']>

function weightyEntries({ family: { transfers, lockOut: lock }, homes, role }: FamilyRoutesDeps): Entry[] {
  const path = `${at}/transfer` as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'The open offer of the home, to owners and to whom it is made; 404 while there is none',
      access: { kind: 'home', verb: 'member.read' },
      params: homePath,
      answer: transfer,
      handle: ({ params, caller }) => transfers.read(params.home as HomeId, subjectOf(caller)),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Offer the home to another member, who accepts within three days',
      access: weighty.transfer,
      params: homePath,
      body: transferCreate,
      answer: transfer,
      status: 201,
      handle: ({ params, body, caller }) =>
        transfers.offer(params.home as HomeId, subjectOf(caller), {
          to: body.to as SubjectId,
          keep: body.keep === true,
        }),
    }),
    entry({
      method: 'post',
      path: `${path}/accept`,
      summary: 'Accept the home that is offered to you',
      access: weighty.accept,
      params: homePath,
      answer: homeSchema,
      status: 200,
      handle: async ({ params, caller }) => {
        const home = homes.home(params.home as HomeId)
        const subject = subjectOf(caller)
        await transfers.accept(home.id, subject)
        return homeView(homes, home, { ...memberOf(caller), ...homes.relationsOf(subject) }, role)
      },
    }),
    entry({
      method: 'delete',
      path,
      summary: 'Take back the offer that you made, or decline the one made to you',
      access: { kind: 'home', verb: 'member.self' },
      params: homePath,
      handle: ({ params, caller }) => transfers.cancel(params.home as HomeId, subjectOf(caller)),
    }),
    entry({
      method: 'post',
      path: `${at}/lock-out`,
      summary:
        'End every member but the owners, every invitation and panel, and with "credentials" all access data',
      access: weighty.lockOut,
      params: homePath,
      body: lockOut,
      answer: lockedOut,
      status: 200,
      handle: ({ params, body, caller }) => lock(params.home as HomeId, subjectOf(caller), body.credentials),
    }),
  ]
}
