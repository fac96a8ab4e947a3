import type { AutomationAction, AutomationTrigger } from '@eaves/model/api'

/** The triggers that the actions of an automation wait for, each with its place. */
export function waitedFor(
  actions: readonly AutomationAction[],
  at = 'actions',
): { readonly at: string; readonly trigger: AutomationTrigger }[] {
  return actions.flatMap((action, i) => {
    const path = `${at}/${i}`
    switch (action.kind) {
      case 'waitFor':
        return [{ at: `${path}/trigger`, trigger: action.trigger }]
      case 'choose':
        return [
          ...action.options.flatMap(({ then }, j) => waitedFor(then, `${path}/options/${j}/then`)),
          ...waitedFor(action.otherwise ?? [], `${path}/otherwise`),
        ]
      case 'repeat':
        return waitedFor(action.actions, `${path}/actions`)
      default:
        return []
    }
  })
}
