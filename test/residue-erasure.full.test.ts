// Catches what residue-erasure.test.ts catches, with a browser of the person's own, and whichever step of the erasure a crash falls on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { erasureSteps } from '../server/src/rights/erasure.ts'
import { hasMosquitto } from './broker.ts'
import { hasChromium } from './browser.ts'
import { assertFound } from './residue-judge.ts'
import { leaks } from './residue-leaks.ts'
import { hitLines } from './residue-places.ts'
import { runResidue, tableOf } from './residue-run.ts'

const skip = hasMosquitto && hasChromium ? false : 'not run: mosquitto or Chromium is missing'

test(
  'of somebody who lived among fifty homes nothing is left, in their browser either; each leak would be found',
  { skip, timeout: 600_000 },
  async (t) => {
    clause('pp.ret.2')
    clause('pp.4.4.a')
    const run = await runResidue({ withBrowser: true, homes: 48, dieBefore: 'rows' }, (line) =>
      t.diagnostic(line),
    )
    try {
      for (const line of tableOf(run)) t.diagnostic(line)
      assert.deepEqual(hitLines(run.searched), [])
      const inBrowser = run.before.find(({ place }) => place === 'browser storage')
      assert.ok(inBrowser!.hits.length > 0, 'the browser kept the home while she lived there')
      await assertFound(run, leaks)
    } finally {
      await run.world.dispose()
    }
  },
)

for (const step of erasureSteps)
  test(`a crash before "${step}" leaves nothing either`, { skip, timeout: 300_000 }, async () => {
    clause('pp.ret.2')
    const run = await runResidue({ withBrowser: false, homes: 0, dieBefore: step }, () => undefined)
    try {
      assert.deepEqual(hitLines(run.searched), [])
    } finally {
      await run.world.dispose()
    }
  })
