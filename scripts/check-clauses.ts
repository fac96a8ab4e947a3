// Every clause named in a comment or a clause() call must be a registered promise.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commentsIn } from './import-graph.ts'
import { isSource, listFiles } from './tree.ts'

// The prefixes of the registry: privacy, service agreement, family members, local storage, definitions.
const id = String.raw`(?:pp|sa|fm|ls|def)\.[a-z0-9]+(?:[.-][a-z0-9]+)*`
const mention = new RegExp(String.raw`(?<![\w.@/-])${id}(?![\w(])`, 'g')
const call = new RegExp(String.raw`\bclause\(\s*['"]([^'"]+)['"]`, 'g')

/** Every mention under `top` of a clause that is not among `known`, a line each. */
export function checkClauses(top: string, known: ReadonlySet<string>): string[] {
  return listFiles(top)
    .filter(isSource)
    .flatMap((path) => {
      const text = readFileSync(join(top, path), 'utf8')
      return [...inComments(text), ...inCalls(text)]
        .filter(({ clause }) => !known.has(clause) && !expand(clause).every((one) => known.has(one)))
        .map(
          ({ clause, line }) =>
            `${path}:${line}: no clause ${clause} is registered in policy/src/clauses.ts.`,
        )
    })
}

// "pp.lb.1-2" speaks of each from the first to the last.
export function expand(clause: string): string[] {
  const [, stem, first, last] = /^(.*\.)(\d+)-(\d+)$/.exec(clause) ?? []
  if (stem === undefined || Number(last) <= Number(first)) return [clause]
  return Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_, index) => `${stem}${Number(first) + index}`,
  )
}

interface Mention {
  readonly clause: string
  readonly line: number
}
const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** The clauses that the comments of a source name. */
export function inComments(text: string): Mention[] {
  return commentsIn(text).flatMap((comment) =>
    [...comment.text.matchAll(mention)].map((match) => ({
      clause: match[0],
      line: lineAt(text, comment.index + match.index),
    })),
  )
}

/** The clauses that a source names in a call of `clause()`. */
export function inCalls(text: string): Mention[] {
  return [...text.matchAll(call)].map((match) => ({
    clause: match[1] ?? '',
    line: lineAt(text, match.index),
  }))
}
