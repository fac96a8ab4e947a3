/**
 * Every kind of work that waits in the queue, and what for: one that does not stand here does not compile. What is to be done
 * is looked up when it is done, so a line holds its kind, its time and at most a random id, and nothing about anybody. // pp.0
 */
export const jobKinds = {
  backup: 'the daily backup',
  history: 'what devices reported is added up by the hour and the day',
  retention: 'what has outlived its time is removed',
  rights: 'requests are looked through each hour',
  'rights-request': 'one request is due; its key ends in the random id of the request',
  'policy-notice':
    'people are told of a coming version of the texts; its key ends in the number of the version',
  'sharing.daily': 'reports are put together once a day',
  'sharing.send': 'what waits to leave is sent',
} as const satisfies Readonly<Record<string, string>>
export type JobKind = keyof typeof jobKinds
