import { z } from 'zod'
import {
  alarmEventKinds,
  alarmModes,
  alarmSenseNames,
  alarmStates,
  longestAlarmDelaySeconds,
  longestSirenSeconds,
  mostAlarmSensors,
  mostSirens,
} from '../alarm.ts'
import { id, instant, name } from './common.ts'

const part = z.string().min(1).max(64)
const seconds = z.int().min(0).max(longestAlarmDelaySeconds)
export const alarmCodeDigits = z.string().regex(/^\d{4,8}$/)

/** A value that counts. By way of an entry there is time to say the code. */
export const alarmSensor = z.strictObject({
  device: id,
  part: part.default('main'),
  sense: z.enum(alarmSenseNames as [(typeof alarmSenseNames)[number]]),
  entry: z.boolean().default(false),
})
const alarmWay = z.strictObject({
  sensors: z.array(alarmSensor).max(mostAlarmSensors).default([]),
  exitSeconds: seconds.default(45),
  entrySeconds: seconds.default(30),
})
export const alarmContent = z.strictObject({
  away: alarmWay,
  night: alarmWay,
  sirens: z
    .array(z.strictObject({ device: id, part: part.default('main') }))
    .max(mostSirens)
    .default([]),
  sirenSeconds: z.int().min(5).max(longestSirenSeconds).default(180),
  tell: z.enum(['keepers', 'everybody']).default('everybody').describe('of those who live here'),
})
export const alarmSetupEdit = z.strictObject({
  ...alarmContent.shape,
  version: z.int().min(0).describe('as it was read; 0 before it is first set up'),
})
export const alarmSetupView = z.object({
  ...alarmContent.shape,
  version: z.int(),
  sirensMute: z
    .boolean()
    .describe('whoever set it up may not sound them any more; saving it anew mends that'),
})

export const alarmProblem = z.object({
  device: id,
  name: z.string().optional().describe('absent for a device that you do not see'),
  why: z.enum(['open', 'silent', 'gone']),
})
export const alarmView = z.object({
  state: z.enum(alarmStates),
  mode: z.enum(alarmModes).optional().describe('absent while it is disarmed'),
  since: instant,
  until: instant.optional().describe('when the delay ends'),
  isSounding: z.boolean(),
  leftOut: z.array(alarmProblem),
  raised: z.array(z.object({ device: id, name: z.string().optional(), at: instant })),
  modes: z.array(
    z.object({ mode: z.enum(alarmModes), isSetUp: z.boolean(), problems: z.array(alarmProblem) }),
  ),
  may: z.object({
    arm: z.boolean(),
    force: z.boolean(),
    disarm: z.boolean().describe('with a code, or after a fresh sign-in'),
    edit: z.boolean(),
  }),
  hasCode: z.boolean(),
  hasDuressCode: z.boolean(),
})
export const alarmArm = z.strictObject({
  to: z.enum(alarmModes),
  anyway: z.boolean().default(false).describe('leaves out what stands open; for keepers'),
})
export const alarmDisarm = z.strictObject({ code: alarmCodeDigits.optional() })

export const alarmEvent = z.object({
  id,
  at: instant,
  kind: z.enum(alarmEventKinds),
  mode: z.enum(alarmModes).optional(),
  by: id.optional().describe('who did it, while they belong to the home'),
  device: z.object({ id, name: z.string().optional() }).optional(),
})

export const alarmOwnCode = z.strictObject({ code: alarmCodeDigits, isDuress: z.boolean().default(false) })
export const alarmCodeCreate = z
  .strictObject({
    code: alarmCodeDigits,
    member: id.optional().describe('somebody of the home'),
    name: name.optional().describe('of a visitor'),
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ member, name: visitor }) => (member === undefined) !== (visitor === undefined), {
    params: { code: 'one-of' },
    path: ['member'],
  })
export const alarmCodeView = z.object({
  id,
  member: id.optional(),
  name: z.string().optional(),
  from: instant.optional(),
  until: instant.optional(),
})

export type AlarmSensor = z.infer<typeof alarmSensor>
export type AlarmContent = z.infer<typeof alarmContent>
export type AlarmSetupEdit = z.infer<typeof alarmSetupEdit>
export type AlarmSetupView = z.infer<typeof alarmSetupView>
export type AlarmProblem = z.infer<typeof alarmProblem>
export type AlarmView = z.infer<typeof alarmView>
export type AlarmEvent = z.infer<typeof alarmEvent>
export type AlarmCodeCreate = z.infer<typeof alarmCodeCreate>
export type AlarmCodeView = z.infer<typeof alarmCodeView>
