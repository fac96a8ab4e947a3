import type { HomeId } from '@eaves/model'
import { id, namedPlace, namedPlaceName } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Presence } from './presence.ts'

const homePath = z.strictObject({ home: id })
const onePath = z.strictObject({ home: id, place: id })
const path = '/api/homes/{home}/places'
const set = { kind: 'home', verb: 'mode.set' } as const

/** Names of places, as those of modes: whoever names the one names the other. */
export function placeRoutes({ presence }: { readonly presence: Presence }): readonly Entry[] {
  const { places } = presence
  return [
    entry({
      method: 'get',
      path,
      summary: 'Places that a home knows by name',
      access: { kind: 'home', verb: 'mode.read' },
      params: homePath,
      answer: z.array(namedPlace),
      handle: async ({ params }) => [...places.list(params.home as HomeId)],
    }),
    entry({
      method: 'post',
      path,
      summary: 'Give a home the name of a place, such as work; ten at most',
      access: set,
      params: homePath,
      body: namedPlaceName,
      answer: namedPlace,
      status: 201,
      handle: ({ params, body, caller }) => places.add(params.home as HomeId, subjectOf(caller), body.name),
    }),
    entry({
      method: 'patch',
      path: `${path}/{place}`,
      summary: 'Give a place of this home another name',
      access: set,
      params: onePath,
      body: namedPlaceName,
      answer: namedPlace,
      handle: ({ params, body, caller }) =>
        places.rename(params.home as HomeId, subjectOf(caller), params.place, body.name),
    }),
    entry({
      method: 'delete',
      path: `${path}/{place}`,
      summary: 'Delete the name of a place, and with it what was known of anybody there',
      access: set,
      params: onePath,
      handle: ({ params }) => presence.removePlace(params.home as HomeId, params.place),
    }),
  ]
}
