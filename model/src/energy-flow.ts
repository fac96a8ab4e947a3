import type { MeterKind } from './energy.ts'

/** What a meter's device tells that flows now. */
export interface FlowingMeter {
  readonly kind: MeterKind
  /** Which value it is: one value may tell of both ways. */
  readonly key: string
  readonly watts: number | undefined
}
/** In watts; undefined: there is no such meter, null: it is not known. Out of the grid and out of the battery are above zero. */
export interface EnergyFlow {
  readonly grid?: number | null
  readonly solar?: number | null
  readonly battery?: number | null
  readonly house: number | null
}

/** One side of a home: what its meters tell of the way in, less what others tell of the way out. */
function side(all: readonly FlowingMeter[], into: MeterKind, out?: MeterKind): number | null | undefined {
  const inward = new Map(all.filter(({ kind }) => kind === into).map(({ key, watts }) => [key, watts]))
  // A value that serves both ways has said with its sign which one it is.
  const outward = new Map(
    all.filter(({ kind, key }) => kind === out && !inward.has(key)).map(({ key, watts }) => [key, watts]),
  )
  const told = [...inward.values(), ...outward.values()]
  if (told.length === 0) return undefined
  if (told.includes(undefined)) return null
  const sum = (values: Iterable<number | undefined>): number =>
    [...values].reduce<number>((total, watts) => total + (watts ?? 0), 0)
  return sum(inward.values()) - sum(outward.values())
}

/** Where the power of a home comes from and goes to at this moment. */
export function flowOf(all: readonly FlowingMeter[]): EnergyFlow {
  const grid = side(all, 'grid-import', 'grid-export')
  const solar = side(all, 'solar')
  const battery = side(all, 'battery-out', 'battery-in')
  const sides = { ...given('grid', grid), ...given('solar', solar), ...given('battery', battery) }
  const told = Object.values(sides)
  const known = told.filter((watts) => watts !== null)
  // Without the grid nobody knows what the house draws.
  if (grid === undefined || known.length < told.length) return { ...sides, house: null }
  return {
    ...sides,
    house: Math.max(
      0,
      known.reduce((sum, watts) => sum + watts, 0),
    ),
  }
}
const given = <K extends string>(
  name: K,
  watts: number | null | undefined,
): Partial<Record<K, number | null>> =>
  watts === undefined ? {} : ({ [name]: watts } as Record<K, number | null>)
