// Walks the repository's own files: never dependencies, builds, data folders or Git.
import { readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const skippedAnywhere = new Set(['node_modules', '.git', '.cache', 'dist', '.tanstack'])
const skippedAtRoot = /^data(\.|-|$)|^(bench\/(results|run)|test\/screens)$/

/** Every file under `top` as a sorted path relative to it, with forward slashes. */
export function listFiles(top: string): string[] {
  const found: string[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const name = relative(top, path).split(sep).join('/')
      if (skippedAnywhere.has(entry.name) || skippedAtRoot.test(name)) continue
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile()) found.push(name)
    }
  }
  if (statSync(top).isDirectory()) visit(top)
  return found.toSorted()
}

export function isSource(path: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts')
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('bench/')
}
