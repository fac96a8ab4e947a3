// Catches a claim that kill -9 leaves half done: an owner without acts, two owners, or a server nobody can claim any more.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../deps.ts'
import { openStores } from '../store/stores.ts'
import { quietLog } from '../store/testing.ts'
import { openPeople } from './testing.ts'

const system = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const
const program = join(import.meta.dirname, 'claims-program.ts')

for (const afterMs of [0, 1, 2, 4, 8, 400]) {
  test(`a thousand claims killed after ${afterMs} ms leave one whole owner or none`, async () => {
    const root = mkdtempSync(join(tmpdir(), 'eaves-claims-'))
    const options = {
      dataDir: join(root, 'data'),
      keyFile: join(root, 'data.key', 'kek'),
      clock: systemClock,
      log: quietLog,
    }
    const child = spawn(process.execPath, [program, options.dataDir, options.keyFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    try {
      await once(child.stdout, 'data')
      await wait(afterMs)
      child.kill('SIGKILL')
      await ended
      const stores = await openStores(options)
      try {
        const t = await openPeople({ stores, options })
        const db = stores.facts.as(system)
        const accounts = await db.selectFrom('account').select('subject').execute()
        assert.equal(accounts.length, t.people.isClaimed() ? 1 : 0)
        if (afterMs >= 400) assert.equal(t.people.isClaimed(), true)
        const owner = t.people.claimant() ?? (await t.claimed('p0@example.org')).subject
        assert.equal(await t.privacy.agreementCurrent(owner), true)
        assert.match((await t.people.profile.read(owner)).email ?? '', /^p\d@example\.org$/)
        assert.equal((await db.selectFrom('account').select('subject').execute()).length, 1)
      } finally {
        await stores.close()
      }
    } finally {
      child.kill('SIGKILL')
      rmSync(root, { recursive: true, force: true })
    }
  })
}
