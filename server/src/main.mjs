import { enableCompileCache } from 'node:module'

// Plain JavaScript on purpose: with a .ts entry the type stripper loads before the cache is on, which costs every start 11 MB and 40 ms.
enableCompileCache()
await import('./resolve.mjs')
const { run } = await import('./cli.ts')
await run(process.argv.slice(2))
