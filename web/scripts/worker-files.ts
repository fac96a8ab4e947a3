import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Parts of the app that are wanted without the network, beside what the first page needs. The rest is kept once it was used. */
const offline =
  /\/src\/(?:screens\/(?:start|rooms|room|maintenance|me)\/screen|screens\/device\/(?:layer|history-chart)|screens\/room\/rename-room|shell\/signed-in|ui\/select-list|words\/later\/errors|data\/all-specs)\.tsx?$|\/src\/locales\/[^/]+\/(?:first|later)\.po$/
const publicFiles = ['appearance.js', 'icon.svg', 'manifest.webmanifest']

interface Part {
  readonly type: 'chunk' | 'asset'
  readonly isEntry?: boolean
  readonly facadeModuleId?: string | null
  readonly imports?: readonly string[]
}

/** Tells the worker which files to have at hand: its list stands in its own text, so that a change of any is a new worker. */
export function workerFiles(): Plugin {
  return {
    name: 'eaves-worker-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['worker.js']
        if (worker?.type !== 'chunk') throw new Error('The build made no worker.js.')
        if (worker.imports.length > 0 || worker.dynamicImports.length > 0)
          throw new Error('worker.js must stand alone: what it shares with the app would be a second file.')
        const names = wanted(bundle)
        const hash = createHash('sha256').update(worker.code)
        for (const name of names) {
          const part = bundle[name]!
          hash.update(name).update(part.type === 'chunk' ? part.code : part.source)
        }
        for (const name of publicFiles)
          hash.update(readFileSync(join(import.meta.dirname, '..', 'public', name)))
        const files = [
          '/',
          ...[...names, ...publicFiles].filter((name) => name !== 'index.html').map((name) => `/${name}`),
        ]
        const app = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files })
        if (!worker.code.includes('__APP__')) throw new Error('worker.js asks for no list of files.')
        worker.code = worker.code.replaceAll('__APP__', () => app)
      },
    },
  }
}

function wanted(bundle: Readonly<Record<string, Part>>): string[] {
  const names = new Set<string>()
  const add = (name: string): void => {
    if (names.has(name)) return
    names.add(name)
    for (const next of bundle[name]?.imports ?? []) add(next)
  }
  for (const [name, part] of Object.entries(bundle)) {
    if (name === 'worker.js') continue
    const isOfFirstPage = part.type === 'chunk' && part.isEntry === true
    if (
      isOfFirstPage ||
      offline.test(part.facadeModuleId ?? '') ||
      /^index\.html$|\.css$|-latin-wght-normal-[^/]*\.woff2$/.test(name)
    )
      add(name)
  }
  return [...names].filter((name) => name in bundle).toSorted()
}
