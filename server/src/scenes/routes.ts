import type { DeviceId, HomeId, OperatingRole, SceneId } from '@eaves/model'
import {
  id,
  sceneCapture,
  sceneCaptured,
  sceneCopy,
  sceneCreate,
  sceneEdit,
  sceneRunRequest,
  sceneRunView,
  sceneUndoRequest,
  sceneVersionView,
  sceneView,
} from '@eaves/model/api'
import { z } from 'zod'
import { commanderOf } from '../commands/commands.ts'
import { limitsIn } from '../homes/homes.ts'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import { may } from '../privacy/privacy.ts'
import type { Scenes } from './scenes.ts'

const path = '/api/homes/{home}/scenes'
const homePath = z.strictObject({ home: id })
const scenePath = z.strictObject({ home: id, scene: id })
const runPath = z.strictObject({ home: id, scene: id, run: id })
const versionPath = z.strictObject({ home: id, scene: id, n: z.string().regex(/^[1-9]\d{0,8}$/) })
const wait = z.strictObject({ wait: z.literal('ended').optional() })
const longestWaitMs = 30_000
/** Two hundred devices with all that can be set of each. */
const maxBytes = 512 * 1024
const at = (params: { home: string; scene: string }) =>
  [params.home as HomeId, params.scene as SceneId] as const

export interface SceneRoutesDeps {
  readonly scenes: Scenes
  readonly role: OperatingRole
}

export function sceneRoutes(deps: SceneRoutesDeps): readonly Entry[] {
  const { scenes } = deps
  return [...reading(scenes), ...editing(scenes), ...past(deps), ...running(scenes)]
}

function reading(scenes: Scenes): Entry[] {
  return [
    entry({
      method: 'get',
      path,
      summary: 'The scenes of a home in the order of its people, each with what the caller sees of it',
      access: { kind: 'home', verb: 'scene.read' },
      params: homePath,
      answer: z.array(sceneView),
      handle: async ({ params, caller }) => {
        const home = params.home as HomeId
        return scenes.list(home, limitsIn(caller.principal, home))
      },
    }),
    entry({
      method: 'get',
      path: `${path}/{scene}`,
      summary: 'One scene',
      access: { kind: 'home', verb: 'scene.read' },
      params: scenePath,
      answer: sceneView,
      handle: async ({ params, caller }) =>
        scenes.get(...at(params), limitsIn(caller.principal, params.home as HomeId)),
    }),
  ]
}

function editing(scenes: Scenes): Entry[] {
  const access = { kind: 'home', verb: 'scene.edit' } as const
  return [
    entry({
      method: 'post',
      path,
      summary: 'Make a scene',
      access,
      params: homePath,
      body: sceneCreate,
      answer: sceneView,
      status: 201,
      maxBytes,
      handle: async ({ params, body, caller }) => scenes.add(params.home as HomeId, subjectOf(caller), body),
    }),
    entry({
      method: 'post',
      path: '/api/homes/{home}/scene-captures',
      summary: 'What devices are now, as the settings of a scene; changes nothing',
      access,
      params: homePath,
      body: sceneCapture,
      answer: sceneCaptured,
      status: 200,
      handle: async ({ params, body }) =>
        scenes.capture(params.home as HomeId, body.devices as DeviceId[], body.locks === true),
    }),
    entry({
      method: 'patch',
      path: `${path}/{scene}`,
      summary: 'Change a scene, or its place in the order',
      access,
      params: scenePath,
      body: sceneEdit,
      answer: sceneView,
      maxBytes,
      handle: async ({ params, body, caller }) =>
        scenes.edit(params.home as HomeId, subjectOf(caller), params.scene as SceneId, body),
    }),
    entry({
      method: 'delete',
      path: `${path}/{scene}`,
      summary: 'Delete a scene, with how it read before',
      access,
      params: scenePath,
      handle: async ({ params, caller }) =>
        scenes.remove(params.home as HomeId, subjectOf(caller), params.scene as SceneId),
    }),
    entry({
      method: 'post',
      path: `${path}/{scene}/restore`,
      summary:
        'Bring back what one has deleted oneself, within two minutes: the same scene under the same id',
      access,
      params: scenePath,
      answer: sceneView,
      status: 200,
      handle: async ({ params, caller }) =>
        scenes.restore(params.home as HomeId, subjectOf(caller), params.scene as SceneId),
    }),
    entry({
      method: 'post',
      path: `${path}/{scene}/copies`,
      summary: 'The same scene once more, under another name',
      access,
      params: scenePath,
      body: sceneCopy,
      answer: sceneView,
      status: 201,
      handle: async ({ params, body, caller }) =>
        scenes.copy(params.home as HomeId, subjectOf(caller), params.scene as SceneId, body.name),
    }),
  ]
}

function past({ scenes, role }: SceneRoutesDeps): Entry[] {
  return [
    entry({
      method: 'get',
      path: `${path}/{scene}/versions`,
      summary: 'How a scene read at each save, newest first; who saved it for those who edit scenes',
      access: { kind: 'home', verb: 'scene.read' },
      params: scenePath,
      answer: z.array(sceneVersionView),
      handle: async ({ params, caller }) => {
        const [home, scene] = at(params)
        const { principal } = caller
        const editing = may(principal, 'scene.edit', { kind: 'home', home }, { operatingRole: role })
        const seen = { limits: limitsIn(principal, home), namesPeople: editing.allow } // pp.5.1
        return scenes.versions(home, subjectOf(caller), scene, seen)
      },
    }),
    entry({
      method: 'post',
      path: `${path}/{scene}/versions/{n}/revert`,
      summary: 'Make a scene read again as it did; a new version, without what is gone since',
      access: { kind: 'home', verb: 'scene.edit' },
      params: versionPath,
      answer: sceneView,
      status: 200,
      handle: async ({ params, caller }) => {
        const [home, scene] = at(params)
        return scenes.revert(home, subjectOf(caller), scene, Number(params.n))
      },
    }),
  ]
}

function running(scenes: Scenes): Entry[] {
  const access = { kind: 'home', verb: 'scene.run' } as const
  return [
    entry({
      method: 'post',
      path: `${path}/{scene}/run`,
      summary: 'Run a scene: each device as by a command of its own, and what became of it',
      access,
      params: scenePath,
      query: wait,
      body: sceneRunRequest,
      answer: sceneRunView,
      status: 202,
      handle: async ({ params, query, body, caller, status }) => {
        const { confirm, ...wish } = body
        const by = commanderOf(caller, confirm)
        const run = await scenes.run(...at(params), by, undefined, wish as { devices?: DeviceId[] })
        if (query.wait === undefined) return run
        status(200)
        return scenes.runOf(...at(params), run.id, by, longestWaitMs)
      },
    }),
    entry({
      method: 'get',
      path: `${path}/{scene}/runs/{run}`,
      summary:
        'How one’s own run of the last ten minutes stands; with wait=ended its end, after 30 seconds at most',
      access: { kind: 'home', verb: 'scene.read' },
      params: runPath,
      query: wait,
      answer: sceneRunView,
      handle: async ({ params, query, caller }) =>
        scenes.runOf(
          ...at(params),
          params.run,
          commanderOf(caller, undefined),
          query.wait === undefined ? 0 : longestWaitMs,
        ),
    }),
    entry({
      method: 'post',
      path: `${path}/{scene}/runs/{run}/undo`,
      summary: 'Put back what one’s own run changed, within ten minutes and once',
      access,
      params: runPath,
      query: wait,
      body: sceneUndoRequest,
      answer: sceneRunView,
      status: 202,
      handle: async ({ params, query, body, caller, status }) => {
        const by = commanderOf(caller, body.confirm)
        const back = await scenes.undo(...at(params), params.run, by)
        if (query.wait === undefined) return back
        status(200)
        return scenes.runOf(...at(params), back.id, by, longestWaitMs)
      },
    }),
  ]
}
