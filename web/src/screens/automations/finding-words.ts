import { t } from '@lingui/core/macro'
import type { AutomationFinding, FindingCode } from '@eaves/model/api'
import { isolated } from '../../words/later/reach.ts'

/** What was found, and what helps. `other` and `device` are names, where there is one. */
export interface FindingNames {
  readonly other: string | undefined
  readonly device: string | undefined
}
type Words = readonly [what: string, todo: string]
type Say = (names: FindingNames, finding: Pick<AutomationFinding, 'severity' | 'what'>) => Words

const words: Readonly<Record<FindingCode, Say>> = {
  loop: loopWords,
  conflict: ({ other, device }) => {
    const another = other ?? t`Another automation`
    return [
      device === undefined
        ? t`“${another}” wants the opposite at the same moment.`
        : t`“${another}” wants the opposite of “${device}” at the same moment.`,
      t`Give one of them a condition or another time.`,
    ]
  },
  'never-true': () => [
    t`This can never be so, so nothing that depends on it happens.`,
    t`Look for two parts that contradict each other, or a value that does not exist.`,
  ],
  'always-true': () => [t`This is always so and decides nothing.`, t`Leave it out, or make it narrower.`],
  'never-passes': () => [
    t`When this happens, the conditions cannot hold.`,
    t`Change the conditions, or leave this trigger out.`,
  ],
  unreachable: () => [
    t`Nothing ever comes to this.`,
    t`Something before it takes every case or ends the run.`,
  ],
  'never-fires': () => [
    t`This can never happen.`,
    t`The value lies outside what the device says, or is no change. Choose another.`,
  ],
  'fires-once': () => [
    t`This happens once and then never again.`,
    t`The margin is wider than the value can go. Make it smaller.`,
  ],
  'endless-wait': () => [
    t`What is waited for can never come.`,
    t`The run stands still until its time is up. Wait for something else.`,
  ],
  unguarded: ({ device }) => [
    device === undefined
      ? t`This can do harm, and nothing asks who is there or what time it is.`
      : t`This can do harm with “${device}”, and nothing asks who is there or what time it is.`,
    t`Add a condition of presence or time, or let a button begin it.`,
  ],
  anyone: ({ device }) => [
    device === undefined
      ? t`Anyone who has this address can bring this about, and it can do harm.`
      : t`Anyone who has this address can do this with “${device}”, and it can do harm.`,
    t`Let somebody of the home press a button in between, or choose another trigger.`,
  ],
  missing: missingWords,
  cannot: ({ device }) => [
    device === undefined ? t`The device cannot do this.` : t`“${device}” cannot do this or does not say it.`,
    t`It may have been replaced by another. Choose again what is meant.`,
  ],
  'nothing-there': () => [
    t`Nothing of the kind is there at the moment.`,
    t`It begins to work as soon as such a device is in that place.`,
  ],
  'is-off': ({ other }) => {
    const another = other ?? t`Another automation`
    return [t`“${another}” is switched off.`, t`Switch it on, or leave this out.`]
  },
  'notice-storm': () => [
    t`This may send very many notices.`,
    t`Let it last for some minutes first, or add a condition.`,
  ],
  'leaves-home': (_names, { severity }) =>
    severity === 'hint'
      ? [t`What is sent here leaves your home.`, t`Send no more than is needed there.`]
      : [
          t`This tells somebody outside your home who comes and goes.`,
          t`Ask those whom it is about, or let it depend on something else.`,
        ],
  flapping: () => [
    t`A value that trembles at this limit sets it off over and over.`,
    t`Add a margin, or let it last for a minute.`,
  ],
  'long-delay': () => [
    t`A wait of an hour or more ends when Eaves restarts.`,
    t`A second automation with a time of day does not depend on that.`,
  ],
  'author-gone': () => [
    t`Nobody answers for this any more, so it does nothing.`,
    t`Save it, and it acts in your name.`,
  ],
  'author-rights': ({ device }) => [
    device === undefined
      ? t`Whoever saved this may not have automations here any more.`
      : t`Whoever saved this may not do that with “${device}”, or only with a proof.`,
    t`Somebody who may has to save it.`,
  ],
}

function loopWords({ other }: FindingNames, { severity }: { readonly severity: string }): Words {
  if (severity === 'hint')
    return [
      t`This goes round and round, slowly.`,
      t`If that is what you want, all is well; otherwise add a condition that ends it.`,
    ]
  return [
    other === undefined
      ? t`This sets itself off again and again.`
      : t`This and “${other}” set each other off again and again.`,
    t`Add a condition that no longer holds the second time.`,
  ]
}

function missingWords({ device }: FindingNames, { what }: Pick<AutomationFinding, 'what'>): Words {
  const again = t`Choose another, or leave this out.`
  switch (what) {
    case 'room':
      return [t`This room is no longer there.`, again]
    case 'scene':
      return [t`This scene is no longer there.`, again]
    case 'automation':
      return [t`This automation is no longer there.`, again]
    case 'calendar':
      return [t`This calendar is no longer there.`, again]
    case 'meter':
      return [t`This meter is no longer there.`, again]
    case 'hook':
      return [t`This address has ended.`, again]
    case 'mode':
      return [t`This mode is no longer there.`, again]
    case 'place':
      return [t`This place is no longer there.`, again]
    case 'part':
      return [
        device === undefined
          ? t`This part of the device is no longer there.`
          : t`“${device}” no longer has this part.`,
        again,
      ]
    default:
      return [t`This device is no longer there.`, again]
  }
}

export function findingWords(finding: AutomationFinding, { other, device }: FindingNames): Words {
  const apart = (name: string | undefined) => (name === undefined ? undefined : isolated(name))
  return words[finding.code]({ other: apart(other), device: apart(device) }, finding)
}
