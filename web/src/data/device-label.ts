const systems: readonly (readonly [RegExp, (found: RegExpMatchArray) => string])[] = [
  [/iPhone/, () => 'iPhone'],
  [/iPad/, () => 'iPad'],
  [
    /Android[^;)]*; ([^;)]+?)(?: Build\/|\))/,
    (found) => (found[1] === 'K' ? 'Android' : (found[1] ?? 'Android')),
  ],
  [/Android/, () => 'Android'],
  [/CrOS/, () => 'Chromebook'],
  [/Macintosh/, () => 'Mac'],
  [/Windows/, () => 'Windows'],
  [/Linux/, () => 'Linux'],
]
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** Make and model as the browser states them, in at most 60 characters. */
export function deviceWords(userAgent: string): string | undefined {
  const system = systems.flatMap(([pattern, name]) => {
    const found = userAgent.match(pattern)
    return found ? [name(found)] : []
  })[0]
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1]
  const words = [system, browser].filter((word) => word !== undefined).join(' · ')
  return words === '' ? undefined : words.slice(0, 60)
}

const key = 'eaves.device-label'
/** The person's own choice, remembered in this browser so that it is not asked what it is before they have said yes. // pp.2.2.2 */
export function rememberLabelChoice(given: boolean): void {
  if (given) localStorage.setItem(key, 'yes')
  else localStorage.removeItem(key)
}
/** The label to send with a sign-in; without the choice the browser is not even asked. // pp.2.2.2 */
export function deviceLabel(given: boolean = localStorage.getItem(key) === 'yes'): {
  readonly device?: string
} {
  const device = given ? deviceWords(navigator.userAgent) : undefined
  return device === undefined ? {} : { device }
}
