// Entry of the driver process: nothing is imported before the compile cache is on. Arguments: the folder that holds drivers/.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

const root = process.argv[2] ?? process.cwd()
enableCompileCache(join(root, '.cache', 'compile'))
const { runDrivers } = await import('./child.ts')
await runDrivers(root)
