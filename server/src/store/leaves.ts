import type { Leaf } from '@eaves/model'

interface Branch {
  readonly named: Map<string, Branch>
  any: Branch | undefined
  /** Everything below is classified by one entry. */
  open: boolean
  leaf: boolean
}
const branch = (): Branch => ({ named: new Map(), any: undefined, open: false, leaf: false })

const compiled = new WeakMap<object, Branch>()

function compile(leaves: Readonly<Record<string, Leaf>>): Branch {
  const known = compiled.get(leaves)
  if (known) return known
  const root = branch()
  for (const path of Object.keys(leaves)) {
    let at = root
    for (const step of path.split('.')) {
      if (step === '**') {
        at.open = true
        break
      }
      let next = step === '*' ? at.any : at.named.get(step)
      if (!next) {
        next = branch()
        if (step === '*') at.any = next
        else at.named.set(step, next)
      }
      at = next
    }
    at.leaf = true
  }
  compiled.set(leaves, root)
  return root
}

/** Thrown when a sealed value holds something that the data map does not know. */
export class UnmappedLeaf extends Error {
  readonly path: string
  constructor(path: string, place?: string) {
    super(`The data map has no entry for the leaf "${path}"${place === undefined ? '' : ` of ${place}`}.`)
    this.name = 'UnmappedLeaf'
    this.path = path
  }
}

const maxDepth = 24

/** Refuses a value with a leaf that is not classified. `*` stands for any one key or index, `**` for all below. // pp.0 */
export function validateLeaves(leaves: Readonly<Record<string, Leaf>>, value: unknown, place?: string): void {
  walk(compile(leaves), value, [], place)
}

function walk(at: Branch, value: unknown, path: string[], place: string | undefined): void {
  if (value === undefined) return
  if (path.length > maxDepth) throw new UnmappedLeaf(path.join('.'), place)
  if (value === null || typeof value !== 'object') {
    const isPlain =
      value === null ||
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value))
    if (!isPlain || !(at.leaf || at.open)) throw new UnmappedLeaf(path.join('.'), place)
    return
  }
  for (const key of Object.keys(value)) {
    const next = at.open ? at : (at.named.get(key) ?? at.any)
    path.push(key)
    if (!next) throw new UnmappedLeaf(path.join('.'), place)
    walk(next, (value as Record<string, unknown>)[key], path, place)
    path.pop()
  }
}
