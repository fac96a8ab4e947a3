import type { AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import type { Signals, SignalValue } from './signals.ts'
import type { Spark } from './watches.ts'
import type { EngineClock } from './world.ts'

export type PresenceAsk = Pick<
  Extract<AutomationTrigger | AutomationCondition, { kind: 'presence' }>,
  'who' | 'is' | 'forSeconds'
>
/** Whether one of those who share is there, whether all are, and where one person is. */
export const presenceKeys = { some: 'present/some', all: 'present/all' } as const
export const presentKey = (person: string): string => `present/${person}`
/** Since when the value of a key has been so, in ms. */
export const sinceKey = (key: string): string => `${key}@`

/** The signal that answers it, and what it must be. */
export function presenceSignal({ who, is }: Pick<PresenceAsk, 'who' | 'is'>): {
  readonly key: string
  readonly value: SignalValue
} {
  const isHome = is === 'home'
  if (who === 'anyone') return { key: isHome ? presenceKeys.some : presenceKeys.all, value: isHome }
  if (who === 'everyone') return { key: isHome ? presenceKeys.all : presenceKeys.some, value: isHome }
  return { key: presentKey(who), value: is }
}

/** Whether it is so now, and has been for as long as is asked. */
export function isPresent(signals: Signals, ask: PresenceAsk, now: number): boolean {
  const { key, value } = presenceSignal(ask)
  if (signals.value(key) !== value) return false
  if (ask.forSeconds === undefined) return true
  const since = signals.value(sinceKey(key))
  return typeof since === 'number' && now - since >= ask.forSeconds * 1_000
}

/** Told when it becomes so, or has been so for long enough; the answer ends it. Of whom it was met by, nothing is told. */
export function onPresence(
  signals: Signals,
  clock: EngineClock,
  ask: PresenceAsk,
  met: (spark: Pick<Spark, 'seen' | 'cause'>) => void,
  isStart: boolean,
): () => void {
  const { key, value: wanted } = presenceSignal(ask)
  let timer: { readonly cancel: () => void } | undefined
  const stop = (): void => {
    timer?.cancel()
    timer = undefined
  }
  const count = (ms: number, spark: Pick<Spark, 'seen' | 'cause'>): void => {
    timer = clock.after(ms, () => {
      timer = undefined
      met(spark)
    })
  }
  // What was so before a start is no news, but it is counted for from then on.
  if (isStart && ask.forSeconds !== undefined && signals.value(key) === wanted)
    count(ask.forSeconds * 1_000, { seen: ask.is })
  const unlisten = signals.on(key, ({ value, before, cause }) => {
    stop()
    // What becomes known for the first time has not become so.
    if (value !== wanted || before === undefined) return
    const spark = { seen: ask.is, cause }
    if (ask.forSeconds === undefined) met(spark)
    else count(ask.forSeconds * 1_000, spark)
  })
  return () => {
    stop()
    unlisten()
  }
}
