import { AppError, errorTable, isAppError, newId } from '@eaves/model'
import { homeCreate, identifier, locale, region } from '@eaves/model/api'
import { z } from 'zod'
import type { House } from './house.ts'
import { parseWith } from './parse.ts'

export const setupRequest = z.strictObject({ owner: identifier, home: homeCreate, locale, region })
export type SetupRequest = z.infer<typeof setupRequest>
export interface SetupMade {
  readonly accountId: string
  readonly homeId: string
  readonly token: string
}

/** Claims the server without a browser: account, acts, first home and a token for it. */
export async function claimHouse(house: House, given: unknown): Promise<SetupMade> {
  const request = parseWith(setupRequest, given, 'body')
  return house.people.claimByCli({
    owner: request.owner,
    locale: request.locale,
    region: request.region,
    createHome: (subject) => house.createHome(subject, request.home),
  })
}

/** What went wrong as one line of JSON, in the form of the API's problem documents. */
export function problemLine(error: unknown): string {
  const known = isAppError(error) ? error : new AppError('server.fault')
  const { title, todo, status } = errorTable[known.code]
  return JSON.stringify({
    type: 'about:blank',
    title,
    status,
    code: known.code,
    todo,
    ...(known.detail === undefined ? {} : { detail: known.detail }),
    ...(known.errors === undefined ? {} : { errors: known.errors }),
    reference: newId(),
  })
}
