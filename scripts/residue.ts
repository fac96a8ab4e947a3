// A person lives in a house with every feature, is erased with a crash in its midst, and is then looked for everywhere.
// npm run residue [-- --homes N] [-- --die-before STEP]; ends with 1 and names place, value and form of whatever is found.
import { parseArgs } from 'node:util'
import { hasChromium } from '../test/browser.ts'
import { hasMosquitto } from '../test/broker.ts'
import { hitLines } from '../test/residue-places.ts'
import { runResidue, tableOf } from '../test/residue-run.ts'
import { prepareMachine } from './testing/machine.ts'

const say = (line: string): void => console.log(line)

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      homes: { type: 'string', default: '10' },
      'die-before': { type: 'string', default: 'rows' },
    },
  })
  for (const line of prepareMachine(say)) say(line)
  if (!hasMosquitto || !hasChromium) {
    say('Not run: a life with every feature needs mosquitto and Chromium on this machine.')
    return false
  }
  const wish = { withBrowser: true, homes: Number(values.homes), dieBefore: values['die-before'] }
  const run = await runResidue(wish, say)
  try {
    const found = hitLines(run.searched)
    for (const line of tableOf(run)) say(line)
    for (const line of found) say(`✗ ${line}`)
    say(
      found.length === 0
        ? 'Nothing of the person is left.'
        : `${found.length} traces of the person are left.`,
    )
    return found.length === 0
  } finally {
    await run.world.dispose()
  }
}

process.exitCode = (await main()) ? 0 : 1
