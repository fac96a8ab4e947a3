import { problem } from '@eaves/model/api'
import { z } from 'zod'
import type { Entry } from './entry.ts'

type Json = Record<string, unknown>
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dropped, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

/** The OpenAPI 3.1 description of every registered route, from the schemas that check the requests. */
export function openApi(entries: readonly Entry[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const entry of entries) (paths[entry.path] ??= {})[entry.method] = operation(entry)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Eaves',
      version,
      description:
        'The API of an Eaves server. Errors are RFC 9457 problem documents with a code and what to do.',
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'eaves' },
      },
    },
  }
}

function operation(entry: Entry): Json {
  const parameters = [...parametersOf(entry.path, entry.params), ...queryOf(entry.query)]
  const status = String(entry.status ?? (entry.answer ? 200 : 204))
  const refusals =
    entry.access.kind === 'public'
      ? ['400', '422', '429', '503']
      : ['400', '401', '403', '404', '422', '451', '503']
  return {
    operationId: `${entry.method}${entry.path.replace(/^\/api/, '').replaceAll(/[/{}.-]+(.)?/g, (_m, c: string | undefined) => (c ?? '').toUpperCase())}`,
    summary: entry.summary,
    security: entry.access.kind === 'public' ? [] : [{ token: [] }, { session: [] }],
    'x-access': entry.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(entry.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(entry.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [status]: entry.answer
        ? {
            description: 'Done',
            content: {
              [entry.mediaType ?? 'application/json']: { schema: schemaOf(entry.answer, 'output') },
            },
          }
        : { description: 'Done' },
      ...Object.fromEntries(
        refusals.map((code) => [
          code,
          {
            description: 'Refused',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  }
}

function parametersOf(path: string, schema: z.ZodType | undefined): Json[] {
  const shape = schema ? ((schemaOf(schema, 'input').properties ?? {}) as Record<string, Json>) : {}
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: shape[name!] ?? { type: 'string' },
  }))
}

function queryOf(schema: z.ZodType | undefined): Json[] {
  if (!schema) return []
  const described = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(described.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: described.required?.includes(name) ?? false,
    schema: property,
  }))
}
