// The Node that runs `npm ci`. Under an older one npm leaves out, without a word, every optional package that asks for
// a newer Node, the app's build tools among them. So our own Node comes first, alone, and then installs the rest.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, say } from './ground.mjs'
import { executable, isRecent, ownPackage } from './our-node.mjs'

const folder = join(root, '.cache', 'node')

/** The command that starts npm, with a recent Node wherever one can be had. */
export async function recentNpm([node, ...first], flags) {
  if (isRecent(node)) return [node, ...first]
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const entry = lock.packages[`node_modules/${ownPackage}`]
  if (entry === undefined) return [node, ...first]
  const own = join(folder, 'node_modules', ownPackage, 'bin', executable)
  if (!isThere(own, entry.version)) {
    say(`Getting Node ${entry.version} first: ${node} is older than what Eaves is built with.`)
    plant(lock.lockfileVersion, entry)
    const code = await run(node, [...first, 'ci', ...flags], { cwd: folder })
    if (code !== 0) say(`That did not work (${code}); going on with the Node that is here.`)
  }
  return isThere(own, entry.version) && isRecent(own) ? [own, ...first] : [node, ...first]
}

function isThere(own, version) {
  if (!existsSync(own)) return false
  return JSON.parse(readFileSync(join(own, '..', '..', 'package.json'), 'utf8')).version === version
}

// One package, with the hash that the repository's lock file pins for it.
function plant(lockfileVersion, entry) {
  mkdirSync(folder, { recursive: true })
  const dependencies = { [ownPackage]: entry.version }
  const { optional: _optional, ...pinned } = entry
  const write = (name, content) => writeFileSync(join(folder, name), JSON.stringify(content))
  write('package.json', { name: 'first-node', version: '0.0.0', private: true, dependencies })
  write('package-lock.json', {
    name: 'first-node',
    version: '0.0.0',
    lockfileVersion,
    requires: true,
    packages: {
      '': { name: 'first-node', version: '0.0.0', dependencies },
      [`node_modules/${ownPackage}`]: pinned,
    },
  })
}
