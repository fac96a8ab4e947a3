import {
  AppError,
  type CommandId,
  type CommandRecord,
  type CommandRequest,
  type DeviceId,
  type HomeId,
} from '@eaves/model'
import { command, commandRequest, id } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import { isSeen, limitsIn, type Homes } from '../homes/homes.ts'
import type { Commands } from './commands.ts'
import { commanderOf } from './confirm.ts'

const longestWaitMs = 30_000
const wait = z.strictObject({ wait: z.literal('confirmed').optional() })

export function commandRoutes({
  commands,
  homes,
}: {
  readonly commands: Commands
  readonly homes: Homes
}): readonly Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/homes/{home}/devices/{device}/commands',
      summary: 'Send a command; with wait=confirmed the answer is its end state, after 30 seconds at most',
      access: { kind: 'home', verb: 'device.command' },
      params: z.strictObject({ home: id, device: id }),
      query: wait,
      body: commandRequest,
      answer: command,
      status: 202,
      handle: async ({ params, query, body, caller, status }) => {
        const home = params.home as HomeId
        const { confirm, ...request } = body as CommandRequest
        const by = commanderOf(caller, confirm)
        const record = await commands.submit(home, params.device as DeviceId, request, by)
        if (query.wait === undefined) return record
        status(200)
        return commands.ended(home, record.id, by, longestWaitMs)
      },
    }),
    entry({
      method: 'get',
      path: '/api/homes/{home}/commands/{command}',
      summary: 'What became of a command',
      access: { kind: 'home', verb: 'command.read' },
      params: z.strictObject({ home: id, command: id }),
      answer: command,
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        const record = await commands.get(home, params.command as CommandId, subjectOf(caller))
        const limits = limitsIn(caller.principal, home)
        if (limits === undefined) return record
        const device = homes.runtime(home).shown(record.device)
        if (device === undefined || !isSeen(limits, device)) throw new AppError('auth.not-found')
        // Who answered for a group may be somebody that this caller does not see.
        return device.shape.members === undefined ? record : withoutDetail(record)
      },
    }),
  ]
}

function withoutDetail({ reason, ...record }: CommandRecord): CommandRecord {
  return reason === undefined ? record : { ...record, reason: { code: reason.code } }
}
