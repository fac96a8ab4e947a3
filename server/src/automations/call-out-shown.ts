import { hiddenAddress, hostOf } from '@eaves/model'
import type { AutomationAction, AutomationBody } from '@eaves/model/api'
import { waysOf } from './ask.ts'

type Call = Extract<AutomationAction, { kind: 'webhook' }>
/** The actions with another in place of each call of an address. */
function withCalls(
  actions: readonly AutomationAction[],
  put: (call: Call) => AutomationAction,
): AutomationAction[] {
  const inside = (all: readonly AutomationAction[]) => withCalls(all, put)
  return actions.map((action): AutomationAction => {
    switch (action.kind) {
      case 'webhook':
        return put(action)
      case 'repeat':
        return { ...action, actions: inside(action.actions) }
      case 'choose':
        return {
          ...action,
          options: action.options.map((each) => ({ ...each, then: inside(each.then) })),
          ...(action.otherwise === undefined ? {} : { otherwise: inside(action.otherwise) }),
        }
      case 'ask':
        return {
          ...action,
          answers: action.answers.map((each) => ({ ...each, then: inside(each.then) })),
          ...(action.otherwise === undefined ? {} : { otherwise: inside(action.otherwise) }),
        }
      default:
        return action
    }
  })
}

/** Whether it calls an address anywhere. */
export function callsOut(actions: readonly AutomationAction[]): boolean {
  return actions.some((action) => {
    if (action.kind === 'repeat') return callsOut(action.actions)
    if (action.kind === 'choose')
      return action.options.some(({ then }) => callsOut(then)) || callsOut(action.otherwise ?? [])
    if (action.kind === 'ask') return waysOf(action).some(({ then }) => callsOut(then))
    return action.kind === 'webhook'
  })
}

/** As whoever may not let the home call reads it: whom, and neither where there nor with what, for both may be secrets. // pp.5.1 */
export function withoutAddresses<B extends Pick<AutomationBody, 'actions'>>(body: B): B {
  if (!callsOut(body.actions)) return body
  const actions = withCalls(body.actions, ({ url }) => ({ kind: 'webhook', url: hiddenAddress(hostOf(url)) }))
  return { ...body, actions }
}
