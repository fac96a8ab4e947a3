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

const shelf = 'eaves-last-seen'
const only = '/last-seen'

/**
 * One record in this browser: of one account, or of none. A browser without room for it keeps nothing. It is a file in Cache
 * Storage, for that goes from the disk when it is cleared; what a database of the browser was told stays there readable for
 * as long as the database likes. // pp.ret.2
 */
export const browserStore: KeptStore = {
  read: async () => {
    try {
      const found = await (await caches.open(shelf)).match(only)
      return found === undefined ? undefined : ((await found.json()) as Kept)
    } catch {
      return undefined
    }
  },
  write: async (kept) => {
    try {
      await (await caches.open(shelf)).put(only, Response.json(kept))
    } catch {
      // Nothing is kept, then.
    }
  },
  clear: async () => {
    try {
      await caches.delete(shelf)
    } catch {
      // There is none.
    }
  },
}
