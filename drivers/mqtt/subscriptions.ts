import { matches } from './topics.ts'

/** More single topics than this below one root are taken together by a wildcard. */
const mostSingles = 64

/** The fewest filters that bring all topics: the wanted wildcards, and for the rest single topics or wildcards of their form. */
export function planFilters(wildcards: readonly string[], topics: Iterable<string>): ReadonlySet<string> {
  const filters = new Set(
    wildcards.filter((filter) => !wildcards.some((other) => other !== filter && matches(other, filter))),
  )
  const roots = new Map<string, string[]>()
  for (const topic of topics) {
    if (covered(filters, topic)) continue
    const root = topic.slice(0, topic.indexOf('/') === -1 ? undefined : topic.indexOf('/'))
    const list = roots.get(root)
    if (list === undefined) roots.set(root, [topic])
    else list.push(topic)
  }
  for (const [root, list] of roots) for (const filter of gather(root, list)) filters.add(filter)
  // Overlapping filters make some brokers deliver a message twice.
  for (const filter of filters)
    for (const other of filters) if (other !== filter && matches(other, filter)) filters.delete(filter)
  return filters
}
const covered = (filters: ReadonlySet<string>, topic: string): boolean => {
  for (const filter of filters) if (matches(filter, topic)) return true
  return false
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
