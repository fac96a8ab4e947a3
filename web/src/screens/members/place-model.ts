import type { Hours, MemberLimits } from '@eaves/model'
import type { InvitationCreate, Member, MemberEdit } from '@eaves/model/api'
import { isProblem } from '../../data/api.ts'
import { draftOf, everything, limitsOf, nothing, type ReachDraft } from './reach-model.ts'
import { instantOfWall, isTime, wallOf } from './wall-time.ts'

/** Stands for a time of which only a part was typed: it is neither a time nor none. */
export const halfTyped = 'half'
/** Somebody's place in the home as a person edits it; times are what the clocks of the home show, "" = none. */
export interface PlaceDraft {
  readonly role: Member['role']
  readonly name: string
  readonly reach: ReachDraft
  readonly hours: readonly Hours[]
  readonly startsAt: string
  readonly endsAt: string
  readonly guardian: string | undefined
}
export type PlaceFault = 'name' | 'hours' | 'startsAt' | 'endsAt' | 'endsBeforeStart' | 'ended' | 'guardian'

/** A guest begins with nothing, so that what is shared is what was chosen; people who live here with everything. */
export const freshPlace = (role: Member['role']): PlaceDraft => ({
  role,
  name: '',
  reach: role === 'guest' ? nothing : everything,
  hours: [],
  startsAt: '',
  endsAt: '',
  guardian: undefined,
})
export const isKeeper = (role: Member['role']): boolean => role === 'owner' || role === 'admin'
/** Another role; what does not go with it is put away. */
export function withRole(draft: PlaceDraft, role: Member['role']): PlaceDraft {
  const fresh = freshPlace(role)
  return {
    ...draft,
    role,
    reach: role === 'guest' || draft.role === 'guest' || isKeeper(role) ? fresh.reach : draft.reach,
    ...(isKeeper(role) ? { hours: [], startsAt: '', endsAt: '' } : {}),
    guardian: role === 'child' ? draft.guardian : undefined,
  }
}

const wall = (instant: string | undefined, zone: string): string =>
  instant === undefined ? '' : wallOf(Date.parse(instant), zone)
type Kept = Pick<Member, 'role' | 'name' | 'limits' | 'startsAt' | 'endsAt' | 'guardian'>
export const placeOf = (member: Kept, zone: string): PlaceDraft => ({
  role: member.role,
  name: member.name ?? '',
  reach: draftOf(member.limits as MemberLimits | undefined),
  hours: member.limits?.hours ?? [],
  startsAt: wall(member.startsAt, zone),
  endsAt: wall(member.endsAt, zone),
  guardian: member.guardian,
})

export function faultsOf(draft: PlaceDraft, zone: string): readonly PlaceFault[] {
  const starts = instantOfWall(draft.startsAt, zone)
  const ends = instantOfWall(draft.endsAt, zone)
  const faults: (PlaceFault | false)[] = [
    draft.hours.some(({ days, from, to }) => days.length === 0 || !isTime(from) || !isTime(to)) && 'hours',
    draft.startsAt !== '' && starts === undefined && 'startsAt',
    draft.endsAt !== '' && ends === undefined && 'endsAt',
    starts !== undefined && ends !== undefined && ends <= starts && 'endsBeforeStart',
    draft.role === 'child' && draft.guardian === undefined && 'guardian',
  ]
  return faults.filter((fault) => fault !== false)
}

/** Which fields a refusal of the server is about; only it knows what time it is. */
export function faultsIn(error: Error | null): readonly PlaceFault[] {
  const errors = isProblem(error, 'input.invalid') ? error.errors : []
  return errors.flatMap(({ path, code }): PlaceFault[] => {
    if (path === 'endsAt') return [ends[code] ?? 'endsAt']
    if (path === 'name' || path === 'startsAt' || path === 'guardian') return [path]
    return path.startsWith('limits.hours') ? ['hours'] : []
  })
}
const ends: Readonly<Record<string, PlaceFault>> = {
  'in-the-past': 'ended',
  'before-start': 'endsBeforeStart',
}

const instant = (text: string, zone: string): string | undefined => {
  const at = instantOfWall(text, zone)
  return at === undefined ? undefined : new Date(at).toISOString()
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Only what was changed, so that two people editing do not undo each other's work. */
export function editOf(before: PlaceDraft, after: PlaceDraft, zone: string): MemberEdit {
  const limits = (draft: PlaceDraft) => limitsOf(draft.reach, draft.hours) ?? null
  const name = after.name.trim()
  return {
    ...(before.role === after.role || after.role === 'kiosk' ? {} : { role: after.role }),
    ...(before.name.trim() === name ? {} : { name: name === '' ? null : name }),
    ...(same(limits(before), limits(after)) ? {} : { limits: limits(after) as MemberEdit['limits'] }),
    ...(before.startsAt === after.startsAt ? {} : { startsAt: instant(after.startsAt, zone) ?? null }),
    ...(before.endsAt === after.endsAt ? {} : { endsAt: instant(after.endsAt, zone) ?? null }),
    ...(before.guardian === after.guardian ? {} : { guardian: after.guardian ?? null }),
  }
}
export const isEmpty = (edit: MemberEdit): boolean => Object.keys(edit).length === 0

/** A place as it was when its editing began, and as it is to be. */
export interface Editing {
  readonly before: PlaceDraft
  readonly draft: PlaceDraft
}
/** Another keeper may have changed the place meanwhile: an editor in which nothing was changed follows; else it goes on from where it began, and sends its own changes only. */
export function followed(editing: Editing, now: PlaceDraft, zone: string): Editing {
  if (same(editing.before, now) || !isEmpty(editOf(editing.before, editing.draft, zone))) return editing
  return { before: now, draft: now }
}

export interface Sending {
  /** How long the code is good for. */
  readonly hours: number
  readonly sendTo?: InvitationCreate['sendTo']
  readonly locale: InvitationCreate['locale']
}
export function invitationOf(draft: PlaceDraft, zone: string, sending: Sending): InvitationCreate {
  const limits = limitsOf(draft.reach, draft.hours)
  const name = draft.name.trim()
  const startsAt = instant(draft.startsAt, zone)
  const endsAt = instant(draft.endsAt, zone)
  return {
    role: draft.role as InvitationCreate['role'],
    ...(name === '' ? {} : { name }),
    ...(limits === undefined ? {} : { limits: limits as InvitationCreate['limits'] }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(draft.guardian === undefined ? {} : { guardian: draft.guardian }),
    hours: sending.hours,
    ...(sending.sendTo === undefined ? {} : { sendTo: sending.sendTo, locale: sending.locale }),
  }
}
