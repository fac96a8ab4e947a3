import {
  id,
  passkeyAdd,
  passkeyAsked,
  passkeyEdit,
  passkeyRow,
  passkeySignIn,
  signedIn,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { People } from './people.ts'
import { open, placeOf, proverOf, welcome } from './welcome.ts'

const passkeyPath = z.strictObject({ passkey: id })

/** Signing in with a passkey, and one's own passkeys. */
export function passkeyEntries(people: People): Entry[] {
  return [...wayIn(people), ...own(people), ...adding(people)]
}

function wayIn({ passkeys, signIn }: People): Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/sign-in/passkeys',
      summary: 'A challenge for signing in with a passkey; the same for everybody',
      access: open('sign-in'),
      answer: passkeyAsked,
      handle: ({ caller, site }) => passkeys.requestSignIn(site, caller.countedAt),
    }),
    entry({
      method: 'post',
      path: '/api/sign-in/passkey',
      summary: 'Sign in with a passkey',
      access: open('sign-in'),
      body: passkeySignIn,
      answer: signedIn,
      status: 200,
      handle: async ({ body, caller, cookie, site }) => {
        const { subject } = await passkeys.signedIn(body, site)
        return welcome(await signIn.known(subject, placeOf(caller, body.device), caller), cookie)
      },
    }),
    entry({
      method: 'post',
      path: '/api/me/proofs/passkeys',
      summary: 'A challenge for proving again who you are with a passkey',
      access: { kind: 'self', verb: 'session.manage' },
      answer: passkeyAsked,
      handle: ({ caller, site }) => passkeys.requestProof(proverOf(caller), site),
    }),
  ]
}

function own({ passkeys }: People): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/passkeys',
      summary: 'Your passkeys',
      access: { kind: 'self', verb: 'session.manage' },
      answer: z.array(passkeyRow),
      handle: ({ caller }) => passkeys.list(subjectOf(caller)),
    }),
    entry({
      method: 'patch',
      path: '/api/me/passkeys/{passkey}',
      summary: 'Rename a passkey',
      access: { kind: 'self', verb: 'self.edit' },
      params: passkeyPath,
      body: passkeyEdit,
      handle: ({ params, body, caller }) => passkeys.rename(subjectOf(caller), params.passkey, body.name),
    }),
    entry({
      method: 'delete',
      path: '/api/me/passkeys/{passkey}',
      summary: 'Remove a passkey; it signs nobody in any more',
      access: { kind: 'self', verb: 'self.edit', stepUp: 'a passkey is a way in' },
      params: passkeyPath,
      handle: ({ params, caller }) => passkeys.remove(subjectOf(caller), params.passkey),
    }),
  ]
}

function adding({ passkeys }: People): Entry[] {
  const access = { kind: 'self', verb: 'self.edit', stepUp: 'a passkey is a way in' } as const
  return [
    entry({
      method: 'post',
      path: '/api/me/passkey-challenges',
      summary: 'A challenge for making a passkey',
      access,
      answer: passkeyAsked,
      handle: ({ caller, site }) => passkeys.requestAdd(proverOf(caller), site),
    }),
    entry({
      method: 'post',
      path: '/api/me/passkeys',
      summary: 'Add the passkey that your device has made',
      access,
      body: passkeyAdd,
      answer: passkeyRow,
      status: 201,
      handle: ({ body, caller, site }) => passkeys.add(proverOf(caller), body, site),
    }),
  ]
}
