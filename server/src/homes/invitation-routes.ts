import type { HomeId } from '@eaves/model'
import {
  home as homeSchema,
  id,
  invitation,
  invitationCode,
  invitationCreate,
  invitationLook,
  invitationMade,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { FamilyRoutesDeps } from './member-routes.ts'
import { homeView } from './views.ts'

const homePath = z.strictObject({ home: id })
const invitationPath = z.strictObject({ home: id, invitation: id })

export function invitationRoutes(deps: FamilyRoutesDeps): readonly Entry[] {
  return [...keeperEntries(deps), ...guestEntries(deps)]
}

function keeperEntries({ family: { invitations }, note }: FamilyRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/invitations'
  const access = { kind: 'home', verb: 'member.manage' } as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'Invitations that are open, and those that ran out within seven days',
      access,
      params: homePath,
      answer: z.array(invitation),
      handle: ({ params }) => invitations.list(params.home as HomeId),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Invite somebody; the code is in this answer and nowhere else, and works once',
      access,
      params: homePath,
      body: invitationCreate,
      answer: invitationMade,
      status: 201,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        const made = await invitations.create(home, subjectOf(caller), body)
        await note(subjectOf(caller), 'invitation-made', { home })
        return made
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/{invitation}`,
      summary: 'Take an invitation back',
      access,
      params: invitationPath,
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        await invitations.revoke(home, params.invitation)
        await note(subjectOf(caller), 'invitation-ended', { home })
      },
    }),
  ]
}

function guestEntries({ family: { invitations }, homes, role, note }: FamilyRoutesDeps): Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/invitations/look',
      summary: 'What an invitation is for, before deciding; the code stands in the body, so in no log',
      access: { kind: 'public', beforeClaim: false, reason: 'deciding whether to join' },
      body: invitationCode,
      answer: invitationLook,
      status: 200,
      handle: ({ body, caller }) => invitations.look(body.code, caller.countedAt),
    }),
    entry({
      method: 'post',
      path: '/api/invitations/accept',
      summary: 'Join the home that the invitation is for',
      access: {
        kind: 'self',
        verb: 'home.join',
        withoutGuardian: 'the home is where an adult answers for a child',
      },
      body: invitationCode,
      answer: homeSchema,
      status: 201,
      handle: async ({ body, caller }) => {
        const subject = subjectOf(caller)
        const home = await invitations.accept(body.code, subject, caller.countedAt)
        await note(subject, 'home-joined', { home: home.id })
        const { roles, limits } = homes.relationsOf(subject)
        return homeView(homes, home, { kind: 'person', subject, roles, limits }, role)
      },
    }),
  ]
}
