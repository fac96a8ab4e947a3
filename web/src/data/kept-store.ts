/** The home as one account last saw it on this device. */
export interface Kept {
  readonly account: string
  /** When it was seen, epoch ms. */
  readonly at: number
  /** Answers of the server by the key of their query. */
  readonly answers: Readonly<Record<string, unknown>>
}
export interface KeptStore {
  readonly read: () => Promise<Kept | undefined>
  readonly write: (kept: Kept) => Promise<void>
  readonly clear: () => Promise<void>
}

const database = 'eaves'
const table = 'last-seen'
const only = 'home'

/** One record in this browser: of one account, or of none. A browser without room for it keeps nothing. */
export const browserStore: KeptStore = {
  read: () => inTable<Kept | undefined>('readonly', (records) => records.get(only)).catch(() => undefined),
  write: (kept) => inTable('readwrite', (records) => records.put(kept, only)).then(nothing, nothing),
  clear: () => inTable('readwrite', (records) => records.clear()).then(nothing, nothing),
}
const nothing = (): void => undefined

async function inTable<T>(
  mode: IDBTransactionMode,
  ask: (records: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const open = indexedDB.open(database, 1)
  open.onupgradeneeded = () => open.result.createObjectStore(table)
  const db = await answered<IDBDatabase>(open)
  try {
    const transaction = db.transaction(table, mode)
    const answer = await answered<T>(ask(transaction.objectStore(table)))
    if (mode === 'readwrite')
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('not written'))
      })
    return answer
  } finally {
    db.close()
  }
}

function answered<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error ?? new Error('refused'))
  })
}
