import type { HomeId, OperatingRole } from '@eaves/model'
import { id, modeChange, modeName, modeSet, modesView, ownMode } from '@eaves/model/api'
import { z } from 'zod'
import { isoInstant } from '../deps.ts'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { may } from '../privacy/privacy.ts'
import type { HomeMode, Modes } from './modes.ts'

export interface ModeRoutesDeps {
  readonly modes: Modes
  readonly role: OperatingRole
}
const homePath = z.strictObject({ home: id })
const onePath = z.strictObject({ home: id, mode: id })
const path = '/api/homes/{home}/modes'
const read = { kind: 'home', verb: 'mode.read' } as const
const set = { kind: 'home', verb: 'mode.set' } as const
const shown = 30

/** Who or what set it, as far as the one who asks may see people and automations. // pp.5.1 */
function byOf(
  { role }: ModeRoutesDeps,
  { principal }: Caller,
  home: HomeId,
  { at, person, automation }: Pick<HomeMode, 'at' | 'person' | 'automation'>,
) {
  const sees = (verb: 'member.read' | 'automation.read') =>
    may(principal, verb, { kind: 'home', home }, { operatingRole: role }).allow
  return {
    ...(at === undefined ? {} : { at: isoInstant(at) }),
    ...(person !== undefined && sees('member.read') ? { person } : {}),
    ...(automation !== undefined && sees('automation.read') ? { automation } : {}),
  }
}

export function modeRoutes(deps: ModeRoutesDeps): readonly Entry[] {
  return [...reading(deps), ...setting(deps), ...naming(deps)]
}

function reading(deps: ModeRoutesDeps): Entry[] {
  const { modes } = deps
  return [
    entry({
      method: 'get',
      path,
      summary: 'The mode that a home is in, since when and by whom, and the modes that it named',
      access: read,
      params: homePath,
      answer: modesView,
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        const found = modes.of(home)
        return { mode: found.mode, ...byOf(deps, caller, home, found), own: [...found.own] }
      },
    }),
    entry({
      method: 'get',
      path: `${path}/changes`,
      summary: 'When the mode of a home has changed, newest first; kept for a month',
      access: read,
      params: homePath,
      answer: z.array(modeChange),
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        const found = await modes.changes(home, subjectOf(caller), shown)
        return found.map((each) => ({ mode: each.mode, ...byOf(deps, caller, home, each) }))
      },
    }),
  ]
}

function setting(deps: ModeRoutesDeps): Entry[] {
  const { modes } = deps
  return [
    entry({
      method: 'put',
      path: '/api/homes/{home}/mode',
      summary: 'Set the mode of a home; automations that hang on it run',
      access: set,
      params: homePath,
      body: modeSet,
      answer: modesView,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        await modes.set(home, body.mode, { person: subjectOf(caller) })
        const found = modes.of(home)
        return { mode: found.mode, ...byOf(deps, caller, home, found), own: [...found.own] }
      },
    }),
  ]
}

function naming({ modes }: ModeRoutesDeps): Entry[] {
  return [
    entry({
      method: 'post',
      path,
      summary: 'Name a mode of this home; ten at most',
      access: set,
      params: homePath,
      body: modeName,
      answer: ownMode,
      status: 201,
      handle: ({ params, body, caller }) => modes.add(params.home as HomeId, subjectOf(caller), body.name),
    }),
    entry({
      method: 'patch',
      path: `${path}/{mode}`,
      summary: 'Give a mode of this home another name',
      access: set,
      params: onePath,
      body: modeName,
      answer: ownMode,
      handle: ({ params, body, caller }) =>
        modes.rename(params.home as HomeId, subjectOf(caller), params.mode, body.name),
    }),
    entry({
      method: 'delete',
      path: `${path}/{mode}`,
      summary: 'Delete a mode of this home that it is not in',
      access: set,
      params: onePath,
      handle: ({ params, caller }) => modes.remove(params.home as HomeId, subjectOf(caller), params.mode),
    }),
  ]
}
