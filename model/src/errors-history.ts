/** Codes of what is kept of the past, for the error table. */
export const historyErrors = {
  'history.of-a-meter': {
    status: 409,
    title: 'A meter counts by this value.',
    todo: 'Have the meter read another value, or remove it under Energy and cost. Nothing was changed.',
  },
} as const
