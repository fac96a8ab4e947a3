import { Automations, noScenes } from './automations/automations.ts'
import { Commands, type CommandsDeps } from './commands/commands.ts'
import type { Notifications } from './notifications/notifications.ts'

/** What moves a home: what people command, and what it does by itself. */
export function actingOf({
  notifications,
  ...deps
}: CommandsDeps & { readonly notifications: Pick<Notifications, 'tell'> }): {
  readonly commands: Commands
  readonly automations: Automations
} {
  const commands = new Commands(deps)
  const automations = new Automations({
    ...deps,
    commands,
    runScene: noScenes,
    notify: (subject, home, text) => notifications.tell(subject, 'automation.says', { home, text }),
  })
  return { commands, automations }
}
