import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Plain JavaScript on purpose: with a .ts entry the type stripper loads before the cache is on, which costs every start 11 MB and 40 ms.
enableCompileCache()
await import('./resolve.mjs')
if (process.argv[2] === 'serve') {
  const { startAhead } = await import('./drivers/ahead.ts')
  startAhead(fileURLToPath(new URL('../..', import.meta.url)))
}
const { run } = await import('./cli.ts')
await run(process.argv.slice(2))
