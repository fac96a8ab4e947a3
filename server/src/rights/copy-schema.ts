import type { Field } from '@eaves/model'
import { dataMap, type StoreMap, type TableEntry } from '../store/schema.ts'
import type { CopyOf } from './copy.ts'

type Schema = Readonly<Record<string, unknown>>
type Columns = (table: string, entry: TableEntry, about: Pick<CopyOf, 'kind'>) => readonly string[]

const text = { type: 'string' } as const
const object = (properties: Readonly<Record<string, Schema>>, isClosed = true): Schema => ({
  type: 'object',
  properties,
  ...(isClosed ? { required: Object.keys(properties), additionalProperties: false } : {}),
})
const list = (items: Schema): Schema => ({ type: 'array', items })

/** The JSON Schema of data.json, from the data map: whoever takes the copy over knows each column. // pp.4.4.c */
export function schemaOf({ kind }: Pick<CopyOf, 'kind'>, columnsIn: Columns): Schema {
  const tables = Object.fromEntries(
    Object.entries(dataMap.facts as StoreMap).map(([table, entry]) => [
      table,
      list(
        object(
          Object.fromEntries(
            columnsIn(table, entry, { kind }).map((column) => [column, schemaFor(entry.columns[column]!)]),
          ),
        ),
      ),
    ]),
  )
  const home = { home: text }
  const series = { ...home, device: text, path: text, file: text, points: { type: 'integer' } }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...object({
      format: { const: 'eaves-copy-1' },
      kind: { const: kind },
      at: text,
      subject: text,
      region: { enum: ['EU', 'CN', 'US', 'other'] },
      controller: text,
      ...(kind === 'access' ? { information: { type: 'object' } } : {}),
      homes: list(object({ ...home, role: text })),
      tables: { type: 'object', properties: tables, additionalProperties: false },
      live: list(object({ ...home, device: text, values: { type: 'object' } })),
      histories: list(object(series)),
      statistics: list(object({ ...series, by: { enum: ['hour', 'day', 'state'] } })),
    }),
  }
}

function schemaFor(field: Field): Schema {
  const about = 'category' in field ? { description: field.category } : {}
  if ('leaves' in field && field.leaves !== undefined) return { type: ['object', 'array', 'null'], ...about }
  if (field.class === 'linked') return { type: ['string', 'number', 'null'], ...about }
  return { type: ['string', 'null'], ...about }
}
