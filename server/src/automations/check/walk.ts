import { waysOf, type Ask } from '../ask.ts'
import type {
  AutomationAction,
  AutomationBody,
  AutomationCondition,
  AutomationTrigger,
} from '@eaves/model/api'

/** Where a step stands, and what is known when a run comes to it. */
export interface Place {
  readonly at: string
  /** Seconds since the run began, when they are sure. */
  readonly afterSeconds: number | undefined
  /** At least so many. */
  readonly leastSeconds: number
  /** What decided for this branch, of all branches around it. */
  readonly asked: readonly AutomationCondition[]
  /** Of those, what still holds because nothing was waited for since. */
  readonly fresh: readonly AutomationCondition[]
  /** What had to happen on the way. */
  readonly awaited: readonly AutomationTrigger[]
  /** Whether anything was done or waited for before, so that the conditions of the automation may not hold any more. */
  readonly isFirst: boolean
  /** A person has said in this run that it shall be so. */
  readonly isAnswered?: true
  /** How often it is done in a run. */
  readonly times: number
}
export type Visit = (action: AutomationAction, place: Place) => void

const start = {
  afterSeconds: 0,
  leastSeconds: 0,
  asked: [],
  awaited: [],
  fresh: [],
  isFirst: true,
  times: 1,
} satisfies Omit<Place, 'at'>

/** Every step of an automation in the order in which it is written. */
export function walk({ actions }: Pick<AutomationBody, 'actions'>, visit: Visit): void {
  list(actions, { ...start, at: 'actions' }, visit)
}

function list(actions: readonly AutomationAction[], from: Place, visit: Visit): Place {
  let now = from
  actions.forEach((action, i) => {
    const at = `${from.at}/${i}`
    const here = { ...now, at }
    visit(action, here)
    now = { ...after(action, here, visit), at: from.at }
  })
  return now
}

const waited = (place: Place, seconds: number | undefined, least: number): Place => ({
  ...place,
  afterSeconds:
    seconds === undefined || place.afterSeconds === undefined ? undefined : place.afterSeconds + seconds,
  leastSeconds: place.leastSeconds + least,
  fresh: [],
  isFirst: false,
})

/** What is known once the step is done. */
function after(action: AutomationAction, here: Place, visit: Visit): Place {
  switch (action.kind) {
    case 'delay':
      return waited(here, action.seconds, action.seconds)
    case 'wait':
      return waited({ ...here, asked: [...here.asked, action.until] }, undefined, 0)
    case 'waitFor': {
      const isSure = action.otherwise !== 'go-on'
      const awaited = isSure ? [...here.awaited, action.trigger] : here.awaited
      return waited({ ...here, awaited }, undefined, 0)
    }
    case 'choose':
      return chosen(action, here, visit)
    case 'ask':
      return asked(action, here, visit)
    case 'repeat': {
      const { at, times } = here
      const asked = action.while === undefined ? [] : [action.while]
      const inside = {
        ...here,
        asked: [...here.asked, ...asked],
        fresh: [...here.fresh, ...asked],
        isFirst: false,
        times: times * action.times,
        at: `${at}/actions`,
      }
      const end = list(action.actions, inside, visit)
      const isQuick = end.afterSeconds !== undefined && end.afterSeconds === here.afterSeconds
      return isQuick ? { ...here, isFirst: false } : waited(here, undefined, 0)
    }
    case 'set':
      // What a run remembers may be asked for, so what held may not hold any more.
      return { ...here, fresh: [] }
    case 'command':
    case 'scene':
    case 'mode':
    case 'run':
    case 'alarm':
    case 'webhook':
      return { ...here, isFirst: false }
    case 'notify':
    case 'stop':
      return here
  }
}

function chosen(
  { options, otherwise = [] }: Extract<AutomationAction, { kind: 'choose' }>,
  here: Place,
  visit: Visit,
): Place {
  const before: AutomationCondition[] = []
  const ends = options.map(({ when, then }, i) => {
    const inside = [...before, ...when]
    before.push({ kind: 'not', condition: { kind: 'and', conditions: when } })
    return list(then, within(here, inside, when, `options/${i}/then`), visit)
  })
  ends.push(list(otherwise, within(here, before, before, 'otherwise'), visit))
  const isQuick = ends.every(({ afterSeconds }) => afterSeconds === here.afterSeconds)
  if (!isQuick || here.afterSeconds === undefined)
    return waited(here, undefined, Math.min(...ends.map((each) => each.leastSeconds)) - here.leastSeconds)
  return { ...here, isFirst: here.isFirst && ends.every((each) => each.isFirst) }
}

/** Nobody knows when it is answered, and what was so before may not be so after. */
function asked(action: Ask, here: Place, visit: Visit): Place {
  const then = waited(here, undefined, 0)
  for (const { at, then: actions } of waysOf(action))
    list(
      actions,
      { ...then, ...(at === 'otherwise' ? {} : { isAnswered: true }), at: `${here.at}/${at}` },
      visit,
    )
  return then
}

function within(
  here: Place,
  holds: readonly AutomationCondition[],
  asked: readonly AutomationCondition[],
  where: string,
): Place {
  return {
    ...here,
    asked: [...here.asked, ...asked],
    fresh: [...here.fresh, ...holds],
    at: `${here.at}/${where}`,
  }
}
