import type { ErrorCode } from '@eaves/model'
import type { DriverError, DriverErrorKind } from './driver.ts'

const commandCodes = {
  unreachable: 'device.unreachable',
  unauthorized: 'connection.unauthorized',
  rejected: 'device.rejected',
  'bad-reply': 'device.rejected',
  unsupported: 'device.unsupported',
} as const satisfies Record<DriverErrorKind, ErrorCode>
const connectionCodes = {
  unreachable: 'connection.unreachable',
  unauthorized: 'connection.unauthorized',
  rejected: 'connection.fault',
  'bad-reply': 'connection.fault',
  unsupported: 'connection.fault',
} as const satisfies Record<DriverErrorKind, ErrorCode>

// By name and kind, not by class: a driver may carry another copy of the kit.
function kindOf(error: unknown): DriverErrorKind | undefined {
  if (!(error instanceof Error) || error.name !== 'DriverError') return undefined
  const kind = (error as Partial<DriverError>).kind
  return kind !== undefined && Object.hasOwn(commandCodes, kind) ? kind : undefined
}

/** The code that a failed command ends with; `isFault` when the driver broke rather than said no. */
export function commandCode(error: unknown): {
  readonly code: ErrorCode
  readonly detail?: string
  readonly isFault: boolean
} {
  const kind = kindOf(error)
  if (kind === undefined) return { code: 'server.fault', isFault: true }
  const detail = (error as Error).message
  return {
    code: commandCodes[kind],
    isFault: false,
    ...(detail === kind ? {} : { detail: detail.slice(0, 300) }),
  }
}

export function connectionCode(error: unknown): ErrorCode {
  const kind = kindOf(error)
  return kind === undefined ? 'connection.fault' : connectionCodes[kind]
}

/** Name and frames of an error without its message, which may quote personal data. // pp.2.2.3 */
export function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const name = /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error'
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [name, ...frames.slice(0, 8)].join('\n')
}
