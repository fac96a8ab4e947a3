import { z } from 'zod'
import { commandStatuses } from '../devices.ts'
import { runResults, runStep } from './automations.ts'
import { id, instant } from './common.ts'

/** What a line tells of: somebody's command, an automation that ran, or a device that changed by itself or by hand. */
export const timelineKinds = ['command', 'run', 'change'] as const

export const timelineQuery = z.strictObject({
  from: instant,
  /** Now, unless named; at most seven days after `from`. */
  to: instant.optional(),
  /** A scene is among the commands when a person ran it, and among the runs when an automation did. */
  kind: z.enum(timelineKinds).optional(),
  device: id.optional(),
  room: id.optional(),
  /** Oneself, or the home itself: what nobody did. */
  by: z.enum(['me', 'home']).optional(),
})

/** Who did it, as far as whoever asks may know: `somebody` is a person whose name is not theirs to see or who is gone. */
export const timelineActor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: id }),
  z.object({ kind: z.literal('somebody') }),
  z.object({ kind: z.literal('home') }),
])
const place = { device: id, part: z.string(), capability: z.string() }
const commanded = {
  ...place,
  command: z.string(),
  args: z.record(z.string(), z.json()).optional(),
  status: z.enum(commandStatuses),
  /** Why it failed, a code of the error table. */
  code: z.string().optional(),
}
export const timelineEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    at: instant,
    id,
    ...commanded,
    by: timelineActor,
  }),
  /** A scene that somebody ran, for whoever may read scenes, with the commands of the devices that they see. */
  z.object({
    kind: z.literal('scene'),
    at: instant,
    id,
    scene: id,
    /** It put back what a run had changed. */
    isUndo: z.literal(true).optional(),
    commands: z.array(z.object({ id, ...commanded })),
    /** The home where an automation ran it. */
    by: timelineActor,
  }),
  z.object({
    kind: z.literal('run'),
    at: instant,
    id,
    automation: id,
    result: z.enum(runResults),
    /** What set it off. */
    trigger: runStep.optional(),
    /** The devices that it moved. */
    devices: z.array(id),
    /** So many more runs with the same end came right after it. */
    folded: z.int().optional(),
    by: timelineActor,
  }),
  z.object({
    kind: z.literal('change'),
    at: instant,
    ...place,
    attribute: z.string(),
    value: z.union([z.boolean(), z.number(), z.string()]),
    by: timelineActor,
  }),
])
/** Newest first; `truncated` when there was more than the newest that are shown. */
export const timelineView = z.object({ entries: z.array(timelineEntry), truncated: z.boolean() })

export type TimelineKind = (typeof timelineKinds)[number]
export type TimelineQuery = z.infer<typeof timelineQuery>
export type TimelineActor = z.infer<typeof timelineActor>
export type TimelineEntry = z.infer<typeof timelineEntry>
export type TimelineView = z.infer<typeof timelineView>
