import { enableCompileCache } from 'node:module'

// Plain JavaScript on purpose: the cache must be on before the first TypeScript is loaded.
enableCompileCache()
const { runDemonstration } = await import('./process.ts')
runDemonstration()
