import type { CapabilityId, DeviceId } from '@eaves/model'
import type { HomeHistory, SeriesName } from '../store/stores.ts'
import type { Span } from './store.ts'

/** A value that became another one. */
export interface Change {
  readonly device: DeviceId
  readonly part: string
  readonly capability: string
  readonly attribute: string
  readonly at: number
  readonly value: boolean | number | string
}

/**
 * What is worth a line when it changes. Movement is not among it: who crossed which room every few minutes would be a picture
 * of people, not of the home. // pp.2.3.1
 */
const told: Readonly<Partial<Record<CapabilityId, string>>> = {
  onOff: 'on',
  lock: 'locked',
  contact: 'open',
  valve: 'open',
  cover: 'moving',
  garageDoor: 'moving',
  fan: 'mode',
  thermostat: 'mode',
  vacuum: 'state',
  mower: 'state',
  siren: 'sounding',
  alarmPanel: 'state',
  smoke: 'detected',
  carbonMonoxide: 'detected',
  gasAlarm: 'detected',
  waterLeak: 'detected',
  tamper: 'detected',
}
/** Most values are told again at least once a day, so what one was before is found that far back. */
const beforeMs = 26 * 3_600_000
const pageRows = 2_000
/** Of one value, the newest so many are looked at: what flickers fills no page. */
const mostOfOne = 500

/** Values of these devices that became others within the span, in no order. */
export async function changesIn(
  history: HomeHistory,
  sees: (device: DeviceId) => boolean,
  span: Span,
): Promise<Change[]> {
  const found: Change[] = []
  for (const name of await history.allSeries()) {
    const { part, capability, attribute } = named(name)
    if (told[capability as CapabilityId] !== attribute || !sees(name.device)) continue
    const changes = await changesOf(history, name, span)
    const isFlag = attribute === 'on' || flags.has(attribute)
    for (const { at, value } of changes.slice(-mostOfOne))
      found.push({
        device: name.device,
        part,
        capability,
        attribute,
        at,
        value: isFlag ? value === 1 : value,
      })
  }
  return found
}

const flags = new Set(['locked', 'open', 'sounding', 'detected'])
function named({ path }: SeriesName) {
  const [part = '', capability = '', attribute = ''] = path.split('/')
  return { part, capability, attribute }
}

async function changesOf(history: HomeHistory, name: SeriesName, { from, to }: Span) {
  const changes: { at: number; value: number | string }[] = []
  let before: number | string | undefined
  for (let next = from - beforeMs; ;) {
    const { points, truncated } = await history.raw({ ...name, from: next, to, limit: pageRows })
    for (const [at, value] of points) {
      if (value !== before && before !== undefined && at >= from) changes.push({ at, value })
      before = value
    }
    const last = points.at(-1)
    if (!truncated || last === undefined) return changes
    next = last[0] + 1
    await new Promise((resolve) => setImmediate(resolve))
  }
}
