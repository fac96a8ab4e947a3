import type { OperatingRole } from '@eaves/model'
import type { SearchHome } from '@eaves/model/api'
import { may, type Principal, type Verb } from '../privacy/privacy.ts'
import type { Homes, OpenHome } from './homes.ts'
import { isSeen, limitsIn, roomsSeen } from './sight.ts'
import { isShown } from './state.ts'

const mostPerGroup = 20

/** A text as it is compared: one form of each character, no case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}

/** Whether each word of what is asked for stands somewhere in a text; and how well, smaller is better. */
type Match = (own: string, around?: string) => number | undefined
function matcher(q: string): Match {
  const whole = folded(q).trim()
  const words = whole.split(/\s+/u)
  return (own, around) => {
    const name = folded(own)
    if (name.startsWith(whole)) return 0
    if (words.every((word) => name.includes(word))) return 1
    if (around === undefined) return undefined
    const wide = `${name}\n${folded(around)}`
    return words.every((word) => wide.includes(word)) ? 2 : undefined
  }
}

/**
 * Everything in the caller's homes whose name fits, as far as the caller sees it: what each list would leave out is not even looked at,
 * so neither a match nor a number tells of it. A device is also found by the name of its room. // pp.5.1
 */
export function search(homes: Homes, principal: Principal, role: OperatingRole, q: string): SearchHome[] {
  const match = matcher(q)
  return homes.all().flatMap((home) => searchIn(home, homes, principal, role, match) ?? [])
}

function searchIn(
  home: OpenHome,
  homes: Homes,
  principal: Principal,
  operatingRole: OperatingRole,
  match: Match,
): SearchHome | undefined {
  const can = (verb: Verb) => may(principal, verb, { kind: 'home', home: home.id }, { operatingRole }).allow
  if (!can('home.read')) return undefined
  const rooms = best(roomsOf(home, principal), ({ name }) => match(name))
  const devices = can('device.read')
    ? best(devicesOf(home, principal), ({ name, roomName }) => match(name, roomName ?? undefined))
    : none
  const members = can('member.read') ? best(membersOf(homes, home), ({ name }) => match(name)) : none
  const isMatch = match(home.name) !== undefined
  if (!isMatch && rooms.found.length + devices.found.length + members.found.length === 0) return undefined
  return {
    id: home.id,
    name: home.name,
    isMatch,
    rooms: rooms.found,
    devices: devices.found,
    members: members.found,
    hasMore: rooms.hasMore || devices.hasMore || members.hasMore,
  }
}

function roomsOf({ id, runtime, places }: OpenHome, principal: Principal) {
  return places
    .rooms(roomsSeen(limitsIn(principal, id), runtime))
    .map((room) => ({ id: room.id, name: room.name }))
}

function devicesOf({ id, runtime, places }: OpenHome, principal: Principal): SearchHome['devices'] {
  const limits = limitsIn(principal, id)
  const names = new Map(places.rooms().map((room) => [room.id, room.name]))
  return [...runtime.devices.values()]
    .filter((device) => isShown(device) && isSeen(limits, device))
    .map((device) => ({
      id: device.id,
      name: device.name,
      kind: device.shape.kind,
      room: device.room,
      roomName: device.room === null ? null : (names.get(device.room) ?? null),
    }))
}

function membersOf({ relations }: Homes, { id }: OpenHome): SearchHome['members'] {
  return relations
    .members(id)
    .flatMap(({ subject, name, role }) => (name === undefined ? [] : { accountId: subject, name, role }))
}

const none = { found: [], hasMore: false }
/** The best first, in the order they came where equally good. */
function best<T>(all: readonly T[], rank: (each: T) => number | undefined): { found: T[]; hasMore: boolean } {
  const ranked = all.flatMap((each) => {
    const at = rank(each)
    return at === undefined ? [] : [{ each, at }]
  })
  const sorted = ranked.toSorted((a, b) => a.at - b.at).map(({ each }) => each)
  return { found: sorted.slice(0, mostPerGroup), hasMore: sorted.length > mostPerGroup }
}
