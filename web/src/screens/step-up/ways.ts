import type { Me } from '@eaves/model/api'

export type Way = 'password' | 'email' | 'phone'
/** How this person can prove who they are, the quickest first. */
export function waysOf(me: Me): readonly Way[] {
  return [
    ...(me.hasPassword ? (['password'] as const) : []),
    ...(me.email === undefined ? [] : (['email'] as const)),
    ...(me.phone === undefined ? [] : (['phone'] as const)),
  ]
}
