import { t } from '@lingui/core/macro'
import { addErrorWords } from '../errors.ts'

/** Codes that cannot be met on the first page. */
addErrorWords({
  'auth.code-wrong': () => [t`That code is not right or has run out.`, t`Check it, or ask for a new one.`],
  'auth.password-wrong': () => [
    t`The address and the password do not match.`,
    t`Try again, or sign in with a code.`,
  ],
  'auth.last-address': () => [
    t`This is the last address that is proved to be yours.`,
    t`Add and confirm another first.`,
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
  'passkey.already': () => [t`This device has a passkey for this account already.`, t`Use that one.`],
  'auth.step-up-required': () => [
    t`Nothing was changed: this takes a fresh proof of who you are.`,
    t`Repeat it and confirm that it is you.`,
  ],
  'home.confirm-required': () => [
    t`This home wants that confirmed with a PIN.`,
    t`Enter your PIN, or sign in again and repeat it within five minutes.`,
  ],
  'home.pin-wrong': () => [t`That PIN is not right.`, t`Check it and try again.`],
  'home.pin-locked': () => [t`Too many wrong PINs.`, t`Wait a quarter of an hour, then try again.`],
  'policy.document-changed': () => [
    t`The documents have changed in the meantime.`,
    t`Read the present ones and decide again.`,
  ],
  'push.unavailable': () => [
    t`This server sends no notices to browsers.`,
    t`What concerns your security comes by e-mail or text message.`,
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
