// Holds what is installed to what was decided: exact pins, a lock that agrees, no addresses, no scripts, known licences.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from './tree.ts'

interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly inBundle?: boolean
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly license?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

interface Manifest {
  readonly name?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * Packages of the product, ours not counted. Raising it is a decision: every one is read, shipped and updated.
 * 292 since histories are written as Parquet: a writer and its one dependency, loaded when somebody asks for such a file.
 */
export const productBudget = 292

const licences = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'Python-2.0',
])

/** Packages whose lock entry names no licence, with the licence their own files state. */
const statedLicences: Readonly<Record<string, string>> = {
  suncalc: 'BSD-2-Clause',
  '@react-aria/optimize-locales-plugin': 'Apache-2.0',
}

/** Packages that ask for an install script. None is ever run (.npmrc); each is here because it works without. */
const scriptsNotNeeded: Readonly<Record<string, string>> = {
  fsevents: 'macOS only; file watching falls back, and only development watches files',
}

/** Everything wrong with the manifests and the lock under `top`, a line each, and the size of the product. */
export function checkLock(top: string): { problems: string[]; productCount: number } {
  const lock = readLock(top)
  const packages = Object.entries(lock).filter(
    ([path, entry]) => path.includes('node_modules/') && entry.link !== true,
  )
  const shipped = packages.filter(([, entry]) => entry.dev !== true && entry.devOptional !== true)
  // One binary of many is installed on a machine, so the optional ones are not counted.
  const productCount = shipped.filter(([, entry]) => entry.optional !== true).length
  const problems = [
    ...manifestsOf(top).flatMap(([path, manifest]) => pinProblems(path, manifest, lock)),
    ...packages.flatMap(([path, entry]) => [...sourceProblems(path, entry), ...gaps(path, entry, lock)]),
    ...shipped.flatMap(([path, entry]) => shippingProblems(path, entry)),
  ]
  if (productCount > productBudget) {
    problems.push(
      `package-lock.json: the product has ${productCount} packages; the budget is ${productBudget}.`,
    )
  }
  return { problems, productCount }
}

function readLock(top: string): Record<string, LockEntry> {
  const lock = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>
  }
  return lock.packages
}

function manifestsOf(top: string): [string, Manifest][] {
  const paths = listFiles(top).filter((path) => /^(?:[^/]+\/|drivers\/[^/]+\/)?package\.json$/.test(path))
  return paths.map((path) => [path, JSON.parse(readFileSync(join(top, path), 'utf8')) as Manifest])
}

function pinProblems(path: string, manifest: Manifest, lock: Record<string, LockEntry>): string[] {
  const groups = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies]
  const folder = path === 'package.json' ? '' : `${path.slice(0, -'/package.json'.length)}/`
  return groups.flatMap((group) =>
    Object.entries(group ?? {}).flatMap(([name, pin]) => {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(pin))
        return [`${path}: ${name} is "${pin}", not an exact version.`]
      const found = lock[`${folder}node_modules/${name}`] ?? lock[`node_modules/${name}`]
      if (found === undefined) return [`${path}: ${name} is not in package-lock.json.`]
      if (found.link === true || found.version === pin) return []
      return [`${path}: ${name} is pinned to ${pin} but the lock resolves it to ${found.version}.`]
    }),
  )
}

function sourceProblems(path: string, entry: LockEntry): string[] {
  const problems: string[] = []
  if (entry.resolved !== undefined)
    problems.push(
      `package-lock.json: ${path} carries an address (${entry.resolved}); install with the repository's .npmrc.`,
    )
  // What is packed inside another package is covered by that package's hash.
  if (entry.integrity === undefined && entry.inBundle !== true)
    problems.push(`package-lock.json: ${path} has no integrity hash.`)
  return problems
}

// npm install on one platform may leave out the binaries of the others; npm ci then refuses the lock, or they get none.
function gaps(path: string, entry: LockEntry, lock: Record<string, LockEntry>): string[] {
  return Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !places(path).some((place) => lock[`${place}node_modules/${name}`] !== undefined))
    .map(
      (name) =>
        `package-lock.json: ${path} needs ${name} on some platform and the lock lacks it; no clean installation there.`,
    )
}

/** Where Node looks for what the package at `path` imports: beside it and in every folder above. */
function places(path: string): string[] {
  const parts = path.split('/')
  return parts
    .map((_, length) => (length === 0 ? '' : `${parts.slice(0, length).join('/')}/`))
    .concat(`${path}/`)
}

function shippingProblems(path: string, entry: LockEntry): string[] {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const problems: string[] = []
  if (entry.hasInstallScript === true && scriptsNotNeeded[name] === undefined) {
    problems.push(`package-lock.json: ${name} wants an install script; ours never run.`)
  }
  const licence = entry.license ?? statedLicences[name]
  if (licence === undefined || !isAllowed(licence)) {
    problems.push(
      `package-lock.json: the licence of ${name} (${licence ?? 'none stated'}) is not on the list.`,
    )
  }
  return problems
}

// SPDX: OR needs one side we can take, AND needs both.
function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '')
  return bare
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => licences.has(licence.trim())))
}
