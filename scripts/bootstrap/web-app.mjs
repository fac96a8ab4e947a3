// Builds the web app when what it is made of has changed since the last build.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { Refusal, root, run, say, secondsSince } from './ground.mjs'
import { withLock } from './lock.mjs'

const web = join(root, 'web')
const dist = join(web, 'dist')
const stampName = '.stamp'
const sources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/tsconfig.json',
  'model/src',
  'policy',
  'package-lock.json',
]

/** Leaves a fresh build in web/dist; a build that fails leaves the old one alone. */
export async function ensureWebApp(node) {
  if (isFresh(sourceHash())) return
  await withLock('web-app', async () => {
    const hash = sourceHash()
    if (!isFresh(hash)) await build(node, hash)
  })
}

async function build(node, hash) {
  const startMs = performance.now()
  const mark = randomBytes(4).toString('hex')
  const fresh = join(root, '.cache', `web-fresh-${mark}`)
  const old = join(root, '.cache', `web-old-${mark}`)
  say('Building the web app.')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  try {
    const code = await run(node, [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: web,
    })
    if (code !== 0) throw new Refusal(`The web app did not build (${code}); the message stands above.`)
    writeFileSync(join(fresh, stampName), hash)
    // A server that is running keeps serving: the folder is missing only between these two lines.
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(fresh, dist)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
  say(`Built the web app in ${secondsSince(startMs)} s.`)
}

function isFresh(hash) {
  const stamp = join(dist, stampName)
  return existsSync(join(dist, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

function sourceHash() {
  const hash = createHash('sha256')
  const configs = readdirSync(web)
    .toSorted()
    .filter((name) => name.endsWith('.config.ts'))
    .map((name) => `web/${name}`)
  for (const source of [...sources, ...configs]) {
    for (const file of filesUnder(join(root, source))) {
      hash
        .update(`${relative(root, file).split(sep).join('/')}\0`)
        .update(readFileSync(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path)
    .toSorted()
    .filter((name) => name !== 'node_modules' && !/\.test\.tsx?$/.test(name))
  return names.flatMap((name) => filesUnder(join(path, name)))
}
