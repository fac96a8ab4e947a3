import { cellOf, vendorCapability, type Cell, type LiveDevice } from '../homes/homes.ts'

/** One value of one part of a device. */
export interface ValuePath {
  readonly part: string
  readonly capability: string
  readonly attribute: string
}
/** What becomes of one history when other hardware takes the device's place. */
export interface HistoryStep {
  readonly path: string
  readonly from: ValuePath
  /** Absent when the new hardware has nothing of the kind: it ends, and stays readable. */
  readonly to: ValuePath | undefined
  readonly toPath: string | undefined
}
export interface PartFunction {
  readonly part: string
  readonly capability: string
}

/** The same value of the same part goes on; else the only one of its kind, so that "main" and "l1" find each other. */
export function historyPlan(device: LiveDevice, by: LiveDevice, paths: readonly string[]): HistoryStep[] {
  return paths.map((path) => {
    const from = split(path)
    const cell = cellOf(by, from.part, from.capability, from.attribute) ?? onlyOne(device, by, from)
    const to =
      cell === undefined
        ? undefined
        : { part: cell.group.part, capability: cell.group.capability, attribute: cell.attribute }
    return { path, from, to, toPath: cell?.path }
  })
}

function split(path: string): ValuePath {
  const [part = '', capability = '', ...rest] = path.split('/')
  return { part, capability, attribute: rest.join('/') }
}

function onlyOne(device: LiveDevice, by: LiveDevice, { capability, attribute }: ValuePath): Cell | undefined {
  const candidates = cellsOf(by, capability, attribute)
  return candidates.length === 1 && cellsOf(device, capability, attribute).length <= 1
    ? candidates[0]
    : undefined
}

function cellsOf(device: LiveDevice, capability: string, attribute: string): Cell[] {
  return [...device.parts.keys()]
    .map((part) => cellOf(device, part, capability, attribute))
    .filter((cell) => cell !== undefined)
}

/** The capabilities of each part; vendor attributes are settings of one model and compare with no other. */
export function functionsOf(device: LiveDevice): PartFunction[] {
  return [...device.parts.values()].flatMap(({ shape, groups }) =>
    [...groups.keys()]
      .filter((capability) => capability !== vendorCapability)
      .map((capability) => ({ part: shape.id, capability })),
  )
}

/** What of the first the second does not have, counted by kind: two switches are not replaced by one. */
export function lacking(wanted: readonly PartFunction[], has: readonly PartFunction[]): PartFunction[] {
  const left = [...has]
  const take = (is: (each: PartFunction) => boolean): boolean => {
    const index = left.findIndex(is)
    if (index >= 0) left.splice(index, 1)
    return index >= 0
  }
  const same = (a: PartFunction) => (b: PartFunction) => a.part === b.part && a.capability === b.capability
  const rest = wanted.filter((each) => !take(same(each)))
  return rest.filter((each) => !take((other) => other.capability === each.capability))
}
