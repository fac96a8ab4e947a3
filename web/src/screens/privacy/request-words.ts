import { t } from '@lingui/core/macro'
import type { RequestView } from '@eaves/model/api'
import { refusable, type Refusable } from './refusable.ts'

export { refusable, type Refusable } from './refusable.ts'

type Kind = RequestView['kind']
const kinds: Readonly<Record<Kind, () => string>> = {
  access: () => t`Copy of everything`,
  portability: () => t`Copy to take elsewhere`,
  erasure: () => t`Erasure of your account`,
  restriction: () => t`Your data rests`,
  objection: () => t`A purpose refused`,
  'objection-marketing': () => t`Advertising refused`,
  correction: () => t`Said to be wrong`,
}
export const kindName = (kind: Kind, ofChild = false): string =>
  ofChild && kind === 'erasure' ? t`Erasure of the account` : kinds[kind]()

type State = RequestView['state']
const states: Readonly<Record<State, () => string>> = {
  planned: () => t`Received`,
  paused: () => t`Waits`,
  executing: () => t`Being carried out`,
  answered: () => t`Answered`,
  closed: () => t`Over`,
  extended: () => t`Takes longer`,
  withdrawn: () => t`Taken back`,
}
const standing: readonly Kind[] = ['restriction', 'objection', 'objection-marketing']
export const isStanding = ({ kind, endedAt }: RequestView): boolean =>
  standing.includes(kind) && endedAt === undefined
export const stateName = (request: RequestView): string =>
  isStanding(request)
    ? t`In force`
    : request.state === 'answered' && request.copyUntil !== undefined
      ? t`Ready to download`
      : states[request.state]()

type Result = RequestView['steps'][number]['result']
const results: Readonly<Record<Result, () => string>> = {
  done: () => t({ context: 'result', message: 'Done' }),
  verified: () => t`Done and checked`,
  nothing: () => t`Nothing there`,
  kept: () => t({ context: 'result', message: 'Kept' }),
  failed: () => t`Did not work yet`,
}
export const resultName = (result: Result): string => results[result]()

const purposes: Readonly<Record<Refusable, { readonly name: () => string; readonly effect: () => string }>> =
  {
    'account.device-label': {
      name: () => t`Naming the phone in your list of sign-ins`,
      effect: () => t`The list shows times and shortened network addresses only.`,
    },
    'account.search-history': {
      name: () => t`Keeping your searches`,
      effect: () => t`Searching works the same and leaves nothing behind.`,
    },
    'sharing.manufacturer-quality': {
      name: () => t`Reports to a manufacturer about its devices`,
      effect: () => t`Nothing is sent to any manufacturer, whatever you chose before.`,
    },
    security: {
      name: () => t`Keeping accounts and the server safe`,
      effect: () => t`Nothing that works by itself uses your data for this any more. What lets you in stays.`,
    },
  }
export const refusalOf = (purpose: Refusable) => purposes[purpose]
export const purposeName = (purpose: string): string =>
  refusable.some((each) => each === purpose) ? purposes[purpose as Refusable].name() : purpose
