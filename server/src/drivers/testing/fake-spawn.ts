import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { Duplex, PassThrough } from 'node:stream'
import type { Spawn } from '../host.ts'

/** A process that is not one: the test plays its pipe and its end. */
export function fakeSpawn(): {
  readonly spawn: Spawn
  readonly writes: string[]
  readonly starts: number[]
  readonly say: (line: string) => void
  readonly end: () => void
  readonly now: { ms: number }
} {
  const writes: string[] = []
  const starts: number[] = []
  const now = { ms: 0 }
  let child: EventEmitter | undefined
  let pipe: Duplex | undefined
  const spawn: Spawn = (_command, _args, options) => {
    assert.deepEqual(options.env, {})
    starts.push(now.ms)
    pipe = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        writes.push(chunk.toString())
        done()
      },
    })
    const streams = { stdout: new PassThrough(), stderr: new PassThrough() }
    child = Object.assign(new EventEmitter(), streams, {
      pid: 1,
      stdio: [null, streams.stdout, streams.stderr, pipe],
      kill: () => true,
    })
    return child as ChildProcess
  }
  return {
    spawn,
    writes,
    starts,
    now,
    say: (line) => pipe!.push(line + '\n'),
    end: () => child!.emit('exit', 1, null),
  }
}
