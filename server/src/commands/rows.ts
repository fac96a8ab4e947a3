import type { CommandId, HomeId, SubjectId } from '@eaves/model'
import type { Db } from '../store/handle.ts'
import type { Facts } from '../store/schema.ts'
import { endCommands, insertCommands, isDiskFullError, type EndedCommand, type NewCommand } from './store.ts'

interface Waiting<R> {
  readonly row: R
  readonly done: () => void
  readonly failed: (error: unknown) => void
}
/** Most rows in one statement: each has a dozen values. */
const mostAtOnce = 200

/**
 * Gathers what is written in one turn, so that a scene or group of fifty devices waits for the disk once and not fifty
 * times. A row that cannot be written takes no other with it.
 */
function gathered<K, R>(
  nameOf: (key: K) => string,
  write: (key: K, rows: readonly R[]) => Promise<void>,
): (key: K, row: R) => Promise<void> {
  const open = new Map<string, Waiting<R>[]>()
  const flush = async (key: K, waiting: readonly Waiting<R>[]): Promise<void> => {
    try {
      await write(
        key,
        waiting.map(({ row }) => row),
      )
      for (const { done } of waiting) done()
    } catch (error) {
      if (waiting.length === 1 || isDiskFullError(error)) for (const { failed } of waiting) failed(error)
      else for (const each of waiting) await flush(key, [each])
    }
  }
  return (key, row) => {
    const name = nameOf(key)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = { row, done: resolve, failed: reject }
    const before = open.get(name)
    if (before !== undefined && before.length < mostAtOnce) before.push(waiting)
    else {
      const batch = [waiting]
      open.set(name, batch)
      queueMicrotask(() => {
        if (open.get(name) === batch) open.delete(name)
        void flush(key, batch)
      })
    }
    return promise
  }
}

/** Where commands are written: what begins or ends in one turn goes in one transaction. */
export function commandRows(facts: Db<Facts>) {
  const insert = gathered<{ home: HomeId; subject: SubjectId }, NewCommand>(
    ({ home, subject }) => `${home}/${subject}`,
    ({ home, subject }, rows) => insertCommands(facts, home, subject, rows),
  )
  const end = gathered<HomeId, EndedCommand>(
    (home) => home,
    (home, rows) => endCommands(facts, home, rows),
  )
  return {
    insert: (home: HomeId, subject: SubjectId, row: NewCommand) => insert({ home, subject }, row),
    end: (home: HomeId, id: CommandId, row: Omit<EndedCommand, 'id'>) => end(home, { ...row, id }),
  }
}
export type CommandRows = ReturnType<typeof commandRows>
