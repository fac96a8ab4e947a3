import { tableHead } from '@eaves/model'
import type { HistoryImportPreview } from '@eaves/model/api'
import { t } from '@lingui/core/macro'

type Type = HistoryImportPreview['type']
/** What the words of a fault are about: the value as its table has to name it. */
export interface TableKind {
  readonly type: Type
  /** As the device or the model names it. */
  readonly unit: string | undefined
}
export const headLine = (unit: string | undefined): string => tableHead(unit).join(',')
const examples: Readonly<Record<Type, string>> = { number: '20.5', boolean: 'true', choice: 'auto' }
/** A line as it has to look. */
export const exampleLine = (type: Type): string => `2026-11-30T08:00:00Z,${examples[type]}`

const values: Readonly<Record<Type, () => string>> = {
  number: () => t`This is no number. Write it with a point and without its unit, such as 20.5.`,
  boolean: () => t`Here stands true or false.`,
  choice: () => t`This device knows no such choice.`,
}
const instant = '2026-11-30T08:00:00Z'
const faults: Readonly<Record<string, (kind: TableKind, head: string) => string>> = {
  header: (_, head) => t`The first line has to be “${head}”.`,
  unit: (_, head) => t`The unit is another one. It has to be “${head}”: nothing is converted by itself.`,
  columns: () => t`There have to be two cells with a comma between them, and quotation marks in pairs.`,
  value: ({ type }) => values[type](),
  'not-an-instant': () => t`The time is written like ${instant}, with its zone.`,
  'in-the-future': () => t`This time is yet to come.`,
  'too-old': () => t`Of this value nothing so old is kept.`,
  'out-of-range': () => t`This is more or less than it can ever be.`,
  twice: () => t`A line before says another value for the same time.`,
  'counter-backwards': () => t`The meter shows less than before.`,
  'too-many-rows': () => t`There are too many lines. Cut the file in two.`,
  'not-kept': () => t`Of this value no history is kept.`,
  'too-large': () => t`This file is too large. Cut it in two.`,
  'not-text': () => t`This file is no text in UTF-8. Save it as CSV in UTF-8 and choose it again.`,
}
/** In words what is wrong with a line, or with the whole file. */
export const tableFault = (code: string, kind: TableKind): string =>
  faults[code]?.(kind, headLine(kind.unit)) ?? t`This cannot be taken.`

const ages: Readonly<Record<HistoryImportPreview['kept'], () => string | undefined>> = {
  nothing: () => undefined,
  hours: () => t`What is older than 30 days is kept by the hour.`,
  days: () => t`What is older than 30 days is kept by the hour and by the day.`,
}
export const ageWords = (kept: HistoryImportPreview['kept']): string | undefined => ages[kept]()
