import { AppError, type FloorId, type HomeId, type RoomId } from '@eaves/model'
import {
  floor,
  floorCreate,
  floorEdit,
  home,
  homeCreate,
  homeEdit,
  id,
  room,
  roomCreate,
  roomEdit,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { memberRoutes, type FamilyRoutesDeps } from './member-routes.ts'
import { limitsIn, roomsSeen } from './sight.ts'
import { homeView } from './views.ts'
import type { Homes } from './homes.ts'

const homePath = z.strictObject({ home: id })
const floorPath = z.strictObject({ home: id, floor: id })
const roomPath = z.strictObject({ home: id, room: id })

export type HomeRoutesDeps = FamilyRoutesDeps

export function homeRoutes(deps: HomeRoutesDeps): readonly Entry[] {
  return [
    ...ownRoutes(deps),
    ...memberRoutes(deps),
    ...invitationRoutes(deps),
    ...floorRoutes(deps.homes),
    ...roomRoutes(deps.homes),
  ]
}

function ownRoutes({ homes, role }: HomeRoutesDeps): Entry[] {
  const path = '/api/homes/{home}'
  const view = (caller: Caller, id: string) => {
    const seen = homeView(homes, homes.home(id as HomeId), caller.principal, role)
    if (seen === undefined) throw new AppError('auth.not-found')
    return seen
  }
  return [
    entry({
      method: 'get',
      path: '/api/homes',
      summary: 'The homes one belongs to',
      access: { kind: 'self', verb: 'home.list' },
      answer: z.array(home),
      handle: async ({ caller }) =>
        homes
          .all()
          .map((each) => homeView(homes, each, caller.principal, role))
          .filter((each) => each !== undefined),
    }),
    entry({
      method: 'post',
      path: '/api/homes',
      summary: 'Make a home; its maker is its owner',
      access: { kind: 'self', verb: 'home.create', notForMinors: 'its maker answers for a home' },
      body: homeCreate,
      answer: home,
      status: 201,
      handle: async ({ body, caller }) => {
        const subject = subjectOf(caller)
        const id = await homes.create(subject, body)
        // The caller came before the home was there.
        const { roles, limits } = homes.relationsOf(subject)
        return homeView(homes, homes.home(id), { kind: 'person', subject, roles, limits }, role)
      },
    }),
    entry({
      method: 'get',
      path,
      summary: 'One home',
      access: { kind: 'home', verb: 'home.read' },
      params: homePath,
      answer: home,
      handle: async ({ params, caller }) => view(caller, params.home),
    }),
    entry({
      method: 'patch',
      path,
      summary: 'Rename a home or change its time zone',
      access: { kind: 'home', verb: 'home.edit' },
      params: homePath,
      body: homeEdit,
      answer: home,
      handle: async ({ params, body, caller }) => {
        await homes.edit(params.home as HomeId, subjectOf(caller), body)
        return view(caller, params.home)
      },
    }),
    entry({
      method: 'delete',
      path,
      summary: 'Remove a home with everything in it, for good',
      access: { kind: 'home', verb: 'home.delete', stepUp: 'everything in the home goes for good' },
      params: homePath,
      handle: async ({ params, caller }) => homes.remove(params.home as HomeId, subjectOf(caller)),
    }),
  ]
}

function lookUps(homes: Homes) {
  const home = (params: { readonly home: string }) => homes.home(params.home as HomeId)
  return {
    places: (params: { readonly home: string }) => home(params).places,
    /** The rooms that somebody narrowed learns of; undefined = all. */
    roomsFor: ({ principal }: Caller, params: { readonly home: string }) =>
      roomsSeen(limitsIn(principal, params.home as HomeId), home(params).runtime),
  }
}

function floorRoutes(homes: Homes): Entry[] {
  const path = '/api/homes/{home}/floors'
  const { places, roomsFor } = lookUps(homes)
  return [
    entry({
      method: 'get',
      path,
      summary: 'The floors of a home, in order',
      access: { kind: 'home', verb: 'home.read' },
      params: homePath,
      answer: z.array(floor),
      handle: async ({ params, caller }) => places(params).floors(roomsFor(caller, params)),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Add a floor',
      access: { kind: 'home', verb: 'floor.edit' },
      params: homePath,
      body: floorCreate,
      answer: floor,
      status: 201,
      handle: async ({ params, body, caller }) => places(params).addFloor(subjectOf(caller), body.name),
    }),
    entry({
      method: 'patch',
      path: `${path}/{floor}`,
      summary: 'Rename a floor or move it to a place in the order',
      access: { kind: 'home', verb: 'floor.edit' },
      params: floorPath,
      body: floorEdit,
      answer: floor,
      handle: async ({ params, body, caller }) => {
        await places(params).editFloor(subjectOf(caller), params.floor as FloorId, body)
        return places(params)
          .floors()
          .find((each) => each.id === params.floor)
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/{floor}`,
      summary: 'Remove a floor; its rooms stay',
      access: { kind: 'home', verb: 'floor.edit' },
      params: floorPath,
      handle: async ({ params, caller }) =>
        places(params).removeFloor(subjectOf(caller), params.floor as FloorId),
    }),
  ]
}

function roomRoutes(homes: Homes): Entry[] {
  const path = '/api/homes/{home}/rooms'
  const { places, roomsFor } = lookUps(homes)
  return [
    entry({
      method: 'get',
      path,
      summary: 'The rooms of a home, in order',
      access: { kind: 'home', verb: 'home.read' },
      params: homePath,
      answer: z.array(room),
      handle: async ({ params, caller }) => places(params).rooms(roomsFor(caller, params)),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Add a room',
      access: { kind: 'home', verb: 'room.edit' },
      params: homePath,
      body: roomCreate,
      answer: room,
      status: 201,
      handle: async ({ params, body, caller }) =>
        places(params).addRoom(subjectOf(caller), {
          name: body.name,
          floor: body.floor as FloorId | null | undefined,
        }),
    }),
    entry({
      method: 'patch',
      path: `${path}/{room}`,
      summary: 'Rename a room, give it a floor, or move it to a place in the order',
      access: { kind: 'home', verb: 'room.edit' },
      params: roomPath,
      body: roomEdit,
      answer: room,
      handle: async ({ params, body, caller }) => {
        await places(params).editRoom(subjectOf(caller), params.room as RoomId, {
          ...body,
          floor: body.floor as FloorId | null | undefined,
        })
        return places(params)
          .rooms()
          .find((each) => each.id === params.room)
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/{room}`,
      summary: 'Remove a room; its devices then stand in none',
      access: { kind: 'home', verb: 'room.edit' },
      params: roomPath,
      handle: async ({ params, caller }) =>
        places(params).removeRoom(subjectOf(caller), params.room as RoomId),
    }),
  ]
}
