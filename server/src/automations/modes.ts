import type { AutomationTrigger } from '@eaves/model/api'
import type { Signals, SignalValue } from './signals.ts'
import type { Spark } from './watches.ts'

export const modeKey = 'mode'
type ModeTrigger = Extract<AutomationTrigger, { kind: 'mode' }>

/** Told when the home comes into the mode that is meant; the answer ends it. */
export function onMode(
  signals: Signals,
  { from, to }: ModeTrigger,
  met: (spark: Pick<Spark, 'seen' | 'cause'>) => void,
): () => void {
  const isMeant = (value: SignalValue | undefined, wanted: string | undefined): boolean =>
    wanted === undefined || value === wanted
  return signals.on(modeKey, ({ value, before, cause }) => {
    if (value !== undefined && isMeant(value, to) && isMeant(before, from)) met({ seen: value, cause })
  })
}
