// Catches a copy that is held in memory as a whole, or by whole histories: a long-lived home would end the server with it.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { clause } from '@eaves/policy'

/** Held as whole rows they would need three times the heap that the child has. */
const points = 500_000

test(
  'a copy with a history of half a million points is made and fetched in little memory',
  { timeout: 110_000 },
  async () => {
    clause('pp.4.4.c')
    const script = fileURLToPath(new URL('copy-large.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--max-old-space-size=64',
      script,
      String(points),
    ])
    const { status, bytes, grownMb } = JSON.parse(stdout)
    assert.equal(status, 200)
    assert.ok(bytes > points * 4, `${bytes} bytes`)
    assert.ok(grownMb < 280, `grew by ${grownMb} MB`)
  },
)
