import { TemplateError } from './lexer.ts'
import { Pattern } from './regex.ts'
import { spend, type Call } from './scope.ts'
import { bounded, numberOf, textOfWorth, truth, type Worth } from './values.ts'

const stepsOfUse = 200
const mostCached = 200
const cache = new Map<string, Pattern>()

function patternOf(source: Worth, ignoreCase: Worth): Pattern {
  if (typeof source !== 'string') throw new TemplateError('a pattern is a text')
  const key = `${truth(ignoreCase) ? 'i' : ''}\n${source}`
  let found = cache.get(key)
  if (found === undefined) {
    if (cache.size >= mostCached) cache.clear()
    cache.set(key, (found = Pattern.compile(source, truth(ignoreCase))))
  }
  return found
}

/** As Python's findall gives it: the whole without groups, the group when there is one, else all of them. */
function findAll(value: string, pattern: Pattern): readonly Worth[] {
  return pattern.all(value).map(({ start, end, groups }) => {
    const texts = groups.map((group) => group ?? '')
    return texts.length === 0 ? value.slice(start, end) : texts.length === 1 ? texts[0] : texts
  })
}
function replaceAll(value: string, pattern: Pattern, into: string): string {
  let [out, at] = ['', 0]
  for (const { start, end, groups } of pattern.all(value)) {
    const filled = into.replace(/\\(?:g<(\w{1,32})>|(\d))/g, (_whole, name?: string, digit?: string) => {
      const number = Number(
        digit ?? (name !== undefined && /^\d+$/.test(name) ? name : pattern.names.get(name ?? '')),
      )
      return number === 0 ? value.slice(start, end) : (groups[number - 1] ?? '')
    })
    out = bounded(out + value.slice(at, start) + filled)
    at = end
  }
  return bounded(out + value.slice(at))
}

/** A use of a pattern costs many steps at once, and the pattern counts its own. */
export function burnPattern(use: 'match' | 'search' | 'replace' | 'findall' | 'index'): Call {
  return (given, args, scope) => {
    if (given === undefined) return undefined
    spend(scope, stepsOfUse)
    const value = textOfWorth(given)
    if (use === 'replace') return replaceAll(value, patternOf(args[0], args[2]), textOfWorth(args[1]))
    const pattern = patternOf(args[0], use === 'index' ? args[2] : args[1])
    if (use === 'match') return pattern.find(value, 0, true) !== undefined
    if (use === 'search') return pattern.find(value, 0) !== undefined
    const all = findAll(value, pattern)
    return use === 'findall' ? all : all[numberOf(args[1]) ?? 0]
  }
}
