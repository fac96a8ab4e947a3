// Installs what a profile needs, once. `product` is what a household runs; `full` adds what tests and checks use.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { recentNpm } from './first-node.mjs'
import { Refusal, root, run, say, secondsSince } from './ground.mjs'
import { withLock } from './lock.mjs'
import { npmCommand } from './npm.mjs'
import { findNode } from './our-node.mjs'

const modules = join(root, 'node_modules')
const stampPath = join(modules, '.eaves-set-up.json')
const lockFilePath = join(root, 'package-lock.json')
const platform = `${process.platform}-${process.arch}`

/** Makes sure the profile is installed and returns the path of the Node that runs Eaves. */
export async function ensureInstalled(profile) {
  if (!isFinished(profile)) {
    await withLock('set-up', async () => {
      if (isFinished(profile)) return
      // Somebody may have run npm ci by hand: what is complete is not installed again.
      if (findFaults('full').length === 0) writeStamp('full')
      else await install(profile)
    })
  }
  const stamp = readStamp()
  return stamp === undefined ? findNode() : resolve(root, stamp.node)
}

function isFinished(profile) {
  const stamp = readStamp()
  if (stamp === undefined || stamp.hash !== lockHash() || stamp.platform !== platform) return false
  return (stamp.profile === profile || stamp.profile === 'full') && existsSync(resolve(root, stamp.node))
}

async function install(profile) {
  const startMs = performance.now()
  say(
    `Setting up Eaves (${profile === 'full' ? 'everything' : 'what the product needs'}); this happens once.`,
  )
  rmSync(stampPath, { force: true })
  // Flags beat whatever configuration surrounds us: a silent npm would hide why it failed.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--include=optional']
  const [program, ...first] = await recentNpm(npmCommand(), [
    ...flags,
    '--prefer-offline',
    '--loglevel=error',
  ])
  const args = [...first, 'ci', ...flags, profile === 'full' ? '--include=dev' : '--omit=dev']
  // A cache that knows a package's name but not yet the pinned version fails first and succeeds online;
  // only the second attempt's words matter.
  let code = await run(program, [...args, '--prefer-offline', '--loglevel=silent'])
  if (code !== 0) code = await run(program, [...args, '--loglevel=error'])
  if (code !== 0) throw new Refusal(`npm ci failed (${code}); its message stands above.`)
  const faults = findFaults(profile)
  if (faults.length > 0)
    throw new Refusal(
      `npm installed something other than package-lock.json asks for:\n  ${faults.slice(0, 20).join('\n  ')}`,
    )
  writeStamp(profile)
  say(`Set up in ${secondsSince(startMs)} s.`)
}

// An old npm may quietly choose another version for an old Node; the lock file is the only word that counts.
function findFaults(profile) {
  // npm writes this file last: without it an installation was cut short.
  if (!existsSync(join(modules, '.package-lock.json'))) return ['node_modules is not complete']
  const faults = []
  for (const [path, entry] of Object.entries(readJson(lockFilePath).packages)) {
    if (!path.includes('node_modules/') || (profile === 'product' && entry.dev === true)) continue
    if ((entry.optional === true || entry.devOptional === true) && !isForThisMachine(entry)) continue
    if (entry.link === true) {
      if (!existsSync(join(root, path, 'package.json'))) faults.push(`${path}: the link is missing`)
      continue
    }
    const installed = readJson(join(root, path, 'package.json'))?.version
    if (installed !== entry.version)
      faults.push(`${path}: ${installed ?? 'nothing'} instead of ${entry.version}`)
  }
  return faults
}

// npm leaves an optional package out in silence; one made for this machine is needed all the same.
function isForThisMachine({ os, cpu, libc }) {
  const fits = (list, value) => list !== undefined && list.includes(value)
  const libcHere = process.report?.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
  return fits(os, process.platform) && fits(cpu, process.arch) && (libc === undefined || fits(libc, libcHere))
}

function writeStamp(profile) {
  const node = findNode()
  // Our own Node is written relative to the repository, which may be moved.
  const place = node.startsWith(modules) ? relative(root, node) : node
  writeFileSync(stampPath, JSON.stringify({ hash: lockHash(), profile, platform, node: place }))
}

function readStamp() {
  const stamp = readJson(stampPath)
  return typeof stamp?.node === 'string' ? stamp : undefined
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFilePath)).digest('hex')
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
