import { t } from '@lingui/core/macro'
import { addErrorWords } from '../errors.ts'

/** Codes that cannot be met on the first pages. */
addErrorWords({
  'claim.code-wrong': () => [t`That claim code is not right.`, t`Use the code the server printed last.`],
  'claim.claimed': () => [t`This server has been claimed already.`, t`Sign in instead.`],
  'history.of-a-meter': () => [
    t`A meter counts by this value.`,
    t`Have the meter read another one, or remove it under Energy and cost. Nothing was changed.`,
  ],
  'invitation.expired': () => [t`This invitation has expired.`, t`Ask whoever invited you for a new one.`],
  'auth.last-address': () => [
    t`This is the last address that is proved to be yours.`,
    t`Add and confirm another first.`,
  ],
  'auth.staff-wrong': () => [
    t`Name, password and code do not match.`,
    t`Try again with the code that the app shows now; each works once.`,
  ],
  'passkey.already': () => [t`This device has a passkey for this account already.`, t`Use that one.`],
  'auth.step-up-required': () => [
    t`Nothing was changed: this takes a fresh proof of who you are.`,
    t`Repeat it and confirm that it is you.`,
  ],
  'home.confirm-required': () => [
    t`This home wants that confirmed with a PIN.`,
    t`Enter your PIN, or sign in again and repeat it within five minutes.`,
  ],
  'alarm.open': () => [
    t`Something stands open or cannot be heard.`,
    t`Close it, or ask whoever keeps the home to arm it all the same.`,
  ],
  'alarm.not-set-up': () => [t`No sensor counts in this way of arming.`, t`Choose sensors in the set-up.`],
  'alarm.is-armed': () => [t`The alarm is armed.`, t`Disarm it first, then try again.`],
  'alarm.code-required': () => [t`This takes a code.`, t`Type your code, or sign in again.`],
  'alarm.code-wrong': () => [t`This code is not right.`, t`Try again.`],
  'alarm.code-locked': () => [t`Too many wrong codes.`, t`Wait a quarter of an hour.`],
  'alarm.code-unfit': () => [t`This code cannot be used here.`, t`Choose another one.`],
  'scene.device-gone': () => [t`It is no longer there.`, t`Take it out of the scene.`],
  'scene.nothing': () => [
    t`Nothing of this scene is there any more.`,
    t`Edit the scene and choose devices, or delete it.`,
  ],
  'automation.text-faulty': () => [
    t`Something in this text is wrong, so nothing of it was saved.`,
    t`Each fault is named with its line. Mend those, or say that what is faulty is to be left out.`,
  ],
  'automation.held': () => [
    t`Somebody set this by hand, and it stays so for now.`,
    t`Wait until that is over, or let automations move it again.`,
  ],
  'scene.undo-over': () => [
    t`This can no longer be undone.`,
    t`Run another scene, or set the devices by hand.`,
  ],
  'home.pin-wrong': () => [t`That PIN is not right.`, t`Check it and try again.`],
  'home.pin-locked': () => [t`Too many wrong PINs.`, t`Wait a quarter of an hour, then try again.`],
  'push.unavailable': () => [
    t`This server sends no notices to browsers.`,
    t`What concerns your security comes by e-mail or text message.`,
  ],
  'input.archive': () => [
    t`This file is no copy that can be brought along.`,
    t`Choose the ZIP as it was downloaded. Nothing was changed.`,
  ],
  'policy.age-cooling': () => [
    t`The age of this account cannot be raised yet.`,
    t`Ask the adult who answers for you in the home.`,
  ],
  'policy.guardian-decides': () => [
    t`The adult who answers for you says how old you are.`,
    t`Ask them to change it at your place in the home.`,
  ],
  'policy.guardian-asked': () => [
    t`The adult who answers for you asked for this.`,
    t`Only they can take it back. Talk with them.`,
  ],
  'policy.guardian-adult': () => [
    t`Only an adult gives consent for a child.`,
    t`Ask an owner of the home to name another adult.`,
  ],
  'policy.guardian-required': () => [
    t`An adult who answers for you has to agree first.`,
    t`Ask them to open your place in the home.`,
  ],
  'policy.retention-failing': () => [
    t`Nothing new of this kind is kept at the moment.`,
    t`Something that should be gone could not be deleted. Whoever runs the server has been told; nothing of yours is lost.`,
  ],
  'member.last-owner': () => [
    t`A home needs an owner.`,
    t`Hand it over to another member first, or delete it.`,
  ],
  'member.child': () => [
    t`A child does not leave a home by itself.`,
    t`Ask the adult who answers for you, or an owner of the home.`,
  ],
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
  'backup.no-kit': () => [
    t`There is no recovery kit yet, so nobody could open a backup.`,
    t`Make it on the machine that runs Eaves.`,
  ],
  'backup.not-set-up': () => [
    t`It is not said yet where backups go.`,
    t`Start Eaves with both folders for backups.`,
  ],
  'backup.running': () => [t`A backup is being made already.`, t`Wait until it is done.`],
  'backup.cut-short': () => [
    t`Eaves ended while it was being made.`,
    t`Make another; the ones before are still there.`,
  ],
  'backup.folder': () => [
    t`One of the two folders cannot be used.`,
    t`See that both disks are plugged in and can be written.`,
  ],
  'backup.no-space': () => [
    t`There was not enough room.`,
    t`Free some space on the disks of the data and of the backups, or use larger ones.`,
  ],
  'backup.disk': () => [
    t`A disk does not read or write as it should.`,
    t`See that it is plugged in and whole, then make another backup.`,
  ],
  'backup.rehearsal': () => [
    t`It could not be restored in rehearsal.`,
    t`Do not rely on it. Make another, to another disk.`,
  ],
  'backup.altered': () => [
    t`What was read back is not what was written.`,
    t`Do not rely on it. Make another, to another disk.`,
  ],
  'automation.invalid': () => [
    t`This automation cannot run as it is written.`,
    t`Each fault is named at its place. Nothing was changed.`,
  ],
  'automation.too-many': () => [
    t`This home has as many automations as it can have.`,
    t`Delete some that are not used any more.`,
  ],
  'automation.device-gone': () => [t`The device is not there any more.`, t`Choose another device.`],
  'notice.answered': () => [
    t`This has been answered already.`,
    t`The first answer counts. Open what you were told to see who gave it.`,
  ],
  'notice.closed': () => [
    t`This can no longer be answered.`,
    t`The home does not wait for it any more. What you want done, do it in the app.`,
  ],
  'automation.nobody-to-ask': () => [
    t`There is nobody who could be asked.`,
    t`Asked are those who may arrange automations themselves, at the hours in which they may.`,
  ],
  'automation.unanswered': () => [t`Nobody answered in time.`, t`Give more time, or ask more people.`],
  'automation.not-asked': () => [
    t`Nobody was asked: it was only tried, so it goes on as without an answer.`,
    t`Run it to see what follows an answer.`,
  ],
  'automation.nothing-there': () => [
    t`There was no device here that could do this.`,
    t`Check the room and the kind of device.`,
  ],
  'automation.unknown-value': () => [
    t`The value was not known.`,
    t`Wait until the device has reported, or look whether it is reachable.`,
  ],
  'automation.expression': () => [
    t`The expression could not be worked out.`,
    t`Check it for values that are not known or cannot be compared.`,
  ],
  'automation.budget': () => [
    t`The run did too much and was ended.`,
    t`Look for a repetition without an end.`,
  ],
  'automation.busy': () => [t`It was already running.`, t`Choose what is to be done then, under “More”.`],
  'automation.off': () => [t`It is switched off or has stopped.`, t`Switch it on first.`],
  'automation.author-rights': () => [
    t`Whoever wrote it may no longer do what it does.`,
    t`Somebody who may has to save it anew.`,
  ],
  'automation.too-many-calls': () => [
    t`The home has called too many addresses.`,
    t`Sixty an hour and 500 a day are the most. Look at what sets it off.`,
  ],
  'automation.call-address': () => [
    t`The address does not lead to the open internet.`,
    t`Nothing was sent. Choose an address with https:// that everybody can reach.`,
  ],
  'automation.call-too-big': () => [t`What was to be sent is too long.`, t`Leave something out.`],
  'automation.call-unreached': () => [
    t`The address could not be reached.`,
    t`Nothing was sent. Look whether it is written as it should be.`,
  ],
  'automation.call-unanswered': () => [
    t`Nobody answered there.`,
    t`It may have arrived all the same. It is not sent again.`,
  ],
  'automation.call-moved': () => [
    t`The service wants to be called at another address.`,
    t`Write down the address that it gives now.`,
  ],
  'automation.call-refused': () => [t`The service did not take it.`, t`Check the address and what is sent.`],
  'automation.call-fault': () => [
    t`The service had a fault of its own.`,
    t`It is not sent again. Look there whether it works.`,
  ],
  'automation.call-resting': () => [
    t`Whoever wrote this lets their data rest, so nothing was sent.`,
    t`It goes on when they end that.`,
  ],
  'automation.too-many-notices': () => [
    t`It has sent too many notices.`,
    t`Twenty an hour is the most. Look at what sets it off.`,
  ],
})
