/** Codes of minors and the adults who answer for them, for the error table. // pp.6 */
export const minorErrors = {
  'policy.age-required': {
    status: 422,
    title: 'An age group is needed to sign up.',
    todo: 'Send "age" with the acts: under-13, 13, 14-15, 16-17 or 18-plus.',
  },
  'policy.age-cooling': {
    status: 409,
    title: 'The age group of this account cannot be raised yet.',
    todo: 'Ask the adult who answers for you in the home. Without one it can be raised 90 days after it was last stated or refused.',
  },
  'policy.guardian-required': {
    status: 451,
    title: 'An adult who answers for you has to agree first.',
    todo: 'Ask them to open your place in the home and give their consent. Until then nothing of yours is used.',
  },
  'policy.guardian-decides': {
    status: 403,
    title: 'The adult who answers for you states a higher age.',
    todo: 'Ask them to change it at your place in the home; you are then asked to agree yourself.',
  },
  'policy.guardian-asked': {
    status: 403,
    title: 'The adult who answers for you asked for this.',
    todo: 'Only they can take it back. Talk with them; until it is carried out there is time.',
  },
  'policy.guardian-adult': {
    status: 403,
    title: 'Only an adult gives consent for a child.',
    todo: 'Ask an owner of the home to name another adult who answers for the child.',
  },
  'policy.minor': {
    status: 403,
    title: 'This is not open to minors.',
    todo: 'Nothing was changed, and nothing is sent. It stays off until the account says that its person is of age.',
  },
} as const
