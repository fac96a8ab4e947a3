import type { Access, HomeId, SubjectId } from '@eaves/model'

/** What belongs to a home, for the part that runs it. */
export const byRuntime = (home: HomeId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'system', part: 'runtime' },
  purpose: 'service.core',
})
/** The same for one of its people. */
export const byPerson = (home: HomeId, subject: SubjectId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'person', subject },
  purpose: 'service.core',
})
