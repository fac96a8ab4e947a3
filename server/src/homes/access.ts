import type { Access, HomeId } from '@eaves/model'
import type { Db } from '../store/handle.ts'
import type { Facts } from '../store/schema.ts'

export type HomeAccess = Access<{ readonly home: HomeId }>
export type FactsDb = Db<Facts>
export { byRuntime } from '../store/access.ts'
