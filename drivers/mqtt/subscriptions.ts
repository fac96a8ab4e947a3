import { matchesLevels } from './topics.ts'

/** More single topics than this below one root are taken together by a wildcard. */
const mostSingles = 64

/** The fewest filters that bring all topics: the wanted wildcards, and for the rest single topics or wildcards of their form. */
export function planFilters(wildcards: readonly string[], topics: Iterable<string>): ReadonlySet<string> {
  const wanted = new Covers(wildcards)
  const filters = new Set(wildcards.filter((filter) => !wanted.has(filter)))
  const roots = new Map<string, string[]>()
  for (const topic of topics) {
    if (wanted.has(topic)) continue
    const root = rootOf(topic)
    const list = roots.get(root)
    if (list === undefined) roots.set(root, [topic])
    else list.push(topic)
  }
  for (const [root, list] of roots) for (const filter of gather(root, list)) filters.add(filter)
  // Overlapping filters make some brokers deliver a message twice.
  const planned = new Covers(filters)
  for (const filter of filters) if (planned.has(filter)) filters.delete(filter)
  return filters
}
const rootOf = (topic: string): string => {
  const end = topic.indexOf('/')
  return end === -1 ? topic : topic.slice(0, end)
}

/** The filters among some that can cover others, by their first level: a house of a thousand devices has a thousand first levels. */
class Covers {
  readonly #byRoot = new Map<string, { readonly filter: string; readonly levels: readonly string[] }[]>()

  constructor(filters: Iterable<string>) {
    for (const filter of filters) {
      if (!/[+#]/.test(filter)) continue
      const root = rootOf(filter)
      const one = { filter, levels: filter.split('/') }
      const list = this.#byRoot.get(root)
      if (list === undefined) this.#byRoot.set(root, [one])
      else list.push(one)
    }
  }
  /** Whether another of the filters takes everything that this one takes. */
  has(filter: string): boolean {
    const levels = filter.split('/')
    return ['+', '#', levels[0]!].some(
      (root) =>
        this.#byRoot
          .get(root)
          ?.some((other) => other.filter !== filter && matchesLevels(other.levels, levels)) === true,
    )
  }
}

function gather(root: string, topics: readonly string[]): readonly string[] {
  if (topics.length <= mostSingles || root.startsWith('$')) return topics
  const forms = new Set(topics.map(formOf))
  return forms.size <= mostSingles ? [...forms] : [`${root}/#`]
}
/** `plant/a/temp` and `plant/b/temp` have the form `plant/+/temp`. */
function formOf(topic: string): string {
  const levels = topic.split('/')
  if (levels.length < 2) return topic
  if (levels.length === 2) return `${levels[0]}/+`
  return [levels[0], ...levels.slice(1, -1).map(() => '+'), levels.at(-1)].join('/')
}
