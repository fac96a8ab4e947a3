import type { HistoryAnswer } from '@eaves/model/api'

export type Points = HistoryAnswer['points']
export interface Frame {
  readonly fromMs: number
  readonly toMs: number
}
export interface Line {
  /** SVG path in a box of 1000 × 100; a gap in the data is a gap in the line. */
  readonly path: string
  readonly min: number
  readonly max: number
  readonly last: number
}
/** What is younger than this is not drawn. */
export const youngMs = 5 * 60_000
const windows = [1, 3, 6, 12, 24] as const
/** Over how many hours to draw: a record that has only begun would be a sliver at the end of a day. */
export function hoursOf(points: Points, toMs: number): number {
  const ageMs = toMs - (points[0]?.[0] ?? toMs)
  return windows.find((hours) => ageMs <= hours * 3_600_000) ?? 24
}
const width = 1000
const height = 100

/** The usual distance between points, in ms: the median, so that one long gap does not hide itself. */
function usualStepMs(points: readonly (readonly [number, number])[]): number {
  const steps = points
    .slice(1)
    .map(([t], i) => t - points[i]![0])
    .toSorted((a, b) => a - b)
  return steps[Math.floor(steps.length / 2)] ?? 0
}

export function lineOf(points: Points, frame: Frame): Line | undefined {
  const numbers = points.filter(
    (point): point is [number, number] =>
      typeof point[1] === 'number' && point[0] >= frame.fromMs && point[0] <= frame.toMs,
  )
  // A few minutes are no course yet.
  if (numbers.length < 3 || numbers.at(-1)![0] - numbers[0]![0] < youngMs) return undefined
  const values = numbers.map(([, value]) => value)
  const [min, max] = [Math.min(...values), Math.max(...values)]
  // A flat line stands in the middle rather than on the floor.
  const span = Math.max(max - min, Math.abs(max) * 0.02, 0.5)
  const middle = (max + min) / 2
  const x = (t: number): number =>
    Math.round(((t - frame.fromMs) / (frame.toMs - frame.fromMs)) * width * 10) / 10
  const y = (value: number): number =>
    Math.round((height / 2 - ((value - middle) / span) * (height - 16)) * 10) / 10
  const gapMs = Math.max(usualStepMs(numbers) * 4, 30 * 60_000)
  const path = numbers
    .map(([t, value], i) => `${i === 0 || t - numbers[i - 1]![0] > gapMs ? 'M' : 'L'}${x(t)} ${y(value)}`)
    .join('')
  return { path, min, max, last: values.at(-1)! }
}

export interface Span {
  /** Percent of the frame's width. */
  readonly start: number
  readonly size: number
  readonly fromMs: number
  readonly toMs: number
}
/** The times a yes-or-no value was yes, up to now for the last one. */
export function spansOf(points: Points, frame: Frame): readonly Span[] {
  const spans: Span[] = []
  const part = (ms: number): number => ((ms - frame.fromMs) / (frame.toMs - frame.fromMs)) * 100
  points.forEach(([at, value], i) => {
    if (value !== true) return
    const fromMs = Math.max(at, frame.fromMs)
    const toMs = Math.min(points[i + 1]?.[0] ?? frame.toMs, frame.toMs)
    if (toMs <= fromMs) return
    const before = spans.at(-1)
    if (before && before.toMs === fromMs)
      spans[spans.length - 1] = {
        start: before.start,
        size: part(toMs) - before.start,
        fromMs: before.fromMs,
        toMs,
      }
    else spans.push({ start: part(fromMs), size: part(toMs) - part(fromMs), fromMs, toMs })
  })
  return spans
}
export const totalMs = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + span.toMs - span.fromMs, 0)
