import { t } from '@lingui/core/macro'
import { builtInModes, isBuiltInMode, type BuiltInMode } from '@eaves/model'
import type { ModeId, OwnMode } from '@eaves/model/api'

const words: Readonly<Record<BuiltInMode, () => string>> = {
  home: () => t({ context: 'mode of the home', message: 'At home' }),
  away: () => t({ context: 'mode of the home', message: 'Away' }),
  night: () => t({ context: 'mode of the home', message: 'Night' }),
  vacation: () => t({ context: 'mode of the home', message: 'Vacation' }),
}
/** What a mode is called; undefined of one that is gone. */
export const modeName = (mode: ModeId, own: readonly OwnMode[]): string | undefined =>
  isBuiltInMode(mode) ? words[mode]() : own.find(({ id }) => id === mode)?.name

/** All modes of a home with their names. */
export const modesOf = (
  own: readonly OwnMode[],
): readonly { readonly id: ModeId; readonly name: string }[] => [
  ...builtInModes.map((id) => ({ id, name: words[id]() })),
  ...own,
]
