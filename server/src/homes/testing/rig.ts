import { newId, type ConnectionId, type DeviceId, type HomeId } from '@eaves/model'
import { handTimers } from '../../devices/testing.ts'
import { quietLog, testClock } from '../../store/testing.ts'
import { Intake } from '../intake.ts'
import { HomeRuntime } from '../runtime.ts'
import type { LiveNote } from '../state.ts'

interface Sample {
  path: string
  at: number
  value: unknown
}

/** The live state of one home with what came of it; messages and the clock are the test's. */
export function rig(connections = 1, isRecording = true) {
  const clock = testClock()
  const timers = handTimers(clock)
  const samples: Sample[] = []
  let rows = 0
  const erased: DeviceId[] = []
  const intake = new Intake({ now: clock.now, timers, log: quietLog })
  const runtime = new HomeRuntime('h' as HomeId, {
    now: clock.now,
    timers,
    epoch: 3,
    roomName: () => undefined,
    sinks: {
      sample: (_home, _device, path, at, value) => {
        if (isRecording) samples.push({ path, at, value })
        return undefined
      },
      row: () => void rows++,
      live: () => undefined,
      erased: (_home, device) => void erased.push(device.id),
    },
  })
  const ids = Array.from({ length: connections }, () => newId<ConnectionId>())
  for (const id of ids) intake.attach(id, runtime, 'mqtt')
  const notes: { kind: string; frame: Record<string, unknown> }[] = []
  if (isRecording)
    runtime.watch(
      (note: LiveNote) =>
        void notes.push({
          kind: note.kind,
          frame: JSON.parse(`{"version":${note.version}${note.fragment()}`) as Record<string, unknown>,
        }),
    )
  const changes = () => notes.filter((note) => note.kind === 'change').map((note) => note.frame.values)
  const views = () =>
    JSON.parse(runtime.snapshotJson()) as {
      id: string
      name: string
      online: boolean
      stale?: boolean
      lastSeen?: string
      parts: { capabilities: Record<string, unknown>; vendor: Record<string, unknown> }[]
    }[]
  return {
    clock,
    timers,
    intake,
    runtime,
    connection: ids[0]!,
    connections: ids,
    notes,
    changes,
    views,
    samples,
    erased,
    rows: () => rows,
  }
}
