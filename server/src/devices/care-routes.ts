import type { DeviceId, HomeId, RoomId } from '@eaves/model'
import {
  actRequest,
  bridge,
  bridgeActRequest,
  group,
  groupCreate,
  groupEdit,
  id,
  join,
  joinCreate,
  maintenance,
  pictureQuery,
  rawValue,
  replacementPreview,
  replacementRequest,
  deviceDetail,
} from '@eaves/model/api'
import { z } from 'zod'
import { limitsIn, type Homes } from '../homes/homes.ts'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Acts, Bridges, Connections, DeviceGroups, Devices, Joins, Replacements } from './devices.ts'
import { maintenanceOf } from './maintenance.ts'

export interface CareRoutesDeps {
  readonly homes: Homes
  readonly devices: Devices
  readonly connections: Connections
  readonly acts: Acts
  readonly bridges: Bridges
  readonly joins: Joins
  readonly groups: DeviceGroups
  readonly replacements: Replacements
}
const homePath = z.strictObject({ home: id })
const devicePath = z.strictObject({ home: id, device: id })
const bridgePath = z.strictObject({ home: id, bridge: id })
const joinPath = z.strictObject({ home: id, join: id })
const groupPath = z.strictObject({ home: id, group: id })
const one = '/api/homes/{home}/devices/{device}'

/** Care of devices over their life: at their bridge, in groups, when they fall silent and when others take their place. */
export function careRoutes(deps: CareRoutesDeps): readonly Entry[] {
  return [
    ...deviceCare(deps),
    ...replacementRoutes(deps),
    ...bridgeRoutes(deps),
    ...joinRoutes(deps),
    ...groupRoutes(deps),
  ]
}

function deviceCare(deps: CareRoutesDeps): Entry[] {
  const { homes, devices, acts } = deps
  return [
    entry({
      method: 'post',
      path: `${one}/acts`,
      summary: 'Rename, remove, configure or interview a device at its bridge, or change a group there',
      access: { kind: 'home', verb: 'device.edit' },
      params: devicePath,
      body: actRequest,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        await acts.onDevice(home, homes.device(home, params.device as DeviceId), body, caller.principal)
      },
    }),
    entry({
      method: 'get',
      path: `${one}/values`,
      summary: 'Every readable value of a device as it was last reported',
      access: { kind: 'home', verb: 'device.read' },
      params: devicePath,
      answer: z.array(rawValue),
      handle: async ({ params }) => devices.values(params.home as HomeId, params.device as DeviceId),
    }),
    entry({
      method: 'get',
      path: `${one}/picture`,
      summary: 'The last picture of a camera, kept in memory only',
      access: { kind: 'home', verb: 'picture.read' },
      params: devicePath,
      query: pictureQuery,
      answer: z.string().meta({ format: 'binary' }),
      mediaType: 'image/*',
      handle: async ({ params, query, media }) => {
        const { type, data, at } = devices.picture(
          params.home as HomeId,
          params.device as DeviceId,
          query.part,
        )
        media(type, at)
        return data
      },
    }),
    entry({
      method: 'get',
      path: '/api/homes/{home}/maintenance',
      summary: 'What asks for care: offline, silent, low batteries, updates, problems',
      access: { kind: 'home', verb: 'connection.read' },
      params: homePath,
      answer: maintenance,
      handle: async ({ params }) => maintenanceOf(deps, params.home as HomeId),
    }),
  ]
}

function replacementRoutes({ devices, replacements }: CareRoutesDeps): Entry[] {
  return [
    entry({
      method: 'post',
      path: `${one}/replacement/preview`,
      summary: 'What would stay, move and be lost if another device took the place of this one',
      access: { kind: 'home', verb: 'device.remove' },
      params: devicePath,
      body: replacementRequest,
      answer: replacementPreview,
      handle: async ({ params, body }) =>
        replacements.preview(params.home as HomeId, params.device as DeviceId, body.by as DeviceId),
    }),
    entry({
      method: 'post',
      path: `${one}/replacement`,
      summary: 'Put the hardware of another device in the place of this one, which keeps everything else',
      access: { kind: 'home', verb: 'device.remove' },
      params: devicePath,
      body: replacementRequest,
      answer: deviceDetail,
      handle: async ({ params, body, caller }) => {
        const home = params.home as HomeId
        const device = params.device as DeviceId
        await replacements.replace(home, subjectOf(caller), device, body.by as DeviceId)
        return devices.detail(home, device)
      },
    }),
  ]
}

function bridgeRoutes({ bridges, joins }: CareRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/bridges'
  return [
    entry({
      method: 'get',
      path,
      summary: 'The bridges that devices hang on, such as Zigbee coordinators',
      access: { kind: 'home', verb: 'connection.read' },
      params: homePath,
      answer: z.array(bridge),
      handle: async ({ params }) => bridges.list(params.home as HomeId, (each) => joins.openAt(each)),
    }),
    entry({
      method: 'post',
      path: `${path}/{bridge}/acts`,
      summary: 'Make a group of the bridge’s own',
      access: { kind: 'home', verb: 'device.onboard' },
      params: bridgePath,
      body: bridgeActRequest,
      handle: async ({ params, body }) => bridges.act(params.home as HomeId, params.bridge, body),
    }),
  ]
}

function joinRoutes({ joins }: CareRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/joins'
  return [
    entry({
      method: 'post',
      path,
      summary: 'Let devices join through a bridge for a while',
      access: { kind: 'home', verb: 'device.onboard' },
      params: homePath,
      body: joinCreate,
      answer: join,
      status: 201,
      handle: async ({ params, body, caller }) =>
        joins.open(params.home as HomeId, subjectOf(caller), body.bridge, body.seconds),
    }),
    entry({
      method: 'get',
      path,
      summary: 'The joins of this start of the server, oldest first',
      access: { kind: 'home', verb: 'device.onboard' },
      params: homePath,
      answer: z.array(join),
      handle: async ({ params }) => joins.list(params.home as HomeId),
    }),
    entry({
      method: 'get',
      path: `${path}/{join}`,
      summary: 'One join with the devices that came, and how far each is',
      access: { kind: 'home', verb: 'device.onboard' },
      params: joinPath,
      answer: join,
      handle: async ({ params }) => joins.get(params.home as HomeId, params.join),
    }),
    entry({
      method: 'delete',
      path: `${path}/{join}`,
      summary: 'End a join at once, or put an ended one away',
      access: { kind: 'home', verb: 'device.onboard' },
      params: joinPath,
      handle: async ({ params }) => joins.close(params.home as HomeId, params.join),
    }),
  ]
}

function groupRoutes({ groups, devices }: CareRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/groups'
  return [
    entry({
      method: 'get',
      path,
      summary: 'The groups that people made, each also listed as a device',
      access: { kind: 'home', verb: 'device.read' },
      params: homePath,
      answer: z.array(group),
      handle: async ({ params, caller }) =>
        groups.list(params.home as HomeId, limitsIn(caller.principal, params.home as HomeId)),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Make a group of devices of any brand that are driven as one',
      access: { kind: 'home', verb: 'device.edit' },
      params: homePath,
      body: groupCreate,
      answer: group,
      status: 201,
      handle: async ({ params, body }) =>
        groups.add(params.home as HomeId, {
          name: body.name,
          room: body.room as RoomId | null | undefined,
          devices: body.devices as DeviceId[],
        }),
    }),
    entry({
      method: 'patch',
      path: `${path}/{group}`,
      summary: 'Rename a group or give it other members',
      access: { kind: 'home', verb: 'device.edit' },
      params: groupPath,
      body: groupEdit,
      answer: group,
      handle: async ({ params, body }) =>
        groups.edit(params.home as HomeId, params.group as DeviceId, {
          name: body.name,
          devices: body.devices as DeviceId[] | undefined,
        }),
    }),
    entry({
      method: 'delete',
      path: `${path}/{group}`,
      summary: 'Dissolve a group; its members stay',
      access: { kind: 'home', verb: 'device.edit' },
      params: groupPath,
      handle: async ({ params }) => {
        groups.demand(params.home as HomeId, params.group as DeviceId)
        await devices.remove(params.home as HomeId, params.group as DeviceId)
      },
    }),
  ]
}
