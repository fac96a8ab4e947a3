import type { HomeId, SubjectId } from '@eaves/model'
import type { Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { InboxTable, NoticeQuestionTable } from './data.ts'

type System = InstanceHandle<Facts>

export async function putQuestion(handle: System, row: NoticeQuestionTable): Promise<void> {
  await handle.insertInto('notice_question').values(row).execute()
}

/** The notice with which somebody was asked. */
export const ownQuestion = (handle: PersonHandle<Facts>, question: string): Promise<InboxTable | undefined> =>
  handle.selectFrom('inbox').selectAll().where('question', '=', question).executeTakeFirst()

/** Whoever is first: `taken`; else why it does not count. What was answered is told to nobody again. */
export async function answerOnce(
  handle: System,
  home: HomeId,
  id: string,
  {
    answer,
    by,
    at,
    isAwaited,
  }: {
    readonly answer: number
    readonly by: SubjectId
    readonly at: number
    /** A run of this process waits for it, whatever the clock says. */
    readonly isAwaited: boolean
  },
): Promise<'taken' | 'answered' | 'closed'> {
  const taken = await handle
    .updateTable('notice_question')
    .set({ answer, answered_at: at, answered_by: by })
    .where('home_id', '=', home)
    .where('id', '=', id)
    .where('answer', 'is', null)
    .where('waits', '=', isAwaited ? 1 : 0)
    .returning('id')
    .executeTakeFirst()
  if (taken !== undefined) {
    await calmed(handle, [id])
    return 'taken'
  }
  const found = await handle
    .selectFrom('notice_question')
    .select('answer')
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst()
  return found === undefined || found.answer === null ? 'closed' : 'answered'
}

async function calmed(handle: System, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await handle.updateTable('inbox').set({ again_at: null }).where('question', 'in', ids).execute()
}

export async function closeQuestion(handle: System, home: HomeId, id: string, at: number): Promise<void> {
  await handle
    .updateTable('notice_question')
    .set({ ends_at: at })
    .where('home_id', '=', home)
    .where('id', '=', id)
    .where('answer', 'is', null)
    .execute()
  await calmed(handle, [id])
}

/** Every question for which a run waited before this start. */
export async function closeWaiting(handle: System, at: number): Promise<void> {
  const closed = await handle
    .updateTable('notice_question')
    .set({ ends_at: at })
    .where('waits', '=', 1)
    .where('answer', 'is', null)
    .where('ends_at', '>', at)
    .returning('id')
    .execute()
  await calmed(
    handle,
    closed.map(({ id }) => id),
  )
}

export async function questionsBy(
  handle: System,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NoticeQuestionTable>> {
  if (ids.length === 0) return new Map()
  const rows = await handle.selectFrom('notice_question').selectAll().where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}
