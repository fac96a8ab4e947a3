import { AppError, type DeviceId, type HomeId, type SceneId, type SubjectId } from '@eaves/model'
import { Automations, HomeSignals, type ReadPoints, type RunScene } from './automations/automations.ts'
import { Commands, type CommandsDeps } from './commands/commands.ts'
import type { History } from './history/history.ts'
import type { Notifications } from './notifications/notifications.ts'
import { systemTimers } from './homes/homes.ts'
import { createScenes, type Scenes } from './scenes/scenes.ts'
import type { HistoryDb, Stores } from './store/stores.ts'

export interface ActingParts extends Omit<CommandsDeps, 'facts' | 'timers'> {
  readonly stores: Pick<Stores, 'facts' | 'history'>
  readonly notifications: Pick<Notifications, 'tell'>
  readonly history: Pick<History, 'flush'>
}

/** What moves a home: what people command, and what it does by itself. */
export function actingOf({ stores, notifications, history, ...rest }: ActingParts): {
  readonly commands: Commands
  readonly scenes: Scenes
  readonly automations: Automations
  readonly signals: HomeSignals
} {
  const deps = { ...rest, facts: stores.facts, timers: systemTimers }
  const commands = new Commands(deps)
  const scenes = createScenes({ ...deps, commands })
  const signals = new HomeSignals()
  const automations = new Automations({
    ...deps,
    signals,
    commands,
    runScene: sceneRunner(scenes),
    scenesOf: sceneLooker(scenes),
    sceneNames: sceneNamer(scenes),
    notify: (subject, home, text, automation) =>
      notifications.tell(subject, 'automation.says', { home, text, automation }),
    past: (home, subject) => readPast(history, stores.history, home, subject),
  })
  return { commands, scenes, automations, signals }
}

/** What the scenes of a home set, for whoever looks over its automations. */
export const sceneLooker = (scenes: Pick<Scenes, 'list'>) => async (home: HomeId) =>
  new Map((await scenes.list(home)).map(({ id, settings }) => [id, settings] as const))

export const sceneNamer = (scenes: Pick<Scenes, 'list'>) => async (home: HomeId) =>
  new Map((await scenes.list(home)).map(({ id, name }) => [id, name] as const))

/** How an automation runs a scene: whoever wrote it runs it, and what did not follow is told with its reason. */
export const sceneRunner =
  (scenes: Pick<Scenes, 'run'>): RunScene =>
  ({ home, scene, by }, ended) => {
    const whole = scenes.run(home, scene as SceneId, by, ({ devices }) =>
      ended(
        devices.flatMap(({ device, status, reason }) =>
          status === 'confirmed' || status === 'sent'
            ? []
            : [{ device: device as DeviceId, code: reason?.code ?? 'server.fault' }],
        ),
      ),
    )
    whole.catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : 'server.fault'
      ended([], code === 'auth.not-found' ? 'input.not-found' : code)
    })
  }

const pageRows = 10_000

/** The past of a home as one of it may read it, what waits to be written among it. */
export function readPast(
  history: Pick<History, 'flush'>,
  past: HistoryDb,
  home: HomeId,
  subject: SubjectId,
): ReadPoints {
  let isFlushed = false
  const store = past.as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'service.core' })
  return async (ask) => {
    if (!isFlushed) await history.flush()
    isFlushed = true
    return store.raw({ ...ask, limit: pageRows })
  }
}
