import { t } from '@lingui/core/macro'
import type { AutomationStop, RunResult } from '@eaves/model/api'
import type { Tone } from './trace-words.ts'

const results: Readonly<Record<RunResult, () => string>> = {
  running: () => t`Running`,
  done: () => t`Ran`,
  skipped: () => t`Skipped`,
  failed: () => t`Failed`,
  stopped: () => t`Ended early`,
}
export const resultWord = (result: string): string => results[result as RunResult]?.() ?? result
const tones: Readonly<Record<RunResult, Tone>> = {
  running: 'quiet',
  done: 'good',
  skipped: 'no',
  failed: 'bad',
  stopped: 'no',
}
export const resultTone = (result: string): Tone => tones[result as RunResult] ?? 'quiet'

/** Why it does nothing though it is on, and what to do. */
const stops: Readonly<Record<AutomationStop, () => readonly [string, string]>> = {
  'author-gone': () => [
    t`It has stopped: whoever wrote it is no longer in this home.`,
    t`Switch it off and on again: from then on it acts with your rights.`,
  ],
  'author-rights': () => [
    t`It has stopped: whoever wrote it may no longer do what it does.`,
    t`Somebody who may has to switch it on or save it.`,
  ],
  'too-often': () => [
    t`It has stopped: it set itself off again and again.`,
    t`Look at its last runs, change what sets it off, then switch it on.`,
  ],
  'device-gone': () => [
    t`It does nothing: a device that it names is gone.`,
    t`Open it and choose another device.`,
  ],
}
export const stopWords = (stop: AutomationStop): readonly [string, string] => stops[stop]()
