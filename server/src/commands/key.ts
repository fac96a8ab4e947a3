import { createHash } from 'node:crypto'
import type { CommandRequest, DeviceId, HomeId, SubjectId } from '@eaves/model'
import { withoutSecrets } from './check.ts'

/** An idempotency key as it is kept: never its text. */
export interface Key {
  readonly name: string
  readonly keyHash: string
  readonly bodyHash: string
}

/** Undefined for a wish without a key. */
export function keyOf(
  home: HomeId,
  device: DeviceId,
  subject: SubjectId,
  request: CommandRequest,
  isSecret = false,
): Key | undefined {
  if (request.idempotencyKey === undefined) return undefined
  // A code of four digits could be guessed from its hash.
  const args = isSecret
    ? { key: request.args?.key ?? null }
    : withoutSecrets(request.capability, request.command, request.args ?? {})
  const keyHash = hash([subject, request.idempotencyKey])
  return {
    name: `${home}/${device}/${keyHash}`,
    keyHash,
    bodyHash: hash([request.part ?? null, request.capability, request.command, sorted(args)]),
  }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}

/** The same wish gives the same text whatever the order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)])
}
