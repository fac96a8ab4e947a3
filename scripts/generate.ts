// Writes the files that follow from the code; with --check it only says which of them no longer do.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  capabilityReference,
  dataMapReference,
  environmentReference,
  errorReference,
  glossary,
} from './reference.ts'
import { keptFile, keptIn, promiseReference } from './promises.ts'
import { sqliteSchema } from './schema-dump.ts'
import { root } from './tree.ts'
import { nextVersionPage, versionFiles } from './versions.ts'

interface Generated {
  readonly path: string
  readonly text: () => Promise<string>
}

/** Every generated file and what makes it. The sources are loaded late: a broken one must not hide the others. */
const generated: readonly Generated[] = [
  {
    path: 'docs/reference/glossary.md',
    text: () => Promise.resolve(glossary(readFileSync(join(root, 'model/src/index.ts'), 'utf8'))),
  },
  {
    path: 'docs/reference/errors.md',
    text: async () => errorReference((await import('@eaves/model')).errorTable),
  },
  {
    path: 'docs/reference/capabilities.md',
    text: async () => capabilityReference((await import('@eaves/model')).capabilities),
  },
  {
    path: 'docs/reference/environment.md',
    text: async () => environmentReference((await import('../server/src/config.ts')).settings),
  },
  {
    path: 'docs/reference/promises.md',
    text: async () => promiseReference(Object.values((await import('@eaves/policy')).clauses), keptIn(root)),
  },
  {
    path: 'server/src/privacy/kept.json',
    text: () => Promise.resolve(keptFile(keptIn(root))),
  },
  {
    path: 'docs/reference/next-version.md',
    text: async () => {
      const { classify, lastPublished, promisedBy } = await import('@eaves/policy')
      const { mapFacts } = await import('../server/src/privacy/catalogue.ts')
      const now = promisedBy(mapFacts())
      return nextVersionPage(lastPublished.version, classify(lastPublished.promised, now), now)
    },
  },
  {
    path: 'docs/reference/processing.md',
    text: async () => {
      const { mapFacts } = await import('../server/src/privacy/catalogue.ts')
      const { processingReference } = await import('./processing.ts')
      return processingReference(mapFacts())
    },
  },
  {
    path: 'docs/reference/data-map.md',
    text: async () => {
      const { retentionWords } = await import('@eaves/policy')
      const { mapRows } = await import('../server/src/store/schema.ts')
      return dataMapReference(mapRows(), (retention) => retentionWords(retention, 'en'))
    },
  },
  {
    path: 'docs/reference/automation-check.md',
    text: async () => (await import('./automation-check.ts')).automationCheckReference(),
  },
  // PostgreSQL's dump is compared where a PostgreSQL runs: server/src/store/data-map.test.ts.
  { path: 'server/src/store/schema.sqlite.sql', text: sqliteSchema },
]

/** What a draft of the texts promises follows from the program until it is published; then it is frozen. // fm.date */
async function draftFiles(): Promise<readonly Generated[]> {
  const { draftVersion, promisedBy } = await import('@eaves/policy')
  if (draftVersion === undefined) return []
  const { mapFacts } = await import('../server/src/privacy/catalogue.ts')
  return versionFiles(draftVersion.version, promisedBy(mapFacts()), mapFacts()).map(({ path, text }) => ({
    path,
    text: () => Promise.resolve(text),
  }))
}

/** The generated files under `top` that differ from what the code says now. */
export async function staleFiles(top: string, files?: readonly Generated[]): Promise<string[]> {
  const stale: string[] = []
  for (const { path, text } of files ?? [...generated, ...(await draftFiles())]) {
    const place = join(top, path)
    if (!existsSync(place) || readFileSync(place, 'utf8') !== (await text())) stale.push(path)
  }
  return stale
}

async function writeAll(): Promise<void> {
  for (const { path, text } of [...(await draftFiles()), ...generated]) {
    const place = join(root, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, await text())
    console.log(`wrote ${path}`)
  }
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const stale = await staleFiles(root)
    for (const path of stale) console.log(`${path}: differs from what the code says; run npm run generate.`)
    process.exitCode = stale.length > 0 ? 1 : 0
  } else {
    await writeAll()
  }
}
