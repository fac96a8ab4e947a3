// Which Node runs Eaves: the one npm brought as a per-platform package, else a system Node of the same major or newer.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Refusal, root } from './ground.mjs'

const leastMajor = 24
export const executable = process.platform === 'win32' ? 'node.exe' : 'node'
const platform = process.platform === 'win32' ? 'win' : process.platform
/** npm's package with our Node for this machine. */
export const ownPackage = `node-${platform}-${process.arch}`

/** Path of a Node that can run our TypeScript; refuses with what to do when there is none. */
export function findNode() {
  const own = join(root, 'node_modules', ownPackage, 'bin', executable)
  if (existsSync(own) && isRecent(own)) return own
  if (major(process.version) >= leastMajor) return process.execPath
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, executable)
    if (folder !== '' && existsSync(candidate) && isRecent(candidate)) return candidate
  }
  throw new Refusal(
    `Eaves needs Node ${leastMajor} or newer. npm carries no Node ${leastMajor} for ${process.platform}-${process.arch} ` +
      `(or the one it installed does not run here), and this machine has ${process.version}. ` +
      `Install Node ${leastMajor} so that "node --version" shows it, then run the same command again.`,
  )
}

export function isRecent(path) {
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return answer.status === 0 && major(answer.stdout) >= leastMajor
}

function major(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0)
}
