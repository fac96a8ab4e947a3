/** Codes of automations, for the error table: of a body that cannot run, and of what a run says it ended with. */
export const automationErrors = {
  'automation.invalid': {
    status: 422,
    title: 'This automation cannot run as it is written.',
    todo: 'Each fault is named with its place. Mend those and save again; nothing was changed.',
  },
  'automation.too-many': {
    status: 409,
    title: 'This home has as many automations as it can have.',
    todo: 'Delete some that are not used any more.',
  },
  'automation.device-gone': {
    status: 409,
    title: 'The device that the automation names is not there any more.',
    todo: 'Edit the automation and choose another device.',
  },
  'automation.nothing-there': {
    status: 409,
    title: 'There is no device here that could do this.',
    todo: 'Check the room and the kind of device that the automation names.',
  },
  'automation.unknown-value': {
    status: 409,
    title: 'The value is not known at this moment.',
    todo: 'Wait until the device has reported, or look whether it is reachable.',
  },
  'automation.expression': {
    status: 422,
    title: 'The expression could not be worked out.',
    todo: 'Check it for a division by zero, a value that is not known, or values that cannot be compared.',
  },
  'automation.budget': {
    status: 409,
    title: 'The run did too much and was ended.',
    todo: 'A run takes at most 10,000 steps and a day. Look for a repetition that has no end.',
  },
  'automation.busy': {
    status: 409,
    title: 'The other automation was already running.',
    todo: 'Choose another mode for it if it should run again or in turn.',
  },
  'automation.off': {
    status: 409,
    title: 'This automation is switched off or has stopped.',
    todo: 'Switch it on first.',
  },
  'automation.author-rights': {
    status: 409,
    title: 'Whoever wrote this automation may no longer do what it does.',
    todo: 'Somebody who may has to save it anew.',
  },
  'automation.too-many-notices': {
    status: 429,
    title: 'This automation has sent too many notices.',
    todo: 'It may send twenty an hour. Look at what sets it off.',
  },
  'automation.too-many-calls': {
    status: 429,
    title: 'This home has called too many addresses.',
    todo: 'It may call sixty an hour and 500 a day. Look at what sets the automation off.',
  },
  'automation.call-address': {
    status: 409,
    title: 'This address does not lead to the open internet.',
    todo: 'A home calls addresses with https:// that everybody can reach, and nothing in its own network.',
  },
  'automation.call-too-big': {
    status: 409,
    title: 'What was to be sent is too long.',
    todo: 'Sixteen kilobytes can be sent at once. Leave something out.',
  },
  'automation.call-unreached': {
    status: 409,
    title: 'The address could not be reached.',
    todo: 'Nothing was sent. Check the name of the address and the way of this server to the internet.',
  },
  'automation.call-unanswered': {
    status: 409,
    title: 'Nobody answered at this address.',
    todo: 'It may have got there all the same. It is not sent again.',
  },
  'automation.call-moved': {
    status: 409,
    title: 'The service says that it is to be called at another address.',
    todo: 'Write down the address that it gives now. No redirection is followed.',
  },
  'automation.call-refused': {
    status: 409,
    title: 'The service did not take it.',
    todo: 'Check the address and what is sent: the service knows one of them no more.',
  },
  'automation.call-fault': {
    status: 409,
    title: 'The service that was called had a fault of its own.',
    todo: 'It may be so for a while. It is not sent again.',
  },
  'automation.call-resting': {
    status: 409,
    title: 'Whoever wrote this lets their data rest, so nothing is sent.',
    todo: 'It goes on when they end that under their privacy.',
  },
  'automation.not-alone': {
    status: 422,
    title: 'This step does nothing by itself.',
    todo: 'Try one that does something: a command, a scene, a notice, a mode, the alarm, an address or another automation.',
  },
  'automation.text-faulty': {
    status: 422,
    title: 'Something in this text is wrong, so nothing of it was saved.',
    todo: 'Each fault is named with its line. Mend those, or say that what is faulty is to be left out.',
  },
  'automation.not-shareable': {
    status: 422,
    title: 'This automation cannot be shared as a blueprint.',
    todo: 'Something of this home would stand in it. Each place is named; take that out and try again.',
  },
  'automation.held': {
    status: 409,
    title: 'Somebody set this by hand, and it stays so for now.',
    todo: 'Wait until that is over, or let automations move it again.',
  },
  'input.not-found': {
    status: 422,
    title: 'What is named here does not exist.',
    todo: 'Check whether it was deleted, and choose another.',
  },
} as const
