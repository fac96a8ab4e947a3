// Finds npm's own script and the Node that runs it, so that no shell and no .cmd file stands in between.
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { Refusal, root } from './ground.mjs'

/** [program, ...first arguments] that start npm. */
export function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli)) return [systemNode(node), cli]
  for (const folder of systemFolders()) {
    for (const path of [join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'), join(folder, 'npm')]) {
      if (!existsSync(path)) continue
      const real = realpathSync(path)
      if (real.endsWith('.js')) return [systemNode(undefined), real]
    }
  }
  throw new Refusal(
    'npm was not found. Install Node with npm (version 20 or newer), then run the same command again.',
  )
}

// npm ci empties node_modules: the Node that runs it must not live there.
function systemNode(preferred) {
  for (const path of [preferred, process.execPath]) {
    if (path !== undefined && existsSync(path) && !isOurs(realpathSync(path))) return path
  }
  for (const folder of systemFolders()) {
    const path = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(path) && !isOurs(realpathSync(path))) return path
  }
  throw new Refusal('npm needs a Node outside this folder to install with, and none is on the PATH.')
}

function systemFolders() {
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)]
  return folders.filter((folder) => folder !== '' && !isOurs(join(folder, 'node')))
}

function isOurs(path) {
  return path.startsWith(join(root, 'node_modules') + sep)
}
