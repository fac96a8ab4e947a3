// Catches anything of an erased person that is left in a file, a backup, a log or an answer, a backup that brings them back, and a search that could not find it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { hasMosquitto } from './broker.ts'
import { assertFound } from './residue-judge.ts'
import { leaks, ofBrowser } from './residue-leaks.ts'
import { hitLines, placeNames } from './residue-places.ts'
import { runResidue, tableOf } from './residue-run.ts'

const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'

test(
  'of somebody who lived with everything nothing is left after a crash, a reader and a backup of before; each leak would be found',
  { skip, timeout: 110_000 },
  async (t) => {
    clause('pp.ret.2')
    clause('pp.4.4.a')
    const run = await runResidue({ withBrowser: false, homes: 1, dieBefore: 'rows' }, () => undefined)
    try {
      for (const line of tableOf(run)) t.diagnostic(line)
      assert.deepEqual(hitLines(run.searched), [])
      // While she lived there the same search found her where she is not sealed.
      for (const place of ['vault', 'backups, opened', 'outbox'] as const)
        assert.ok(run.before.find((each) => each.place === place)!.hits.length > 0, place)
      assert.deepEqual([...placeNames].toSorted(), leaks.map(({ place }) => place).toSorted())
      await assertFound(
        run,
        leaks.filter((leak) => !ofBrowser(leak)),
      )
    } finally {
      await run.world.dispose()
    }
  },
)
