import type { HistoryStatistics, HistorySummary } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import type { HistoryOf } from '../../data/history.ts'
import { duration } from '../../words/later/duration.ts'
import { formatAttribute, withUnit } from '../../words/numbers.ts'
import { list, sentences } from '../../words/time.ts'
import { formatLater, laterWord } from '../../words/later/values.ts'
import { formatVendor } from '../../words/values.ts'
import type { SpanKind } from './span.ts'

/** A number of this value, with its unit. */
export const formatOf =
  ({ capability, attribute }: Pick<HistoryOf, 'capability' | 'attribute'>, unit?: string) =>
  (value: number): string =>
    capability === 'vendor' ? withUnit(value, unit, 2) : formatAttribute(capability, attribute, value)
/** A state of this value in words. */
export function stateWord({ capability, attribute }: HistoryOf, state: string): string {
  if (capability === 'vendor')
    return formatVendor(state === 'true' ? true : state === 'false' ? false : state)
  return state === 'true' || state === 'false'
    ? formatLater(capability, attribute, state === 'true')
    : laterWord(state)
}

const beforeWords: Readonly<Record<SpanKind, () => string>> = {
  day: () => t`The day before`,
  week: () => t`The week before`,
  month: () => t`The month before`,
  year: () => t`The year before`,
}

/** What the chart shows, in a sentence; a second one for the span before. */
export function sentenceOf(of: HistoryOf, found: HistoryStatistics, kind: SpanKind): string {
  const one = partOf(of, found, found.type, found.unit)
  if (!found.before) return one ?? t`Nothing is known of this span.`
  const before = partOf(of, found.before, found.type, found.unit)
  const name = beforeWords[kind]()
  const second = before === undefined ? t`${name}: nothing is known.` : t`${name}: ${before}`
  return sentences([one ?? t`Nothing is known of this span.`, second])
}
function partOf(
  of: HistoryOf,
  { value, states, knownSeconds }: HistorySummary,
  type: HistoryStatistics['type'],
  unit: string | undefined,
): string | undefined {
  if (type === 'number') {
    if (!value) return undefined
    const format = formatOf(of, unit)
    const [low, mean, high] = [format(value.min), format(value.mean), format(value.max)]
    return t`Between ${low} and ${high}, ${mean} on average.`
  }
  if (!states || knownSeconds <= 0) return undefined
  const all = Object.entries(states).toSorted((a, b) => b[1] - a[1])
  const long = all.filter(([, seconds]) => seconds >= 30)
  // Of what is known since a moment only, no time is said.
  const parts =
    long.length > 0
      ? long.map(([state, seconds]) => `${stateWord(of, state)} ${duration(seconds * 1_000)}`)
      : all.map(([state]) => stateWord(of, state))
  const shown = list(parts)
  return t`${shown}.`
}
