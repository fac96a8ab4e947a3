import { z } from 'zod'
import { commandStatuses } from '../devices.ts'
import {
  mostFadeSeconds,
  mostSceneDevices,
  mostSceneSettings,
  sceneCapabilities,
  sceneIcons,
} from '../scenes.ts'
import { id, instant, name } from './common.ts'

const fade = z.number().min(0).max(mostFadeSeconds).multipleOf(0.1)

/** What a scene wants of one capability of a device: values as the device reports them. */
export const sceneSetting = z.strictObject({
  device: id,
  part: z.string().min(1).max(64),
  capability: z.enum(sceneCapabilities),
  values: z.record(z.string().max(64), z.union([z.boolean(), z.number(), z.string().max(64)])),
  transitionSeconds: fade
    .optional()
    .describe('how long this takes, in place of what the scene says; ignored where nothing fades'),
})
const settings = z.array(sceneSetting).min(1).max(mostSceneSettings)
const icon = z.enum(sceneIcons)
const room = id.nullable().describe('null for the whole home')
const transitionSeconds = fade
  .nullable()
  .describe('over how long brightness and colour fade, where the device can; null is at once')

export const sceneCreate = z.strictObject({
  name,
  icon: icon.optional(),
  room: room.optional(),
  transitionSeconds: transitionSeconds.optional(),
  settings,
})
/** `version` is the one that was read: an edit of something older answers `input.conflict`. */
export const sceneEdit = z.strictObject({
  name: name.optional(),
  icon: icon.optional(),
  room: room.optional(),
  transitionSeconds: transitionSeconds.optional(),
  settings: settings.optional(),
  position: z.int().min(0).max(1_000).optional(),
  version: z.int().positive().optional(),
})
export const sceneCopy = z.strictObject({ name })
export const sceneView = z.object({
  id,
  name: z.string(),
  icon,
  room: id.nullable(),
  transitionSeconds: z.number().nullable(),
  position: z.int(),
  version: z.int(),
  /** Only what the caller sees. */
  settings: z.array(sceneSetting),
  /** Some of the scene is of devices that the caller does not see. */
  partial: z.literal(true).optional(),
  /** Devices of the scene that are no longer there. */
  gone: z.array(id).optional(),
})

/** How a scene read after a save. */
export const sceneVersionView = z.object({
  version: z.int(),
  at: instant,
  author: id.optional(),
  name: z.string(),
  icon,
  room: id.nullable(),
  transitionSeconds: z.number().nullable(),
  settings: z.array(sceneSetting),
})

/** Why a device, or one capability of it, is not part of what was asked. */
export const sceneLeftReasons = ['lock', 'guarded', 'unknown', 'nothing'] as const
export const sceneCapture = z.strictObject({
  devices: z.array(id).min(1).max(mostSceneDevices),
  /** Locks are taken as well, each to be locked. */
  locks: z.boolean().optional(),
})
export const sceneCaptured = z.object({
  settings: z.array(sceneSetting),
  leftOut: z.array(z.object({ device: id, reason: z.enum(sceneLeftReasons) })),
})

export const sceneRunRequest = z.strictObject({
  idempotencyKey: z.string().min(1).max(200).optional(),
  /** Only these devices of the scene, such as those that failed before. */
  devices: z.array(id).min(1).max(mostSceneDevices).optional(),
  confirm: z.strictObject({ pin: z.string().min(1).max(16) }).optional(),
})
export const sceneUndoRequest = sceneRunRequest.pick({ confirm: true })
export const sceneRunView = z.object({
  id,
  scene: id,
  kind: z.enum(['run', 'undo']),
  at: instant,
  /** Once every device has ended, one way or the other. */
  endedAt: instant.optional(),
  devices: z.array(
    z.object({
      device: id,
      /** `refused`: nothing was sent to it. */
      status: z.enum([...commandStatuses, 'refused']),
      reason: z.object({ code: z.string(), detail: z.string().optional() }).optional(),
    }),
  ),
  /** Some of the scene is of devices that the caller does not see; nothing was sent to those. */
  partial: z.literal(true).optional(),
  /** Until when it can be undone; absent when there is nothing to put back. */
  undoUntil: instant.optional(),
  /** What an undo would leave as it is: locks, and what was not known before. */
  notUndone: z.array(z.object({ device: id, reason: z.enum(sceneLeftReasons) })).optional(),
})

export type SceneSetting = z.infer<typeof sceneSetting>
export type SceneCreate = z.infer<typeof sceneCreate>
export type SceneEdit = z.infer<typeof sceneEdit>
export type SceneView = z.infer<typeof sceneView>
export type SceneVersionView = z.infer<typeof sceneVersionView>
export type SceneLeft = z.infer<typeof sceneCaptured>['leftOut'][number]
export type SceneCaptured = z.infer<typeof sceneCaptured>
export type SceneRunRequest = z.infer<typeof sceneRunRequest>
export type SceneRunView = z.infer<typeof sceneRunView>
