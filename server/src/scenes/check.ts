import { AppError, mostSceneDevices, type DeviceId } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { checkCommand } from '../commands/commands.ts'
import type { LiveDevice } from '../homes/homes.ts'
import { actsOf, whileOn } from './wishes.ts'

export type Fault = { readonly path: string; readonly code: string }
const mostFaults = 50

/** Throws what is wrong with the settings, each by its place; `found` knows the devices of the home. */
export function checkSettings(
  settings: readonly SceneSetting[],
  found: (id: DeviceId) => LiveDevice | undefined,
): void {
  const faults: Fault[] = []
  if (new Set(settings.map(({ device }) => device)).size > mostSceneDevices)
    faults.push({ path: 'settings', code: 'too-many-devices' })
  const keys = new Set<string>()
  const off = new Set(
    settings.flatMap((each) =>
      each.capability === 'onOff' && each.values.on === false ? [`${each.device}/${each.part}`] : [],
    ),
  )
  for (const [index, setting] of settings.entries()) {
    const path = `settings.${index}`
    const { device, part, capability } = setting
    const key = `${device}/${part}/${capability}`
    if (keys.has(key)) faults.push({ path, code: 'duplicate' })
    keys.add(key)
    // To give a brightness to what is to be off would switch it on.
    if (whileOn.has(capability) && off.has(`${device}/${part}`)) faults.push({ path, code: 'off' })
    faults.push(...faultsOf(setting, found(device as DeviceId), path))
  }
  if (faults.length > 0) throw new AppError('input.invalid', { errors: faults.slice(0, mostFaults) })
}

function faultsOf(setting: SceneSetting, device: LiveDevice | undefined, path: string): readonly Fault[] {
  if (device === undefined) return [{ path: `${path}.device`, code: 'not-found' }]
  const part = device.parts.get(setting.part)
  if (part === undefined) return [{ path: `${path}.part`, code: 'device.unsupported' }]
  const shape = part.shape.capabilities[setting.capability]
  if (shape === undefined) return [{ path: `${path}.capability`, code: 'device.unsupported' }]
  if (Object.keys(setting.values).length === 0) return [{ path: `${path}.values`, code: 'required' }]
  if (setting.capability === 'lock' && setting.values.locked === false)
    return [{ path: `${path}.values.locked`, code: 'only-locks' }]
  const types = wrongTypes(setting)
  if (types.length > 0) return types.map((each) => ({ path: `${path}.values.${each}`, code: 'invalid-type' }))
  const { acts, unmet } = actsOf(setting, shape.commands)
  const faults = unmet.map((each) => ({ path: `${path}.values.${each}`, code: 'device.unsupported' }))
  for (const { command, args, of } of acts)
    try {
      checkCommand(device, { part: setting.part, capability: setting.capability, command, args })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      faults.push({ path: `${path}.values.${of[0]}`, code: error.errors?.[0]?.code ?? error.code })
    }
  return faults
}

/** What becomes a command without being an argument of it is checked here. */
function wrongTypes({ capability, values }: SceneSetting): readonly string[] {
  const flags = capability === 'onOff' ? ['on'] : capability === 'lock' ? ['locked'] : []
  return flags.filter((each) => Object.hasOwn(values, each) && typeof values[each] !== 'boolean')
}
