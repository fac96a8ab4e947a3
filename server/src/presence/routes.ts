import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import {
  id,
  namedPlaceChoice,
  namedPlacesShown,
  presenceAllowed,
  presenceDevice,
  presenceSelf,
  presenceSet,
  presenceSharing,
  presenceView,
  type PresenceOf,
  type PresenceSelf,
} from '@eaves/model/api'
import { z } from 'zod'
import type { Activity } from '../activity/activity.ts'
import { isoInstant } from '../deps.ts'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Homes } from '../homes/homes.ts'
import type { Presence, Shared } from './presence.ts'

export interface PresenceRoutesDeps {
  readonly presence: Presence
  readonly homes: Homes
  /** Writes a line of the person's own activity. // pp.2.2.3 */
  readonly note: Activity['note']
}
const path = '/api/homes/{home}/presence'
const homePath = z.strictObject({ home: id })
const memberPath = z.strictObject({ home: id, member: id })
const self = { kind: 'home', verb: 'member.self' } as const

const placeOf = ({ place }: Shared) => ({
  ...(place.is === undefined ? {} : { is: place.is }),
  ...(place.since === undefined ? {} : { since: isoInstant(place.since) }),
})

function selfOf({ presence, homes }: PresenceRoutesDeps, home: HomeId, subject: SubjectId): PresenceSelf {
  const shared = presence.of(home, subject)
  const isChild = homes.relations.get(home, subject)?.role === 'child'
  const needsGuardian = isChild && !presence.isAllowed(home, subject)
  if (shared === undefined)
    return { sharing: false, devices: [], places: [], placesShown: false, needsGuardian }
  const { by, device, at, atSince, places = [], shown = false } = shared.place
  return {
    sharing: true,
    ...placeOf(shared),
    ...(by === undefined ? {} : { by }),
    ...(device === undefined ? {} : { device }),
    ...(at === undefined ? {} : { place: at }),
    ...(at === undefined || atSince === undefined ? {} : { placeSince: isoInstant(atSince) }),
    places: [...places],
    placesShown: shown,
    devices: presence.devicesFor(home, subject),
    needsGuardian,
  }
}

export function presenceRoutes(deps: PresenceRoutesDeps): readonly Entry[] {
  return [...own(deps), ...ownPlaces(deps), ...ofOthers(deps)]
}

function own(deps: PresenceRoutesDeps): Entry[] {
  const { presence, note } = deps
  return [
    entry({
      method: 'get',
      path: `${path}/me`,
      summary: 'Whether you let a home know that you are there, and what it knows',
      access: self,
      params: homePath,
      answer: presenceSelf,
      handle: async ({ params, caller }) => selfOf(deps, params.home as HomeId, subjectOf(caller)),
    }),
    entry({
      method: 'put',
      path: `${path}/me/sharing`,
      summary: 'Let a home know whether you are there, or no more: with that all it knows of it is deleted',
      access: self,
      params: homePath,
      body: presenceSharing,
      answer: presenceSelf,
      handle: async ({ params, body, caller }) => {
        const [home, subject] = [params.home as HomeId, subjectOf(caller)]
        await presence.share(home, subject, body.sharing)
        await note(subject, body.sharing ? 'presence-shared' : 'presence-ended', { home })
        return selfOf(deps, home, subject)
      },
    }),
    entry({
      method: 'put',
      path: `${path}/me`,
      summary:
        'Say that you are at home, away or at a place by name, by hand or as your phone worked out; no coordinate is taken',
      access: self,
      params: homePath,
      body: presenceSet,
      answer: presenceSelf,
      handle: async ({ params, body, caller }) => {
        const [home, subject] = [params.home as HomeId, subjectOf(caller)]
        await presence.set(home, subject, { is: body.is, by: body.by ?? 'hand', at: body.place })
        return selfOf(deps, home, subject)
      },
    }),
    entry({
      method: 'put',
      path: `${path}/me/device`,
      summary: 'Have a device tell whether you are at home, such as a tracker; none with null',
      access: self,
      params: homePath,
      body: presenceDevice,
      answer: presenceSelf,
      handle: async ({ params, body, caller }) => {
        const [home, subject] = [params.home as HomeId, subjectOf(caller)]
        await presence.tie(home, subject, (body.device as DeviceId | null) ?? undefined)
        return selfOf(deps, home, subject)
      },
    }),
  ]
}

function ownPlaces(deps: PresenceRoutesDeps): Entry[] {
  const { presence, note } = deps
  return [
    entry({
      method: 'put',
      path: `${path}/me/places/{place}`,
      summary: 'Let a home know when you are at a place by name, or no more: with that it is forgotten',
      access: self,
      params: z.strictObject({ home: id, place: id }),
      body: namedPlaceChoice,
      answer: presenceSelf,
      handle: async ({ params, body, caller }) => {
        const [home, subject] = [params.home as HomeId, subjectOf(caller)]
        await presence.choose(home, subject, params.place, body.chosen)
        await note(subject, body.chosen ? 'place-shared' : 'place-ended', { home })
        return selfOf(deps, home, subject)
      },
    }),
    entry({
      method: 'put',
      path: `${path}/me/places`,
      summary:
        'Let the others of a home and its automations know at which of your places you are, or no more',
      access: self,
      params: homePath,
      body: namedPlacesShown,
      answer: presenceSelf,
      handle: async ({ params, body, caller }) => {
        const [home, subject] = [params.home as HomeId, subjectOf(caller)]
        await presence.show(home, subject, body.shown)
        await note(subject, body.shown ? 'places-shown' : 'places-hidden', { home })
        return selfOf(deps, home, subject)
      },
    }),
  ]
}

function ofOthers({ presence, homes }: PresenceRoutesDeps): Entry[] {
  const viewOf = (home: HomeId) => {
    const people = homes.relations
      .members(home)
      .filter(({ role }) => role !== 'kiosk')
      .map(({ subject, role }): PresenceOf => {
        const shared = presence.of(home, subject)
        return {
          person: subject,
          sharing: shared !== undefined,
          ...(shared === undefined ? {} : placeOf(shared)),
          // Only of whoever lets the others know. // pp.2.2.1
          ...(shared?.place.shown === true && shared.place.at !== undefined
            ? { place: shared.place.at }
            : {}),
          ...(role === 'child' ? { allowed: presence.isAllowed(home, subject) } : {}),
        }
      })
    const { anyone, everyone } = presence.together(home)
    return {
      people,
      ...(anyone === undefined ? {} : { anyone }),
      ...(everyone === undefined ? {} : { everyone }),
    }
  }
  return [
    entry({
      method: 'get',
      path,
      summary: 'Who is at home, of those who let the home know; of the others nothing is said',
      access: { kind: 'home', verb: 'presence.read' },
      params: homePath,
      answer: presenceView,
      handle: async ({ params }) => viewOf(params.home as HomeId),
    }),
    entry({
      method: 'put',
      path: `${path}/{member}/allowed`,
      summary: 'Allow a child you answer for to let the home know that they are there, or end it',
      access: { kind: 'home', verb: 'member.guard' },
      params: memberPath,
      body: presenceAllowed,
      answer: presenceView,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        await presence.allow(home, subjectOf(caller), params.member as SubjectId, body.allowed)
        return viewOf(home)
      },
    }),
  ]
}
