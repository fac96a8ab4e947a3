import type { OperatingRole } from '@eaves/model'

/** Who is in charge and whom to ask, in each operating role; the names themselves stand in the store or in operator.json. */
export const contacts: {
  readonly control: Readonly<Record<OperatingRole, string>>
  readonly ways: Readonly<Record<OperatingRole, string>>
} = Object.freeze({
  control: { household: 'the people of the household', hosted: 'the operator named in operator.json' },
  ways: {
    household: 'the person who claimed the server, and the directory of authorities',
    hosted: 'the contacts of operator.json, and the directory of authorities',
  },
})

export type Activity = 'accounts' | 'home-sensors' | 'security-log' | 'children'
/** What each activity was found to risk, and the paper that says why. // pp.7.4.6 */
export const assessments: Readonly<
  Record<Activity, { readonly result: 'low' | 'high'; readonly because: string }>
> = Object.freeze({
  accounts: {
    result: 'low',
    because: 'Two addresses at most, sealed, looked up through an index of its own; no profile is made.',
  },
  'home-sensors': {
    result: 'low',
    because:
      'What sensors say stays on the server and with the people of the home, sealed under the key of the home, and goes nowhere else.',
  },
  'security-log': {
    result: 'low',
    because: 'Closed columns, whole addresses for seven days, read by their own person alone.',
  },
  children: {
    result: 'low',
    because:
      'A child hangs on an adult, reaches no lock unless it was named, and nothing about one is shared.',
  },
})
