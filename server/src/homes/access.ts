import type { Access, HomeId } from '@eaves/model'
import type { Db } from '../store/handle.ts'
import type { Facts } from '../store/schema.ts'

export type HomeAccess = Access<{ readonly home: HomeId }>
export type FactsDb = Db<Facts>

/** The home's own runtime, on the rows of its home. */
export const byRuntime = (home: HomeId): HomeAccess => ({
  scope: { home },
  actor: { kind: 'system', part: 'runtime' },
  purpose: 'service.core',
})
