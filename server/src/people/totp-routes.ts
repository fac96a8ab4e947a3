import { secondFactorSignIn, signedIn, totpBegun, totpConfirm } from '@eaves/model/api'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { People } from './people.ts'
import { open, placeOf, welcome } from './welcome.ts'

/** The second factor: at the door, and setting it up. */
export function totpEntries({ totp, signIn, profile }: People): Entry[] {
  const access = { kind: 'self', verb: 'self.edit', stepUp: 'a second factor guards every way in' } as const
  return [
    entry({
      method: 'post',
      path: '/api/sign-in/second-factor',
      summary: 'Finish a sign-in that asks for a second proof',
      access: open('sign-in'),
      body: secondFactorSignIn,
      answer: signedIn,
      status: 200,
      handle: async ({ body, caller, cookie }) =>
        welcome(await signIn.second(body, placeOf(caller, body.device), caller), cookie),
    }),
    entry({
      method: 'post',
      path: '/api/me/totp',
      summary: 'Begin to set up an authenticator app; nothing asks for it before it is confirmed',
      access,
      answer: totpBegun,
      status: 201,
      handle: async ({ caller }) => {
        const { email, phone } = await profile.read(subjectOf(caller))
        return totp.begin(subjectOf(caller), email ?? phone ?? '')
      },
    }),
    entry({
      method: 'post',
      path: '/api/me/totp/confirm',
      summary: 'Turn the authenticator app on with its first code',
      access,
      body: totpConfirm,
      handle: ({ body, caller }) => totp.confirm(subjectOf(caller), body.code),
    }),
    entry({
      method: 'delete',
      path: '/api/me/totp',
      summary: 'Turn the authenticator app off',
      access,
      handle: ({ caller }) => totp.remove(subjectOf(caller)),
    }),
  ]
}
