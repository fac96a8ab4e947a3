import { plural, t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import { factsOf } from '../../devices/facts.ts'
import { lightsWord } from '../../devices/state.ts'

/** The one sentence that matters: lights, doors, windows, heating. */
export function sentenceOf(devices: readonly DeviceView[]): string {
  const facts = factsOf(devices)
  const parts: string[] = []
  if (facts.lightsOn > 0) parts.push(lightsWord(facts.lightsOn))
  else if (devices.some((device) => device.kind === 'light')) parts.push(t`All lights off`)
  for (const lock of facts.unlocked.slice(0, 2)) parts.push(t`${lock.name} unlocked`)
  for (const lock of facts.unknownLocks.slice(0, 1)) parts.push(t`${lock.name}: state unknown`)
  if (facts.unlocked.length === 0 && facts.unknownLocks.length === 0 && facts.locked[0])
    parts.push(facts.locked.length === 1 ? t`${facts.locked[0].name} locked` : t`all doors locked`)
  if (facts.open.length > 0)
    parts.push(plural(facts.open.length, { one: '# door or window open', other: '# doors or windows open' }))
  if (facts.heating > 0) parts.push(t`heating on`)
  return parts.length === 0 ? t`Everything is quiet` : parts.join(' · ')
}
