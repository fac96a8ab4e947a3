import { StartError } from './start-error.ts'

/** Options of the form --name value, and flags; an unknown one is refused by name. */
export function options(
  args: readonly string[],
  known: Readonly<Record<string, 'value' | 'flag'>>,
): Record<string, string> {
  const out: Record<string, string> = {}
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i]!.replace(/^--/, '').split(/=(.*)/s)
    const kind = args[i]!.startsWith('--') && Object.hasOwn(known, name!) ? known[name!] : undefined
    if (kind === undefined)
      throw new StartError(
        `"${args[i]}" is not an option here. Known: ${Object.keys(known)
          .map((k) => `--${k}`)
          .join(', ')}.`,
      )
    if (kind === 'flag') out[name!] = 'true'
    else {
      const value = inline ?? args[++i]
      if (value === undefined) throw new StartError(`--${name} needs a value.`)
      out[name!] = value
    }
  }
  return out
}
