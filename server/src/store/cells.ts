import { AppError, type ContentField, type PersonalField, type Purpose } from '@eaves/model'
import { validateLeaves } from './leaves.ts'
import type { StoreMap } from './schema.ts'

type SealedField = PersonalField | ContentField

/** The classification of a sealed column, refused unless the column is used for this purpose. // pp.2.3.5 */
export function fieldFor(map: StoreMap, table: string, column: string, purpose: Purpose): SealedField {
  const field = map[table]?.columns[column]
  if (!field || (field.class !== 'personal' && field.class !== 'content'))
    throw new Error(`The column ${table}.${column} is not a sealed one.`)
  if (!field.purposes[purpose]) throw new AppError('policy.purpose')
  return field
}

/** The text that is sealed: as it is, or as JSON whose every leaf is in the data map. // pp.0 */
export function textOf(field: SealedField, owner: 'home' | 'subject', value: unknown, place: string): string {
  if (field.seal !== owner) throw new Error(`This column is sealed for a ${field.seal}, not for a ${owner}.`)
  if (field.leaves) {
    validateLeaves(field.leaves, value, place)
    return JSON.stringify(value)
  }
  if (typeof value !== 'string') throw new Error('A column without leaves holds text.')
  return value
}

export function valueOf(field: SealedField, text: string): unknown {
  return field.leaves ? (JSON.parse(text) as unknown) : text
}
