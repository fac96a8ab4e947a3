import type { HomeId } from '@eaves/model'
import { id, vacationEdit, vacationPlan, vacationView } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Vacations } from './vacation.ts'

const path = '/api/homes/{home}/vacation'
const params = z.strictObject({ home: id })
const access = { kind: 'home', verb: 'vacation.manage' } as const

export function vacationRoutes({ vacations }: { readonly vacations: Vacations }): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path,
      summary: 'Which lamps play the evenings of the past while nobody is there',
      access,
      params,
      answer: vacationView,
      handle: async ({ params: { home } }) => vacations.view(home as HomeId),
    }),
    entry({
      method: 'put',
      path,
      summary: 'Choose the lamps and the time, switch it on with your rights, or off; then its lamps go off',
      access,
      params,
      body: vacationEdit,
      answer: vacationView,
      handle: ({ params: { home }, body, caller }) => vacations.edit(home as HomeId, subjectOf(caller), body),
    }),
    entry({
      method: 'get',
      path: `${path}/plan`,
      summary: 'What it would do this evening: each turn of a switch with its time',
      access,
      params,
      answer: vacationPlan,
      handle: ({ params: { home }, caller }) => vacations.plan(home as HomeId, subjectOf(caller)),
    }),
  ]
}
