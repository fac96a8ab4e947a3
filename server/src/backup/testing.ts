import { system } from '../store/testing/residue-words.ts'
import { writePerson } from '../store/testing/residue-person.ts'
import { writeHome } from '../store/testing/residue-home.ts'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
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
  const backups = new Backups({ ...depsOf({ at, clock, folders }), ...over })
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

/** What backups of these stores need. */
export const depsOf = ({
  at,
  clock,
  folders,
}: Pick<TestBackups, 'at' | 'clock' | 'folders'>): BackupDeps => ({
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
})

export async function shareAHome({ at }: TestBackups) {
  const [alice, bob] = [newId<SubjectId>(), newId<SubjectId>()]
  const home = newId<HomeId>()
  const { stores } = at
  await writePerson(stores, alice)
  await writePerson(stores, bob)
  await writeHome(stores, home, bob)
  const db = stores.facts.as({ scope: { home }, actor: system, purpose: 'service.core' })
  await db
    .insertInto('member')
    .values({
      home_id: home,
      subject: alice,
      role: 'adult',
      since: 1,
      name: await db.seal('member', 'name', alice, 'Alice'),
      limits: null,
      starts_at: null,
      ends_at: null,
      guardian: null,
      shares: null,
    })
    .execute()
  return { alice, bob, home }
}
