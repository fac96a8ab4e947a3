import { t } from '@lingui/core/macro'
import type { AutomationBody } from '@eaves/model/api'
import { clauses } from '../../words/time.ts'
import type { Names } from './names.ts'
import { actionsPhrase, conditionPhrase, oneOf, triggerPhrase } from './phrases.ts'

export type Said = Pick<AutomationBody, 'triggers' | 'conditions' | 'actions'>
/** What an automation does, in one sentence made from nothing but itself. */
export function sentenceOf({ triggers, conditions = [], actions }: Said, names: Names): string {
  const when = oneOf(triggers.map((each) => triggerPhrase(each, names)))
  const what = actionsPhrase(actions, names)
  if (conditions.length === 0) return endedOnce(t`When ${when}, ${what}.`)
  const condition = clauses(conditions.map((each) => conditionPhrase(each, names)))
  return endedOnce(t`When ${when}, if ${condition}, ${what}.`)
}
/** Words of somebody's own at the end that are a sentence already end this one as well. */
const endedOnce = (sentence: string): string => sentence.replace(/(?<=[.!?。！？…]”)[.。]$/, '')

const mostName = 80
/** A name for one that has none yet: what it does, short enough for a name. */
export function nameFor({ triggers, actions }: Said, names: Names): string {
  if (triggers.length === 0 || actions.length === 0) return ''
  const [when, what] = [triggerPhrase(triggers[0]!, names), actionsPhrase(actions, names)]
  const name = t`When ${when}, ${what}`.replaceAll(/[\u2068\u2069]/g, '')
  return name.length <= mostName ? name : `${name.slice(0, mostName - 1)}…`
}
