import { AppError } from '@eaves/model'
import type { AutomationBody } from '@eaves/model/api'
import type { HoldPast } from '../commands/commands.ts'
import type { LiveDevice } from '../homes/homes.ts'
import { walk } from './check/walk.ts'
import { partsFor } from './targets.ts'
import type { CommandWish } from './world.ts'

/** As `unknown` names it: something may have been left alone of which nothing is known any more. */
export const unknownHolds = 'holds'

/** Throws where a device was left alone at that moment, as the device itself would have been spared. */
export function demandFree(
  { holds }: HoldPast,
  now: number,
  device: LiveDevice,
  { part, capability }: CommandWish,
): void {
  const meant = partsFor(device, { device: device.id, part }, capability)[0]
  const isHeld = holds.some(
    (each) =>
      each.device === device.id &&
      each.from <= now &&
      now < each.to &&
      (each.part === undefined || each.part === meant) &&
      (each.capability ?? capability) === capability,
  )
  if (isHeld) throw new AppError('automation.held')
}

/** Whether something that it does could have been left alone without anybody knowing it now. */
export function mayHaveBeenHeld(
  { actions }: Pick<AutomationBody, 'actions'>,
  past: HoldPast | undefined,
  from: number,
): boolean {
  let asks = false
  walk({ actions }, (action) => {
    if (action.kind === 'command')
      asks ||= action.evenIfHeld !== true && (past?.knownSince ?? Infinity) > from
    // What a scene would have moved is not looked at one by one.
    if (action.kind === 'scene') asks ||= action.evenIfHeld !== true
  })
  return asks
}
