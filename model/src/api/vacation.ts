import { z } from 'zod'
import { mostVacationLamps } from '../vacation.ts'
import { id, instant } from './common.ts'

const moment = z.iso.datetime({ offset: true })
export const vacationEdit = z.strictObject({
  version: z.int().min(0).describe('as it was read; 0 before it is first set up'),
  lamps: z.array(id).max(mostVacationLamps),
  isOn: z.boolean(),
  from: moment.optional(),
  until: moment.optional(),
})
export const vacationView = z.object({
  version: z.int(),
  lamps: z.array(id),
  isOn: z.boolean(),
  from: instant.optional(),
  until: instant.optional(),
  by: id.optional().describe('with whose rights it switches'),
  stopped: z.enum(['author-gone', 'author-rights']).optional(),
})
export const vacationSwitch = z.object({ at: instant, device: id, on: z.boolean() })
export const vacationPlan = z.object({
  switches: z.array(vacationSwitch),
  /** The evening of the past that is played again; absent when nothing is known of one. */
  like: z.string().optional().describe('YYYY-MM-DD in the zone of the home'),
})
export type VacationEdit = z.infer<typeof vacationEdit>
export type VacationView = z.infer<typeof vacationView>
export type VacationPlan = z.infer<typeof vacationPlan>
