// Catches a look over automations that overlooks a fault, or cries out where there is none.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkHome } from './check.ts'
import { linesOf, measure, precisionOf, recallOf, type Measured } from './corpus/measure.ts'
import { homeOf, readCorpus } from './corpus/read.ts'

const least = 0.95
const folder = join(import.meta.dirname, 'corpus')

function holds({ byCode, all, differences }: Measured): void {
  for (const [code, figure] of [...byCode, ['all', all] as const]) {
    const told = differences.filter((each) => each.includes(` ${code} `)).join('\n')
    assert.ok(precisionOf(figure) >= least, `precision of ${code}:\n${told}`)
    assert.ok(recallOf(figure) >= least, `recall of ${code}:\n${told}`)
  }
}

test('of the homes that it was made with, it finds the faults and nothing else', (t) => {
  const measured = measure(readCorpus(folder))
  for (const line of linesOf('made with', measured)) t.diagnostic(line)
  assert.ok(measured.homes >= 80)
  holds(measured)
})

test('of the homes that were held out, it finds the faults and nothing else', (t) => {
  const measured = measure(readCorpus(join(folder, 'held-out')))
  for (const line of linesOf('held out', measured)) t.diagnostic(line)
  assert.ok(measured.homes * 2 >= readCorpus(folder).length)
  holds(measured)
})

test('automations among devices that are not theirs are looked at all the same', () => {
  const homes = readCorpus(folder).map(homeOf)
  let found = 0
  homes.forEach((home, i) => {
    const { automations } = homes[(i + 7) % homes.length]!
    for (const findings of checkHome({ ...home, automations }).values()) found += findings.length
  })
  assert.ok(found > homes.length)
})
