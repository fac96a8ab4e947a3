import { DriverError, type ActRequest, type DeviceAct } from '@eaves/driver-kit'
import { nameProblem } from './names.ts'
import type { Asked } from './requests.ts'

/** What an act is done to; a device is asked by its address, which no rename changes, a group by its name. */
export type ActTarget =
  | { readonly kind: 'bridge' }
  | { readonly kind: 'device'; readonly address: string }
  | {
      readonly kind: 'group'
      readonly name: string
      readonly members: readonly string[]
      /** The address of a device on the same bridge, by its native id. */
      readonly addressOf: (nativeId: string) => string | undefined
    }

export const groupActs: readonly DeviceAct[] = ['rename', 'remove', 'addMember', 'removeMember']
export const deviceActsOf = (isDisabled: boolean): readonly DeviceAct[] =>
  isDisabled ? ['rename', 'remove'] : ['rename', 'remove', 'configure', 'interview']

const quickMs = 10_000
/** The device itself has to answer, and Zigbee2MQTT waits ten seconds for each try. */
const radioMs = 30_000
const interviewMs = 120_000
/** The longest that Zigbee lets a network stay open for one request. */
const longestJoinSeconds = 254

type Args = ActRequest['args']

/** What to ask Zigbee2MQTT for an act; throws when the act cannot be. */
export function planAct({ name, args }: Pick<ActRequest, 'name' | 'args'>, target: ActTarget): Asked {
  if (target.kind === 'bridge') return planBridge(name, args)
  if (target.kind === 'group') return planGroup(name, args, target)
  const id = target.address
  switch (name) {
    case 'rename':
      return { path: 'device/rename', payload: { from: id, to: wantedName(args) }, withinMs: quickMs }
    case 'remove':
      return { path: 'device/remove', payload: { id, force: args.force === true }, withinMs: radioMs }
    case 'configure':
      return { path: 'device/configure', payload: { id }, withinMs: radioMs }
    case 'interview':
      return { path: 'device/interview', payload: { id }, withinMs: interviewMs }
    default:
      throw new DriverError('unsupported')
  }
}

function planBridge(name: ActRequest['name'], args: Args): Asked {
  if (name === 'createGroup')
    return { path: 'group/add', payload: { friendly_name: wantedName(args) }, withinMs: quickMs }
  if (name !== 'permitJoin') throw new DriverError('unsupported')
  const { seconds } = args
  if (typeof seconds !== 'number' || !(seconds >= 0))
    throw new DriverError('rejected', 'Joining is permitted for a number of seconds.')
  const time = Math.min(Math.ceil(seconds), longestJoinSeconds)
  // Versions before 2 go by the value, later ones by the time.
  return { path: 'permit_join', payload: { value: time > 0, time }, withinMs: quickMs }
}

function planGroup(
  name: ActRequest['name'],
  args: Args,
  group: Extract<ActTarget, { kind: 'group' }>,
): Asked {
  switch (name) {
    case 'rename':
      return { path: 'group/rename', payload: { from: group.name, to: wantedName(args) }, withinMs: quickMs }
    case 'remove':
      return {
        path: 'group/remove',
        payload: { id: group.name, force: args.force === true },
        withinMs: radioMs,
      }
    case 'addMember':
    case 'removeMember': {
      const member = typeof args.member === 'string' ? args.member : ''
      const device = group.addressOf(member)
      if (device === undefined) throw new DriverError('rejected', 'The device is not on the same bridge.')
      if (name === 'removeMember' && !group.members.includes(member))
        throw new DriverError('rejected', 'The device is no member of the group.')
      return {
        path: name === 'addMember' ? 'group/members/add' : 'group/members/remove',
        payload: { group: group.name, device },
        withinMs: radioMs,
      }
    }
    default:
      throw new DriverError('unsupported')
  }
}

function wantedName(args: Args): string {
  const { name } = args
  const problem = nameProblem(name)
  if (problem !== undefined) throw new DriverError('rejected', problem)
  return (name as string).trim()
}
