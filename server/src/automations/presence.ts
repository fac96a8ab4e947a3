import type { AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import type { Signals, SignalValue } from './signals.ts'
import type { Spark } from './watches.ts'
import type { EngineClock } from './world.ts'

type Asked<K> = Extract<AutomationTrigger | AutomationCondition, { kind: K }>
export type PresenceAsk =
  | Pick<Asked<'presence'>, 'kind' | 'who' | 'is' | 'forSeconds'>
  | Pick<Asked<'place'>, 'kind' | 'who' | 'place' | 'is' | 'forSeconds'>
/** Whether one of those who share is there, whether all are, and where one person is. */
export const presenceKeys = { some: 'present/some', all: 'present/all' } as const
/** The same of a named place, as far as each lets the others know. */
export const placeKeys = (place: string) => ({ some: `at/${place}/some`, all: `at/${place}/all` }) as const
export const placeKey = (place: string, person: string): string => `at/${place}/${person}`
export const presentKey = (person: string): string => `present/${person}`
/** Since when the value of a key has been so, in ms. */
export const sinceKey = (key: string): string => `${key}@`

/** The signal that answers it, and what it must be. */
export function presenceSignal(ask: PresenceAsk): { readonly key: string; readonly value: SignalValue } {
  const { who } = ask
  const [keys, isThere] =
    ask.kind === 'place' ? [placeKeys(ask.place), ask.is === 'there'] : [presenceKeys, ask.is === 'home']
  if (who === 'anyone') return { key: isThere ? keys.some : keys.all, value: isThere }
  if (who === 'everyone') return { key: isThere ? keys.all : keys.some, value: isThere }
  return ask.kind === 'place'
    ? { key: placeKey(ask.place, who), value: isThere }
    : { key: presentKey(who), value: ask.is }
}
/** The named place that a signal tells of. */
export const placeIn = (key: string): string | undefined =>
  key.startsWith('at/') ? key.split('/')[1] : undefined

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
