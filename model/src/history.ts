import { units, type Unit } from './units.ts'

/** The largest table of values that is taken in at once, in letters and in lines below its header. */
export const mostTableLetters = 8_000_000
export const mostTableRows = 100_000

/** How a unit stands beside a value; that of a device's own value as the device says it. */
export const unitWord = (unit: string): string => (Object.hasOwn(units, unit) ? units[unit as Unit] : unit)
/** The first line of a table of values: `at,value [°C]`. */
export const tableHead = (unit: string | undefined): readonly [string, string] => [
  'at',
  unit === undefined ? 'value' : `value [${unitWord(unit)}]`,
]
