import { capabilities, isCapability } from '@eaves/model'
import type { RawValue } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { vendorCapability, type Cell, type LiveDevice, type LivePartState } from '../homes/homes.ts'

/** Every readable value of a device, with its unit and whether history keeps it. */
export function rawValues(device: LiveDevice): RawValue[] {
  return [...device.parts.values()].flatMap((part) =>
    [...part.groups].flatMap(([capability, { cells }]) =>
      cells
        .filter((cell) => capability !== vendorCapability || part.shape.vendor[cell.attribute]?.readable)
        .map((cell) => rawValue(device, part, capability, cell)),
    ),
  )
}

function rawValue(device: LiveDevice, part: LivePartState, capability: string, cell: Cell): RawValue {
  const unit = unitOf(part, capability, cell.attribute)
  return {
    part: part.shape.id,
    capability,
    attribute: cell.attribute,
    ...(cell.value === undefined ? {} : { value: cell.value as RawValue['value'] }),
    ...(unit === undefined ? {} : { unit }),
    ...(cell.changedAt === 0 ? {} : { changedAt: isoInstant(cell.changedAt) }),
    history: cell.step >= 0 && device.members === undefined,
  }
}

function unitOf(part: LivePartState, capability: string, attribute: string): string | undefined {
  if (!isCapability(capability)) return part.shape.vendor[attribute]?.unit
  const spec = capabilities[capability].attributes[attribute]
  return spec?.type === 'number' ? spec.unit : undefined
}
