import { spawn as spawnProcess, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Spawn } from './host.ts'

/**
 * Keeps the driver process small: its garbage is short-lived, and a larger young generation would only be resident memory. It has its
 * size from the beginning, since growing into it costs a start one collection after the other.
 */
export const driverExecArgv: readonly string[] = [
  '--max-semi-space-size=4',
  '--min-semi-space-size=4',
  '--max-old-space-size=512',
  '--disable-warning=ExperimentalWarning',
]
export const driverEntry = fileURLToPath(new URL('./process.mjs', import.meta.url))

let ahead: ChildProcess | undefined

/** An empty environment: no secret of the core can be read there, and none is ever put there. */
export const driverOptions = (root: string): SpawnOptions => ({
  env: {},
  cwd: root,
  detached: false,
  stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
})

/** Starts the driver process before the core has read its own thousand modules: on two cores both are read at once. */
export function startAhead(root: string): void {
  const child = spawnProcess(
    process.execPath,
    [...driverExecArgv, driverEntry, root, 'ahead'],
    driverOptions(root),
  )
  const end = () => void (ahead = ahead === child ? undefined : ahead)
  child.once('error', end)
  child.once('exit', end)
  ahead = child
  // A core that ends before it takes the process must not wait for it; its closed pipe ends the process.
  for (const each of [child, ...child.stdio]) (each as Held | null)?.unref()
}

/** Hands out the process that was started ahead, once and if it lives; else starts one. */
export const takeOrSpawn: Spawn = (command, args, options) => {
  const child = ahead
  if (child === undefined) return spawnProcess(command, args, options)
  ahead = undefined
  for (const each of [child, ...child.stdio]) (each as Held | null)?.ref()
  return child
}

/** What keeps a process from ending: children and the sockets that their streams are. */
interface Held {
  readonly ref: () => void
  readonly unref: () => void
}
