import { AppError } from '@eaves/model'
import {
  claim,
  claimCheck,
  codeRequest,
  codeSent,
  codeSignIn,
  id,
  linkSignIn,
  liveTicket,
  me,
  meEdit,
  passwordSignIn,
  proof,
  proofCodeRequest,
  recoveryCodes,
  recoverySignIn,
  setPassword,
  signedIn,
  signInAnswer,
  signInRow,
  signOutEverywhere,
  tokenCreate,
  tokenMade,
  tokenRow,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import { addressEntries } from './address-routes.ts'
import { passkeyEntries } from './passkey-routes.ts'
import type { People } from './people.ts'
import { maxAgeSeconds } from './sessions.ts'
import { totpEntries } from './totp-routes.ts'
import { open, proverOf, welcome, welcomeOr, placeOf } from './welcome.ts'

const ticketSeconds = 30

/** Claim, sign-in, one's own account, sign-ins, tokens. */
export function peopleEntries(people: People): Entry[] {
  return [
    ...claimEntries(people),
    ...signInEntries(people),
    ...signOutEntries(people),
    ...proofEntries(people),
    ...passkeyEntries(people),
    ...totpEntries(people),
    ...addressEntries(people),
    ...profileEntries(people),
    ...signInListEntries(people),
    ...tokenEntries(people),
  ]
}

function claimEntries(people: People): Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/claim/check',
      summary: 'Whether this is the claim code; the tenth wrong try prints a new one',
      access: open('proof of being at the console', true),
      body: claimCheck,
      handle: async ({ body }) => people.claim.check(body.code),
    }),
    entry({
      method: 'post',
      path: '/api/claim',
      summary: 'Claim this server: account, agreement and sign-in in one',
      access: open('proof of being at the console', true),
      body: claim,
      answer: signedIn,
      status: 201,
      handle: async ({ body, caller, cookie }) => {
        const { code, identifier, acts, choices, password } = body
        const done = await people.claim.claim({
          code,
          identifier,
          acts,
          choices,
          password,
          surface: caller.surface,
          place: placeOf(caller, body.device),
        })
        if (done.session === undefined) throw new Error('A claim in the browser signs in.')
        return welcome(
          { subject: done.subject, session: done.session, recoveryCodes: done.recoveryCodes },
          cookie,
        )
      },
    }),
  ]
}

function signInEntries({ signIn, consoleLink }: People): Entry[] {
  const answered = { answer: signedIn, status: 200 } as const
  const half = { answer: signInAnswer, status: 200 } as const
  return [
    entry({
      method: 'post',
      path: '/api/sign-in/codes',
      summary: 'Ask for a sign-in code; the answer is the same whether or not there is an account',
      access: open('sign-in and sign-up'),
      body: codeRequest,
      answer: codeSent,
      handle: ({ body, caller }) => signIn.requestCode({ ...body, address: caller.countedAt }),
    }),
    entry({
      method: 'post',
      path: '/api/sign-in/code',
      summary: 'Sign in, or finish signing up, with the code',
      access: open('sign-in and sign-up'),
      body: codeSignIn,
      ...half,
      handle: async ({ body, caller, cookie, status }) =>
        welcomeOr(await signIn.byCode(body, placeOf(caller, body.device), caller), cookie, status),
    }),
    entry({
      method: 'post',
      path: '/api/sign-in/password',
      summary: 'Sign in with a password',
      access: open('sign-in'),
      body: passwordSignIn,
      ...half,
      handle: async ({ body, caller, cookie, status }) =>
        welcomeOr(await signIn.byPassword(body, placeOf(caller, body.device), caller), cookie, status),
    }),
    entry({
      method: 'post',
      path: '/api/sign-in/recovery',
      summary:
        'Sign in with a recovery code instead of a code that no longer arrives, with the password or authenticator app if there is one; each works once',
      access: open('sign-in'),
      body: recoverySignIn,
      ...answered,
      handle: async ({ body, caller, cookie }) =>
        welcome(await signIn.byRecoveryCode(body, placeOf(caller, body.device), caller), cookie),
    }),
    entry({
      method: 'post',
      path: '/api/sign-in/link',
      summary: 'Sign in once with the code of a link on the server’s console',
      access: open('sign-in'),
      body: linkSignIn,
      ...answered,
      handle: async ({ body, caller, cookie }) => {
        const subject = consoleLink.redeem(body.code)
        if (subject === undefined) throw new AppError('auth.code-wrong')
        return welcome(await signIn.known(subject, placeOf(caller), caller), cookie)
      },
    }),
  ]
}

function signOutEntries({ sessions, tokens, note }: People): Entry[] {
  const leaving = (verb: 'session.manage') =>
    ({ kind: 'self', verb, withoutAgreement: 'signing out' }) as const // sa.1
  return [
    entry({
      method: 'post',
      path: '/api/sign-out',
      summary: 'Sign out here',
      access: leaving('session.manage'),
      handle: async ({ caller, cookie }) => {
        if (caller.session !== undefined) await sessions.end(subjectOf(caller), { only: caller.session })
        await note(subjectOf(caller), 'sign-out')
        cookie(null)
      },
    }),
    entry({
      method: 'post',
      path: '/api/sign-out/everywhere',
      summary: 'End every sign-in, and with "tokens" every access token too',
      access: leaving('session.manage'),
      body: signOutEverywhere,
      handle: async ({ body, caller, cookie }) => {
        await sessions.end(subjectOf(caller))
        await note(subjectOf(caller), 'sign-out-everywhere')
        if (body.tokens === true) await tokens.end(subjectOf(caller))
        cookie(null)
      },
    }),
  ]
}

function proofEntries({ proofs }: People): Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/me/proofs/codes',
      summary: 'Ask for a code to an address of your own, to prove again who you are',
      access: { kind: 'self', verb: 'session.manage' },
      body: proofCodeRequest,
      answer: codeSent,
      handle: ({ body, caller }) => proofs.requestCode(proverOf(caller), body),
    }),
    entry({
      method: 'post',
      path: '/api/me/proofs',
      summary: 'Prove again who you are; what asks for a fresh proof is open for five minutes',
      access: { kind: 'self', verb: 'session.manage' },
      body: proof,
      handle: async ({ body, caller, cookie, site }) => {
        cookie({ secret: await proofs.prove(proverOf(caller), body, site), maxAgeSeconds })
      },
    }),
  ]
}

function profileEntries({ profile }: People): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me',
      summary: 'Your account',
      access: { kind: 'self', verb: 'self.read', withoutGuardian: 'whose account it is may be seen' },
      answer: me,
      handle: ({ caller }) => profile.read(subjectOf(caller)),
    }),
    entry({
      method: 'patch',
      path: '/api/me',
      summary: 'Change language, theme, or whether insights of energy are shown',
      access: { kind: 'self', verb: 'self.edit' },
      body: meEdit,
      answer: me,
      handle: ({ body, caller }) => profile.edit(subjectOf(caller), body),
    }),
    entry({
      method: 'put',
      path: '/api/me/password',
      summary: 'Set, change or remove the password; every other sign-in ends',
      access: { kind: 'self', verb: 'self.edit', stepUp: 'a password is a way in' },
      body: setPassword,
      handle: async ({ body, caller, cookie }) => {
        const secret = await profile.setPassword(subjectOf(caller), body.password, caller.session)
        if (secret !== undefined) cookie({ secret, maxAgeSeconds })
      },
    }),
    entry({
      method: 'post',
      path: '/api/me/recovery-codes',
      summary: 'Make eight new recovery codes; the old ones stop working',
      access: { kind: 'self', verb: 'self.edit', stepUp: 'a recovery code helps to get in' },
      answer: recoveryCodes,
      status: 201,
      handle: async ({ caller }) => ({
        recoveryCodes: await profile.renewRecoveryCodes(subjectOf(caller), caller.session),
      }),
    }),
  ]
}

function signInListEntries({ sessions, tickets, note }: People): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/sign-ins',
      summary: 'Where you are signed in',
      access: { kind: 'self', verb: 'self.read' },
      answer: z.array(signInRow),
      handle: ({ caller }) => sessions.list(subjectOf(caller), caller.session),
    }), // pp.2.2.3
    entry({
      method: 'delete',
      path: '/api/me/sign-ins/{signIn}',
      summary: 'End one sign-in',
      access: { kind: 'self', verb: 'session.manage' },
      params: z.strictObject({ signIn: id }),
      handle: async ({ params, caller, cookie }) => {
        if ((await sessions.end(subjectOf(caller), { only: params.signIn })) === 0)
          throw new AppError('auth.not-found')
        await note(subjectOf(caller), 'sign-in-ended')
        if (params.signIn === caller.session) cookie(null)
      },
    }),
    entry({
      method: 'post',
      path: '/api/live/tickets',
      summary: 'A one-time ticket that opens the live socket from a browser',
      access: { kind: 'self', verb: 'session.manage' },
      answer: liveTicket,
      status: 201,
      handle: async ({ caller }) => ({
        ticket: tickets.issue({
          subject: subjectOf(caller),
          session: caller.session,
          provedAt: caller.provedAt,
          expiresAt: caller.expiresAt,
        }),
        expiresInSeconds: ticketSeconds,
      }),
    }),
  ]
}

function tokenEntries({ tokens }: People): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/tokens',
      summary: 'Your access tokens',
      access: { kind: 'self', verb: 'token.manage' },
      answer: z.array(tokenRow),
      handle: ({ caller }) => tokens.list(subjectOf(caller)),
    }),
    entry({
      method: 'post',
      path: '/api/me/tokens',
      summary: 'Make an access token; it is shown this once',
      access: { kind: 'self', verb: 'token.manage', stepUp: 'a token is a way in' },
      body: tokenCreate,
      answer: tokenMade,
      status: 201,
      handle: ({ body, caller }) => tokens.create(subjectOf(caller), body, caller.surface),
    }),
    entry({
      method: 'delete',
      path: '/api/me/tokens/{token}',
      summary: 'End an access token',
      access: { kind: 'self', verb: 'token.manage' },
      params: z.strictObject({ token: id }),
      handle: async ({ params, caller }) => {
        if ((await tokens.end(subjectOf(caller), params.token)) === 0) throw new AppError('auth.not-found')
      },
    }),
  ]
}
