// Says how much of what Zigbee devices can do has a place in a capability; with --write the documentation says it too.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { coverageLines, coveragePage } from '../drivers/mqtt/testing/coverage-page.ts'
import { measure, type Coverage } from '../drivers/mqtt/testing/coverage.ts'
import { bridgeDevices } from '../drivers/mqtt/testing/definitions.ts'
import { root } from './tree.ts'

/** Both figures only rise. */
const least = { some: 0.99, full: 0.82 }

function faultsOf({ definitions, some, full, unreachable, unknownUnits }: Coverage): readonly string[] {
  return [
    ...(some / definitions < least.some ? [`fewer than ${least.some * 100} % have a function mapped`] : []),
    ...(full / definitions < least.full ? [`fewer than ${least.full * 100} % are fully mapped`] : []),
    ...unreachable.map((name) => `cannot be reached: ${name}`),
    ...unknownUnits.map((unit) => `unknown unit: ${unit}`),
  ]
}

const coverage = measure(bridgeDevices())
for (const line of coverageLines(coverage)) console.log(line)
console.log('\nDefinitions that each row of the map touches:')
for (const [rule, count] of [...coverage.rules].toSorted(([, m], [, n]) => n - m))
  console.log(`${String(count).padStart(6)}  ${rule.capability}.${rule.attribute}  ${rule.names}`)
console.log('\nNot mapped, by the number of definitions:')
for (const [name, count] of [...coverage.unmapped].toSorted(([, m], [, n]) => n - m))
  console.log(`${String(count).padStart(6)}  ${name}`)
if (process.argv.includes('--write')) {
  const path = 'docs/reference/coverage.md'
  writeFileSync(join(root, path), coveragePage(coverage))
  console.log(`wrote ${path}`)
}
for (const fault of faultsOf(coverage)) {
  console.error(fault)
  process.exitCode = 1
}
