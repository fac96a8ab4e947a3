import type { MemberLimits } from '@eaves/model'
import type { Panel } from '@eaves/model/api'

export interface Reach {
  /** Undefined = all rooms. */
  readonly rooms: ReadonlySet<string> | undefined
  /** Locks, garage doors and the like, which a panel reaches only by name. */
  readonly locks: ReadonlySet<string>
}

/** The choice as the limits of a member. */
export function limitsOf({ rooms, locks }: Reach): NonNullable<Panel['limits']> | undefined {
  if (rooms === undefined && locks.size === 0) return undefined
  const allow = (on: { device: string } | { room: string }) =>
    ({ effect: 'allow', on, acts: ['see', 'control'] }) as const
  const limits = {
    reach: rooms === undefined ? 'all' : 'listed',
    rules: [
      ...[...(rooms ?? [])].map((room) => allow({ room })),
      ...[...locks].map((device) => allow({ device })),
    ],
    hours: [],
  } as const satisfies Omit<MemberLimits, 'rules'> & { rules: readonly unknown[] }
  return limits as unknown as NonNullable<Panel['limits']>
}
