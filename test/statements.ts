import { internalsOf } from '../server/src/store/internals.ts'
import type { SqliteFile } from '../server/src/store/sqlite/database.ts'
import type { Stores } from '../server/src/store/stores.ts'

export interface Statement {
  readonly store: 'facts' | 'history' | 'vault'
  readonly text: string
  readonly values: readonly unknown[]
}
const plans = /^\s*(select|insert|update|delete|with|replace)\b/i

/** Notes every statement that the stores run from now on, each text once. */
export function watchStatements(stores: Stores): ReadonlyMap<string, Statement> {
  const seen = new Map<string, Statement>()
  const note = (store: Statement['store'], text: string, values: readonly unknown[]) => {
    if (plans.test(text)) seen.set(`${store}: ${text}`, { store, text, values })
  }
  const { factsFile, historyFile, vaultFile, pool } = internalsOf(stores)
  if (factsFile) watchFile(factsFile, (text) => note('facts', text, []))
  if (historyFile) watchFile(historyFile, (text) => note('history', text, []))
  watchFile(vaultFile, (text) => note('vault', text, []))
  const watched = new WeakSet<object>()
  pool?.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client)
    Object.assign(client, {
      query: (...parts: unknown[]) => {
        const [text, values] = parts
        if (typeof text === 'string') note('facts', text, Array.isArray(values) ? values : [])
        return Reflect.apply(query, client, parts)
      },
    })
  })
  return seen
}

function watchFile(file: SqliteFile, note: (text: string) => void): void {
  const { kysely } = file
  const noting =
    <P extends readonly unknown[], R>(run: (text: string, ...more: P) => R) =>
    (text: string, ...more: P): R => {
      note(text)
      return run(text, ...more)
    }
  Object.assign(file, {
    all: noting(file.all.bind(file)),
    rows: noting(file.rows.bind(file)),
    get: noting(file.get.bind(file)),
    run: noting(file.run.bind(file)),
  })
  Object.assign(kysely, { prepare: noting(kysely.prepare.bind(kysely)) })
}
