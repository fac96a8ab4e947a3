import type { HistoryRolled } from '@eaves/model/api'

type Column = (number | null)[]
/** Columns as the chart takes them: seconds, then least, most and mean; null where nothing is known. */
export type Columns = readonly [x: number[], min: Column, max: Column, mean: Column]
export type Points = HistoryRolled['points']

/** Points with a hole where a gap is, moved by so many ms: a line must not lead over what nobody knows. */
export function columnsOf({ points, gaps }: Pick<HistoryRolled, 'points' | 'gaps'>, moveMs = 0): Columns {
  const x: number[] = []
  const [min, max, mean]: [Column, Column, Column] = [[], [], []]
  const holes = gaps.map(([from]) => from)
  let next = 0
  for (const [at, low, middle, high] of points) {
    for (; next < holes.length && holes[next]! <= at; next++) {
      x.push((holes[next]! + moveMs) / 1_000)
      for (const column of [min, max, mean]) column.push(null)
    }
    x.push((at + moveMs) / 1_000)
    min.push(low)
    max.push(high)
    mean.push(middle)
  }
  return [x, min, max, mean]
}
/** Of a state: the share of the time in percent, and nothing besides. */
export const asShare = (
  rolled: Pick<HistoryRolled, 'points' | 'gaps'>,
): Pick<HistoryRolled, 'points' | 'gaps'> => ({
  points: rolled.points.map(([at, , mean]) => [at, mean * 100, mean * 100, mean * 100]),
  gaps: rolled.gaps,
})
