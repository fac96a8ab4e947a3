import { enableCompileCache } from 'node:module'

// The cache must be on before the first import of ours, so that later starts compile and strip nothing again.
enableCompileCache()
const { run } = await import('./cli.ts')
await run(process.argv.slice(2))
