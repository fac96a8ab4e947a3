/** Codes of notices and of what is asked with them, for the error table. */
export const noticeErrors = {
  'notice.answered': {
    status: 409,
    title: 'This has been answered already.',
    todo: 'The first answer counts. Open what you were told to see who gave it.',
  },
  'notice.closed': {
    status: 409,
    title: 'This can no longer be answered.',
    todo: 'The home does not wait for it any more. What you want done, do it in the app.',
  },
  'automation.nobody-to-ask': {
    status: 409,
    title: 'There is nobody who could be asked.',
    todo: 'Asked are those who may arrange automations themselves, at the hours in which they may.',
  },
  'automation.unanswered': {
    status: 409,
    title: 'Nobody answered in time.',
    todo: 'Give more time, or ask more people.',
  },
  'automation.not-asked': {
    status: 409,
    title: 'Nobody was asked: it was only tried, so it goes on as without an answer.',
    todo: 'Run it to see what follows an answer.',
  },
} as const
