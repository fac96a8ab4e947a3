// Reads what every source file imports, by text: the same words the runtime follows, without a compiler.
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { isSource, listFiles } from './tree.ts'

/** One import. `target` is a path in the repository, a package name (with subpath) or `node:…`. */
export interface Edge {
  readonly from: string
  readonly specifier: string
  readonly target: string
  readonly kind: 'file' | 'package' | 'builtin'
  readonly typeOnly: boolean
  /** The names an import with braces brings in; empty for every other form. */
  readonly names: readonly string[]
}

export interface SourceFile {
  readonly path: string
  /** The text without comments, so that prose never counts as code; line numbers are kept. */
  readonly code: string
  readonly edges: readonly Edge[]
}

const clauses = [
  /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
  /^\s*import\s*()['"]([^'"\n]+)['"]/gm,
  /\bimport\s*\(\s*()['"]([^'"\n]+)['"]\s*\)/g,
]

/** Every source file under `top` with its imports. */
export function readSources(top: string): SourceFile[] {
  return listFiles(top)
    .filter(isSource)
    .map((path) => {
      const code = withoutComments(readFileSync(join(top, path), 'utf8'))
      return { path, code, edges: findEdges(path, code) }
    })
}

function findEdges(from: string, code: string): Edge[] {
  return clauses.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => {
      const specifier = match[2] ?? ''
      const typeOnly = match[1] !== undefined && match[1] !== ''
      return { from, specifier, ...resolve(from, specifier), typeOnly, names: namesIn(match[0]) }
    }),
  )
}

function namesIn(statement: string): string[] {
  const braces = /^\s*import\s*\{([^}]*)\}/.exec(statement)?.[1] ?? ''
  return braces.split(',').flatMap((part) => /^\s*(?:type\s+)?(\w+)/.exec(part)?.[1] ?? [])
}

function resolve(from: string, specifier: string): Pick<Edge, 'target' | 'kind'> {
  if (specifier.startsWith('.'))
    return { target: posix.normalize(posix.join(dirname(from), specifier)), kind: 'file' }
  if (isBuiltin(specifier)) return { target: `node:${specifier.replace(/^node:/, '')}`, kind: 'builtin' }
  return { target: specifier, kind: 'package' }
}

/** The package part of an import: `@scope/name` or `name`. */
export function packageName(target: string): string {
  const parts = target.split('/')
  return parts.slice(0, target.startsWith('@') ? 2 : 1).join('/')
}

// Strings are stepped over first, because "https://…" is no comment; a regular expression with quotes in it can
// fool this, which costs at most the rest of one line.
const tokens = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g

const isComment = (token: string): boolean => /^\/[*/]/.test(token)

export function withoutComments(text: string): string {
  return text.replace(tokens, (token) => (isComment(token) ? token.replace(/[^\n]/g, ' ') : token))
}

/** The comments of a source text with where each begins. */
export function commentsIn(text: string): { text: string; index: number }[] {
  const found = [...text.matchAll(tokens)].filter((match) => isComment(match[0]))
  return found.map((match) => ({ text: match[0], index: match.index }))
}

/** Circles among value imports, each as the list of its files; imports of types alone never run. */
export function findCycles(sources: readonly SourceFile[]): string[][] {
  const next = new Map(sources.map((source) => [source.path, valueTargets(source)]))
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[][] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path])
      return
    }
    state.set(path, 'open')
    for (const target of next.get(path) ?? []) visit(target, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of next.keys()) visit(path, [])
  return cycles
}

function valueTargets(source: SourceFile): string[] {
  return source.edges.filter((edge) => edge.kind === 'file' && !edge.typeOnly).map((edge) => edge.target)
}
