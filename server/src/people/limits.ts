import { AppError } from '@eaves/model'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** So many in so long. */
type Limit = readonly [count: number, windowMs: number]

export const resendAfterSeconds = 60
/**
 * How often each way in may be tried: by one identifier or signed-in person, from one place, and by everybody together.
 * A place is a device of the house or a network of the internet; who is signed in is counted by who they are and by no
 * place, so that no stranger near them can hold them up. // T13
 */
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
    everybody: [],
  },
  /** Asking for a code that makes an account prepares one, whether or not it comes to be. */
  'sign-up': { identifier: [], address: [], everybody: [[5_000, dayMs]] },
  /** Letters to those who have no account; when they are used up, those who have one still get theirs. */
  'letter.stranger': { identifier: [], address: [], everybody: [[5_000, dayMs]] },
  'code.try': {
    identifier: [
      [30, 15 * minuteMs],
      [200, dayMs],
    ],
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
    identifier: [
      [30, 15 * minuteMs],
      [300, dayMs],
    ],
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
  /** A secret of 160 bits is not guessed; a device that calls all the time is told to wait. */
  'hook.call': {
    identifier: [],
    address: [
      [120, minuteMs],
      [20_000, dayMs],
    ],
    everybody: [],
  },
  /** The identifier is the home: nobody makes this server knock at the doors of others all the time. */
  'calendar.fetch': {
    identifier: [
      [10, minuteMs],
      [100, dayMs],
    ],
    address: [],
    everybody: [],
  },
  'prices.fetch': {
    identifier: [
      [10, minuteMs],
      [100, dayMs],
    ],
    address: [],
    everybody: [],
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

export interface Who {
  readonly identifier?: string
  readonly address?: string
}
/** A network place, and where tries from it are counted: the same, or one device in it. */
export interface From {
  readonly address: string
  readonly countedAt?: string | undefined
}
export const countedAt = ({ address, countedAt: at }: From): string => at ?? address
/** How who is signed in is counted, apart from what strangers try in their name. */
export const self = (subject: string): Who => ({ identifier: `self:${subject}` })

/** Counts one try and refuses it with a 429 when any limit is passed; whether an account exists plays no part. */
export async function withinLimits(counters: Counters, act: Act, who: Who): Promise<void> {
  const retryAfterSeconds = await mustWait(counters, act, who)
  if (retryAfterSeconds !== undefined) throw new AppError('auth.too-many', { retryAfterSeconds })
}

/** Counts one try; says how long to wait when a limit is passed. */
export async function mustWait(counters: Counters, act: Act, who: Who): Promise<number | undefined> {
  const keys = { everybody: '', address: who.address, identifier: who.identifier }
  for (const by of ['address', 'identifier', 'everybody'] as const) {
    const key = keys[by]
    if (key === undefined) continue
    for (const [count, windowMs] of limits[act][by]) {
      const { allowed, retryAfterSeconds } = await counters.hit(`${act}|${by}|${key}`, windowMs, count)
      if (!allowed) return retryAfterSeconds
    }
  }
  return undefined
}
