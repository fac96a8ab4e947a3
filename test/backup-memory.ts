import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fillHistory } from './backup-fill.ts'
import { household, root, type Household } from './server.ts'

interface Ran {
  readonly peakMiB: number
  readonly tookMs: number
  readonly stdout: string
}

/** Runs a verb to its end and watches the most memory it ever had. */
async function watched(house: Household, args: readonly string[]): Promise<Ran> {
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'server/src/main.mjs'), ...args, '--json'], {
    cwd: house.dir,
    env: house.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let peakMiB = 0
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk))
  const watch = setInterval(() => {
    try {
      const kibibytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      peakMiB = Math.max(peakMiB, Number(kibibytes ?? 0) / 1024)
    } catch {
      // It has ended.
    }
  }, 20)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(watch)
  assert.equal(code, 0, args.join(' '))
  return { peakMiB, tookMs: performance.now() - began, stdout }
}

/** Backs up and restores a small and a large house and compares the memory it took; answers how long the large one's restore took. */
export async function constantMemory(
  t: TestContext,
  smallMB: number,
  largeMB: number,
  /** Most that the larger one may take beyond the smaller: caches of the databases and what has not been collected yet. */
  slackMiB = 80,
): Promise<number> {
  const peaks: { backup: number; restore: number }[] = []
  let restoreMs = 0
  for (const megabytes of [smallMB, largeMB]) {
    const house = household()
    try {
      await house.claim()
      const { kit } = JSON.parse((await house.run(['kit', '--json'])).stdout) as { kit: string }
      fillHistory(house.env.EAVES_DATA!, megabytes)
      const [disk, stick, kitFile] = ['disk', 'stick', 'kit.txt'].map((name) => join(house.dir, name))
      writeFileSync(kitFile!, kit)
      const backup = await watched(house, ['backup', '--to', disk!, '--vault-to', stick!])
      const { data, vault } = JSON.parse(backup.stdout) as { data: string; vault: string }
      assert.ok(statSync(data).size > megabytes * 1_000_000)
      const restore = await watched(house, [
        'restore',
        '--data',
        data,
        '--vault',
        vault,
        '--kit',
        kitFile!,
        '--to',
        join(house.dir, 'bare'),
      ])
      restoreMs = restore.tookMs
      peaks.push({ backup: backup.peakMiB, restore: restore.peakMiB })
      t.diagnostic(
        `${megabytes} MB: backup with rehearsal ${(backup.tookMs / 1000).toFixed(1)} s, ${backup.peakMiB.toFixed(0)} MiB at most; restore ${(restore.tookMs / 1000).toFixed(1)} s, ${restore.peakMiB.toFixed(0)} MiB at most`,
      )
    } finally {
      await house.dispose()
    }
  }
  const [small, large] = peaks
  // When the program collects what it let go of differs from run to run, so the smaller one counts by its higher peak.
  const base = Math.max(small!.backup, small!.restore)
  for (const part of ['backup', 'restore'] as const)
    assert.ok(
      large![part] < base + slackMiB,
      `${part}: ${base.toFixed(0)} MiB for ${smallMB} MB, ${large![part].toFixed(0)} MiB for ${largeMB} MB`,
    )
  return restoreMs
}
