import { Backups, type BackupDeps } from './backup/backup.ts'
import type { Config } from './config.ts'
import { systemRandom } from './people/people.ts'

/** The copies of a house, from its settings. */
export function houseBackups({
  config: { dataDir, keyFile, authorityDir, backup: folders },
  ...parts
}: Pick<BackupDeps, 'stores' | 'tenant' | 'version' | 'clock' | 'log'> & {
  readonly config: Config
}): Backups {
  const random = (bytes: number) => systemRandom(new Uint8Array(bytes))
  return new Backups({ ...parts, dataDir, keyFile, authorityDir, folders, random })
}
