// A small throw-away repository for a check to judge.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

type Files = Readonly<Record<string, string>>

/** Writes the files into a temporary folder and returns its path. */
export function plantTree(files: Files): string {
  const top = mkdtempSync(join(tmpdir(), 'eaves-tree-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true })
    writeFileSync(join(top, path), text)
  }
  return top
}

/** Plants a tree, hands it to `use`, and removes it. */
export function withTree<T>(files: Files, use: (top: string) => T): T {
  const top = plantTree(files)
  try {
    return use(top)
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}
