// Holds the import rules: reads the import graph, compares it with boundary-rules.ts and prints the why of what differs.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { doors, exceptions, importRules, outside, wordRules } from './boundary-rules.ts'
import { findCycles, packageName, readSources, type Edge, type SourceFile } from './import-graph.ts'

/** Every breach of the import rules under `top`, a line each. */
export function checkBoundaries(top: string): string[] {
  const sources = readSources(top)
  const inside = sources.filter((source) => !outside.test(source.path))
  return [
    ...inside.flatMap((source) => breachesOfImports(top, source)),
    ...inside.flatMap(breachesOfWords),
    ...inside.flatMap((source) => openedDoors(top, source)),
    ...sources.flatMap(escapes),
    ...inside.flatMap((source) => undeclared(top, source)),
    ...findCycles(sources).map(
      (cycle) => `${cycle[0]}: circle ${cycle.join(' → ')}. Why: the order of starting must be clear.`,
    ),
  ]
}

function breachesOfImports(top: string, source: SourceFile): string[] {
  return importRules
    .filter((rule) => rule.from.test(source.path))
    .flatMap((rule) =>
      source.edges
        .filter(
          (edge) =>
            (rule.about?.(edge) ?? true) && !rule.may(edge) && !isExcepted(top, source.path, edge.target),
        )
        .map((edge) => `${source.path}: imports ${edge.specifier}. Why not: ${rule.why}.`),
    )
}

function breachesOfWords(source: SourceFile): string[] {
  return wordRules
    .filter((rule) => rule.from.test(source.path) && rule.word.test(source.code))
    .map(
      (rule) =>
        `${source.path}:${lineOf(source.code, rule.word)}: says ${rule.word.exec(source.code)?.[0]}. Why not: ${rule.why}.`,
    )
}

const global = String.raw`\b(?:globalThis|global|self|window)\s*(?:\?\.|\.|\[\s*['"\`])\s*`
// A name after a dot or in an object is somebody's own; a bare call is the global, and so is one that is handed on.
const globals: readonly { readonly door: string; readonly use: RegExp }[] = [
  {
    door: 'fetch',
    use: new RegExp(
      String.raw`(?<![\w.$'"\`-])fetch\s*(?:\(|\?\.|\.(?:call|apply|bind)\b)|[=(,:?&|]\s*fetch\s*[;,)}\n]|\b(?:return|typeof)\s+fetch\b|\bfetch\s*[,:}][^;={}]*\}\s*=\s*(?:globalThis|global|self|window)\b|${global}fetch\b`,
    ),
  },
  {
    door: 'WebSocket',
    use: new RegExp(
      String.raw`\b(?:new|extends|typeof|return)\s+WebSocket\b|[=(,:?&|]\s*WebSocket\s*[;,)\n]|${global}WebSocket\b`,
    ),
  },
]

function openedDoors(top: string, source: SourceFile): string[] {
  const byImport = source.edges
    .filter((edge) => !edge.typeOnly && !isHarmless(edge))
    .flatMap((edge) => (edge.kind === 'package' ? [packageName(edge.target), edge.target] : [edge.target]))
  const byWord = globals.filter(({ use }) => use.test(source.code)).map(({ door }) => door)
  return [...new Set([...byImport, ...byWord])]
    .filter((door) => doors.includes(door) && !isExcepted(top, source.path, door))
    .map(
      (door) =>
        `${source.path}: opens ${door}. Why not: every byte that leaves is declared; the exceptions stand in scripts/boundary-rules.ts, those of a driver in its quality.json, each with its reason.`,
    )
}

// Reading an address is not opening a connection.
function isHarmless(edge: Edge): boolean {
  const harmless = ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'SocketAddress']
  return (
    edge.target === 'node:net' && edge.names.length > 0 && edge.names.every((name) => harmless.includes(name))
  )
}

function isExcepted(top: string, path: string, target: string): boolean {
  return (
    exceptions.some((exception) => exception.from.test(path) && exception.opens.includes(target)) ||
    socketsOf(top, path).includes(target)
  )
}

/** What the ledger of the driver that a file belongs to lets it open, each with a reason. */
function socketsOf(top: string, path: string): string[] {
  const folder = /^drivers\/[^/]+/.exec(path)?.[0]
  const ledger = folder === undefined ? undefined : join(top, folder, 'quality.json')
  if (ledger === undefined || !existsSync(ledger)) return []
  const { sockets = {} } = JSON.parse(readFileSync(ledger, 'utf8')) as {
    readonly sockets?: Readonly<Record<string, string>>
  }
  return Object.keys(sockets).filter((module) => sockets[module]!.length > 10)
}

// Nothing at run time stops ../../other/src/x.ts; `exports` guards package names only.
function escapes(source: SourceFile): string[] {
  if (/^(test|bench|scripts)\//.test(source.path)) return []
  return source.edges
    .filter((edge) => edge.kind === 'file' && workspaceOf(edge.target) !== workspaceOf(edge.from))
    .map(
      (edge) =>
        `${source.path}: reaches ${edge.specifier}. Why not: another workspace is entered through its package name, whose exports are its door.`,
    )
}

function workspaceOf(path: string): string | undefined {
  return /^(?:drivers\/[^/]+|[^/]+)(?=\/)/.exec(path)?.[0]
}

function undeclared(top: string, source: SourceFile): string[] {
  const workspace = workspaceOf(source.path)
  if (workspace === undefined) return []
  const declared = declaredPackages(join(top, workspace, 'package.json'))
  if (declared === undefined) return []
  const isMissing = (edge: Edge): boolean =>
    edge.kind === 'package' &&
    !edge.typeOnly &&
    !edge.target.startsWith('virtual:') &&
    !declared.has(packageName(edge.target))
  return source.edges
    .filter(isMissing)
    .map(
      (edge) =>
        `${source.path}: imports ${packageName(edge.target)}, which ${workspace}/package.json does not declare. Why not: hoisting finds it today and not tomorrow.`,
    )
}

function declaredPackages(path: string): Set<string> | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    return new Set(
      [manifest.dependencies, manifest.optionalDependencies, { [String(manifest.name)]: '' }].flatMap(
        (group) => Object.keys(group ?? {}),
      ),
    )
  } catch {
    return undefined
  }
}

function lineOf(code: string, word: RegExp): number {
  return code.slice(0, code.search(word)).split('\n').length
}
