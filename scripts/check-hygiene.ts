// Keeps the repository about the project: no machine's paths, no half-done markers, no file that outgrew its reader.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSource, listFiles } from './tree.ts'

const lineLimit = 400
/** A suite may run on a little: its tests are read one at a time. */
const suiteLimit = 500

/** Files that are data or output and may be as long as their subject. */
const longByNature =
  /\.gen\.ts$|(^|\/)(locales|migrations|documents|fixtures|corpus|cases)\/|(^|\/)(schema\.[a-z]+\.sql|package-lock\.json)$/
/** Tables of data inside source, each with its reason. */
const longTables: Readonly<Record<string, string>> = {
  'bench/bench.mjs': 'the harness: one script, so that it can be taken elsewhere whole',
}

const textual =
  /\.(ts|tsx|mjs|js|json|md|css|html|svg|sql|sh|ya?ml|po|toml)$|(^|\/)(\.npmrc|\.gitignore|\.editorconfig|\.gitattributes|run)$/

// Written in halves, so that this file does not find itself.
const strangers: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  {
    pattern: new RegExp(
      String.raw`(?<![\w.~-])/(?:wo${'rk'}|ro${'ot'}|ho${'me'}/[a-z][\w-]*|Us${'ers'}/[A-Za-z][\w-]*)/`,
    ),
    why: 'the path of one machine',
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:registry\.npmj${'s'}\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|[\w-]+\.(?:artifactory|jfrog)\.[a-z]+)\b`,
    ),
    why: 'a registry host; the reader has their own',
  },
]
const halfDone = new RegExp(String.raw`\b(?:TO${'DO'}|FIX${'ME'}|XX${'X'}|HA${'CK'})\b`)

/** Everything under `top` that does not belong in the repository, a line each. `tracked` lists what Git holds. */
export function checkHygiene(top: string, tracked: readonly string[] = listFiles(top)): string[] {
  const strays = tracked.filter((path) => /(^|\/)node_modules\//.test(path)).slice(0, 5)
  return [
    ...strays.map((path) => `${path}: installed packages are not committed.`),
    ...listFiles(top)
      .filter((path) => textual.test(path))
      .flatMap((path) => problemsOf(path, readFileSync(join(top, path), 'utf8'))),
  ]
}

function problemsOf(path: string, text: string): string[] {
  const lines = text.split('\n')
  const problems = lines.flatMap((line, index) => {
    const place = `${path}:${index + 1}`
    const found =
      path === 'package-lock.json'
        ? []
        : strangers.filter(({ pattern }) => pattern.test(line)).map(({ why }) => `${place}: names ${why}.`)
    if (isSource(path) && halfDone.test(line))
      found.push(`${place}: says ${halfDone.exec(line)?.[0]}; finish it, or leave it out and file an issue.`)
    return found
  })
  const limit = path.endsWith('.test.ts') ? suiteLimit : lineLimit
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length
  if (isSource(path) && length > limit && !longByNature.test(path) && longTables[path] === undefined) {
    problems.push(`${path}: ${length} lines; a file ends at ${limit}.`)
  }
  return problems
}
