import { capabilities, isCapability, type DeviceId, type VendorValue } from '@eaves/model'
import type { Cause } from './reactions.ts'
import { valueJson, type Cell, type Change, type Group, type LiveDevice, type LiveNote } from './state.ts'

export function openChange(group: Group, cell: Cell, value: VendorValue, at: number): Change {
  const change: Change = {
    kind: 'change',
    device: group.device.id,
    version: 0,
    group,
    at,
    cells: [cell],
    values: [value],
    cause: undefined,
    text: undefined,
    fragment: () => (change.text ??= changeText(change)),
  }
  return change
}

function changeText(change: Change): string {
  let values = ''
  for (let i = 0; i < change.cells.length; i++)
    values += (i === 0 ? '' : ',') + change.cells[i]!.label + valueJson(change.values[i]!)
  const cause =
    change.cause === undefined
      ? '{"kind":"device"}'
      : `{"kind":"${change.cause.kind}","id":"${change.cause.id}"${whatText(change.cause)}}`
  return `${change.group.head}${values}},"at":"${instantText(change.at)}","cause":${cause}}`
}

const whatText = ({ automation, scene }: Cause): string =>
  (automation === undefined ? '' : `,"automation":"${automation}"`) +
  (scene === undefined ? '' : `,"scene":"${scene}"`)

let lastAt = -1
let lastText = ''
/** Changes of one batch share their instant. */
function instantText(at: number): string {
  if (at !== lastAt) {
    lastText = new Date(at).toISOString()
    lastAt = at
  }
  return lastText
}

/** A device came, went, was renamed or moved, or its reachability changed; `view` gives null when it is gone. */
export function deviceNote(device: DeviceId, version: number, view: () => string): LiveNote {
  let text: string | undefined
  return {
    kind: 'device',
    device,
    version,
    fragment: () => (text ??= `,"id":"${device}","device":${view()}}`),
  }
}

/** Whether this part of the device can tell this moment. */
export function hasEvent(device: LiveDevice, part: string, capability: string, event: string): boolean {
  const has = isCapability(capability) ? device.parts.get(part)?.shape.capabilities[capability] : undefined
  if (!isCapability(capability) || has === undefined) return false
  return (has.events ?? capabilities[capability].events ?? []).includes(event)
}

export function eventNote(
  device: DeviceId,
  version: number,
  part: string,
  capability: string,
  event: string,
  detail: string | undefined,
  at: number,
): LiveNote {
  return {
    kind: 'event',
    device,
    version,
    fragment: () =>
      `,"device":"${device}","part":${JSON.stringify(part)},"capability":${JSON.stringify(capability)},"event":${JSON.stringify(event)}${detail === undefined ? '' : `,"detail":${JSON.stringify(detail)}`},"at":"${instantText(at)}"}`,
  }
}
