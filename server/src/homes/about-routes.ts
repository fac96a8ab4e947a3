import type { HomeId } from '@eaves/model'
import { homeAbout, homeAboutEdit, id } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { AboutHome } from './about.ts'

const path = '/api/homes/{home}/about'
const homePath = z.strictObject({ home: id })

/** Floor area, family status and address of a home: seen, changed and deleted one by one. // pp.4.1 */
export function aboutRoutes(about: AboutHome): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path,
      summary: 'What is noted about a home: floor area, family status, address',
      access: { kind: 'home', verb: 'home.about' },
      params: homePath,
      answer: homeAbout,
      handle: async ({ params, caller }) => about.read(params.home as HomeId, subjectOf(caller)),
    }),
    entry({
      method: 'patch',
      path,
      summary: 'Note something about a home, change it, or delete it with null',
      access: { kind: 'home', verb: 'home.edit' },
      params: homePath,
      body: homeAboutEdit,
      answer: homeAbout,
      handle: async ({ params, body, caller }) => about.edit(params.home as HomeId, subjectOf(caller), body),
    }),
  ]
}
