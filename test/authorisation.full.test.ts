// Catches what the reduced matrix leaves out: every cell of authorisation on both stores.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postgresUrl } from '../server/src/store/testing.ts'
import { runMatrix } from './authorisation-matrix.ts'
import { openWorld } from './authorisation-world.ts'

for (const dialect of ['sqlite', 'postgres'] as const)
  test(
    `every cell on ${dialect} is answered as the description says`,
    {
      skip:
        dialect === 'postgres' && postgresUrl === undefined
          ? 'not run: EAVES_TEST_POSTGRES_URL is not set'
          : false,
    },
    async (t) => {
      const world = await openWorld(dialect)
      try {
        const { made, of } = await runMatrix(world, 1)
        t.diagnostic(`${made} cells: ${world.callers.length} callers, ${world.house.entries.length} entries`)
        assert.equal(made, of)
      } finally {
        await world.end()
      }
    },
  )
