import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const ip = (...args: string[]) => spawnSync('ip', args, { encoding: 'utf8' })

/** Two machines joined by a cable, each a network namespace of its own that reaches nothing else. */
export interface TwoMachines {
  readonly hub: string
  readonly phone: string
  /** The beginning of a command that runs there. */
  readonly onHub: readonly string[]
  readonly onPhone: readonly string[]
  readonly dispose: () => void
}

const nameOf = (part: string) => `eaves-${part}-${process.pid}`
export const canJoinMachines = (() => {
  if (process.getuid?.() !== 0 || !(existsSync('/usr/sbin/ip') || existsSync('/sbin/ip'))) return false
  const made = ip('netns', 'add', nameOf('try')).status === 0
  if (made) ip('netns', 'del', nameOf('try'))
  return made
})()

export function joinMachines(): TwoMachines {
  const [hub, phone] = [nameOf('hub'), nameOf('phone')]
  const steps = [
    ['netns', 'add', hub],
    ['netns', 'add', phone],
    ['link', 'add', 'wire0', 'netns', hub, 'type', 'veth', 'peer', 'name', 'wire0', 'netns', phone],
    ...[
      [hub, '10.87.0.1/24'],
      [phone, '10.87.0.2/24'],
    ].flatMap(([name, address]) => [
      ['-n', name!, 'addr', 'add', address!, 'dev', 'wire0'],
      ['-n', name!, 'link', 'set', 'wire0', 'up'],
      ['-n', name!, 'link', 'set', 'lo', 'up'],
      ['-n', name!, 'route', 'add', '224.0.0.0/4', 'dev', 'wire0'],
    ]),
  ]
  const dispose = () => {
    for (const name of [hub, phone]) ip('netns', 'del', name)
  }
  for (const step of steps) {
    const done = ip(...step)
    if (done.status === 0) continue
    dispose()
    throw new Error(`ip ${step.join(' ')}: ${done.stderr}`)
  }
  return {
    hub: '10.87.0.1',
    phone: '10.87.0.2',
    onHub: ['ip', 'netns', 'exec', hub],
    onPhone: ['ip', 'netns', 'exec', phone],
    dispose,
  }
}
