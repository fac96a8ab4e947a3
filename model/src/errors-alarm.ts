/** Codes of the alarm, for the error table. */
export const alarmErrors = {
  'alarm.open': {
    status: 409,
    title: 'Something stands open or cannot be heard.',
    todo: 'Close what is named in "errors", or ask a keeper of the home to arm it all the same.',
  },
  'alarm.not-set-up': {
    status: 409,
    title: 'No sensor counts in this way of arming.',
    todo: 'Choose sensors in the set-up of the alarm first.',
  },
  'alarm.is-armed': {
    status: 409,
    title: 'The alarm is armed.',
    todo: 'Disarm it first, then try again.',
  },
  'alarm.code-required': {
    status: 403,
    title: 'This takes a code.',
    todo: 'Type your code; in the app you can sign in again instead.',
  },
  'alarm.code-wrong': {
    status: 403,
    title: 'This code is not right.',
    todo: 'Try again. After five wrong codes there is a rest of fifteen minutes.',
  },
  'alarm.code-locked': {
    status: 429,
    title: 'Too many wrong codes.',
    todo: 'Wait as long as it says. Whoever keeps the home was told.',
  },
  'alarm.code-unfit': {
    status: 409,
    title: 'This code cannot be used here.',
    todo: 'Choose another one.',
  },
} as const
