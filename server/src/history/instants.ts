import { AppError } from '@eaves/model'

const written =
  /^(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))?$/

/** Epoch ms of an instant in ISO 8601 with a zone, or of a date alone as UTC; undefined for a date that no calendar has. */
export function isoMs(text: string): number | undefined {
  const [, year, month, day] = written.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const ms = Date.parse(text)
  return Number.isFinite(ms) ? ms : undefined
}

/** ISO 8601 with a zone, or epoch milliseconds. */
export function instantOf(path: string, text: string): number {
  const ms = /^\d{1,15}$/.test(text) ? Number(text) : isoMs(text)
  if (ms === undefined || ms > 8.64e15)
    throw new AppError('input.invalid', { errors: [{ path, code: 'not-an-instant' }] })
  return ms
}
