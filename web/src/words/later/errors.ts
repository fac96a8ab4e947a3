import { t } from '@lingui/core/macro'
import { addErrorWords } from '../errors.ts'

/** Codes that cannot be met on the first page. */
addErrorWords({
  'auth.code-wrong': () => [t`That code is not right or has run out.`, t`Check it, or ask for a new one.`],
  'auth.password-wrong': () => [
    t`The address and the password do not match.`,
    t`Try again, or sign in with a code.`,
  ],
  'auth.step-up': () => [t`This needs a fresh sign-in.`, t`Sign in again, then repeat it.`],
  'policy.document-changed': () => [
    t`The documents have changed in the meantime.`,
    t`Read the present ones and decide again.`,
  ],
  'claim.code-wrong': () => [t`That claim code is not right.`, t`Use the code the server printed last.`],
  'claim.claimed': () => [t`This server has been claimed already.`, t`Sign in instead.`],
  'server.unclaimed': () => [
    t`Nobody has claimed this server yet.`,
    t`Open the claim link it printed at its start.`,
  ],
  'member.last-owner': () => [
    t`A home needs an owner.`,
    t`Hand it over to another member first, or delete it.`,
  ],
  'member.child': () => [
    t`A child does not leave a home by itself.`,
    t`Ask the adult who answers for you, or an owner of the home.`,
  ],
  'invitation.expired': () => [t`This invitation has run out.`, t`Ask whoever invited you for a new one.`],
  'connection.unreachable': () => [
    t`The broker cannot be reached.`,
    t`Check its address and port, and that it is running.`,
  ],
  'connection.unauthorized': () => [
    t`The broker refused the user name or password.`,
    t`Check both and try again.`,
  ],
  'connection.tls': () => [
    t`The broker’s certificate could not be verified.`,
    t`Use a valid certificate, or give the authority that signed it.`,
  ],
  'connection.from-environment': () => [
    t`This connection is set by the server itself.`,
    t`Whoever runs the server removes it from its settings and restarts it.`,
  ],
  'connection.fault': () => [
    t`The driver of this connection failed.`,
    t`It is tried again by itself. If it stays like this, check the settings.`,
  ],
  'device.no-answer': () => [
    t`The bridge did not answer in time.`,
    t`It may still be at work: look at the device in a minute, then try again.`,
  ],
  'device.replaced': () => [t`The device was replaced by another.`, t`Send it again; the new one takes it.`],
  'bridge.unreachable': () => [
    t`The bridge cannot be reached.`,
    t`Check that it runs and is connected, then try again.`,
  ],
  'bridge.joining': () => [
    t`Devices may already join through this bridge.`,
    t`Use the search that is open, or end it first.`,
  ],
})
