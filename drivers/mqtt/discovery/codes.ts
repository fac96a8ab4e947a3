import { DriverError } from '@eaves/driver-kit'
import type { Args, Outgoing } from '../draft.ts'
import { Pattern } from '../template/regex.ts'
import { TemplateError } from '../template/template.ts'

/** A message that a broker does not keep, whatever the config says: there may be a code in it. // pp.2.2.3 */
export const unkept = (message: Outgoing): Outgoing => ({ ...message, retain: false })

/** The code that came with a command; it is passed on and never kept. */
export function codeOf(args: Args): string | undefined {
  return typeof args.code === 'string' && args.code !== '' ? args.code : undefined
}
export function refuseCode(isMissing: boolean): never {
  throw new DriverError('rejected', isMissing ? 'The device asks for a code.' : 'The code is not right.')
}
/** Whether a code has the form that a config asks for; one that we cannot check is left to the device. */
export function hasForm(code: string, form: string): boolean {
  try {
    return Pattern.compile(form).find(code, 0, true) !== undefined
  } catch (error) {
    if (error instanceof TemplateError) return true
    throw error
  }
}
