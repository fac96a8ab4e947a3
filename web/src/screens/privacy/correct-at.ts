import type { Home } from '@eaves/model/api'
import { paths } from '../../paths.ts'

/**
 * Where in the app a value is corrected by whoever reads it. What has no place here is a record of what happened, or another's to
 * change. // pp.4.4.f
 */
export function correctAt(
  place: string,
  field: string,
  home: Pick<Home, 'id' | 'verbs'> | undefined,
): string | undefined {
  const own = ofAccount[`${place}.${field}`]
  if (own !== undefined) return own
  const [verb, to] = ofHome[place] ?? []
  return home !== undefined && verb !== undefined && to !== undefined && home.verbs.includes(verb)
    ? to(home.id)
    : undefined
}

const ofAccount: Readonly<Record<string, string>> = {
  'facts.account.email': paths.mine('security'),
  'facts.account.phone': paths.mine('security'),
  'facts.account.locale': paths.me,
  'facts.account.theme': paths.me,
  'facts.passkey.name': paths.mine('security'),
}
const ofHome: Readonly<Record<string, readonly [verb: string, to: (home: string) => string]>> = {
  'facts.home_about': ['home.about', paths.about],
  'facts.room': ['room.edit', paths.rooms],
  'facts.member': ['member.self', paths.place],
}
