const kinds = ['slow', 'silent', 'contradicts', 'refuses', 'offline', 'mute', 'jams', 'drops'] as const
/**
 * How a device misbehaves: slow (answers after so many ms), silent (never reports anything), contradicts (reports the old value),
 * refuses, offline, mute (takes commands but has no way to report), jams (gets stuck halfway).
 * Of the connection alone: drops (is lost after so many ms and comes back after as many again).
 */
export type FaultKind = (typeof kinds)[number]
export type Faults = ReadonlyMap<string, ReadonlyMap<FaultKind, number>>

export interface Settings {
  readonly seed: number
  /** How often sensors report by themselves; 0 = never. */
  readonly tickMs: number
  readonly faults: Faults
  /** Items of the fault list that were not understood. */
  readonly ignored: number
}

const isKind = (text: string): text is FaultKind => (kinds as readonly string[]).includes(text)
function count(value: unknown, max: number): number {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? Math.min(number, max) : 0
}

/** Reads a connection's configuration. Faults are a list such as "front-door jams, ceiling-light slow 500, connection drops 2000". */
export function readSettings(config: Readonly<Record<string, unknown>>): Settings {
  const faults = new Map<string, Map<FaultKind, number>>()
  let ignored = 0
  const list = typeof config.faults === 'string' ? config.faults : ''
  for (const item of list
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')) {
    const [device = '', kind = '', amount = '0'] = item.split(/\s+/)
    if (!isKind(kind)) {
      ignored++
      continue
    }
    const known = faults.get(device) ?? new Map<FaultKind, number>()
    known.set(kind, count(amount, 3_600_000))
    faults.set(device, known)
  }
  return { seed: count(config.seed, 0xffff_ffff), tickMs: count(config.tickMs, 3_600_000), faults, ignored }
}
