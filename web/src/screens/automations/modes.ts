import { t } from '@lingui/core/macro'
import type { RunMode } from '@eaves/model/api'

const words: Readonly<Record<RunMode, () => readonly [string, string]>> = {
  single: () => [t`Let it finish`, t`What happens meanwhile is dropped.`],
  restart: () => [t`Begin anew`, t`It stops where it is and starts again.`],
  queued: () => [t`One after the other`, t`Each waits for the one before.`],
  parallel: () => [t`Side by side`, t`Several run at once.`],
}
export const modeIds = ['single', 'restart', 'queued', 'parallel'] as const satisfies readonly RunMode[]
export const modeWord = (mode: RunMode): string => words[mode]()[0]
export const modeHint = (mode: RunMode): string => words[mode]()[1]
