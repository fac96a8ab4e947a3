import { t } from '@lingui/core/macro'
import { isProblem } from '../../data/api.ts'
import { codeWords } from '../../words/errors.ts'

export interface Fault {
  readonly path: string
  readonly code: string
}
/** What the server found wrong, each with its place. */
export const faultsOf = (error: Error | null): readonly Fault[] =>
  isProblem(error, 'automation.invalid', 'input.invalid') ? error.errors : []

const words: Readonly<Record<string, () => string>> = {
  'not-found': () => t`What is named here is not there any more. Choose another.`,
  'device-not-found': () => t`The expression names a device that is not there.`,
  'value-not-found': () => t`The expression names a value that the device does not have.`,
  unknown: () => t`Nobody knows this function.`,
  unsupported: () => t`This device does not have that.`,
  impossible: () => t`It can never be so: the value is outside of what is possible.`,
  required: () => t`Something is missing here.`,
  'not-remembered': () => t`The expression asks for a value that nothing here remembers.`,
  'no-such-date': () => t`No calendar has this date.`,
  'no-calendar': () => t`This file is no calendar.`,
  'too-many-events': () =>
    t`This calendar has more than 5,000 events. Export fewer, such as those of this year.`,
  'too-much': () => t`The events of this calendar come again too often to be followed.`,
  'not-a-number': () => t`This is no number that could rise or fall.`,
  'too-deep': () => t`This is nested too deeply.`,
  'too-big': () => t`This is too much: too long, too large, or of too many parts.`,
  'too-small': () => t`This is too little: too short, too small, or too few.`,
  'invalid-format': () => t`This is not written the way it has to be here.`,
  'invalid-value': () => t`This is none of the words that can stand here.`,
  'invalid-type': () => t`Something is missing here, or of another kind.`,
  'call-rights': () => t`Only whoever looks after the home may let it call an address.`,
  'call-hidden': () => t`This is not the whole address. Write it down anew.`,
  'call-address': () => t`An address has to begin with https:// and lead to the open internet.`,
  'no-time': () => t`Say from when, until when or on which days.`,
}
export function faultWord(code: string): string {
  const known = words[code]?.() ?? codeWords(code)?.title
  if (known !== undefined) return known
  if (code.startsWith('expression-')) return t`This expression cannot be read.`
  return t`This does not fit (${code}).`
}
/** What is wrong with what stands at a place, or within it. */
export const faultsAt = (faults: readonly Fault[], path: string): readonly string[] => [
  ...new Set(
    faults
      .filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`))
      .map(({ code }) => faultWord(code)),
  ),
]
