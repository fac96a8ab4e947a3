import type { CommandRequest, DeviceId, Value } from '@eaves/model'
import { capabilities } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { classOf, groupPart, type HomeRuntime, type LiveDevice } from '../homes/homes.ts'
import { nativeMembers } from './capture.ts'
import { actsOf } from './wishes.ts'

/** A setting with its device, as it stands in the home. */
export interface Wanted {
  readonly device: LiveDevice
  readonly setting: SceneSetting
  /** What can fade takes this long. */
  readonly transitionSeconds: number | undefined
}
/** One command, and the devices of the scene that it is for: one, or all of a bridge's group. */
export interface Wish {
  readonly device: LiveDevice
  readonly request: CommandRequest
  readonly answersFor: readonly DeviceId[]
  readonly turn: number
}

/** The commands of these settings, in the order in which they go out; what a bridge can reach with one word it is told with one. */
export function planOf(
  runtime: HomeRuntime,
  wanted: readonly Wanted[],
  maySwitch: (group: LiveDevice) => boolean,
): Wish[] {
  const wishes: Wish[] = []
  const taken = new Set<Wanted>()
  for (const group of wanted.length > 1 ? groupsFor(runtime, wanted, maySwitch) : []) {
    const { members, settings } = group
    if (settings.some((each) => taken.has(each))) continue
    for (const each of settings) taken.add(each)
    for (const one of settings.filter(({ device }) => device === members[0]))
      wishes.push(
        ...wishesOf(
          group.device,
          { ...one.setting, part: groupPart(group.device, one.setting.capability)!.shape.id },
          one.transitionSeconds,
          members.map(({ id }) => id),
        ),
      )
  }
  for (const each of wanted)
    if (!taken.has(each))
      wishes.push(...wishesOf(each.device, each.setting, each.transitionSeconds, [each.device.id]))
  // Sorting is stable: what belongs together stays so.
  return wishes.toSorted((a, b) => a.turn - b.turn)
}

function wishesOf(
  device: LiveDevice,
  setting: SceneSetting,
  transitionSeconds: number | undefined,
  answersFor: readonly DeviceId[],
): Wish[] {
  const { capability, part } = setting
  const commands = device.parts.get(part)?.shape.capabilities[capability]?.commands
  // A device that has changed is asked all the same, so that its answer says what it cannot do.
  const { acts, unmet } = actsOf(setting, commands ?? everyCommand(capability))
  const lost = unmet.length === 0 ? [] : actsOf(pick(setting, unmet), everyCommand(capability)).acts
  return [...acts, ...lost].map(({ command, args, turn }) => ({
    device,
    answersFor,
    turn,
    request: { part, capability, command, args: withTransition(setting, command, args, transitionSeconds) },
  }))
}

const everyCommand = (capability: SceneSetting['capability']) =>
  Object.keys(capabilities[capability].commands)
const pick = ({ capability, values }: SceneSetting, attributes: readonly string[]) => ({
  capability,
  values: Object.fromEntries(attributes.map((each) => [each, values[each]!])),
})

function withTransition(
  { capability }: SceneSetting,
  command: string,
  args: Readonly<Record<string, Value>>,
  transitionSeconds: number | undefined,
): Readonly<Record<string, Value>> {
  const specs = capabilities[capability].commands as Readonly<
    Record<string, { readonly args: Readonly<Record<string, unknown>> }>
  >
  const takes = Object.hasOwn(specs[command]?.args ?? {}, 'transitionSeconds')
  return takes && transitionSeconds !== undefined ? { ...args, transitionSeconds } : args
}

interface NativeGroup {
  readonly device: LiveDevice
  readonly members: readonly LiveDevice[]
  readonly settings: readonly Wanted[]
}

/** The groups of bridges of which each device is in the scene with the same wish, the largest first. */
function groupsFor(
  runtime: HomeRuntime,
  wanted: readonly Wanted[],
  maySwitch: (group: LiveDevice) => boolean,
): readonly NativeGroup[] {
  const byDevice = Map.groupBy(wanted, ({ device }) => device)
  const found: NativeGroup[] = []
  for (const device of runtime.devices.values()) {
    const members = nativeMembers(runtime, device)
    if (members === undefined || members.length < 2 || device.owner === undefined || !device.online) continue
    const settings = members.map((each) => byDevice.get(each))
    if (byDevice.has(device) || settings.includes(undefined)) continue
    const all = settings as Wanted[][]
    const [one] = all
    // One that does not answer is told by itself, so that the answer names it; what is a lock always is.
    if (!members.every((each) => each.online && each.owner !== undefined)) continue
    if (classOf(runtime, device, 'comfort') !== 'comfort') continue
    if (!all.every((each) => wordsOf(each) === wordsOf(one!)) || !fits(device, one!)) continue
    if (maySwitch(device)) found.push({ device, members, settings: all.flat() })
  }
  return found.toSorted((a, b) => b.members.length - a.members.length)
}

/** What is asked, apart from whom: of devices with several parts, of the one that a group's word goes to. */
function wordsOf(wanted: readonly Wanted[]): string {
  return wanted
    .map(({ device, setting: { part, capability, values }, transitionSeconds = 0 }) =>
      JSON.stringify([
        capability,
        transitionSeconds,
        groupPart(device, capability)?.shape.id === part,
        Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    )
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join()
}

function fits(group: LiveDevice, wanted: readonly Wanted[]): boolean {
  return wanted.every(({ device, setting }) => {
    const { capability, part } = setting
    if (capability === 'lock' || groupPart(device, capability)?.shape.id !== part) return false
    const commands = groupPart(group, capability)?.shape.capabilities[capability]?.commands
    return commands !== undefined && actsOf(setting, commands).unmet.length === 0
  })
}
