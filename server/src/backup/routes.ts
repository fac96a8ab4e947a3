import { backupState } from '@eaves/model/api'
import { entry, type Entry } from '../http/entry.ts'
import type { Backups } from './backup.ts'

/** How it stands with the copies of this server, for those who answer for a home on it. */
export function backupRoutes({
  backups,
}: {
  readonly backups: Pick<Backups, 'state' | 'begin'>
}): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/instance/backup',
      summary: 'The last backup and its rehearsal, the next one, and what a restore would take',
      access: { kind: 'instance', verb: 'instance.read' },
      answer: backupState,
      handle: () => backups.state(),
    }),
    entry({
      method: 'post',
      path: '/api/instance/backup',
      summary: 'Make a backup now, into the folders that are set; how it went is in the state',
      access: { kind: 'instance', verb: 'instance.backup' },
      answer: backupState,
      status: 202,
      handle: () => backups.begin(),
    }),
  ]
}
