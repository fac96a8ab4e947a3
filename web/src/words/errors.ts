import { t } from '@lingui/core/macro'
import { isProblem } from '../data/api.ts'

export interface ErrorWords {
  readonly title: string
  readonly todo: string
  readonly reference: string | undefined
}
type Table = Readonly<Record<string, () => readonly [string, string]>>
/** Our words for the codes that a person can meet on the first pages and at the sign-in; what the server said for the rest. */
const firstTable: Table = {
  'network.unreachable': () => [
    t`Your Eaves server did not answer.`,
    t`Check that it is running and that this device is on the same network.`,
  ],
  'live.offline': () => [
    t`There is no connection to your Eaves server, so nothing was sent.`,
    t`Wait until it is back, then try again.`,
  ],
  'input.invalid': () => [
    t`Some of what you entered is not valid.`,
    t`Correct the marked fields and try again.`,
  ],
  'input.conflict': () => [
    t`This clashes with something that exists already.`,
    t`Choose another name or reload the page.`,
  ],
  'auth.not-found': () => [t`There is nothing here.`, t`It may have been removed. Go back to Home.`],
  'auth.forbidden': () => [
    t`You may not do this in this home.`,
    t`Ask an owner or administrator of the home.`,
  ],
  'auth.too-many': () => [t`Too many attempts.`, t`Wait a little, then try again.`],
  'auth.required': () => [t`You are not signed in.`, t`Sign in and try again.`],
  'auth.code-wrong': () => [t`That code is not right or has expired.`, t`Check it, or ask for a new one.`],
  'auth.password-wrong': () => [
    t`The address and the password do not match.`,
    t`Try again, or sign in with a code.`,
  ],
  'auth.second-factor': () => [
    t`This account asks for a second proof.`,
    t`Use the authenticator app, or give a recovery code too.`,
  ],
  'auth.passkey-wrong': () => [t`That passkey was not accepted.`, t`Try again, or choose another way.`],
  'auth.passkey-name': () => [
    t`Passkeys do not work at a bare network address.`,
    t`Open Eaves by its name and try again.`,
  ],
  'passkey.none': () => [t`No passkey was used.`, t`Try again, or choose another way.`],
  'policy.minor': () => [t`This is not open to minors.`, t`Ask an adult you live with.`],
  'policy.age-required': () => [t`Your age is missing.`, t`Go back one page and choose it.`],
  'policy.document-changed': () => [
    t`The documents have changed in the meantime.`,
    t`Read the present ones and decide again.`,
  ],
  'server.unclaimed': () => [
    t`Nobody has claimed this server yet.`,
    t`Open the claim link it printed at its start.`,
  ],
  'device.unreachable': () => [t`The device cannot be reached.`, t`Check its power and connection.`],
  'device.unsupported': () => [t`The device does not have this function.`, t`Try another control.`],
  'device.out-of-range': () => [t`The device does not take this value.`, t`Try a value within its range.`],
  'device.rejected': () => [t`The device refused.`, t`Try another value, or check the device.`],
  'device.timed-out': () => [t`The device didn’t answer in time.`, t`Check the device, then try again.`],
  'server.driver-down': () => [
    t`The part of Eaves that talks to this device is restarting.`,
    t`Try again in a few seconds.`,
  ],
  'server.busy': () => [t`The server is busy.`, t`Try again in a moment.`],
  'server.starting': () => [t`The server is still starting.`, t`Try again in a moment.`],
  'server.disk-full': () => [
    t`The server’s disk is full, so this could not be saved.`,
    t`Free some space on the disk that holds Eaves’ data.`,
  ],
  'server.fault': () => [
    t`Something went wrong on the server.`,
    t`Try again. If it happens again, note the reference.`,
  ],
}
let table: Table = firstTable
/** The codes of the later screens, once their words are there. */
export function addErrorWords(more: Table): void {
  table = { ...firstTable, ...more }
}
export function errorWords(error: unknown): ErrorWords {
  const problem = isProblem(error) ? error : undefined
  // What failed in the app itself is not the server's.
  const own = problem && codeWords(problem.code)
  return {
    title: own?.title ?? problem?.title ?? t`Something went wrong.`,
    todo: own?.todo ?? problem?.todo ?? t`Try again in a moment.`,
    reference: problem?.reference,
  }
}
export function codeWords(code: string): { readonly title: string; readonly todo: string } | undefined {
  const entry = table[code]?.()
  return entry && { title: entry[0], todo: entry[1] }
}
