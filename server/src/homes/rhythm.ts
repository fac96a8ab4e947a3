import { capabilities, isCapability, type DeviceShape } from '@eaves/model'

/** How often a device speaks by itself, learnt from the gaps between its words: five numbers a device, whatever it says. */
export interface Rhythm {
  /** Since when its silence counts: its last word, or the moment from which one could have been heard. */
  heardAt: number
  /** False when the gap that runs says nothing of the device, such as one across an outage of ours. */
  isGap: boolean
  /** The longest gap that is usual: follows a longer one at once, forgets it slowly. */
  usualMs: number
  meanMs: number
  gaps: number
}
export type KeptRhythm = readonly [usualMs: number, meanMs: number, gaps: number]

/** Shorter gaps are words of one conversation. */
const shortestGapMs = 30_000
const enoughGaps = 8
const forget = 0.02
const meanWeight = 0.1
/** A device that people drive has long gaps and short ones: its silence means nothing. */
const mostUneven = 10
const timesUsual = 3
const leastSilenceMs = 10 * 60_000
const leastSleepySilenceMs = 2 * 3_600_000

export function newRhythm(now: number, kept?: KeptRhythm): Rhythm {
  const [usualMs, meanMs, gaps] = kept ?? [0, 0, 0]
  return { heardAt: now, isGap: false, usualMs, meanMs, gaps }
}

export function keptRhythm({ usualMs, meanMs, gaps }: Rhythm): KeptRhythm {
  return [Math.round(usualMs), Math.round(meanMs), gaps]
}

/** A word of the device. */
export function heard(rhythm: Rhythm, now: number): void {
  const gap = now - rhythm.heardAt
  if (rhythm.isGap && gap >= shortestGapMs) learn(rhythm, gap)
  rhythm.heardAt = now
  rhythm.isGap = true
}

/** From now on it could be heard: what was before is no silence of its own. */
export function listenAnew(rhythm: Rhythm, now: number): void {
  rhythm.heardAt = now
  rhythm.isGap = false
}

function learn(rhythm: Rhythm, gapMs: number): void {
  const { usualMs, meanMs, gaps } = rhythm
  rhythm.gaps = Math.min(gaps + 1, 1_000_000)
  rhythm.meanMs = gaps === 0 ? gapMs : meanMs + (gapMs - meanMs) * meanWeight
  // A night without a word is learnt at once; an outage makes it uneven for a while, and then nothing is said of it.
  rhythm.usualMs = gapMs > usualMs ? gapMs : usualMs + (gapMs - usualMs) * forget
}

/** After how long a silence is beyond what is usual; undefined while too little is known, or it keeps no rhythm. */
export function silentAfterMs(rhythm: Rhythm, isSleepy: boolean): number | undefined {
  const { usualMs, meanMs, gaps } = rhythm
  if (gaps < enoughGaps || usualMs > meanMs * mostUneven) return undefined
  return Math.max(isSleepy ? leastSleepySilenceMs : leastSilenceMs, usualMs * timesUsual)
}

const measuring = new Set(['thermostat', 'humidifier', 'waterHeater'])
/** Whether it measures and therefore speaks by itself: a lamp says nothing until somebody switches it. */
export function speaksByItself(shape: DeviceShape): boolean {
  const found = shape.parts.flatMap((part) => Object.keys(part.capabilities)).filter(isCapability)
  const isDriven = found.some((id) => Object.keys(capabilities[id].commands).length > 0)
  return !isDriven || found.some((id) => measuring.has(id) || isMeasurement(id))
}

function isMeasurement(id: keyof typeof capabilities): boolean {
  const { commands, attributes } = capabilities[id]
  return (
    Object.keys(commands).length === 0 && Object.values(attributes).some((each) => each.type === 'number')
  )
}
