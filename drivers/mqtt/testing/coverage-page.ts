import type { Coverage } from './coverage.ts'
import { definitionsVersion } from './definitions.ts'

const mostUnmapped = 150

const share = (some: number, all: number): string => `${((some / all) * 100).toFixed(2)} %`

/** The figures, a line each. */
export function coverageLines(coverage: Coverage): readonly string[] {
  const { definitions, some, full, fixed, counted, countedMapped, countedFixed } = coverage
  return [
    `zigbee-herdsman-converters ${definitionsVersion()}: ${definitions} definitions`,
    `at least one function in a capability: ${some} = ${share(some, definitions)}`,
    `all counted functions in capabilities: ${full} = ${share(full, definitions)}`,
    `counted functions in capabilities: ${countedMapped} of ${counted} = ${share(countedMapped, counted)}`,
    `the same without attributes of the device's own words: ${fixed} = ${share(fixed, definitions)} of definitions, ${countedFixed} = ${share(countedFixed, counted)} of functions`,
    `functions that cannot be reached: ${coverage.unreachable.length}`,
  ]
}

/** The page of the documentation. */
export function coveragePage(coverage: Coverage): string {
  const unmapped = [...coverage.unmapped].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const rows = [...coverage.rules]
    .toSorted(([a, m], [b, n]) => n - m || (a.names < b.names ? -1 : 1))
    .map(
      ([rule, count]) => `| ${count} | ${namesOf(rule.names)} | \`${rule.capability}.${rule.attribute}\` |`,
    )
  return `# Coverage of Zigbee devices

Written by \`npm run coverage:devices -- --write\` from the definitions that Zigbee2MQTT works with. Tests compare it.

${coverageLines(coverage)
  .map((line) => `- ${line}`)
  .join('\n')}

A function counts as mapped when what the device says of it arrives in an attribute of a capability, and each of its
words can be written by a command of one; a test tries both for every function of every definition. Vendor attributes
never count. Functions that a definition marks as configuration or diagnostics, and \`linkquality\`, are left out of the
second and third figure. What is not mapped is still there: shown, stored, automated and written as a vendor attribute.

Some attributes say what a choice is about, but its words are each device's own: what an indicator shows, how a button
works. They count as mapped; the line after says what is left without them. Effects and presets are words by nature and
stay counted there as well.

## Rules

How many definitions each row of the map touches. Lights, switches, covers, locks, thermostats and fans are mapped by
code and are not in this table, and neither are buttons' actions, sirens and lock codes.

| Definitions | Names | Attribute |
| ---: | --- | --- |
${rows.join('\n')}

## Not mapped

Functions without a capability of their own, by the number of definitions that have them: the first ${Math.min(mostUnmapped, unmapped.length)} of ${unmapped.length}.

${unmapped
  .slice(0, mostUnmapped)
  .map(([name, count]) => `\`${name.split(' ')[1] ?? name}\` ${count}`)
  .join(' · ')}
`
}
const namesOf = (names: string): string =>
  names
    .split('|')
    .map((name) => `\`${name}\``)
    .join(' ')
