// Entry of the driver process. Arguments: the folder that holds drivers/, and `ahead` when it is started before the core has read itself.
// Plain JavaScript, because stripping the types of an entry happens before the compile cache is on and costs 10 MB and 40 ms.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

const root = process.argv[2] ?? process.cwd()
enableCompileCache(join(root, '.cache', 'compile'))
await import('../resolve.mjs')
const { runDrivers } = await import('./child.ts')
await runDrivers(root, process.argv[3] === 'ahead')
