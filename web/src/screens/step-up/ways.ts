import type { Me } from '@eaves/model/api'

export type Way = 'passkey' | 'totp' | 'password' | 'email' | 'phone'
/** How this person can prove who they are, the quickest first. */
export function waysOf(me: Me, passkeysWork: boolean): readonly Way[] {
  return [
    ...(me.passkeys > 0 && passkeysWork ? (['passkey'] as const) : []),
    ...(me.authenticator ? (['totp'] as const) : []),
    ...(me.hasPassword ? (['password'] as const) : []),
    ...(me.email === undefined ? [] : (['email'] as const)),
    ...(me.phone === undefined ? [] : (['phone'] as const)),
  ]
}
