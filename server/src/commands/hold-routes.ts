import { AppError, type DeviceId, type HomeId } from '@eaves/model'
import { deviceHolds, deviceHoldWrite, id } from '@eaves/model/api'
import { z } from 'zod'
import { entry, type Entry } from '../http/entry.ts'
import { isSeen, limitsIn, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Principal } from '../privacy/privacy.ts'
import { commanderOf } from './confirm.ts'
import type { Holds } from './holds.ts'

const path = '/api/homes/{home}/devices/{device}/hold'
const params = z.strictObject({ home: id, device: id })
const what = z.strictObject({
  part: z.string().min(1).max(64).optional(),
  capability: z.string().min(1).max(64).optional(),
})

/** What automations leave alone, because somebody set it by hand. */
export function holdRoutes({
  holds,
  homes,
}: {
  readonly holds: Holds
  readonly homes: Homes
}): readonly Entry[] {
  const seen = (at: { home: string; device: string }, principal: Principal): LiveDevice => {
    const device = homes.device(at.home as HomeId, at.device as DeviceId)
    if (!isSeen(limitsIn(principal, at.home as HomeId), device)) throw new AppError('auth.not-found')
    return device
  }
  return [
    entry({
      method: 'get',
      path,
      summary: 'What of a device automations leave alone for now',
      access: { kind: 'home', verb: 'device.read' },
      params,
      answer: deviceHolds,
      handle: async ({ params: at, caller }) => ({
        holds: holds.list(at.home as HomeId, seen(at, caller.principal).id),
      }),
    }),
    entry({
      method: 'put',
      path,
      summary: 'Have automations leave a device as it is, until then',
      access: { kind: 'home', verb: 'device.command' },
      params,
      body: deviceHoldWrite,
      answer: deviceHolds,
      handle: async ({ params: at, body, caller }) => ({
        holds: await holds.put(
          at.home as HomeId,
          seen(at, caller.principal),
          commanderOf(caller, undefined),
          body,
        ),
      }),
    }),
    entry({
      method: 'delete',
      path,
      summary: 'Let automations move it again',
      access: { kind: 'home', verb: 'device.command' },
      params,
      query: what,
      answer: deviceHolds,
      status: 200,
      handle: async ({ params: at, query, caller }) => ({
        holds: await holds.end(
          at.home as HomeId,
          seen(at, caller.principal),
          commanderOf(caller, undefined),
          query,
        ),
      }),
    }),
  ]
}
