import { AppError } from '@eaves/model'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** So many in so long. */
type Limit = readonly [count: number, windowMs: number]

export const resendAfterSeconds = 60
/** How often each way in may be tried: by one identifier, from one shortened address, and by everybody together. // T13 */
const limits = {
  'code.request': {
    identifier: [
      [1, resendAfterSeconds * 1000],
      [5, hourMs],
      [12, dayMs],
    ],
    address: [
      [30, 15 * minuteMs],
      [200, dayMs],
    ],
    everybody: [[5_000, dayMs]],
  },
  'code.try': {
    identifier: [],
    address: [
      [60, 15 * minuteMs],
      [600, dayMs],
    ],
    everybody: [],
  },
  password: {
    identifier: [
      [10, 15 * minuteMs],
      [50, dayMs],
    ],
    address: [
      [40, 15 * minuteMs],
      [400, dayMs],
    ],
    everybody: [],
  },
  address: {
    identifier: [
      [10, hourMs],
      [20, dayMs],
    ],
    address: [],
    everybody: [],
  },
  'second-factor': {
    identifier: [
      [10, 15 * minuteMs],
      [30, dayMs],
    ],
    address: [
      [60, 15 * minuteMs],
      [600, dayMs],
    ],
    everybody: [],
  },
  passkey: {
    identifier: [],
    address: [
      [60, 15 * minuteMs],
      [1_000, dayMs],
    ],
    everybody: [],
  },
  recovery: {
    identifier: [
      [5, 15 * minuteMs],
      [20, dayMs],
    ],
    address: [
      [20, 15 * minuteMs],
      [100, dayMs],
    ],
    everybody: [],
  },
  /** A code of 80 bits is not guessed; this keeps whoever tries from being a burden. */
  'invitation.try': {
    identifier: [],
    address: [
      [30, 15 * minuteMs],
      [200, dayMs],
    ],
    everybody: [[20_000, dayMs]],
  },
  /** The address is the home that sends: nobody is written to by strangers without end. */
  'invitation.send': {
    identifier: [
      [3, hourMs],
      [6, dayMs],
    ],
    address: [[20, dayMs]],
    everybody: [[1_000, dayMs]],
  },
  'panel.pair': {
    identifier: [],
    address: [
      [20, 15 * minuteMs],
      [200, dayMs],
    ],
    everybody: [[2_000, hourMs]],
  },
} as const satisfies Record<string, Record<'identifier' | 'address' | 'everybody', readonly Limit[]>>
export type Act = keyof typeof limits

/** Counts under a keyed hash, so that the counts name nobody. */
export interface Counters {
  readonly hit: (
    key: string,
    windowMs: number,
    limit: number,
  ) => Promise<{ readonly allowed: boolean; readonly retryAfterSeconds: number }>
}

/** Counts one try and refuses it with a 429 when any limit is passed; whether an account exists plays no part. */
export async function withinLimits(
  counters: Counters,
  act: Act,
  who: { readonly identifier?: string; readonly address?: string },
): Promise<void> {
  const keys = { everybody: '', address: who.address, identifier: who.identifier }
  for (const by of ['address', 'identifier', 'everybody'] as const) {
    const key = keys[by]
    if (key === undefined) continue
    for (const [count, windowMs] of limits[act][by]) {
      const { allowed, retryAfterSeconds } = await counters.hit(`${act}|${by}|${key}`, windowMs, count)
      if (!allowed) throw new AppError('auth.too-many', { retryAfterSeconds })
    }
  }
}
