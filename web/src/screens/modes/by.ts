import { t } from '@lingui/core/macro'
import { useAutomations } from '../../data/automations.ts'
import { useCan } from '../../data/homes.ts'
import { useMembers } from '../../data/members.ts'
import { isolated } from '../../words/later/reach.ts'
import { memberName } from '../../words/later/members.ts'
import { ago } from '../../words/time.ts'

interface By {
  readonly at: string
  readonly person?: string | undefined
  readonly automation?: string | undefined
}
/** Who or what set it, and when, as far as it is known here. */
export function useByWords(home: string): (by: By) => string {
  const can = useCan(home)
  const members = useMembers(home, can('member.read')).data
  const automations = useAutomations(home, can('automation.read')).data
  return ({ at, person, automation }) => {
    const when = ago(at)
    const member = members?.find(({ accountId }) => accountId === person)
    if (member !== undefined) {
      const name = isolated(memberName(member))
      return t`Set by ${name}, ${when}`
    }
    const rule = automations?.find(({ id }) => id === automation)
    if (rule !== undefined) {
      const name = isolated(rule.name)
      return t`Set by the automation “${name}”, ${when}`
    }
    return t`Set ${when}`
  }
}
