// Test files that share a process: starting one and reading the server anew costs more than most of them take.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What is run as one file; its files have no process of their own. Paths from the top folder. */
export interface Batch {
  readonly file: string
  readonly members: readonly string[]
}
const most = 7

/** Whether it can share a process: nothing at its top level that would hold for the others, and nothing of the process changed. */
function sharesWell(text: string): boolean {
  // Tests of a helper would count for no file.
  const hasOwn = /^(test|describe)\(/m.test(text)
  const hasHooks = /^(before|after|beforeEach|afterEach)\(/m.test(text)
  return (
    hasOwn && !hasHooks && !/\bprocess\.(env|chdir|exit|umask|argv|on)|mock\.timers|globalThis/.test(text)
  )
}

/** Of one folder are those together that are about the same, and so read the same modules. */
const folderOf = (file: string): string => file.split('/').slice(0, -1).slice(0, 3).join('-')

/** Writes a file for each batch into `place`; the second answer are those that run alone. Those of the whole program always do. */
export function batchesOf(
  top: string,
  place: string,
  files: readonly string[],
): { batches: Batch[]; alone: string[] } {
  const alone: string[] = []
  const folders = new Map<string, string[]>()
  for (const file of files) {
    const mayShare = !file.startsWith('test/') && sharesWell(readFileSync(join(top, file), 'utf8'))
    if (!mayShare) alone.push(file)
    else folders.set(folderOf(file), [...(folders.get(folderOf(file)) ?? []), file])
  }
  rmSync(join(top, place), { recursive: true, force: true })
  mkdirSync(join(top, place), { recursive: true })
  const batches = [...folders].flatMap(([folder, all]) => {
    const count = Math.ceil(all.length / most)
    // Dealt out like cards: neighbours, which often take equally long, come into different ones.
    return Array.from({ length: count }, (_, i) => ({
      file: `${place}/${folder}-${i}.mjs`,
      members: all.filter((_each, at) => at % count === i),
    }))
  })
  for (const { file, members } of batches) writeFileSync(join(top, file), programOf(top, members))
  return { batches, alone }
}

/** One that cannot be read fails by its own name and keeps no other from running. */
function programOf(top: string, members: readonly string[]): string {
  const lines = members.map((file) => {
    const url = JSON.stringify(pathToFileURL(join(top, file)).href)
    return `await import(${url}).catch((error) => test(${JSON.stringify(`${file} cannot be read`)}, () => { throw error }))`
  })
  return `import { test } from 'node:test'\n${lines.join('\n')}\n`
}
