// Read before anything else, so in plain JavaScript.
import { registerHooks } from 'node:module'

/** Packages of hundreds of small modules, which name one another by their files and have one package.json. */
const zod = '/node_modules/zod/'
const large = ['/node_modules/kysely/', zod]

/**
 * A module that names its neighbour by file is taken at its word. Node asks the disk for each of a thousand of them whether it is
 * there, where it really lies and what kind it is, which is a fifth of every start; one that is missing still fails where it is read.
 */
registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL
    if (specifier.startsWith('node:')) return { url: specifier, format: 'builtin', shortCircuit: true }
    if (specifier.startsWith('@eaves/')) return own(specifier, () => next(specifier, context))
    if (specifier[0] !== '.' || parent === undefined) return next(specifier, context)
    // What zod would say in sixty languages is never asked for: the app has words of its own.
    if (specifier === '../locales/index.js' && parent.includes(zod))
      return found('../locales/en.js', parent, 'module')
    if (specifier.endsWith('.ts')) return found(specifier, parent, 'module-typescript')
    if (specifier.endsWith('.js') && large.some((part) => parent.includes(part)))
      return found(specifier, parent, 'module')
    return next(specifier, context)
  },
})

const owns = new Map()
/** A workspace is the same whoever names it. */
function own(specifier, look) {
  const known = owns.get(specifier)
  if (known !== undefined) return known
  const result = { ...look(), shortCircuit: true }
  owns.set(specifier, result)
  return result
}

function found(specifier, parent, format) {
  return { url: new URL(specifier, parent).href, format, shortCircuit: true }
}
