import type { HomeId } from '@eaves/model'
import {
  alarmArm,
  alarmCodeCreate,
  alarmCodeView,
  alarmDisarm,
  alarmEvent,
  alarmOwnCode,
  alarmSetupEdit,
  alarmSetupView,
  alarmView,
  id,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Alarms } from './alarm.ts'

const path = '/api/homes/{home}/alarm'
const homePath = z.strictObject({ home: id })

export function alarmRoutes({ alarms }: { readonly alarms: Alarms }): readonly Entry[] {
  return [...using(alarms), ...settingUp(alarms), ...ownCode(alarms), ...codes(alarms)]
}

function using(alarms: Alarms): Entry[] {
  const read = { kind: 'home', verb: 'alarm.read' } as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'How the alarm of a home stands, and what would speak against arming it',
      access: read,
      params: homePath,
      answer: alarmView,
      handle: ({ params, caller }) => alarms.view(params.home as HomeId, caller),
    }),
    entry({
      method: 'get',
      path: `${path}/log`,
      summary: 'What happened to the alarm of a home, the newest first',
      // It tells who came and went, as any history does. // pp.5.1
      access: { kind: 'home', verb: 'history.read' },
      params: homePath,
      answer: z.array(alarmEvent),
      handle: ({ params, caller }) => alarms.events(params.home as HomeId, caller),
    }),
    entry({
      method: 'post',
      path: `${path}/arm`,
      summary: 'Arm the alarm; refused with what stands open, unless a keeper leaves that out',
      access: { kind: 'home', verb: 'alarm.use' },
      params: homePath,
      body: alarmArm,
      answer: alarmView,
      handle: ({ params, body, caller }) => alarms.arm(params.home as HomeId, caller, body),
    }),
    entry({
      method: 'post',
      path: `${path}/disarm`,
      summary: 'Disarm the alarm, with a code or after a fresh sign-in',
      access: { kind: 'home', verb: 'alarm.use' },
      params: homePath,
      body: alarmDisarm,
      answer: alarmView,
      handle: ({ params, body, caller }) => alarms.disarm(params.home as HomeId, caller, body.code),
    }),
  ]
}

function settingUp(alarms: Alarms): Entry[] {
  return [
    entry({
      method: 'get',
      path: `${path}/setup`,
      summary: 'Which sensors count in which way, the delays, the sirens, and who is told',
      access: { kind: 'home', verb: 'alarm.manage' },
      params: homePath,
      answer: alarmSetupView,
      handle: async ({ params }) => alarms.setup(params.home as HomeId),
    }),
    entry({
      method: 'put',
      path: `${path}/setup`,
      summary: 'Set the alarm up, while it is disarmed; sirens sound with the rights of whoever did it last',
      access: { kind: 'home', verb: 'alarm.manage', stepUp: 'it says what guards the home' },
      params: homePath,
      body: alarmSetupEdit,
      answer: alarmSetupView,
      handle: ({ params, body, caller }) => alarms.edit(params.home as HomeId, subjectOf(caller), body),
    }),
  ]
}

function ownCode({ codes: kept }: Alarms): Entry[] {
  const access = { kind: 'home', verb: 'alarm.use', stepUp: 'a code opens the home' } as const
  return [
    entry({
      method: 'put',
      path: `${path}/codes/me`,
      summary: 'Set your own code, or the one that disarms and silently calls for help',
      access,
      params: homePath,
      body: alarmOwnCode,
      handle: ({ params, body, caller }) =>
        kept.setOwn(params.home as HomeId, subjectOf(caller), body.code, body.isDuress),
    }),
    entry({
      method: 'delete',
      path: `${path}/codes/me`,
      summary: 'Take your own codes away',
      access,
      params: homePath,
      handle: ({ params, caller }) => kept.removeOwn(params.home as HomeId, subjectOf(caller)),
    }),
  ]
}

function codes({ codes: kept }: Alarms): Entry[] {
  const access = { kind: 'home', verb: 'alarm.manage' } as const
  return [
    entry({
      method: 'get',
      path: `${path}/codes`,
      summary: 'Whose codes there are; no code itself is kept',
      access,
      params: homePath,
      answer: z.array(alarmCodeView),
      handle: ({ params }) => kept.list(params.home as HomeId),
    }),
    entry({
      method: 'post',
      path: `${path}/codes`,
      summary: 'Give a guest or a visitor a code, for a time',
      access: { ...access, stepUp: 'a code opens the home' },
      params: homePath,
      body: alarmCodeCreate,
      handle: ({ params, body, caller }) => kept.create(params.home as HomeId, subjectOf(caller), body),
    }),
    entry({
      method: 'delete',
      path: `${path}/codes/{code}`,
      summary: 'Take a code away; it disarms nothing from that moment on',
      access,
      params: z.strictObject({ home: id, code: id }),
      handle: ({ params }) => kept.remove(params.home as HomeId, params.code),
    }),
  ]
}
