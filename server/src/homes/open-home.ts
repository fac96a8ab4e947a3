import type { Confirmers, HomeId } from '@eaves/model'
import type { Places } from './places.ts'
import type { HomeRuntime } from './runtime.ts'

/** A home in memory: its names opened once, its places, its runtime. */
export interface OpenHome {
  readonly id: HomeId
  name: string
  zone: string
  readonly createdAt: number
  /** Who must prove themselves before a lock obeys. */
  confirm: Confirmers
  readonly places: Places
  readonly runtime: HomeRuntime
}
