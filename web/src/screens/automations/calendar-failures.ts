import { t } from '@lingui/core/macro'
import type { CalendarFailure } from '@eaves/model/api'
import { faultWord } from './faults.ts'

type Code = CalendarFailure | 'not-https' | 'not-an-address' | 'has-password'
const words: Partial<Readonly<Record<Code, () => string>>> = {
  'not-https': () => t`The address has to begin with https:// or webcal://.`,
  'not-an-address': () => t`This is no address.`,
  'has-password': () => t`A name and password in an address are not taken.`,
  'not-open-internet': () =>
    t`This address does not lead to the open internet. Bring in a calendar of your own network as a file.`,
  unreachable: () => t`Nobody answered safely in time.`,
  denied: () => t`The calendar is not open to who has this address.`,
  gone: () => t`There is nothing at this address.`,
  'odd-answer': () => t`The answer cannot be used.`,
  'leads-on': () => t`The address leads on too often.`,
  'too-long': () => t`This calendar has more than a million characters.`,
  'no-calendar': () => t`What is there is no calendar.`,
}
/** Why nothing is read from an address. */
export const failureWord = (code: string): string => words[code as Code]?.() ?? faultWord(code)
