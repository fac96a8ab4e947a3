import {
  AppError,
  type ConnectionId,
  type CredentialId,
  type DeviceId,
  type HomeId,
  type OnboardingId,
  type RoomId,
} from '@eaves/model'
import {
  connection,
  credential,
  credentialCreate,
  credentialMade,
  device,
  deviceDetail,
  deviceEdit,
  id,
  onboarding,
  onboardingCreate,
  onboardingRetry,
} from '@eaves/model/api'
import { z } from 'zod'
import { limitsIn } from '../homes/homes.ts'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import type { Connections, Credentials, Devices, Onboardings } from './devices.ts'

export interface DeviceRoutesDeps {
  readonly devices: Devices
  readonly connections: Connections
  readonly onboardings: Onboardings
  readonly credentials: Credentials
  /** Throws unless the person proved who they are within five minutes. */
  readonly freshly: (caller: Caller) => void
}
const homePath = z.strictObject({ home: id })
const devicePath = z.strictObject({ home: id, device: id })
const onboardingPath = z.strictObject({ home: id, onboarding: id })
const connectionPath = z.strictObject({ home: id, connection: id })
const credentialPath = z.strictObject({ home: id, credential: id })

export function deviceRoutes(deps: DeviceRoutesDeps): readonly Entry[] {
  return [...ownRoutes(deps), ...onboardingRoutes(deps), ...connectionRoutes(deps), ...credentialRoutes(deps)]
}

function ownRoutes({ devices, freshly }: DeviceRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/devices/{device}'
  return [
    entry({
      method: 'get',
      path: '/api/homes/{home}/devices',
      summary: 'The devices of a home with their last reported values; an unknown value is absent',
      access: { kind: 'home', verb: 'device.read' },
      params: homePath,
      answer: z.array(device),
      handle: async ({ params, caller }) =>
        devices.listJson(params.home as HomeId, limitsIn(caller.principal, params.home as HomeId)),
    }),
    entry({
      method: 'get',
      path,
      summary: 'One device with its schemas, limits, problems and privacy label',
      access: { kind: 'home', verb: 'device.read' },
      params: devicePath,
      answer: deviceDetail,
      handle: async ({ params, caller }) =>
        devices.detail(
          params.home as HomeId,
          params.device as DeviceId,
          limitsIn(caller.principal, params.home as HomeId),
        ),
    }),
    entry({
      method: 'patch',
      path,
      summary: 'Rename a device, move it to a room, or mark it as seen',
      access: { kind: 'home', verb: 'device.edit' },
      params: devicePath,
      body: deviceEdit,
      answer: deviceDetail,
      handle: async ({ params, body }) => {
        await devices.edit(params.home as HomeId, params.device as DeviceId, {
          name: body.name,
          room: body.room as RoomId | null | undefined,
          isNew: body.isNew,
        })
        return devices.detail(params.home as HomeId, params.device as DeviceId)
      },
    }),
    entry({
      method: 'delete',
      path,
      summary:
        'Erase a device with its commands and history; announced again, it comes back as new; one that is treated as a lock needs a fresh sign-in',
      access: { kind: 'home', verb: 'device.remove' },
      params: devicePath,
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        const device = params.device as DeviceId
        if (devices.isGuarded(home, ({ id: each }) => each === device)) freshly(caller)
        await devices.remove(home, device)
      },
    }),
  ]
}

function onboardingRoutes({ onboardings }: DeviceRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/onboarding'
  const one = `${path}/{onboarding}` as const
  return [
    entry({
      method: 'post',
      path,
      summary: 'Bring devices in through a driver; answers the named steps',
      access: { kind: 'home', verb: 'device.onboard' },
      params: homePath,
      body: onboardingCreate,
      answer: onboarding,
      status: 201,
      handle: async ({ params, body, caller }) =>
        onboardings.begin(params.home as HomeId, subjectOf(caller), body.driver, body.config),
    }),
    entry({
      method: 'get',
      path,
      summary: 'What is being brought in',
      access: { kind: 'home', verb: 'device.onboard' },
      params: homePath,
      answer: z.array(onboarding),
      handle: async ({ params }) => onboardings.list(params.home as HomeId),
    }),
    entry({
      method: 'get',
      path: one,
      summary: 'How far it is',
      access: { kind: 'home', verb: 'device.onboard' },
      params: onboardingPath,
      answer: onboarding,
      handle: async ({ params }) => onboardings.get(params.home as HomeId, params.onboarding as OnboardingId),
    }),
    entry({
      method: 'post',
      path: `${one}/retry`,
      summary: 'Go on from the step that failed, with other settings when some are sent',
      access: { kind: 'home', verb: 'device.onboard' },
      params: onboardingPath,
      body: onboardingRetry,
      answer: onboarding,
      handle: async ({ params, body, caller }) =>
        onboardings.retry(
          params.home as HomeId,
          subjectOf(caller),
          params.onboarding as OnboardingId,
          body?.config,
        ),
    }),
    entry({
      method: 'delete',
      path: one,
      summary: 'Cancel; unless it is done nothing is left behind',
      access: { kind: 'home', verb: 'device.onboard' },
      params: onboardingPath,
      handle: async ({ params, caller }) =>
        onboardings.cancel(params.home as HomeId, subjectOf(caller), params.onboarding as OnboardingId),
    }),
  ]
}

function connectionRoutes({ connections, credentials, devices, freshly }: DeviceRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/connections'
  return [
    entry({
      method: 'get',
      path,
      summary: 'The links of a home through its drivers',
      access: { kind: 'home', verb: 'connection.read' },
      params: homePath,
      answer: z.array(connection),
      handle: async ({ params }) => connections.list(params.home as HomeId),
    }),
    entry({
      method: 'delete',
      path: `${path}/{connection}`,
      summary: 'Remove a connection with the devices that came through it alone',
      access: { kind: 'home', verb: 'connection.manage' },
      params: connectionPath,
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        const isEmbedded = connections.embedded(home) === params.connection
        if (isEmbedded && credentials.list(home).length > 0)
          throw new AppError('input.conflict', { detail: 'Remove its access data first.' })
        if (devices.isGuarded(home, (each) => each.connection === params.connection)) freshly(caller)
        await connections.remove(home, subjectOf(caller), params.connection as ConnectionId)
      },
    }),
  ]
}

function credentialRoutes({ credentials }: DeviceRoutesDeps): Entry[] {
  const path = '/api/homes/{home}/mqtt/credentials'
  return [
    entry({
      method: 'get',
      path,
      summary: 'Access data of the built-in broker, without passwords',
      access: { kind: 'home', verb: 'credential.manage' },
      params: homePath,
      answer: z.array(credential),
      handle: async ({ params }) => credentials.list(params.home as HomeId),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Make access data for one device; the password is shown this once',
      access: { kind: 'home', verb: 'credential.manage' },
      params: homePath,
      body: credentialCreate,
      answer: credentialMade,
      status: 201,
      handle: async ({ params, body, caller }) =>
        credentials.add(params.home as HomeId, subjectOf(caller), body.name, body.scope),
    }),
    entry({
      method: 'delete',
      path: `${path}/{credential}`,
      summary: 'Revoke access data; its device is disconnected at once',
      access: { kind: 'home', verb: 'credential.manage' },
      params: credentialPath,
      handle: async ({ params }) =>
        credentials.remove(params.home as HomeId, params.credential as CredentialId),
    }),
  ]
}
