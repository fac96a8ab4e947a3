import type { HomeId, SubjectId } from '@eaves/model'
import {
  id,
  liveTicket,
  panel,
  panelCode,
  panelCreate,
  panelEdit,
  panelLeave,
  panelMade,
  panelPair,
  panelPin,
  panelSelf,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import type { People } from '../people/people.ts'
import type { Panels, PanelWish } from './panels.ts'

const ticketSeconds = 30
const homePath = z.strictObject({ home: id })
const panelPath = z.strictObject({ home: id, panel: id })
const named = (params: { readonly home: string; readonly panel: string }, caller: Caller) =>
  [params.home as HomeId, subjectOf(caller), params.panel as SubjectId] as const
type Wished = Pick<PanelWish, 'limits'>['limits']

export interface PanelRoutesDeps {
  readonly panels: Panels
  readonly people: Pick<People, 'tickets' | 'sessions'>
}

/** Wall panels as keepers arrange them, and what a panel asks for itself. */
export function panelRoutes({ panels, people }: PanelRoutesDeps): readonly Entry[] {
  return [...keeping(panels), ...changing(panels), ...onTheWall(panels, people)]
}

function keeping(panels: Panels): Entry[] {
  const path = '/api/homes/{home}/panels'
  const access = { kind: 'home', verb: 'member.manage' } as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'The wall panels of a home',
      access,
      params: homePath,
      answer: z.array(panel),
      handle: ({ params }) => panels.list(params.home as HomeId),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Add a wall panel; the answer has the code that pairs a tablet, good once and for ten minutes',
      access,
      params: homePath,
      body: panelCreate,
      answer: panelMade,
      status: 201,
      handle: ({ params, body, caller }) =>
        panels.add(params.home as HomeId, subjectOf(caller), { ...body, limits: body.limits as Wished }),
    }),
    entry({
      method: 'delete',
      path: `${path}/{panel}`,
      summary: 'Remove a wall panel; its tablet reaches nothing from that moment on',
      access,
      params: panelPath,
      handle: ({ params, caller }) => panels.remove(...named(params, caller)),
    }),
  ]
}

function changing(panels: Panels): Entry[] {
  const path = '/api/homes/{home}/panels/{panel}'
  const access = { kind: 'home', verb: 'member.manage' } as const
  return [
    entry({
      method: 'patch',
      path,
      summary: 'Rename a wall panel or change what it reaches',
      access,
      params: panelPath,
      body: panelEdit,
      answer: panel,
      handle: ({ params, body, caller }) =>
        panels.edit(...named(params, caller), {
          name: body.name,
          limits: body.limits === null ? null : (body.limits as Wished),
        }),
    }),
    entry({
      method: 'post',
      path: `${path}/code`,
      summary: 'A new code for this panel; the tablet that uses it takes the place of the one before',
      access,
      params: panelPath,
      answer: panelCode,
      status: 201,
      handle: ({ params, caller }) => panels.renew(...named(params, caller)),
    }),
    entry({
      method: 'put',
      path: `${path}/pin`,
      summary: 'Set or take away the PIN that this panel asks for',
      access,
      params: panelPath,
      body: panelPin,
      handle: ({ params, body, caller }) => panels.setPin(...named(params, caller), body.pin),
    }),
  ]
}

function onTheWall(panels: Panels, { tickets, sessions }: PanelRoutesDeps['people']): Entry[] {
  const access = { kind: 'self', verb: 'panel.self' } as const
  return [
    entry({
      method: 'post',
      path: '/api/panels/pair',
      summary: 'Make this browser a wall panel with a code that a keeper made',
      access: { kind: 'public', beforeClaim: false, reason: 'the code is the proof' },
      body: panelPair,
      answer: panelSelf,
      status: 201,
      handle: async ({ body, caller, cookie }) => {
        const { secret, maxAgeSeconds, self } = await panels.pair(body.code, caller.countedAt)
        await endBefore(sessions, caller)
        cookie({ secret, maxAgeSeconds })
        return self
      },
    }),
    entry({
      method: 'get',
      path: '/api/panel',
      summary: 'What this wall panel is',
      access,
      answer: panelSelf,
      handle: ({ caller }) => panels.self(subjectOf(caller)),
    }),
    entry({
      method: 'post',
      path: '/api/panel/tickets',
      summary: 'A one-time ticket that opens the live socket from a wall panel',
      access,
      answer: liveTicket,
      status: 201,
      handle: async ({ caller }) => ({
        ticket: tickets.issue({ ...caller, subject: subjectOf(caller) }),
        expiresInSeconds: ticketSeconds,
      }),
    }),
    entry({
      method: 'post',
      path: '/api/panel/leave',
      summary: 'Sign this wall panel out with its PIN',
      access,
      body: panelLeave,
      handle: async ({ body, caller, cookie }) => {
        await panels.leave(subjectOf(caller), body.pin)
        cookie(null)
      },
    }),
  ]
}

/** The cookie of whoever was signed in here is gone, so their sign-in ends with it. */
async function endBefore(sessions: People['sessions'], { principal, session }: Caller): Promise<void> {
  if (principal.kind === 'person' && session !== undefined)
    await sessions.end(principal.subject, { only: session })
}
