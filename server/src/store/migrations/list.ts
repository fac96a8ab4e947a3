import * as start from './0001-start.ts'
import * as credentialScope from './0002-credential-scope.ts'
import * as family from './0005-family.ts'
import * as panels from './0009-panels.ts'

/** Words of a dialect that migrations are written in. */
export interface Words {
  readonly int: string
  readonly real: string
  readonly end: string
  readonly clustered: string
}
export interface Migration {
  readonly number: number
  readonly name: string
  /** A program that does not know this number must not open the store. */
  readonly breaking: boolean
  readonly facts: (words: Words) => readonly string[]
  readonly history: (words: Words) => readonly string[]
  readonly vault: (words: Words) => readonly string[]
}
/** In order, up only; a migration imports nothing of ours. */
export const migrations: readonly Migration[] = [start, credentialScope, family, panels]
export const newest = migrations.at(-1)?.number ?? 0
export type StoreName = 'facts' | 'history' | 'vault'
