import { t } from '@lingui/core/macro'
import type { SceneSetting, SceneVersionView } from '@eaves/model/api'
import { fadeTime, wordsOf } from './words.ts'

export type Reading = Pick<SceneVersionView, 'name' | 'icon' | 'room' | 'transitionSeconds' | 'settings'>
/** What devices and rooms are called; undefined of one that is gone. */
export interface Called {
  readonly device: (id: string) => string | undefined
  readonly room: (id: string) => string | undefined
}

/** What became different from one reading to the next, in words. */
export function changesBetween(before: Reading, after: Reading, called: Called): readonly string[] {
  const roomOf = ({ room }: Reading): string =>
    room === null ? t`The whole home` : (called.room(room) ?? t`a room that is gone`)
  const room = roomOf(after)
  const fade = fadeTime(after.transitionSeconds ?? 0)
  return [
    ...(before.name === after.name ? [] : [t`Called “${after.name}”, before “${before.name}”`]),
    ...(before.icon === after.icon ? [] : [t`Another icon`]),
    ...(before.room === after.room ? [] : [t`Room: ${room}`]),
    ...(before.transitionSeconds === after.transitionSeconds ? [] : [t`Fades over: ${fade}`]),
    ...devicesBetween(before.settings, after.settings, called),
  ]
}

function devicesBetween(
  before: readonly SceneSetting[],
  after: readonly SceneSetting[],
  called: Called,
): readonly string[] {
  const ids = new Set([...before, ...after].map(({ device }) => device))
  return [...ids].flatMap((id): string[] => {
    const was = before.filter(({ device }) => device === id)
    const is = after.filter(({ device }) => device === id)
    const name = called.device(id) ?? t`a device that is gone`
    const [old, now] = [wordsOf(was), wordsOf(is)]
    if (was.length === 0) return [t`Added: ${name} (${now})`]
    if (is.length === 0) return [t`Taken out: ${name} (${old})`]
    if (old !== now) return [t`${name}: ${now}, before ${old}`]
    // Two parts of a device may trade what they are to be.
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [t`${name}: another part or order`]
  })
}
