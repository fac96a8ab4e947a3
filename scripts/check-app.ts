// Holds what the app keeps in a browser, and what it puts into addresses, to their closed lists.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stored } from '../web/src/data/stored.ts'
import { listFiles } from './tree.ts'

export interface AppLists {
  readonly stored: readonly Stored[]
  /** What may stand behind the ? of an address. */
  readonly words: readonly string[]
}

/** The lists of this repository. */
export async function appLists(): Promise<AppLists> {
  const { stored } = await import('../web/src/data/stored.ts')
  const { addressWords } = await import('../web/src/address-words.ts')
  const { queryParameters } = await import('../server/src/http/query-parameters.ts')
  return { stored, words: [...Object.keys(addressWords), ...Object.keys(queryParameters)] }
}

/** Each is a door to the disk of whoever uses the app; those that are used are on the list by name. */
const neverKept = /\b(sessionStorage|indexedDB|cookieStore|getDirectory)\b|\bdocument\s*\.\s*cookie\b/g

/** Every breach under `top`, a line each with its place. */
export function checkApp(top: string, lists: AppLists): string[] {
  return listFiles(top)
    .filter((path) => /^web\/(src|public)\/.*\.(tsx?|js|mjs)$/.test(path) && !/\.test\.tsx?$/.test(path))
    .filter((path) => !path.endsWith('web/src/data/stored.ts') && !path.includes('/testing/'))
    .flatMap((path) => {
      const text = readFileSync(join(top, path), 'utf8').replaceAll(/\/\*[^]*?\*\//g, blanked)
      return [...keptBy(path, text, lists.stored), ...addressesOf(text, lists.words)].map(
        ({ at, says }) => `${path}:${text.slice(0, at).split('\n').length}: ${says}`,
      )
    })
}
const blanked = (comment: string) => comment.replaceAll(/[^\n]/g, ' ')

interface Found {
  readonly at: number
  readonly says: string
}

function* keptBy(path: string, text: string, stored: readonly Stored[]): Generator<Found> {
  for (const { index, 0: word } of text.matchAll(neverKept))
    yield { at: index, says: `uses ${word}. Why not: nothing is kept there, and what was stays on the disk.` }
  for (const { index, 1: rest } of text.matchAll(/\blocalStorage\b(.*)/g)) {
    const [, name] = /^\s*\.\s*(?:get|set|remove)Item\(\s*(['"][^'"]*['"]|\w+)/.exec(rest!) ?? []
    if (name === undefined) yield { at: index, says: 'uses localStorage other than by a name.' }
    else
      for (const key of namesOf(text, name))
        if (!isListed(stored, 'localStorage', key))
          yield { at: index, says: `keeps "${key}" in localStorage, ${unlisted}` }
  }
  for (const { index, 1: name } of text.matchAll(/\bcaches\s*\.\s*open\(\s*(['"][^'"]*['"]|\w+)/g))
    for (const key of namesOf(text, name!))
      if (!isListed(stored, 'caches', key) && !path.endsWith('worker/worker.ts'))
        yield { at: index, says: `keeps "${key}" in Cache Storage, ${unlisted}` }
}
const unlisted = 'which web/src/data/stored.ts does not classify.'
const isListed = (stored: readonly Stored[], store: Stored['store'], name: string) =>
  stored.some((each) => each.store === store && each.name === name)

/** What a name can stand for: itself, the constant of this file, or whatever the function that takes it is called with. */
function namesOf(text: string, name: string): string[] {
  if (/^['"]/.test(name)) return [name.slice(1, -1)]
  const constant = new RegExp(String.raw`\bconst ${name}\s*=\s*'([^']*)'`).exec(text)?.[1]
  if (constant !== undefined) return [constant]
  const taker = new RegExp(String.raw`\bconst (\w+) = \(${name}\) =>`).exec(text)?.[1]
  const given =
    taker === undefined ? [] : [...text.matchAll(new RegExp(String.raw`\b${taker}\(('[^']*'|\w+)`, 'g'))]
  return given.length > 0 ? given.map(([, word]) => word!.replaceAll("'", '')) : [name]
}

/** The names behind the ? in links, in queries that are put together, and in texts. */
function* addressesOf(text: string, words: readonly string[]): Generator<Found> {
  const shapes = [/\bsearch(?:=\{|:\s*)\{([^{}]*)\}/g, /\bnew URLSearchParams\(\{([^]*?)\}\)/g]
  for (const shape of shapes)
    for (const { index, 1: inside } of text.matchAll(shape))
      for (const word of keysIn(inside!))
        if (!words.includes(word)) yield { at: index, says: sayAddress(word) }
  for (const { index, 1: word } of text.matchAll(/[?&](\w+)=\$\{/g))
    if (!words.includes(word!)) yield { at: index, says: sayAddress(word!) }
}
const sayAddress = (word: string) =>
  `puts "${word}" into an address, which neither web/src/address-words.ts nor the server's list has: browsers keep addresses, so what is about somebody goes into a body.`

/** `a`, `b: x` and `...(y ? {} : { c })` of an object in a source. */
const keysIn = (inside: string): string[] =>
  [...inside.matchAll(/(?:^|[,{])\s*(\w+)(?=\s*[:,}]|\s*$)/g)].map(([, word]) => word!)
