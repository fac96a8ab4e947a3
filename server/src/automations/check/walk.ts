import type { AutomationAction, AutomationBody, AutomationCondition } from '@eaves/model/api'

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
  /** Whether anything was done or waited for before, so that the conditions of the automation may not hold any more. */
  readonly isFirst: boolean
  /** How often it is done in a run. */
  readonly times: number
}
export type Visit = (action: AutomationAction, place: Place) => void

const start = {
  afterSeconds: 0,
  leastSeconds: 0,
  asked: [],
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
    case 'choose':
      return chosen(action, here, visit)
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
    case 'command':
    case 'scene':
    case 'run':
    case 'alarm':
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
