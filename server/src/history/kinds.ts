import { capabilities, isCapability } from '@eaves/model'
import { cellOf, type LiveDevice } from '../homes/homes.ts'
import { hourMs } from './grids.ts'

/** What history makes of the values of one attribute. */
export interface SeriesKind {
  readonly type: 'number' | 'boolean' | 'choice'
  readonly unit?: string
  /** So long a value holds when no other one comes: after that nothing is known. */
  readonly holdMs: number
  /** Which long-term statistics are kept of it. */
  readonly kept: 'nothing' | 'hours' | 'days'
}

/** A measurement is repeated every quarter of an hour while its device speaks; what seldom speaks is counted among the slow. */
const measuredMs = 2 * hourMs
/** States, counters and batteries are told when they change, by most devices once a day at least. */
const slowMs = 26 * hourMs

/**
 * What tells who was where (movement, doors, locks) goes with its thirty days: by the hour it would still be a picture of who was at
 * home when. Switches and choices are kept by the hour, and only what is measured or counted by the day. // pp.ret.1
 */
export function kindOf(path: string, device: LiveDevice | undefined): SeriesKind {
  const [part = '', capability = '', ...rest] = path.split('/')
  const attribute = rest.join('/')
  if (!isCapability(capability)) {
    const type = device && cellOf(device, part, capability, attribute)?.type
    const unit = device?.shape.parts.find(({ id }) => id === part)?.vendor[attribute]?.unit
    return kind(type ?? 'number', 'home.activity', unit)
  }
  const { sensing, attributes } = capabilities[capability]
  const spec = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined
  return kind(spec?.type ?? 'number', sensing, spec?.type === 'number' ? spec.unit : undefined)
}

const slow = new Set(['home.energy', 'device.health', 'device.settings'])
function kind(of: string, sensing: string, unit: string | undefined): SeriesKind {
  const type = of === 'boolean' ? 'boolean' : of === 'number' ? 'number' : 'choice'
  const isSlow = type !== 'number' || (slow.has(sensing) && unit !== 'watts')
  return {
    type,
    ...(unit === undefined ? {} : { unit }),
    holdMs: isSlow ? slowMs : measuredMs,
    kept: sensing === 'home.presence' ? 'nothing' : type === 'number' ? 'days' : 'hours',
  }
}
