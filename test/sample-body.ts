import { newId } from '@eaves/model'
import { z } from 'zod'

export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly items?: Schema
}

/** Optional fields without which the request would change nothing. */
const telling = new Set(['name', 'tokens'])

/** Schemas as JSON Schema words them, which takes longer than a request. */
const inWords = new WeakMap<z.ZodType, Schema>()

/** A body that fits the schema, as small as it may be; what zod alone refuses is said in `known` by the name of its field. */
export function sampleOf(schema: z.ZodType, known: Readonly<Record<string, unknown>> = {}): unknown {
  const worded =
    inWords.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)
  inWords.set(schema, worded)
  return build(worded, '', known)
}

/** The same for a schema as the API's description words it. */
export function build(schema: Schema, name: string, known: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(known, name)) return known[name]
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return build(choice[0]!, name, known)
  if (schema.type === 'object') {
    const must = Object.entries(schema.properties ?? {}).filter(
      ([key]) => schema.required?.includes(key) === true || telling.has(key),
    )
    return Object.fromEntries(must.map(([key, each]) => [key, build(each, key, known)]))
  }
  if (schema.type === 'array') return []
  if (schema.type === 'boolean') return true
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1
  if (schema.type === 'null') return null
  if (schema.pattern?.includes('[a-z2-7]') === true) return newId()
  if (schema.pattern?.includes('[0-9a-f]{64}') === true) return '0'.repeat(64)
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}
