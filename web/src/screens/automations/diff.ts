import { t } from '@lingui/core/macro'
import type { AutomationBody } from '@eaves/model/api'
import { modeWord } from './modes.ts'
import type { Names } from './names.ts'
import { actionPhrase, conditionPhrase, triggerPhrase } from './phrases.ts'

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly text: string
}
/** What one list has and the other has not; the same twice counts twice. */
function between<T>(
  before: readonly T[],
  after: readonly T[],
  phrase: (item: T) => string,
): readonly Change[] {
  const left = before.map((item) => JSON.stringify(item))
  const added = after.filter((item) => {
    const at = left.indexOf(JSON.stringify(item))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const removed = left.map((text) => JSON.parse(text) as T)
  const same = added.length === 0 && removed.length === 0
  const moved = same && JSON.stringify(before) !== JSON.stringify(after)
  // What reads alike before and after differs in what no sentence tells, such as what is sent to an address.
  const come = added.map(phrase)
  const gone = removed.map(phrase).filter((text) => {
    const at = come.indexOf(text)
    if (at >= 0) come.splice(at, 1)
    return at < 0
  })
  const alike = added.map(phrase)
  for (const text of come) alike.splice(alike.indexOf(text), 1)
  return [
    ...gone.map((text): Change => ({ kind: 'removed', text })),
    ...come.map((text): Change => ({ kind: 'added', text })),
    ...alike.map((text): Change => ({ kind: 'changed', text: t`${text}, with other details` })),
    ...(moved ? [{ kind: 'changed' as const, text: t`The order is another.` }] : []),
  ]
}
/** What became different from one to the other, in words. */
export function changesBetween(
  before: AutomationBody,
  after: AutomationBody,
  names: Names,
): readonly Change[] {
  const [old, now] = [before.mode ?? 'single', after.mode ?? 'single']
  const mode = modeWord(now)
  return [
    ...(before.name === after.name
      ? []
      : [{ kind: 'changed' as const, text: t`Called “${after.name}”, before “${before.name}”` }]),
    ...between(before.triggers, after.triggers, (each) => {
      const said = triggerPhrase(each, names)
      return t`When: ${said}`
    }),
    ...between(before.conditions ?? [], after.conditions ?? [], (each) => {
      const said = conditionPhrase(each, names)
      return t`If: ${said}`
    }),
    ...between(before.actions, after.actions, (each) => {
      const said = actionPhrase(each, names)
      return t`Then: ${said}`
    }),
    ...(old === now && before.most === after.most
      ? []
      : [{ kind: 'changed' as const, text: t`When it runs already: ${mode}` }]),
    ...(JSON.stringify([before.labels ?? [], before.description ?? '']) ===
    JSON.stringify([after.labels ?? [], after.description ?? ''])
      ? []
      : [{ kind: 'changed' as const, text: t`Labels or the description` }]),
  ]
}
