import { AppError, type SubjectId } from '@eaves/model'
import type { Activity } from '../activity/activity.ts'
import { stackOf, type Log } from '../log.ts'
import { isSensitive } from './check.ts'
import type { Key } from './key.ts'
import { payloadOf, type OpenCommand } from './open.ts'
import type { CommandRows } from './rows.ts'
import { isDiskFullError, type NewCommand } from './store.ts'

export interface KeepDeps {
  readonly rows: CommandRows
  readonly log: Log
  /** Writes a line of a person's own activity. */
  readonly note?: Activity['note']
}

/** When even the reserve on the disk is used up a comfort command goes on unrecorded and says so; a sensitive one is refused. */
export async function keepBeginning(
  { rows, log, note }: KeepDeps,
  open: OpenCommand,
  subject: SubjectId,
  key: Key | undefined,
): Promise<void> {
  const row: NewCommand = {
    id: open.id,
    device: open.device.id,
    status: open.status,
    confirmable: open.confirmable,
    acceptedAt: open.acceptedAt,
    endedAt: open.endedAt,
    reason: open.reason?.code,
    keyHash: key?.keyHash,
    bodyHash: key?.bodyHash,
    payload: payloadOf(open),
  }
  try {
    await rows.insert(open.home, subject, row)
    open.isEndStored = row.endedAt !== undefined
    // Of a group each member has its own line.
    if (isSensitive(open.checked) && open.device.members === undefined)
      await note?.(subject, 'command-sensitive', { home: open.home }) // pp.2.2.3
  } catch (error) {
    if (!isDiskFullError(error)) throw error
    if (isSensitive(open.checked)) throw new AppError('server.disk-full', { cause: error })
    open.isRecorded = false
    log.error('command.not-recorded', { home: open.home, code: 'server.disk-full' })
  }
}

/** Stores the end after the beginning; a full disk or a failing store never disturbs control. */
export function keepEnd({ rows, log }: KeepDeps, open: OpenCommand): void {
  if (!open.isRecorded || open.isEndStored) return open.settle()
  const detail = open.reason?.detail
  const end = {
    status: open.status,
    sentAt: open.sentAt,
    endedAt: open.endedAt!,
    reason: open.reason?.code,
    payload: detail === undefined ? undefined : { ...payloadOf(open), detail },
  }
  rows
    .end(open.home, open.id, end)
    .catch((error: unknown) =>
      log.error('command.end-not-stored', { home: open.home, stack: stackOf(error) }),
    )
    .finally(() => open.settle())
}
