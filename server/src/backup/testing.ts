import { mkdtempSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openTestStores, quietLog, type TestClock, type TestStores } from '../store/testing.ts'
import { Backups, type BackupDeps, type Folders } from './backup.ts'
import { readKit } from './kit.ts'
import type { RestoreWish } from './restore.ts'

export interface TestBackups {
  readonly at: TestStores
  readonly clock: TestClock
  readonly backups: Backups
  readonly folders: Folders
  /** A folder of its own for whatever a test restores. */
  readonly root: string
  /** A restore of these files into a folder of this name. */
  readonly wish: (
    files: { readonly data: string; readonly vault: string },
    kit: string,
    to: string,
  ) => RestoreWish
}

/** Stores of one test with folders for their copies. */
export async function openTestBackups(t: TestContext, over: Partial<BackupDeps> = {}): Promise<TestBackups> {
  const at = await openTestStores('sqlite')
  const root = mkdtempSync(join(tmpdir(), 'eaves-backup-'))
  const clock = at.options.clock as TestClock
  const folders = { data: join(root, 'data-backups'), vault: join(root, 'vault-backups') }
  const backups = new Backups({
    stores: at.stores,
    dataDir: at.options.dataDir,
    keyFile: at.options.keyFile,
    authorityDir: `${at.options.keyFile}.tls`,
    folders,
    tenant: 'main',
    version: '0.0.0',
    clock,
    log: quietLog,
    random: randomBytes,
    ...over,
  })
  t.after(async () => {
    await backups.stop()
    await at.end()
    rmSync(root, { recursive: true, force: true })
  })
  return {
    at,
    clock,
    backups,
    folders,
    root,
    wish: (files, kit, to) => ({
      data: files.data,
      vault: files.vault,
      kit: readKit(kit),
      dataDir: join(root, to, 'data'),
      keyFile: join(root, to, 'data.key', 'kek'),
      authorityDir: join(root, to, 'data.key', 'kek.tls'),
      tenant: 'main',
      clock,
      log: quietLog,
    }),
  }
}
